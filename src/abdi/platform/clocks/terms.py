"""The plain terms of the program: so many hours, days or working days, or a named target."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from abdi.platform.clocks.hours import Always, Works, add_working_days
from abdi.platform.clocks.running import Clock, due_of


def after_hours(start: datetime, hours: int) -> datetime:
    """The end of a term of so many hours, day and night. Raises ValueError for a naive start."""
    due = due_of(Clock(start, hours * 60, Always()))
    return start if due is None else due


def after_days(day: date, count: int) -> date:
    """The last day of a term of calendar days; the day after `day` is day 1."""
    return day + timedelta(days=count)


def after_working_days(day: date, count: int, works: Works) -> date:
    """The last day of a term of working days; `day` itself does not count.

    Where count is 0: the day itself, or the next working day if it is free.
    """
    if count == 0 and not works(day):
        return add_working_days(day, 1, works)
    return add_working_days(day, count, works)


def toward(start: datetime, target: datetime, done_at: datetime | None = None) -> Clock:
    """The clock of a promise that names its target: it counts day and night, in whole seconds.

    A target before the start leaves no time at all. Raises ValueError for a naive moment.
    """
    begin, end = start.replace(microsecond=0), target.replace(microsecond=0)
    term = int(Always().between(begin, end).total_seconds())
    done = None if done_at is None else done_at.replace(microsecond=0)
    return Clock(begin, term // 60, Always(), done_at=done, seconds=term % 60)
