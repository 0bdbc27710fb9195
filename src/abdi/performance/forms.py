"""Input of performance: targets, progress, words, evaluations, objections."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.performance.actions import Behaviours, TargetInput
from abdi.performance.choices import Aspect, Better, FeedbackKind, Measure, Rating, Value
from abdi.platform.forms import (
    CleanForm,
    LongTextField,
    NumberField,
    OneOfField,
    TextField,
    WholeField,
)
from abdi.platform.labels import pairs

HUNDRED = 100
NO_PARENT = "0"


def hundredths(value: Decimal) -> int:
    """A typed figure as whole hundredths."""
    return int(value * HUNDRED)


class TargetForm(CleanForm):
    """One target: what is to be reached, how it is seen, which figure."""

    parent = OneOfField(label=_("Target of the superior"), required=False, choices=())
    result = TextField(
        label=_("Result"),
        limit=300,
        help_text=_("What is there in the end: “Street lights are repaired quickly”."),
    )
    measure = OneOfField(
        label=_("Source of the figure"), choices=pairs(Measure), initial=Measure.MANUAL
    )
    indicator = TextField(label=_("Indicator"))
    aspect = OneOfField(label=_("Aspect"), choices=pairs(Aspect), initial=Aspect.QUANTITY)
    figure = NumberField(label=_("Target"), low="0.01", high=10**9)
    unit = TextField(label=_("Unit of the figure"), limit=40, required=False)
    better = OneOfField(label=_("Which way is good"), choices=pairs(Better), initial=Better.HIGHER)
    is_of_unit = OneOfField(
        label=_("Whose figure"),
        choices=[("", _("My own")), ("on", _("My whole unit"))],
        required=False,
    )

    def __init__(self, *args: Any, parents: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        nothing = (NO_PARENT, str(_("Not yet linked")))
        self.fields["parent"].choices = [*parents, nothing]  # type: ignore[attr-defined]

    def given(self) -> TargetInput:
        """What was typed, for the action."""
        data = self.cleaned_data
        return TargetInput(
            result=data["result"],
            indicator=data["indicator"],
            aspect=data["aspect"],
            figure=hundredths(data["figure"]),
            unit=data["unit"],
            measure=data["measure"],
            better=data["better"],
            is_of_unit=bool(data["is_of_unit"]),
        )

    @property
    def parent_id(self) -> int:
        """The chosen target of the superior; 0 for none yet."""
        return int(self.cleaned_data["parent"] or 0)


class ParentsForm(CleanForm):
    """Targets of the superior that were ticked."""

    def __init__(self, *args: Any, known: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        asked = self.data.getlist("parents") if hasattr(self.data, "getlist") else []
        self.ticked = [pk for pk in known if str(pk) in asked]


class VersionForm(CleanForm):
    """The version of a row the person had before him."""

    seen = WholeField(low=1)


class ReturnForm(CleanForm):
    """A word of what should change in a plan."""

    seen = WholeField(low=1)
    note = LongTextField(label=_("What should change"), limit=1000)


class ProgressForm(CleanForm):
    """What was done since the last entry."""

    amount = NumberField(label=_("Done since the last entry"), low="0.01", high=10**8)
    note = TextField(label=_("Note"), limit=500, required=False)


class FeedbackForm(CleanForm):
    """Words to a person."""

    text = LongTextField(label=_("Message"), limit=2000, rows=2)
    kind = OneOfField(
        label=_("About"), choices=pairs(FeedbackKind), required=False, initial=FeedbackKind.RESULT
    )


class EvaluationForm(CleanForm):
    """Ratings of results and of the seven values, each with its example."""

    seen = WholeField(low=1, required=False)
    result_rating = OneOfField(label=_("Rating of the results"), choices=pairs(Rating))
    result_reason = LongTextField(
        label=_("Reason, where you rate differently from the figures"),
        limit=1000,
        rows=2,
        required=False,
    )
    dialog_note = LongTextField(label=_("Note of the talk"), limit=2000, rows=3, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for value in Value:
            self.fields[f"rating_{value}"] = OneOfField(
                label=_(value.text), choices=pairs(Rating), required=False
            )
            self.fields[f"example_{value}"] = LongTextField(
                label=_("Concrete example"), limit=1000, rows=2, required=False
            )

    def behaviours(self) -> Behaviours:
        """Value → (rating, example)."""
        data = self.cleaned_data
        return {
            value.value: (
                data.get(f"rating_{value}") or Rating.MEETS.value,
                data.get(f"example_{value}") or "",
            )
            for value in Value
        }

    def guessed(self) -> tuple[str, list[str]]:
        """The ratings as far as they can be read, for the predicate shown before saving."""
        asked = [self.data.get(f"rating_{value}", Rating.MEETS.value) for value in Value]
        result = self.data.get("result_rating", "")
        known = Rating.codes()
        return result if result in known else "", [code for code in asked if code in known]


class ObjectionForm(CleanForm):
    """What a person objects to, and why."""

    reason = LongTextField(label=_("What do you object to, and why?"), rows=5)


class DecisionForm(CleanForm):
    """The decision on an objection, with its reason."""

    seen = WholeField(low=1)
    decision = LongTextField(label=_("Reason of the decision"), rows=5)
    result_rating = OneOfField(label=_("Rating of the results"), choices=pairs(Rating))
    behaviour_rating = OneOfField(label=_("Rating of the behaviour"), choices=pairs(Rating))
