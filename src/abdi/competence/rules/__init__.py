"""Rules of competence."""

from abdi.competence.rules.gaps import (
    FORMULA_VERSION,
    TALK_FROM,
    Agreed,
    agreed_level,
    heat_step,
    missing_levels,
    needs_talk,
    required_level,
)
from abdi.competence.rules.matching import (
    Match,
    combined,
    counted_level,
    default_level,
    fill_category,
    gap,
    gap_share,
    jpm,
    mapping_category,
    match,
    widest_gaps,
)

__all__ = [
    "FORMULA_VERSION",
    "TALK_FROM",
    "Agreed",
    "Match",
    "agreed_level",
    "combined",
    "counted_level",
    "default_level",
    "fill_category",
    "gap",
    "gap_share",
    "heat_step",
    "jpm",
    "mapping_category",
    "match",
    "missing_levels",
    "needs_talk",
    "required_level",
    "widest_gaps",
]
