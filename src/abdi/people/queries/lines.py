"""Who leads whom on any day: the superior, the appraiser, the team; fixed numbers of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from abdi.people import rules
from abdi.people.choices import AssignmentKind, LineKind
from abdi.people.models import Assignment, Override, Person, Unit
from abdi.people.queries.tree import ids_of, paths_at
from abdi.platform import clock

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


def superior(person_id: int, on: date | None = None) -> Person | None:
    """The direct superior on a day: by exception, or the head of the unit or of the next above."""
    return _person(lines([person_id], on)[person_id].superior_id)


def appraiser(person_id: int, on: date | None = None) -> Person | None:
    """Who rates a person on a day: by exception, or the superior who is no daily stand-in."""
    found = lines([person_id], on, kind=LineKind.APPRAISER)
    return _person(found[person_id].superior_id)


def _person(person_id: int | None) -> Person | None:
    return None if person_id is None else Person.objects.filter(pk=person_id).first()


def lines(
    person_ids: Iterable[int], on: date | None = None, *, kind: LineKind = LineKind.SUPERIOR
) -> dict[int, Line]:
    """Who is above each of these persons on a day; five queries for any number of them.

    An exception of the superior also holds for the appraiser unless he has his own.
    """
    day, ids = on or clock.today(), list(person_ids)
    exceptions = exceptions_of(ids, day, kind)
    posts = posts_where(Q(person_id__in=[one for one in ids if one not in exceptions]), day)
    own = {one: rules.own_post(posts[one]) for one in posts}
    units = {post.unit_id for post in own.values() if post is not None}
    paths = paths_at(units, day) if units else {}
    above = {unit: ids_of(paths[unit]) for unit in units}
    holders = holders_in({one for path in above.values() for one in path}, day)
    found = {one: Line(one, None) for one in ids}
    for one, post in own.items():
        if post is not None:
            levels = [holders.get(unit, []) for unit in above[post.unit_id]]
            boss = rules.leader_above(one, levels, leads_first=post.is_head, kinds=KINDS[kind])
            found[one] = Line(one, boss)
    found.update({one: Line(one, row.superior_id, row) for one, row in exceptions.items()})
    return found


def exceptions_of(ids: Sequence[int], day: date, kind: LineKind) -> dict[int, Override]:
    """The exception that counts for each of these persons on a day; one query."""
    rows = Override.objects.on(day).filter(person_id__in=ids).select_related("superior")
    if kind == LineKind.SUPERIOR:
        rows = rows.filter(line=LineKind.SUPERIOR)
    # the appraiser's own exception comes last and so wins; of two the newer one
    order = {LineKind.SUPERIOR: 0, LineKind.APPRAISER: 1}
    ranked = sorted(rows, key=lambda row: (order[LineKind(row.line)], row.start_on, row.pk))
    return {row.person_id: row for row in ranked}


def posts_where(which: Q, day: date) -> dict[int, list[rules.Held]]:
    """The posts persons hold on a day, by person; one query."""
    found: dict[int, list[rules.Held]] = defaultdict(list)
    rows = Assignment.objects.on(day).filter(which)
    columns = ("person_id", "position__unit_id", "kind", "position__is_head", "start_on", "id")
    for person_id, *post in rows.values_list(*columns):
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
