"""Annual leave: what this year gives, what earlier years left, oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Left:
    """Working days left of this year (N), the year before (N-1) and the one before that (N-2)."""

    n: int
    n1: int = 0
    n2: int = 0

    @property
    def total(self) -> int:
        """All days that may be taken."""
        return self.n + self.n1 + self.n2


def entitlement(norms: Mapping[str, Any]) -> Left:
    """A year of somebody of whom nothing earlier is known."""
    return Left(int(norms["annual_leave"]["days"]))


def take(left: Left, days: int) -> Left:
    """What is left after so many days, the oldest first; never below nothing."""
    from_n2 = min(days, left.n2)
    from_n1 = min(days - from_n2, left.n1)
    from_n = min(days - from_n2 - from_n1, left.n)
    return Left(left.n - from_n, left.n1 - from_n1, left.n2 - from_n2)


def carry_over(left: Left, norms: Mapping[str, Any]) -> Left:
    """The balance of the first day of the next year.

    At most `carried_one_year` days of each earlier year go on, `carried_two_years` in all, so
    that two unused years give 12 + 12 = 24 days (PP 11/2017 Art. 313).
    """
    figures = norms["annual_leave"]
    one = int(figures["carried_one_year"])
    n1 = min(left.n, one)
    n2 = min(left.n1, one, int(figures["carried_two_years"]) - n1)
    return Left(int(figures["days"]), n1, n2)
