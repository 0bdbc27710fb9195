"""Rules of performance: what the law says of predicates, and what figures say of a target."""

from abdi.performance.rules.official import (
    GROUP_TOO_SMALL,
    NEXT_STATES,
    Distribution,
    completion,
    credit,
    distribution,
    next_states,
    objection_open_until,
    predicate,
)
from abdi.performance.rules.periods import Span, quarters_of, span_of
from abdi.performance.rules.results import (
    EVALUATION_VERSION,
    LOW,
    MEASURES,
    MeasureRule,
    behaviour_rating,
    expected_by,
    figure_of,
    is_low,
    result_rating,
    standing,
    target_rating,
)

__all__ = [
    "EVALUATION_VERSION",
    "GROUP_TOO_SMALL",
    "LOW",
    "MEASURES",
    "NEXT_STATES",
    "Distribution",
    "MeasureRule",
    "Span",
    "behaviour_rating",
    "completion",
    "credit",
    "distribution",
    "expected_by",
    "figure_of",
    "is_low",
    "next_states",
    "objection_open_until",
    "predicate",
    "quarters_of",
    "result_rating",
    "span_of",
    "standing",
    "target_rating",
]
