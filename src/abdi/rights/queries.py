"""Reads of rights: what falls due, what is late, what the record says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.people import queries as people
from abdi.people.rules import months_later
from abdi.platform import clock
from abdi.platform.access import Actor, Reach
from abdi.platform.labels import label
from abdi.platform.norms import norms
from abdi.platform.pages.todo import ToDo
from abdi.rights import rules
from abdi.rights.choices import RightKind, RightState
from abdi.rights.models import Right
from abdi.rights.permissions import closes_any
from abdi.rights.rules import Due, Held, Record

if TYPE_CHECKING:
    from abdi.people.models import Assignment, Person

CHUNK = 500
YEAR = timedelta(days=365)


def visible_rights(actor: Actor) -> QuerySet[Right]:
    """Rights this actor may see."""
    reach = actor.reach("people.profile", "view")
    return Right.objects.filter(_inside(reach)).select_related("person")


def _inside(reach: Reach) -> Q:
    if reach.all:
        return Q()
    wanted = set(reach.team_ids) | ({reach.self_id} - {None})
    found = Q(person_id__in=wanted)
    if reach.agency_ids:
        seats = people.mart_rows().filter(position__unit__agency_id__in=reach.agency_ids)
        found |= Q(person_id__in=seats.order_by().values_list("person_id", flat=True))
    return found


def own(person_id: int) -> QuerySet[Right]:
    """Rights of one person: open ones by day, then what was given."""
    return Right.objects.filter(person_id=person_id).order_by("due_on", "id")


def to_give(actor: Actor, kind: str = "") -> QuerySet[Right]:
    """Open rights of others this actor gives, late ones first."""
    reach = actor.reach("people.profile", "update")
    only_offices = Reach(all=reach.all, agency_ids=reach.agency_ids)
    rows = (
        Right.objects.open().filter(_inside(only_offices)).exclude(person_id=actor.person_id or 0)
    )
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("person").order_by("due_on", "person__name", "id")


@dataclass(frozen=True)
class Late:
    """How many rights of the last twelve months came late or have not come, of how many."""

    late: int
    base: int


def lateness(actor: Actor, on: date | None = None) -> Late:
    """Rights whose day came within a year: how many are not given yet, of how many; one query."""
    today = on or clock.today()
    reach = actor.reach("people.profile", "update")
    inside = _inside(Reach(all=reach.all, agency_ids=reach.agency_ids))
    rows = Right.objects.filter(inside, due_on__gte=today - YEAR, due_on__lt=today)
    rows = rows.exclude(state=RightState.SET_ASIDE)
    states = [
        (due, state != RightState.GIVEN) for due, state in rows.values_list("due_on", "state")
    ]
    return Late(*rules.late_share(states, today))


def dues(person_ids: Iterable[int], on: date | None = None) -> dict[int, list[Due]]:
    """What falls due for each of these persons by the rules; five queries for 500 people."""
    today = on or clock.today()
    figures, of_people = norms("rights", on=today), norms("people", on=today)
    found: dict[int, list[Due]] = {}
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), CHUNK):
        for record in records(wanted[start : start + CHUNK], today):
            found[record.person_id] = rules.rights_due(record, today, figures, of_people)
    return found


def records(person_ids: list[int], on: date) -> list[Record]:
    """What the rules need to know of these persons: four queries for any number."""
    seats = people.seating(person_ids, on)
    held: dict[int, list[Held]] = {}
    for row in people.ranks_of(person_ids, on):
        held.setdefault(row.person_id, []).append(Held(row.rank, row.start_on))
    given = Right.objects.filter(
        person_id__in=person_ids, kind=RightKind.RAISE, state=RightState.GIVEN
    )
    raised = dict(given.order_by().values_list("person_id").annotate(last=Max("due_on")))
    rows = people.persons().active().filter(id__in=person_ids)
    return [
        _record(row, seats.get(row.pk), tuple(held.get(row.pk, ())), raised.get(row.pk))
        for row in rows
    ]


def _record(
    person: Person, seat: Assignment | None, ranks: tuple[Held, ...], raised_on: date | None
) -> Record:
    return Record(
        person_id=person.pk,
        employment=person.employment,
        tier=seat.position.tier if seat else "",
        education=person.education,
        birth_on=person.birth_on,
        appointed_on=_appointed(person.employee_number),
        ranks=ranks,
        raised_on=raised_on,
        pension_age=person.pension_age,
    )


def _appointed(number: str | None) -> date | None:
    """The first day of the month of appointment, as the number of a PNS says it."""
    if not number or len(number) != 18 or not number.isdigit():
        return None
    year, month = int(number[8:12]), int(number[12:14])
    return date(year, month, 1) if 1940 <= year <= 2200 and 1 <= month <= 12 else None


def known_rights(person_ids: Iterable[int]) -> set[tuple[int, str, date]]:
    """Rights announced already, as (person, kind, day)."""
    rows = Right.objects.filter(person_id__in=list(person_ids))
    return set(rows.values_list("person_id", "kind", "due_on"))


def to_tell(on: date) -> QuerySet[Right]:
    """Open rights of the coming weeks whose person has not been told."""
    days = int(norms("rights", on=on)["told_days_ahead"])
    rows = Right.objects.open().filter(told_at__isnull=True, due_on__lte=on + timedelta(days=days))
    return rows.select_related("person").order_by("due_on", "id")


def stale_promotions() -> QuerySet[Right]:
    """Open promotions, to be looked at again: the record may have the rank meanwhile."""
    return Right.objects.open().filter(kind=RightKind.PROMOTION).select_related("person")


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """For the officer what is late or due in 60 days; for the person what falls due soon."""
    if actor.person_id is None:
        return []
    today = clock.local(at).date()
    soon = today + timedelta(days=int(norms("rights", on=today)["told_days_ahead"]))
    found = _of_officer(actor, today, soon) if closes_any(actor) else []
    mine = Right.objects.open().filter(person_id=actor.person_id, due_on__lte=soon)
    return found + [_of_person(row, today) for row in mine.order_by("due_on")[:3]]


def _of_officer(actor: Actor, today: date, soon: date) -> list[ToDo]:
    rows = list(to_give(actor).filter(due_on__lte=soon).values_list("due_on", flat=True)[:1000])
    if not rows:
        return []
    late = sum(day < today for day in rows)
    title = ngettext(
        "%(n)s right of a colleague falls due", "%(n)s rights of colleagues fall due", len(rows)
    )
    reason = _("%(late)s late, %(soon)s within 60 days; nobody should have to ask.")
    return [
        ToDo(
            icon="award",
            title=title % {"n": len(rows)},
            reason=reason % {"late": late, "soon": len(rows) - late},
            url=reverse("rights:home"),
            button=_("View"),
            due_at=datetime.combine(rows[0], time(), tzinfo=clock.zone()),
            tone="red" if late else "amber",
        )
    ]


def _of_person(row: Right, today: date) -> ToDo:
    text = _("Due on %(day)s. You need not do anything; the officer has it.")
    if row.due_on < today:
        text = _("It was due on %(day)s. You need not ask; it counts as late at the office.")
    return ToDo(
        icon="award",
        title=_("Your right: %(kind)s") % {"kind": label(row.kind, RightKind).lower()},
        reason=text % {"day": f"{row.due_on:%d-%m-%Y}"},
        url=reverse("rights:one", args=[row.pk]),
        button=_("View"),
        tone="blue",
    )


def service_years(right: Right) -> int:
    """Whole years of service on the day a right falls due."""
    ranks = people.ranks_of([right.person_id])
    start = ranks[0].start_on if ranks else _appointed(right.person.employee_number)
    if start is None:
        return 0
    years = right.due_on.year - start.year
    return years if months_later(start, 12 * years)[0] <= right.due_on else years - 1


__all__ = [
    "Late",
    "dues",
    "known_rights",
    "lateness",
    "own",
    "records",
    "service_years",
    "stale_promotions",
    "to_do",
    "to_give",
    "to_tell",
    "visible_rights",
]
