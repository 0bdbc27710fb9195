"""Shares and changes that boards show."""

from __future__ import annotations

from typing import Annotated

from abdi.platform.formulas import Between, formula, halves_up, permyriad, when

Count = Annotated[int, Between(0, 10**9)]


@formula
def share(whole: Count, part: Count) -> int:
    """Share of a part in ten-thousandths; nothing of nothing is no share."""
    found: int = permyriad(part, whole, if_zero=0)
    return found


@formula
def change(before: Count, now: Count) -> int:
    """What a count is now in ten-thousandths of what it was; 10,000 where there was nothing."""
    found: int = permyriad(now, before, if_zero=10_000)
    return found


Total = Annotated[int, Between(0, 10**9)]


@formula
def mean_hundredths(count: Count, total: Total) -> int:
    """Mean of a total over a count, in hundredths; 0 where nothing was counted."""
    found: int = when(count == 0, 0, halves_up(total * 100, when(count == 0, 1, count)))
    return found
