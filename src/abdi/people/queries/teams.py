"""The persons somebody leads and those he rates, on any day; fixed numbers of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from abdi.people import rules
from abdi.people.choices import LineKind
from abdi.people.models import Assignment, Override, Person
from abdi.people.queries.lines import KINDS, holders_in, leads, posts_where
from abdi.people.queries.tree import UnitAt, paths_at, units_at
from abdi.platform import clock

Found = dict[LineKind, set[int]]


@dataclass(frozen=True)
class Led:
    """Whom a person leads and whom he rates; the same but for exceptions and stand-ins."""

    team: frozenset[int] = frozenset()
    rated: frozenset[int] = frozenset()


def team_ids(person_id: int, on: date | None = None) -> frozenset[int]:
    """Ids of the persons whose direct superior this person is; one level, ten queries at most."""
    return led_by(person_id, on).team


def rated_ids(person_id: int, on: date | None = None) -> frozenset[int]:
    """Ids of the persons whose appraiser this person is on a day; ten queries at most."""
    return led_by(person_id, on).rated


def team(person_id: int, on: date | None = None) -> list[Person]:
    """The persons whose direct superior this person is, by name."""
    return list(Person.objects.filter(id__in=team_ids(person_id, on)).order_by("name"))


def led_by(person_id: int, on: date | None = None) -> Led:
    """Both at once, from the organisation and the exceptions of a day; ten queries at most."""
    day = on or clock.today()
    given: Found = {kind: set() for kind in LineKind}
    taken = Override.objects.on(day).filter(superior_id=person_id)
    for one, line in taken.values_list("person_id", "line"):
        given[LineKind(line)].add(one)
    derived = _derived(person_id, day)
    touched = set().union(*given.values(), *derived.values())
    if touched:
        _apply_exceptions(derived, given, touched, person_id, day)
    return Led(
        frozenset(derived[LineKind.SUPERIOR] - {person_id}),
        frozenset(derived[LineKind.APPRAISER] - {person_id}),
    )


def _apply_exceptions(
    derived: Found, given: Found, touched: Collection[int], person_id: int, day: date
) -> None:
    """An exception of the superior holds for the appraiser too unless he has his own."""
    superiors: dict[int, int] = {}
    appraisers: dict[int, int] = {}
    rows = Override.objects.on(day).filter(person_id__in=touched).order_by("start_on", "id")
    for one, line, boss in rows.values_list("person_id", "line", "superior_id"):
        (superiors if line == LineKind.SUPERIOR else appraisers)[one] = boss
    for kind, chosen in (
        (LineKind.SUPERIOR, superiors),
        (LineKind.APPRAISER, {**superiors, **appraisers}),
    ):
        kept = {one for one in derived[kind] if one not in chosen}
        derived[kind] = kept | {one for one, boss in chosen.items() if boss == person_id}


def _derived(person_id: int, day: date) -> Found:
    """Persons whose line leads here by the organisation alone, for each kind of line."""
    mine = Assignment.objects.on(day).filter(person_id=person_id, position__is_head=True)
    held = set(mine.values_list("position__unit_id", flat=True))
    heads = holders_in(held, day) if held else {}
    led = {
        kind: [pk for pk in held if leads(person_id, heads.get(pk, ()), KINDS[kind])]
        for kind in LineKind
    }
    units = sorted({pk for some in led.values() for pk in some})
    if not units:
        return {kind: set() for kind in LineKind}
    below = {unit.id: unit for unit in units_at(day, paths_at(units, day).values())}
    holders = holders_in(below, day)
    reached = {kind: _open_units(person_id, led[kind], below, holders, kind) for kind in LineKind}
    wide = set().union(*reached.values())
    near = [pk for pk, unit in below.items() if unit.parent_id in wide]
    inside = Assignment.objects.on(day).filter(position__unit_id__in=list(wide))
    boss_near = {row.person_id for pk in near for row in holders.get(pk, ())}
    nearby = Assignment.objects.filter(person_id__in=boss_near)
    # together and not "or": for that the databases would read every post there is
    both = inside.values("person_id").union(nearby.values("person_id"))
    posts = posts_where(Q(person_id__in=both), day)
    return {
        kind: _below_him(person_id, posts, below, holders, kind) if led[kind] else set()
        for kind in LineKind
    }


def _below_him(
    person_id: int,
    posts: Mapping[int, Sequence[rules.Held]],
    below: Mapping[int, UnitAt],
    holders: Mapping[int, Sequence[rules.Holder]],
    kind: LineKind,
) -> set[int]:
    found = set()
    for one, held in posts.items():
        post = rules.own_post(held)
        if post is None or post.unit_id not in below:
            continue
        levels = [holders.get(unit, []) for unit in below[post.unit_id].above_ids]
        boss = rules.leader_above(one, levels, leads_first=post.is_head, kinds=KINDS[kind])
        if boss == person_id:
            found.add(one)
    return found


def _open_units(
    person_id: int,
    led: Sequence[int],
    below: Mapping[int, UnitAt],
    holders: Mapping[int, Sequence[rules.Holder]],
    kind: LineKind,
) -> set[int]:
    """The led units and those below that nobody else leads, down to the next head."""
    found = set(led)
    for pk, unit in below.items():  # those above come first
        head = rules.head_among(holders.get(pk, ()), KINDS[kind])
        if unit.parent_id in found and (head is None or head.person_id == person_id):
            found.add(pk)
    return found
