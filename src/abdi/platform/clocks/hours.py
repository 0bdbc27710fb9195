"""Which hours a clock counts: all of them, whole working days, or the hours of an office.

Hours answer two questions: how much counted time lies between two moments, and when so much has
passed. They walk over days, never over minutes: a year takes less than a millisecond and no memory.
Naive moments are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import Final, Protocol

from abdi.platform.calendar import WorkCalendar

Works = Callable[[date], bool]
DAY: Final = timedelta(days=1)
NOTHING: Final = timedelta()
LONGEST_WAIT: Final = 1000
"""Days in a row without a working day after which a calendar is taken to be wrong."""


class NeverWorks(ValueError):
    """A calendar has no working day for years."""


class Hours(Protocol):
    """The hours a clock counts."""

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The first moment at which `span` of counted time has passed since `start`."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Counted time from `start` to `end`; nothing where the end is earlier."""


def next_working_day(day: date, works: Works) -> date:
    """The first working day after a day. Raises NeverWorks where none comes for years."""
    for _ in range(LONGEST_WAIT):
        day += DAY
        if works(day):
            return day
    raise NeverWorks(f"no working day in {LONGEST_WAIT} days")


def add_working_days(day: date, count: int, works: Works) -> date:
    """The so-many-th working day after a day; the day itself where count is 0.

    Raises NeverWorks for a calendar without working days.
    """
    for _ in range(count):
        day = next_working_day(day, works)
    return day


@dataclass(frozen=True)
class Always:
    """Day and night: plain arithmetic on the time line."""

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The moment after a span, in the zone of the start."""
        return (_aware(start).astimezone(UTC) + span).astimezone(start.tzinfo)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The time between two moments."""
        return max(_aware(end).astimezone(UTC) - _aware(start).astimezone(UTC), NOTHING)


class _ByDay:
    """Hours that are a list of spans for each day, told as distances from its midnight."""

    def _spans(self, day: date) -> tuple[tuple[timedelta, timedelta], ...]:
        raise NotImplementedError

    def _zone(self, moment: datetime) -> tzinfo:
        raise NotImplementedError

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The first moment at which `span` has passed; it is an hour that counts, or its end.

        Raises NeverWorks where nothing counts for years, ValueError for a naive start.
        """
        zone = self._zone(_aware(start))
        wall, left = start.astimezone(zone).replace(tzinfo=None), span
        day, empty = wall.date(), 0
        while empty <= LONGEST_WAIT:
            spans = self._spans(day)
            empty = 0 if spans else empty + 1
            midnight = datetime.combine(day, time())
            for opens, closes in spans:
                begin = max(midnight + opens, wall)
                here = midnight + closes - begin
                if here <= NOTHING:
                    continue
                if left <= here:
                    return (begin + left).replace(tzinfo=zone).astimezone(start.tzinfo)
                left -= here
            day += DAY
        raise NeverWorks(f"no working day in {LONGEST_WAIT} days")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Counted time between two moments. Raises ValueError for a naive one."""
        zone = self._zone(_aware(start))
        first = start.astimezone(zone).replace(tzinfo=None)
        last = _aware(end).astimezone(zone).replace(tzinfo=None)
        passed, day = NOTHING, first.date()
        while day <= last.date():
            midnight = datetime.combine(day, time())
            for opens, closes in self._spans(day):
                here = min(midnight + closes, last) - max(midnight + opens, first)
                passed += max(here, NOTHING)
            day += DAY
        return passed


@dataclass(frozen=True)
class WholeDays(_ByDay):
    """A working day counts 24 hours, any other none."""

    works: Works
    zone: tzinfo | None = None
    """Where a day begins and ends; that of the start where none is named."""

    def _spans(self, day: date) -> tuple[tuple[timedelta, timedelta], ...]:
        return ((NOTHING, DAY),) if self.works(day) else ()

    def _zone(self, moment: datetime) -> tzinfo:
        return self.zone or moment.tzinfo or UTC


@dataclass(frozen=True)
class Office(_ByDay):
    """The hours an office is open, by its calendar and in its own zone."""

    calendar: WorkCalendar

    def _spans(self, day: date) -> tuple[tuple[timedelta, timedelta], ...]:
        return self._week[day.weekday()] if self.calendar.is_working_day(day) else ()

    @cached_property
    def _week(self) -> tuple[tuple[tuple[timedelta, timedelta], ...], ...]:
        return tuple(
            tuple((_since_midnight(opens), _since_midnight(closes)) for opens, closes in spans)
            for spans in self.calendar.hours
        )

    def _zone(self, moment: datetime) -> tzinfo:
        return self.calendar.zone


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment
