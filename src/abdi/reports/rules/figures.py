"""Figures of the service promise, for one report and for all."""

from __future__ import annotations

from typing import Annotated, Any

from abdi.platform.formulas import Between, formula, permyriad, when
from abdi.reports.choices import Jurisdiction

Count = Annotated[int, Between(0, 10**9)]
Seconds = Annotated[int, Between(0, 10**10)]
Minutes = Annotated[int, Between(0, 10**8)]
Left = Annotated[int, Between(-(10**8), 10**8)]

LATE = "late"
SOON = "soon"
FINE = "fine"


@formula
def answered_in_time(closed: Count, kept: Count) -> int:
    """Share of closed reports that kept the promise, in ten-thousandths.

    Nothing closed counts as kept.
    """
    share: int = permyriad(kept, closed, if_zero=10_000)
    return share


@formula
def in_time(closed: Seconds, due: Seconds) -> int:
    """1 where a report was closed at its due moment or before, else 0 (seconds since 1970)."""
    kept: int = when(closed <= due, 1, 0)
    return kept


@formula
def promise_left(due: Seconds, at: Seconds) -> int:
    """Seconds left until a promise is broken; below zero it is (seconds since 1970)."""
    return due - at


@formula
def urgency(left: Left, promised: Minutes) -> str:
    """late, soon (a quarter of the promised time or less is left) or fine; both in minutes."""
    late: Any = when(left * 4 > promised, FINE, SOON)
    found: str = when(left < 0, LATE, late)
    return found


def counts_for_city(jurisdiction: Jurisdiction | str) -> bool:
    """Whether a report counts as solved or late for the city: only where it is its own task."""
    return Jurisdiction(jurisdiction) is Jurisdiction.CITY
