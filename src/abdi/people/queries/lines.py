"""Who leads whom on any day: the superior, the appraiser, the team; fixed numbers of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from abdi.people import rules
from abdi.people.choices import AssignmentKind, LineKind
from abdi.people.models import Assignment, Override, Person, Unit, UnitState
from abdi.people.queries.tree import ids_of
from abdi.platform import clock

POSTED = ("person_id", "position__unit_id", "kind", "position__is_head", "start_on", "id")
Posted = tuple[rules.Held, str]
"""A post with the path of its unit."""
KINDS = {LineKind.SUPERIOR: rules.LEADING, LineKind.APPRAISER: rules.APPRAISING}


@dataclass(frozen=True)
class Line:
    """Who is above a person on a day, and why: derived, or an exception with its reason."""

    person_id: int
    superior_id: int | None
    override: Override | None = None


def head_of(unit_id: int, on: date | None = None) -> tuple[Person, str] | None:
    """Who leads a unit on a day and how (definite, plt, plh, additional); one query.

    A daily stand-in goes before the absent holder, an acting head fills a vacant post.
    """
    rows = list(_heads([unit_id], on or clock.today()).select_related("person"))
    head = rules.head_among(_holder(row) for row in rows)
    if head is None:
        return None
    return next((row.person, str(row.kind)) for row in rows if row.pk == head.row_id)


@dataclass(frozen=True)
class Above:
    """Who leads and who rates a person on a day, and why the first."""

    superior: Person | None
    appraiser: Person | None
    line: Line


def superior(person_id: int, on: date | None = None) -> Person | None:
    """The direct superior on a day, by exception, or the head of the unit or of the next above.

    Three queries at most.
    """
    return above(person_id, on).superior


def appraiser(person_id: int, on: date | None = None) -> Person | None:
    """Who rates a person on a day: by exception, or the superior who is no daily stand-in.

    Three queries at most.
    """
    return above(person_id, on).appraiser


def above(person_id: int, on: date | None = None) -> Above:
    """Superior and appraiser of one person on a day; three queries at most."""
    day = on or clock.today()
    told = list(_exceptions([person_id], day))
    posts = _posted(Q(person_id=person_id), day)
    line = _chosen(told, LineKind.SUPERIOR).get(person_id)
    both = _chosen(told, LineKind.APPRAISER).get(person_id)
    if line is not None and both is not None:
        return Above(line.superior, both.superior, Line(person_id, line.superior_id, line))
    rows = _rows_above(posts.get(person_id, ()), day)
    boss = line.superior if line else _first_above(person_id, posts, rows, LineKind.SUPERIOR)
    rater = both.superior if both else _first_above(person_id, posts, rows, LineKind.APPRAISER)
    return Above(boss, rater, Line(person_id, boss.pk if boss else None, line))


def superior_by(person_id: int, posts: Iterable[Assignment], on: date) -> Person | None:
    """The superior by the organisation, of who holds these posts of `record_of`; one query."""
    held = {person_id: [_as_held(row) for row in posts]}
    rows = _rows_above(held[person_id], on)
    return _first_above(person_id, held, rows, LineKind.SUPERIOR)


def told_superior(person: str, on: date) -> Subquery:
    """A column for a query that names persons: who is superior by exception on a day."""
    told = Override.objects.on(on).filter(person_id=OuterRef(person), line=LineKind.SUPERIOR)
    return Subquery(told.order_by("-start_on", "-id").values("superior_id")[:1])


def path_on(day: date, unit: str = "position__unit") -> Coalesce:
    """A column for a query over assignments: the path of the unit on a day."""
    told = UnitState.objects.on(day).filter(unit_id=OuterRef(f"{unit}_id"))
    return Coalesce(Subquery(told.values("path")[:1]), F(f"{unit}__path"))


def _as_held(row: Assignment) -> Posted:
    post = row.position
    held = rules.Held(post.unit_id, str(row.kind), post.is_head, row.start_on, row.pk)
    return held, row.path_then  # type: ignore[attr-defined]


def _rows_above(posts: Iterable[Posted], day: date) -> list[Assignment]:
    """Who holds a head's post from the unit of a person's own post up; one query."""
    found = dict(posts)
    post = rules.own_post(found)
    if post is None:
        return []
    return list(_heads(ids_of(found[post]), day).select_related("person", "position"))


def _first_above(
    person_id: int,
    posts: Mapping[int, Sequence[Posted]],
    rows: Sequence[Assignment],
    kind: LineKind,
) -> Person | None:
    holders: dict[int, list[rules.Holder]] = defaultdict(list)
    for row in rows:
        holders[row.position.unit_id].append(_holder(row))
    boss = _bosses(posts, holders, kind).get(person_id)
    return next((row.person for row in rows if row.person_id == boss), None)


def lines(
    person_ids: Iterable[int], on: date | None = None, *, kind: LineKind = LineKind.SUPERIOR
) -> dict[int, Line]:
    """Who is above each of these persons on a day; three queries for any number of them.

    An exception of the superior also holds for the appraiser unless he has his own.
    """
    day, ids = on or clock.today(), list(person_ids)
    exceptions = exceptions_of(ids, day, kind)
    posts = _posted(Q(person_id__in=[one for one in ids if one not in exceptions]), day)
    units = {unit for held in posts.values() for _post, path in held for unit in ids_of(path)}
    found = {one: Line(one, None) for one in ids}
    for one, boss in _bosses(posts, holders_in(units, day), kind).items():
        found[one] = Line(one, boss)
    found.update({one: Line(one, row.superior_id, row) for one, row in exceptions.items()})
    return found


def _bosses(
    posts: Mapping[int, Sequence[Posted]],
    holders: Mapping[int, Sequence[rules.Holder]],
    kind: LineKind,
) -> dict[int, int | None]:
    """The first head above each person who holds a post."""
    found: dict[int, int | None] = {}
    for one, held in posts.items():
        paths = dict(held)
        post = rules.own_post(paths)
        if post is not None:
            levels = [holders.get(unit, ()) for unit in ids_of(paths[post])]
            found[one] = rules.leader_above(
                one, levels, leads_first=post.is_head, kinds=KINDS[kind]
            )
    return found


def exceptions_of(ids: Sequence[int], day: date, kind: LineKind) -> dict[int, Override]:
    """The exception that counts for each of these persons on a day; one query."""
    return _chosen(_exceptions(ids, day), kind)


def _exceptions(ids: Sequence[int], day: date) -> QuerySet[Override]:
    rows: QuerySet[Override] = Override.objects.on(day).filter(person_id__in=ids)
    return rows.select_related("superior")


def _chosen(rows: Iterable[Override], kind: LineKind) -> dict[int, Override]:
    # the appraiser's own exception comes last and so wins; of two the newer one
    order = {LineKind.SUPERIOR: 0, LineKind.APPRAISER: 1}
    ranked = sorted(rows, key=lambda row: (order[LineKind(row.line)], row.start_on, row.pk))
    both = kind == LineKind.APPRAISER
    return {row.person_id: row for row in ranked if both or row.line == LineKind.SUPERIOR}


def _posted(which: Q, day: date) -> dict[int, list[Posted]]:
    """The posts persons hold on a day with the path of the unit on that day; one query."""
    found: dict[int, list[Posted]] = defaultdict(list)
    rows = Assignment.objects.on(day).filter(which).annotate(path_then=path_on(day))
    for person_id, *post, path in rows.values_list(*POSTED, "path_then"):
        found[person_id].append((rules.Held(*post), path))
    return found


def posts_where(which: Q, day: date) -> dict[int, list[rules.Held]]:
    """The posts persons hold on a day, by person; one query."""
    found: dict[int, list[rules.Held]] = defaultdict(list)
    rows = Assignment.objects.on(day).filter(which)
    for person_id, *post in rows.values_list(*POSTED):
        found[person_id].append(rules.Held(*post))
    return found


def _heads(unit_ids: Iterable[int], day: date) -> QuerySet[Assignment]:
    stays = Q(person__left_on__isnull=True) | Q(person__left_on__gte=day)
    rows = Assignment.objects.on(day).filter(
        stays, position__unit_id__in=list(unit_ids), position__is_head=True
    )
    return rows.order_by("-start_on", "-id")


def _holder(row: Assignment) -> rules.Holder:
    return rules.Holder(row.person_id, str(row.kind), row.start_on, row.pk)


def leads(
    person_id: int, holders: Sequence[rules.Holder], kinds: Sequence[str] = rules.LEADING
) -> bool:
    """Whether a person is the head among the holders of a head's post."""
    head = rules.head_among(holders, kinds)
    return head is not None and head.person_id == person_id


