"""Rules of culture: patterns that start coaching or a circle, the steps of a circle, the pulse."""

from abdi.culture.rules.circles import (
    approval_needed,
    convention_score,
    next_step,
    size_fits,
    step_numbers,
)
from abdi.culture.rules.patterns import (
    Cluster,
    Pattern,
    ReportPoint,
    Result,
    clusters,
    low_pattern,
)
from abdi.culture.rules.pulse import improvement, pulse_band, pulse_value

__all__ = [
    "Cluster",
    "Pattern",
    "ReportPoint",
    "Result",
    "approval_needed",
    "clusters",
    "convention_score",
    "improvement",
    "low_pattern",
    "next_step",
    "pulse_band",
    "pulse_value",
    "size_fits",
    "step_numbers",
]
