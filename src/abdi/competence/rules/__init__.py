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

__all__ = [
    "FORMULA_VERSION",
    "TALK_FROM",
    "Agreed",
    "agreed_level",
    "heat_step",
    "missing_levels",
    "needs_talk",
    "required_level",
]
