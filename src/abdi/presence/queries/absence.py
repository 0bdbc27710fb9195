"""Absence: person-days of units, and the year of a person for discipline.absence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q

from abdi.people import queries as people
from abdi.platform.calendar import is_working_day
from abdi.presence import rules
from abdi.presence.choices import DayStatus
from abdi.presence.models import AbsenceCount, Dispensation, Leave, PresenceDay
from abdi.presence.queries.presence import counted, farthest
from abdi.presence.rules import Day, YearOfAbsence

AWAY = (DayStatus.LEAVE, DayStatus.SICK, DayStatus.PERMITTED, DayStatus.ABSENT)


def days_absent(unit_ids: Iterable[int], start: date, end: date) -> dict[int, int]:
    """Working days lost by absence in each unit, both ends counted; 0 where nobody was away.

    Approved leave, sickness, permission and absence without a reason; a day of a person counts
    once. Who sat in the unit on the last day counts for it. Three queries for any number of units.
    """
    wanted = list(unit_ids)
    seats = people.mart_rows(end).filter(position__unit_id__in=wanted)
    unit_of = {row[0]: row[1] for row in seats}
    lost = {(person_id, day) for person_id, day in _days_away(set(unit_of), start, end)}
    found = dict.fromkeys(wanted, 0)
    for person_id, day in lost:
        if is_working_day(day):
            found[unit_of[person_id]] += 1
    return found


def _days_away(person_ids: set[int], start: date, end: date) -> Iterator[tuple[int, date]]:
    leaves = Leave.objects.approved().touching(start, end).filter(person_id__in=person_ids)
    for leave in leaves:
        shared = rules.overlap(leave.first_on, leave.last_on, start, end)
        if shared is not None:
            first, last = shared
            for offset in range((last - first).days + 1):
                yield leave.person_id, first + timedelta(days=offset)
    rows = PresenceDay.objects.current().between(start, end)
    yield from rows.filter(person_id__in=person_ids, status__in=AWAY).values_list("person_id", "on")


def absences_of_year(
    year: int, person_ids: Iterable[int] | None = None
) -> dict[int, YearOfAbsence]:
    """Absence of a year by person, of those who have any; two queries."""
    rows = PresenceDay.objects.current().filter(on__year=year)
    telling = Q(status=DayStatus.ABSENT) | Q(status__in=rules.EXCUSED)
    rows = rows.filter(telling)
    if person_ids is not None:
        rows = rows.filter(person_id__in=list(person_ids))
    excuses = farthest(Dispensation.objects.filter(on__year=year))
    by_person: dict[int, list[Day]] = {}
    for row in rows.order_by("person_id", "on"):
        status, late = counted(row, excuses.get((row.person_id, row.on)))
        day = Day(row.on, status, late, row.early_minutes)
        by_person.setdefault(row.person_id, []).append(day)
    return {key: rules.absence_of_year(days, is_working_day) for key, days in by_person.items()}


def counted_days(person_id: int, year: int) -> AbsenceCount | None:
    """The year of a person as last announced."""
    return AbsenceCount.objects.filter(person_id=person_id, year=year).first()
