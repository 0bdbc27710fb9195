"""Who gets which superior and appraiser by an act that waits; nothing is changed by asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from abdi.people import rules
from abdi.people.choices import ActKind, LineKind
from abdi.people.models import Act, Assignment, Person
from abdi.people.queries.lines import KINDS, exceptions_of, holders_in, lines
from abdi.people.queries.tree import ids_of, paths_at, units_at

NEW_UNIT = 0
"""Stands for the unit a split makes, which has no id yet."""


@dataclass(frozen=True)
class LineChange:
    """One person whose superior or appraiser changes by an act; None: nobody from then on."""

    person: Person
    superior_before: Person | None
    superior: Person | None
    appraiser_before: Person | None
    appraiser: Person | None
    needs_post: bool

    @property
    def has_none(self) -> bool:
        """Whether he would be without superior or appraiser although he has both now."""
        lost = self.superior is None and self.superior_before is not None
        return lost or (self.appraiser is None and self.appraiser_before is not None)


@dataclass(frozen=True)
class _Goes:
    """Units that are merged in, and posts that go along."""

    units: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Seat:
    person_id: int
    position_id: int
    unit_id: int
    held: rules.Held


def line_changes(act: Act, limit: int = 500) -> list[LineChange]:
    """Whose superior or appraiser an act changes, those who would have none first.

    Some twenty queries for any number of people; at most `limit` of them are looked at.
    """
    if act.kind == ActKind.RENAME:
        return []
    parts = act.parts.values_list("unit_id", "position_id")
    goes = _Goes(*(frozenset(pk for pk in column if pk) for column in zip(*parts, strict=True)))
    above = _above_after(act, goes)
    seats = _seats(act, above, goes, limit)
    after = {kind: _lines_after(act, seats, above, goes, kind) for kind in LineKind}
    before = {kind: lines(seats, act.on, kind=kind) for kind in LineKind}
    pairs = {
        one: [
            (before[kind][one].superior_id, after[kind][one])
            for kind in (LineKind.SUPERIOR, LineKind.APPRAISER)
        ]
        for one in seats
    }
    changed = {one: pair for one, pair in pairs.items() if any(b != a for b, a in pair)}
    ids = {pk for pair in changed.values() for two in pair for pk in two if pk is not None}
    people = Person.objects.in_bulk({*changed, *ids})
    rows = []
    for one, ((boss_before, boss), (rater_before, rater)) in changed.items():
        rows.append(
            LineChange(
                person=people[one],
                superior_before=people.get(boss_before or 0),
                superior=people.get(boss or 0),
                appraiser_before=people.get(rater_before or 0),
                appraiser=people.get(rater or 0),
                needs_post=not seats[one],
            )
        )
    return sorted(rows, key=lambda row: (not row.has_none, row.person.name, row.person.pk))


def _above_after(act: Act, goes: _Goes) -> dict[int, list[int]]:
    """For each unit the act touches: what stands above its people from then on, nearest first."""
    own = ids_of(paths_at([act.unit_id], act.on)[act.unit_id])
    if act.kind == ActKind.SPLIT:
        return {NEW_UNIT: [NEW_UNIT, *own[1:]]}
    if act.kind == ActKind.MOVE:
        new = act.new_parent_id or 0
        over = ids_of(paths_at([new], act.on)[new])
        return _hung(act, [act.unit_id], over, keeps_top=True)
    return _hung(act, sorted(goes.units), own, keeps_top=False)


def _hung(
    act: Act, tops: Sequence[int], over: Sequence[int], *, keeps_top: bool
) -> dict[int, list[int]]:
    """Units below these tops, hung under others; a top that ends gives its place to them."""
    found = {}
    paths = paths_at(tops, act.on)
    for top in tops:
        for unit in units_at(act.on, [paths[top]]):
            path = unit.above_ids
            inside = path[: path.index(top) + keeps_top]
            found[unit.id] = [*inside, *over]
    return found


def _seats(
    act: Act, above: Mapping[int, Sequence[int]], goes: _Goes, limit: int
) -> dict[int, list[_Seat]]:
    """The posts the touched people hold once the act is in force, by person."""
    rows = Assignment.objects.on(act.on)
    if act.kind == ActKind.SPLIT:
        touched = rows.filter(position_id__in=goes.posts)
    else:
        touched = rows.filter(position__unit_id__in=list(above))
    ids = list(touched.order_by("person_id").values_list("person_id", flat=True).distinct()[:limit])
    columns = (
        "person_id", "position_id", "position__unit_id", "kind", "position__is_head", "start_on",
        "id",
    )  # fmt: skip
    found: dict[int, list[_Seat]] = {one: [] for one in ids}
    for person_id, position_id, unit_id, *post in rows.filter(person_id__in=ids).values_list(
        *columns
    ):
        ends = act.kind == ActKind.MERGE and post[1] and unit_id in goes.units
        if not ends:
            unit = NEW_UNIT if position_id in goes.posts else unit_id
            seat = _Seat(person_id, position_id, unit, rules.Held(unit, *post))
            found[person_id].append(seat)
    return found


def _lines_after(
    act: Act,
    seats: Mapping[int, Sequence[_Seat]],
    above: Mapping[int, Sequence[int]],
    goes: _Goes,
    kind: LineKind,
) -> dict[int, int | None]:
    exceptions = exceptions_of(list(seats), act.on, kind)
    own = {one: rules.own_post(seat.held for seat in held) for one, held in seats.items()}
    plain = {post.unit_id for post in own.values() if post is not None} - set(above)
    paths = {unit: ids_of(path) for unit, path in paths_at(plain, act.on).items()}
    paths.update({unit: list(path) for unit, path in above.items()})
    holders = _holders_after(act, goes, {one for path in paths.values() for one in path})
    found: dict[int, int | None] = {}
    for one, post in own.items():
        if one in exceptions:
            found[one] = exceptions[one].superior_id
        elif post is None:
            found[one] = None
        else:
            levels = [holders.get(unit, []) for unit in paths[post.unit_id]]
            found[one] = rules.leader_above(
                one, levels, leads_first=post.is_head, kinds=KINDS[kind]
            )
    return found


def _holders_after(act: Act, goes: _Goes, unit_ids: Iterable[int]) -> dict[int, list[rules.Holder]]:
    found: dict[int, list[rules.Holder]] = defaultdict(list)
    found.update(holders_in(set(unit_ids) - goes.units - {NEW_UNIT}, act.on))
    return found
