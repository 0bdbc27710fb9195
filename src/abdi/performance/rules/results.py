"""What figures say of a target, and what targets and behaviours say of a period.

Figures of targets are in hundredths of their unit: 91 % is 9100, 4.2 stars are 420. All of it is
a proposal: the leader decides, and says why where he decides otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from abdi.performance.choices import Better, Measure, Predicate, Rating, Source, Way
from abdi.platform.formulas import Between, OneOf, at_most, band, choose, formula, halves_up, when

Norms = Mapping[str, Any]
Hundredths = Annotated[int, Between(0, 10**11)]
Sum = Annotated[int, Between(0, 10**11)]
Count = Annotated[int, Between(0, 10**6)]
Days = Annotated[int, Between(1, 366)]
Few = Annotated[int, Between(0, 50)]
Share = Annotated[int, Between(0, 20_000)]
BetterCode = Annotated[str, OneOf(*Better.codes())]
WayCode = Annotated[str, OneOf(*Way.codes())]

EVALUATION_VERSION: Final = 1
"""Version of these rules as stored with each evaluation."""

LOW: Final = frozenset({Predicate.BUTUH_PERBAIKAN, Predicate.KURANG, Predicate.SANGAT_KURANG})


@dataclass(frozen=True)
class MeasureRule:
    """How a measure is built: its source, the way results add up, which way is good."""

    source: Source
    way: Way
    better: Better
    unit: str
    is_automatic: bool = True


MEASURES: Final[Mapping[Measure, MeasureRule]] = {
    Measure.REPORTS_CLOSED: MeasureRule(Source.REPORTS, Way.SUM, Better.HIGHER, "reports"),
    Measure.REPORTS_IN_TIME: MeasureRule(Source.REPORTS, Way.SHARE, Better.HIGHER, "percent"),
    Measure.REPORT_MINUTES: MeasureRule(Source.REPORTS, Way.MEAN, Better.LOWER, "minutes"),
    Measure.REPORT_RATING: MeasureRule(Source.SATISFACTION, Way.MEAN, Better.HIGHER, "stars"),
    Measure.CLASSES_PASSED: MeasureRule(Source.TRAINING, Way.SUM, Better.HIGHER, "classes"),
    Measure.MANUAL: MeasureRule(Source.MANUAL, Way.SUM, Better.HIGHER, "", is_automatic=False),
}


@formula
def figure_of(way: WayCode, total: Sum, count: Count) -> int:
    """The figure of a target in hundredths from the sum and number of its single results.

    Results added up arrive in hundredths; shares and averages arrive as 0/1, minutes or stars.
    """
    several = when(count == 0, 1, count)
    figure: int = choose(
        way,
        {
            Way.SUM: total,
            Way.SHARE: halves_up(at_most(total, count) * 10_000, several),
            Way.MEAN: halves_up(total * 100, several),
        },
        0,
    )
    return figure


@formula
def expected_by(way: WayCode, target: Hundredths, day: Days, days: Days) -> int:
    """What a target should stand at after `day` of its `days`: sums grow evenly, levels hold."""
    grown = halves_up(target * at_most(day, days), days)
    expected: int = choose(way, {Way.SUM: grown}, target)
    return expected


@formula
def standing(better: BetterCode, actual: Hundredths, expected: Hundredths) -> int:
    """How much of what was expected is there, in ten-thousandths, at most twice as much.

    Where less is better the two change places: 220 minutes of 240 stand at 10,909.
    """
    lower = better == Better.LOWER.value
    part, whole = when(lower, expected, actual), when(lower, actual, expected)
    wide = at_most(part, whole * 2)
    share: int = when(
        whole == 0,
        when(part == 0, 10_000, 20_000),
        halves_up(wide * 10_000, when(whole == 0, 1, whole)),
    )
    return share


@formula
def target_rating(share: Share, norms: Norms) -> str:
    """Above, meets or below by the standing of a target; the limits are the institution's."""
    limits = norms["result_limits"]
    found: str = band(
        share,
        (limits["above_from"], Rating.ABOVE.value),
        (limits["meets_from"], Rating.MEETS.value),
        otherwise=Rating.BELOW.value,
    )
    return found


@formula
def result_rating(above: Few, meets: Few, below: Few) -> str:
    """Proposed rating of all results by how many targets stand above, at and below.

    Above: at least half of them above and none below. Below: more than half below.
    """
    several = above + meets + below
    high = (above * 2 >= several) & (below == 0) & (several > 0)
    found: str = when(
        high, Rating.ABOVE.value, when(below * 2 > several, Rating.BELOW.value, Rating.MEETS.value)
    )
    return found


@formula
def behaviour_rating(above: Few, below: Few, values: Annotated[int, Between(1, 50)]) -> str:
    """The middle one of the values' ratings: above or below only where more than half say so."""
    found: str = when(
        above * 2 > values,
        Rating.ABOVE.value,
        when(below * 2 > values, Rating.BELOW.value, Rating.MEETS.value),
    )
    return found


def is_low(predicate: str) -> bool:
    """Whether a period closed below expectation."""
    return predicate in LOW
