"""Steps in the calendar that several rules need."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> tuple[date, bool]:
    """The same day of the month so many months later, and whether that day exists.

    Where it does not, the last day of that month stands in for it.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(day.day, last)), day.day <= last


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February where 29 February does not exist."""
    return months_later(day, -12 * years)[0]
