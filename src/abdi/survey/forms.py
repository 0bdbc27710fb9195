"""Input of the survey: nine questions of four choices, and the opening of a survey."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from abdi.platform.forms import CleanForm, DayField, OneOfField, WholeField
from abdi.platform.labels import pairs
from abdi.platform.norms import Norms
from abdi.survey.choices import Element, Weight


def choices_of(question: dict[str, Any]) -> list[tuple[str, str]]:
    """The four answers of a question in the reader's language, the worst first."""
    if (get_language() or "id").startswith("id"):
        words = list(question["answers_id"])
    else:
        words = [_("Not good"), _("Less good"), _("Good"), _("Very good")]
    return [(str(number), str(word)) for number, word in enumerate(words, start=1)]


class AnswerForm(CleanForm):
    """One question for each element, each of four choices; any may be left out."""

    def __init__(self, *args: Any, norms: Norms, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = "id" if (get_language() or "id").startswith("id") else "en"
        questions = norms["elements"]
        for key in sorted(questions, key=lambda one: int(questions[one]["form"])):
            question = questions[key]
            self.fields[key] = OneOfField(
                label=question[f"question_{lang}"],
                choices=choices_of(question),
                required=False,
                widget=forms.RadioSelect(),
            )

    def answers(self) -> dict[str, int]:
        """The questions that were answered, with the choice 1 to 4."""
        given = self.cleaned_data
        return {key: int(given[key]) for key in Element.codes() if given.get(key)}


class PeriodForm(CleanForm):
    """Open a survey of a service."""

    closes_on = DayField(label=gettext_lazy("Last day"))
    weight = OneOfField(
        label=gettext_lazy("Weight rule"), choices=pairs(Weight), initial=Weight.EXACT.value
    )
    people_served = WholeField(
        label=gettext_lazy("People served in a year"),
        low=1,
        high=10**9,
        required=False,
        help_text=gettext_lazy("Then the page says how many answers are enough."),
    )
