"""Working days and hours of Indonesian offices.

National holidays and joint leave (*cuti bersama*) come from the package `holidays`; an
institution adds its own free or worked days. Weekly hours: 37.5 without breaks, Perpres 21/2023.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

ZONES: Final = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}
"""Western, central and eastern Indonesian time; none of them knows summer time."""

Span = tuple[time, time]
_FRIDAY: Final = 4
_MOST_DAYS: Final = 20_000
_MINUTE: Final = timedelta(minutes=1)

WEEKDAY_HOURS: Final[tuple[Span, ...]] = ((time(7, 30), time(12)), (time(13), time(16)))
FRIDAY_HOURS: Final[tuple[Span, ...]] = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))


def zone_named(code: str) -> ZoneInfo:
    """The zone of a code WIB, WITA or WIT. Raises ValueError for any other."""
    try:
        return ZONES[code]
    except KeyError:
        raise ValueError(f"{code!r} is none of {', '.join(ZONES)}") from None


def zone_code(zone: ZoneInfo) -> str:
    """The letters people write behind a time: WIB, WITA or WIT; else the zone's own name."""
    return next((code for code, known in ZONES.items() if known.key == zone.key), zone.key)


@lru_cache(maxsize=64)
def holidays_of(year: int) -> dict[date, str]:
    """National holidays and joint leave days of a year with their Indonesian names.

    Days of coming years that follow the moon are estimates until the joint decree is out.
    """
    known = holidays.country_holidays(
        "ID", years=year, categories=("public", "government"), language="id"
    )
    return {day: known[day] for day in sorted(known)}


@dataclass(frozen=True)
class WorkCalendar:
    """The days and hours an office works."""

    zone: ZoneInfo = ZONES["WIB"]
    rest_days: frozenset[int] = frozenset({5, 6})
    """Weekdays off, Monday is 0. Offices with six working days name Sunday alone."""
    free: frozenset[date] = frozenset()
    """Days off by a decision of the institution."""
    worked: frozenset[date] = frozenset()
    """Days worked although they would be free; goes before everything else."""
    hours: tuple[tuple[Span, ...], ...] = field(
        default=(WEEKDAY_HOURS,) * _FRIDAY + (FRIDAY_HOURS,) + (WEEKDAY_HOURS,) * 2
    )
    """Spans of work for each weekday, Monday first."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day in self.worked:
            return True
        if day in self.free or day.weekday() in self.rest_days:
            return False
        return day not in holidays_of(day.year)

    def add_working_days(self, day: date, count: int) -> date:
        """The day `count` working days after `day`, which itself does not count.

        Negative counts go back; 0 gives the day itself, or the next working day if it is free.
        """
        step = timedelta(days=-1 if count < 0 else 1)
        if count == 0:
            while not self.is_working_day(day):
                day += step
            return day
        for _left in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days(self, first: date, last: date) -> int:
        """Number of working days from `first` to `last`, both counted; 0 if last is earlier."""
        return sum(map(self.is_working_day, _days(first, last)))

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The spans of work on that day as aware moments; empty on a free day."""
        if not self.is_working_day(day):
            return []
        return [
            (datetime.combine(day, start, self.zone), datetime.combine(day, end, self.zone))
            for start, end in self.hours[day.weekday()]
        ]

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment when `minutes` of office time have passed since `start`, in UTC.

        Raises ValueError for a naive start, negative minutes or an office that never works.
        """
        if start.tzinfo is None or minutes < 0:
            raise ValueError("an aware start and minutes of 0 or more are needed")
        left = minutes * _MINUTE
        day = start.astimezone(self.zone).date()
        for _tries in range(_MOST_DAYS):
            for begin, end in self.spans(day):
                begin = max(begin, start)  # noqa: PLW2901 - the rest of this span
                if end <= begin:
                    continue
                if end - begin >= left:
                    return (begin + left).astimezone(UTC)
                left -= end - begin
            day += timedelta(days=1)
        raise ValueError("this office has no working time")

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes of office time between two aware moments; 0 if end is earlier."""
        first, last = (moment.astimezone(self.zone).date() for moment in (start, end))
        passed = sum(
            (
                max(min(close, end) - max(opening, start), timedelta())
                for day in _days(first, last)
                for opening, close in self.spans(day)
            ),
            timedelta(),
        )
        return passed // _MINUTE


NATIONAL: Final = WorkCalendar()
"""Five-day week in western Indonesian time, no local days."""


def is_working_day(day: date) -> bool:
    """Whether offices with the national calendar work on that day."""
    return NATIONAL.is_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """`count` working days after `day` by the national calendar; the day itself is not counted."""
    return NATIONAL.add_working_days(day, count)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
