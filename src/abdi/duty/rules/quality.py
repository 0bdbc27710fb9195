"""Rules of the quality score of a week's roster: 0 to 100 from four parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from abdi.platform.formulas import (
    Between,
    at_least,
    at_most,
    clamp,
    formula,
    halves_up,
    permyriad,
)

WEEKS: Final = 52
FAIR_OVER_WEEKS: Final = 4
"""Fairness looks at this week and the three before it: one week alone is never even."""
GOOD, POOR = 80, 50

Minutes = Annotated[int, Between(0, 10**7)]
Count = Annotated[int, Between(0, 10**5)]
Days = Annotated[int, Between(0, 3_650)]
SomeDays = Annotated[int, Between(1, 365)]
Points = Annotated[int, Between(0, 100)]
Weight = Annotated[int, Between(0, 100)]


@dataclass(frozen=True)
class WeekQuality:
    """The score of a week, its four parts, and what they rest on. Minutes are those of turns."""

    score: int
    gaps: int
    overload: int
    fairness: int
    timeliness: int
    promised_minutes: int = 0
    empty_minutes: int = 0
    broken_count: int = 0
    above_minutes: int = 0
    moved_minutes: int = 0


@formula
def gap_points(promised: Minutes, empty: Minutes) -> int:
    """100 where somebody stands every turn, 0 where nobody stands any."""
    share: int = permyriad(at_most(empty, promised), promised, if_zero=0)
    points: int = 100 - halves_up(share, 100)
    return points


@formula
def overload_points(shifts: Count, broken: Count, stood: Minutes, above: Minutes) -> int:
    """100 less one for each per cent of turns that break rest or nights, and of hours too many."""
    turns: int = permyriad(at_most(broken, shifts), shifts, if_zero=0)
    hours: int = permyriad(at_most(above, stood), stood, if_zero=0)
    points: int = clamp(100 - halves_up(turns + hours, 100), 0, 100)
    return points


@formula
def fairness_points(stood: Minutes, moved: Minutes) -> int:
    """100 less one for each per cent of hours that would have to change hands to be even."""
    share: int = permyriad(at_most(moved, stood), stood, if_zero=0)
    points: int = 100 - halves_up(share, 100)
    return points


@formula
def timeliness_points(days_before: Days, wanted: SomeDays) -> int:
    """100 where it was in force so many days before its week, 0 where on its first day or later."""
    points: int = halves_up(at_most(days_before, wanted) * 100, wanted)
    return points


@formula
def score_of(  # noqa: PLR0917 - a formula names its parts and their weights
    gaps: Points,
    overload: Points,
    fairness: Points,
    timeliness: Points,
    gaps_weight: Weight,
    overload_weight: Weight,
    fairness_weight: Weight,
    timeliness_weight: Weight,
) -> int:
    """The four parts by their weights, 0 to 100; 0 where all weights are 0."""
    total = (
        gaps * gaps_weight
        + overload * overload_weight
        + fairness * fairness_weight
        + timeliness * timeliness_weight
    )
    weights = gaps_weight + overload_weight + fairness_weight + timeliness_weight
    points: int = halves_up(total, at_least(weights, 1))
    return points


def moved_minutes(minutes: Iterable[int]) -> int:
    """Minutes that would have to change hands so that all who stood had stood the same."""
    found = list(minutes)
    if not found:
        return 0
    mean = sum(found) // len(found)
    return sum(max(one - mean, 0) for one in found)


def above_norm(minutes: Iterable[int], norm: int) -> int:
    """Minutes of people above the norm of a week, all together."""
    return sum(max(one - norm, 0) for one in minutes)
