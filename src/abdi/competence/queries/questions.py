"""What the assessment asks: one question for each competency, about what really happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from abdi.competence.queries.dictionary import CODES, CompetencyText, competency_of
from abdi.platform.choices import N_

_ASKED: Final = {
    "M.1": N_("When rules are put to the test, what do you do most often?"),
    "M.2": N_("When working with others, what do you do most often?"),
    "M.3": N_("When getting something across, what do you do most often?"),
    "M.4": N_("When finishing work, what do you do most often?"),
    "M.5": N_("When serving citizens, what do you do most often?"),
    "M.6": N_("When learning and guiding, what do you do most often?"),
    "M.7": N_("When the way of working changes, what do you do most often?"),
    "M.8": N_("When something has to be decided, what do you do most often?"),
    "SK.1": N_("When working with people who differ, what do you do most often?"),
}


@dataclass(frozen=True)
class Question:
    """One page of the assessment."""

    number: int
    competency: CompetencyText
    asked: str


def question_of(number: int, *, about_other: bool = False) -> Question | None:
    """A question by its place, 1 to 9; worded for the superior where it is about another."""
    if not 1 <= number <= len(CODES):
        return None
    found = competency_of(CODES[number - 1])
    if found is None:
        return None
    if about_other:
        words = gettext("%(name)s: what do you see most often?") % {"name": found.name}
    else:
        words = gettext(_ASKED[found.code])
    return Question(number, found, words)
