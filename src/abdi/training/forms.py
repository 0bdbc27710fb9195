"""What people fill in."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.competence import queries as competence
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    OneOfField,
    RupiahField,
    TextField,
    WholeField,
    YesField,
)
from abdi.training import queries
from abdi.training.actions import ClassPlan

if TYPE_CHECKING:
    from abdi.people.models import Person

LEVELS = [(str(number), str(number)) for number in range(1, 6)]


class ClassForm(CleanForm):
    """A class before it opens."""

    title = TextField(limit=120, label=_("Title"))
    goal = LongTextField(limit=500, rows=2, label=_("Goal"))
    competency = OneOfField(label=_("Competence"))
    level = OneOfField(choices=LEVELS, label=_("Level it leads to"), widget=forms.RadioSelect)
    hours = WholeField(low=1, high=1_000, label=_("Learning hours (JP)"))
    start_on = DayField(label=_("First day"))
    end_on = DayField(label=_("Last day"))
    start_time = forms.TimeField(
        label=_("Begins at"), initial=time(8), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    end_time = forms.TimeField(
        label=_("Ends at"), initial=time(15), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    is_online = YesField(required=False, label=_("Held online"))
    place = TextField(limit=200, required=False, label=_("Place"))
    capacity = WholeField(low=1, high=5_000, label=_("Seats"))
    cost_rupiah = RupiahField(required=False, label=_("Cost (rupiah)"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(text.code, text.name) for text in competence.competencies()]
        field = self.fields["competency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = named

    def plan(self) -> ClassPlan:
        """The values as the plan of a class."""
        values = dict(self.cleaned_data)
        values["level"] = int(values["level"])
        values["cost_rupiah"] = values["cost_rupiah"] or 0
        return ClassPlan(**values)


class CostForm(CleanForm):
    """Hours and cost of a proposal."""

    hours = WholeField(low=1, high=1_000, label=_("Learning hours (JP)"))
    cost_rupiah = RupiahField(label=_("Cost (rupiah)"))
    version = WholeField(low=1, required=False)


class ReasonForm(CleanForm):
    """Why something is set aside, cancelled or withdrawn."""

    reason = TextField(limit=300, label=_("Reason"))


class PersonForm(CleanForm):
    """Somebody by employee number or name."""

    person = TextField(limit=150, label=_("Employee number or full name"))

    def clean_person(self) -> Person:
        """The one person meant."""
        found = queries.person_named(self.cleaned_data["person"])
        if found is None:
            raise forms.ValidationError(_("Nobody has exactly this number or name."))
        return found


class ResultForm(CleanForm):
    """One line of the results: passed or not, and perhaps a score."""

    passed = OneOfField(choices=[("1", "1"), ("0", "0")])
    score = WholeField(low=0, high=100, required=False, label=_("Score"))
