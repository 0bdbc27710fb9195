"""Spans of time in the life of a report."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from abdi.platform.formulas import Between, at_least, formula, halves_up
from abdi.reports.choices import Status

_MINUTE: Final = timedelta(minutes=1)
AT_DESK: Final = frozenset({Status.RECEIVED, Status.VERIFIED, Status.REOPENED})
"""States in which the desk acts next."""
IN_FIELD: Final = frozenset({Status.FORWARDED, Status.ON_THE_WAY, Status.IN_PROGRESS})
"""States in which a crew acts next."""


@formula
def average_stars(
    stars_sum: Annotated[int, Between(0, 5 * 10**9)], rated: Annotated[int, Between(0, 10**9)]
) -> int:
    """Average of 1 to 5 stars in hundredths; 0 where nobody rated."""
    points: int = halves_up(stars_sum * 100, at_least(rated, 1))
    return points


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from start to end; 0 where the end is earlier."""
    return max(0, (end - start) // _MINUTE)


def remind_at(received_at: datetime, due_at: datetime, percent_left: int) -> datetime:
    """When to remind: the moment at which this share of the promised time is left."""
    return due_at - (due_at - received_at) * percent_left // 100
