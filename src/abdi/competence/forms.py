"""What people fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.competence.queries import CODES, competencies
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    OneOfField,
    TextField,
    WholeField,
)

LEVELS = [(str(number), str(number)) for number in range(1, 6)]


class AnswerForm(CleanForm):
    """One answer: the level that comes closest, and perhaps an example."""

    level = WholeField(
        low=1,
        high=5,
        error_messages={
            code: _("Pick the closest one. You can change it later.")
            for code in ("required", "invalid", "min_value", "max_value")
        },
    )
    example = LongTextField(limit=500, rows=2, required=False, label=_("One real example"))


class TalkForm(CleanForm):
    """What a talk about a difference agreed on."""

    competency = OneOfField(choices=[(code, code) for code in CODES])
    level = WholeField(low=1, high=5, label=_("the level agreed on"))
    note = LongTextField(limit=500, rows=2, required=False, label=_("What was agreed"))


class RoundForm(CleanForm):
    """The dates of a round."""

    name = TextField(limit=80, label=_("Name"))
    start_on = DayField(label=_("First day"))
    end_on = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("start_on"), found.get("end_on")
        if first and last and last < first:
            self.add_error("end_on", _("The last day lies before the first."))
        return found


class ConfirmForm(CleanForm):
    """A higher level, on a piece of evidence."""

    level = WholeField(low=1, high=5, label=_("Level"))
    evidence = WholeField(low=1, high=2**62)


class StandardForm(CleanForm):
    """The level a position asks for in each competency, with its decree."""

    decree_number = TextField(limit=80, required=False, label=_("Number of the decree"))
    decree_on = DayField(required=False, label=_("Date of the decree"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for found in competencies():
            self.fields[field_of(found.code)] = OneOfField(
                choices=LEVELS, label=found.name, widget=forms.RadioSelect
            )

    def levels(self) -> dict[str, int]:
        """The levels chosen, by competency code."""
        return {code: int(self.cleaned_data[field_of(code)]) for code in CODES}


def field_of(code: str) -> str:
    """The field of a competency: `M.3` is `level_M_3`."""
    return f"level_{code.replace('.', '_')}"
