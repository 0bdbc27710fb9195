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
    load_explains,
    low_pattern,
)
from abdi.culture.rules.pulse import improvement, pulse_band, pulse_value
from abdi.culture.rules.steps import (
    MONTH_DAYS,
    TEXTS,
    Spans,
    StepFacts,
    compared_spans,
    may_open,
    per_month,
    state_after_send,
    step_lacks,
    verdict_code,
)

__all__ = [
    "MONTH_DAYS",
    "TEXTS",
    "Cluster",
    "Pattern",
    "ReportPoint",
    "Result",
    "Spans",
    "StepFacts",
    "approval_needed",
    "clusters",
    "compared_spans",
    "convention_score",
    "improvement",
    "load_explains",
    "low_pattern",
    "may_open",
    "next_step",
    "per_month",
    "pulse_band",
    "pulse_value",
    "size_fits",
    "state_after_send",
    "step_lacks",
    "step_numbers",
    "verdict_code",
]