def holders_in(unit_ids: Iterable[int], day: date) -> dict[int, list[rules.Holder]]:
    """Who holds the head's post of these units on a day; one query."""
    found: dict[int, list[rules.Holder]] = defaultdict(list)
    columns = ("position__unit_id", "person_id", "kind", "start_on", "id")
    for unit_id, *holder in _heads(unit_ids, day).values_list(*columns):
        found[unit_id].append(rules.Holder(*holder))
    return found


def led_units(person_id: int, on: date | None = None) -> list[Unit]:
    """Units whose head this person is on a day, in whatever way; two queries."""
    day = on or clock.today()
    mine = Assignment.objects.on(day).filter(person_id=person_id, position__is_head=True)
    units = {
        row.position.unit_id: row.position.unit for row in mine.select_related("position__unit")
    }
    if not units:
        return []
    holders = holders_in(units, day)
    return [unit for pk, unit in units.items() if leads(person_id, holders[pk])]


def posts_of(person_id: int, on: date) -> list[Assignment]:
    """Everything a person holds on a day, the definite post first; one query."""
    rows = Assignment.objects.on(on).filter(person_id=person_id).select_related("position__unit")
    return sorted(rows, key=lambda row: (row.kind != AssignmentKind.DEFINITE, row.start_on, row.pk))
