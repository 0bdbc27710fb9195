"""Days of a person: what counts, how a year of absence adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from abdi.presence.choices import DayStatus

LONGEST_PIECE: Final = timedelta(days=300)
EXCUSED: Final = frozenset({DayStatus.LATE, DayStatus.EARLY_LEAVE})


@dataclass(frozen=True)
class Day:
    """One day as it counts: with its dispensation taken into account."""

    on: date
    status: str
    late_minutes: int = 0
    early_minutes: int = 0


@dataclass(frozen=True)
class YearOfAbsence:
    """The inputs of discipline.absence: days, the longest run of them, minutes."""

    days: int
    longest_run: int
    minutes: int


def effective_status(status: str, *, is_excused: bool) -> str:
    """A dispensation goes before lateness and leaving early, before nothing else."""
    return DayStatus.DISPENSATION if is_excused and status in EXCUSED else status


def excused(
    status: str, late_minutes: int, *, came: int | None, until: int | None
) -> tuple[str, int]:
    """What a day with a night call-out counts as, and the minutes of lateness that stay.

    `came` and `until` are minutes of that day: when the person came, and until when the call-out
    excuses him. Where one is not known the whole lateness is excused; who came later than that
    stays late by the rest. Nothing but lateness and leaving early is excused.
    """
    if status not in EXCUSED:
        return status, late_minutes
    if status == DayStatus.LATE and came is not None and until is not None and came > until:
        return status, min(late_minutes, came - until)
    return effective_status(status, is_excused=True), 0


def excused_until(called: datetime, ended: datetime | None, norms: Mapping[str, Any]) -> datetime:
    """When the rest after a night call is reached; from the call where no end is known."""
    return (ended or called) + timedelta(hours=int(norms["night_call"]["rest_hours"]))


def minute_of(day: date, moment: datetime) -> int:
    """Minutes from midnight of a day to a local moment, within that day."""
    midnight = moment.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0)
    minutes = (moment - midnight) // timedelta(minutes=1)
    return max(0, min(minutes, 24 * 60))


def absence_of_year(days: Iterable[Day], is_working_day: Callable[[date], bool]) -> YearOfAbsence:
    """Add up a year: only absence without a reason on working days counts as a day.

    A run goes on over rest days and holidays; any other working day ends it. Minutes are those of
    lateness and leaving early.
    """
    rows = sorted(days, key=lambda row: row.on)
    absent = [row.on for row in rows if row.status == DayStatus.ABSENT and is_working_day(row.on)]
    minutes = sum(row.late_minutes + row.early_minutes for row in rows if row.status in EXCUSED)
    return YearOfAbsence(len(absent), _longest_run(absent, is_working_day), minutes)


def _longest_run(absent: list[date], is_working_day: Callable[[date], bool]) -> int:
    longest = run = 0
    before: date | None = None
    for day in absent:
        run = run + 1 if before is not None and _follows(before, day, is_working_day) else 1
        longest = max(longest, run)
        before = day
    return longest


def _follows(before: date, day: date, is_working_day: Callable[[date], bool]) -> bool:
    step = before + timedelta(days=1)
    while step < day and not is_working_day(step):
        step += timedelta(days=1)
    return step == day


def overlap(first: date, last: date, start: date, end: date) -> tuple[date, date] | None:
    """The days two stretches share, both ends counted; None where there are none."""
    begin, finish = max(first, start), min(last, end)
    return (begin, finish) if begin <= finish else None


def pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A long stretch in pieces the calendar can hold, one after the other."""
    while start < end:
        stop = min(start + LONGEST_PIECE, end)
        yield start, stop
        start = stop


def dispensation_day(at: datetime, norms: Mapping[str, Any]) -> date | None:
    """The day whose morning a call-out at this wall-clock time excuses; None in office hours."""
    night = norms["night_call"]
    if at.hour >= int(night["from_hour"]):
        return at.date() + timedelta(days=1)
    return at.date() if at.hour < int(night["to_hour"]) else None
