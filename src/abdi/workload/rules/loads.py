"""How much of its people a unit's work takes, and when that has moved."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Final

from abdi.platform.formulas import Between, at_least, at_most, formula, halves_up, permyriad, when

NeedFte = Annotated[int, Between(0, 10**9)]
People = Annotated[int, Between(0, 10**6)]
Count = Annotated[int, Between(0, 10**9)]
Days = Annotated[int, Between(1, 366)]
Share = Annotated[int, Between(0, 99_999)]

LOAD_VERSION: Final = 1
"""Version of `load_share` as stored with each snapshot."""

NOBODY: Final = 99_999
"""The load of work that nobody is there for; also the most that is ever shown."""

MOVED_POINTS: Final = 500
"""A load is announced again when it moved by this much (five points of a hundred)."""


@formula
def load_share(need: NeedFte, existing: People) -> int:
    """Load of a post or unit: need / people there, in ten-thousandths.

    `need` is in ten-thousandths of a person and already the larger of tasks and hours to be
    manned, so a standby post is never called idle. Work without people counts as NOBODY.
    """
    share: int = when(
        existing == 0,
        when(need == 0, 0, NOBODY),
        at_most(permyriad(need, existing * 10_000, if_zero=0), NOBODY),
    )
    return share


@formula
def has_moved(load: Share, before: Share) -> bool:
    """Whether a load moved by five points or more, up or down."""
    higher, lower = at_least(load, before), at_most(load, before)
    moved: bool = higher - lower >= MOVED_POINTS
    return moved


@formula
def yearly_volume(count: Count, days: Days) -> int:
    """What was counted over some days, taken for a year of 365."""
    volume: int = halves_up(count * 365, days)
    return volume


def ten_thousandths(people: Fraction) -> int:
    """An exact need as whole ten-thousandths of a person, half up, at most 10^9."""
    value = (2 * people.numerator * 10_000 + people.denominator) // (2 * people.denominator)
    return min(value, 10**9)
