"""The nine-box of talent: performance and potential of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from abdi.insight.choices import PerformanceBand, PotentialBand
from abdi.performance.choices import Predicate
from abdi.platform.formulas import Between, OneOf, band, choose, formula, in_units, named
from abdi.platform.inputs import Number, one_of

Norms = Mapping[str, Any]
PredicateCode = Annotated[str, OneOf(*Predicate.codes())]
PerformanceCode = Annotated[str, OneOf(*PerformanceBand.codes())]
PotentialCode = Annotated[str, OneOf(*PotentialBand.codes())]
Score = Annotated[int, Between(0, 100 * 10**9)]

BILLIONTHS = 10**9
"""Scores are compared to nine decimals, as finely as they may be written."""


@formula
def performance_band(predicate: PredicateCode, norms: Norms) -> str:
    """Vertical axis of the nine-box for a predicate."""
    found: str = choose(predicate, norms["talent_performance"], "")
    return found


@formula
def potential_band(score: Score, norms: Norms) -> str:
    """Horizontal axis of the nine-box for a potential score 0 to 100, in billionths of a point."""
    limits = norms["potential_bands"]
    found: str = band(
        score,
        (in_units(limits["high"], BILLIONTHS), PotentialBand.HIGH.value),
        (in_units(limits["medium"], BILLIONTHS), PotentialBand.MEDIUM.value),
        otherwise=PotentialBand.LOW.value,
    )
    return found


@formula
def box(performance: PerformanceCode, potential: PotentialCode, norms: Norms) -> int:
    """Box 1 to 9 of both axes. Source: PermenPANRB 3/2020."""
    table = norms["nine_box"]
    rows = {code: choose(potential, table[code], 0) for code in PerformanceBand.codes()}
    found: int = choose(performance, rows, 0)
    return found


@named(
    "talent.nine_box",
    inputs={
        "predicate": one_of(Predicate),
        "potential_score": Number(high=100, unit="points 0 to 100"),
    },
    outputs={"box": "1 to 9"},
    source="PermenPANRB 3/2020; thresholds and axis as two agencies use them",
    verified=True,
    example=({"predicate": "baik", "potential_score": 80}, {"box": 8}),
    norms=("insight",),
)
def nine_box_named(
    predicate: str, potential_score: Decimal, *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """Box of a person in the nine-box of talent."""
    figures = norms["insight"]
    performance = performance_band(predicate, figures)
    potential = potential_band(in_units(potential_score, BILLIONTHS), figures)
    return {"box": box(performance, potential, figures)}
