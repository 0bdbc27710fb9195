"""One personal calendar: leave, shifts, classes and meetings, from the calendar of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.calendar import holidays_of
from abdi.presence.models import Leave
from abdi.presence.queries.scope import bounds

if TYPE_CHECKING:
    from abdi.people.models import BusyTime


@dataclass(frozen=True)
class Taken:
    """A stretch of time that is taken: what by, from when to when, whole days or hours."""

    key: str
    kind: str
    start: datetime
    end: datetime
    is_whole_days: bool
    is_asked: bool = False


@dataclass(frozen=True)
class CalendarDay:
    """One day of the calendar with what takes it."""

    on: date
    holiday: str
    taken: tuple[Taken, ...]


def calendar_of(person_id: int, first: date, last: date) -> list[Taken]:
    """Everything that takes time of a person between two days, and leave asked for; two queries."""
    start, end = bounds(first, last)
    found = [_taken(row) for row in people.busy([person_id], start, end)]
    asked = Leave.objects.standing().touching(first, last).exclude(state="approved")
    for leave in asked.filter(person_id=person_id):
        begin, finish = bounds(leave.first_on, leave.last_on)
        found.append(Taken(leave.ref, TimeKind.LEAVE, begin, finish, True, is_asked=True))
    return sorted(found, key=lambda one: (one.start, one.key))


def days_of(taken: list[Taken], first: date, last: date) -> list[CalendarDay]:
    """The days of a stretch, each with its holiday and with what takes it."""
    found = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        start, end = bounds(day, day)
        inside = tuple(one for one in taken if one.start < end and one.end > start)
        found.append(CalendarDay(day, holidays_of(day.year).get(day, ""), inside))
    return found


def clashes(person_id: int, first: date, last: date) -> list[Taken]:
    """Shifts, classes and meetings that stand inside these days: they warn, they refuse nothing."""
    start, end = bounds(first, last)
    rows = people.busy([person_id], start, end)
    return [_taken(row) for row in rows if row.kind != TimeKind.LEAVE]


def _taken(row: BusyTime) -> Taken:
    start, end = clock.local(row.start_at), clock.local(row.end_at)
    whole = start.time() == end.time() and start.hour == start.minute == 0
    return Taken(f"{row.about}:{row.pk}", row.kind, start, end, whole)
