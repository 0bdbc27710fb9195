"""What people fill in: the pages of a group, coaching plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.competence.choices import Competency
from abdi.culture.actions import CauseGiven, PlanGiven, StepGiven, TaskGiven
from abdi.culture.choices import (
    CauseBranch,
    CauseCheck,
    CircleStep,
    CoachingKind,
    CoachingOutcome,
)
from abdi.culture.rules import TEXTS
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    MomentField,
    OneOfField,
    RupiahField,
    SomeOfField,
    TextField,
    WholeField,
    YesField,
)
from abdi.platform.labels import pairs

COMPETENCIES = [("", _("No class is needed")), *pairs(Competency)]


class StepForm(CleanForm):
    """The base of the pages: nothing is required while it is written."""

    seen = WholeField(required=False)

    def given(self, step: CircleStep) -> StepGiven:
        """The cleaned values as the action takes them."""
        found = self.cleaned_data
        return StepGiven(
            texts={key: found.get(key, "") for key in TEXTS[step]},
            target_count=found.get("target_count"),
            target_on=found.get("target_on"),
            competency=found.get("competency", ""),
            audit_on=found.get("audit_on"),
        )


class ThemeForm(StepForm):
    """Step 1."""

    statement = LongTextField(
        limit=300,
        rows=2,
        required=False,
        label=_("The theme in one sentence"),
        help_text=_("What goes wrong, where, how often. No cause and no blame yet."),
    )
    reason = LongTextField(
        limit=1000, rows=3, required=False, label=_("Why this one first, and who suffers from it")
    )


class TargetForm(StepForm):
    """Step 2."""

    situation = LongTextField(
        limit=1500, rows=3, required=False, label=_("What we see at the place now")
    )
    target_count = WholeField(
        high=100_000, required=False, label=_("At most so many reports in a month")
    )
    target_on = DayField(required=False, label=_("To be reached by"))


class EvaluateForm(StepForm):
    """Step 7: what the work changed, by dimension."""

    quality = TextField(limit=300, required=False, label=_("Quality"))
    cost = TextField(limit=300, required=False, label=_("Cost"))
    delivery = TextField(limit=300, required=False, label=_("Time"))
    safety = TextField(limit=300, required=False, label=_("Safety"))
    morale = TextField(limit=300, required=False, label=_("Morale"))
    environment = TextField(limit=300, required=False, label=_("Environment"))


class StandardForm(StepForm):
    """Step 8."""

    standard = LongTextField(
        limit=2000,
        rows=4,
        required=False,
        label=_("The new standard: who does what, when, how it is checked"),
    )
    competency = OneOfField(
        choices=COMPETENCIES, required=False, label=_("A class that helps to keep it")
    )
    audit_on = DayField(required=False, label=_("Look at it again on"))
    next_theme = TextField(limit=300, required=False, label=_("The next theme"))


FORMS: Mapping[CircleStep, type[StepForm]] = {
    CircleStep.THEME: ThemeForm,
    CircleStep.TARGET: TargetForm,
    CircleStep.EVALUATE: EvaluateForm,
    CircleStep.STANDARDISE: StandardForm,
}


class CauseForm(CleanForm):
    """A possible cause with its whys."""

    branch = OneOfField(choices=pairs(CauseBranch), label=_("Branch"))
    text = TextField(limit=200, label=_("Possible cause"))
    whys = LongTextField(
        limit=1000,
        rows=3,
        required=False,
        label=_("Why? One line for each why, at most five"),
    )
    words = TextField(
        limit=200,
        required=False,
        label=_("Words citizens use for it, with commas between"),
        help_text=_("Reports that hold one of these words are counted."),
    )

    def given(self) -> CauseGiven:
        """The cleaned values as the action takes them."""
        found = self.cleaned_data
        lines = tuple(line.strip()[:200] for line in found["whys"].split("\n"))
        return CauseGiven(found["branch"], found["text"], lines, found["words"])


class CheckForm(CleanForm):
    """What the data say of a cause."""

    check = OneOfField(choices=pairs(CauseCheck), label=_("What the data say"))
    proof = TextField(limit=500, required=False, label=_("How it was seen, with a figure"))
    words = TextField(
        limit=200, required=False, label=_("Words citizens use for it, with commas between")
    )
    is_dominant = YesField(required=False, label=_("This is one of the causes that matter most"))


class VoteForm(CleanForm):
    """The causes a member chooses."""

    cause_ids = SomeOfField(required=False, choices=())

    def __init__(self, ids: list[int], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["cause_ids"]
        field.choices = [(str(pk), str(pk)) for pk in ids]


class TaskForm(CleanForm):
    """A line of the plan: 5W2H."""

    what = TextField(limit=200, label=_("What"))
    person_id = OneOfField(choices=(), coerce=int, label=_("Who"))
    due_on = DayField(label=_("Until when"))
    cause_id = OneOfField(choices=(), coerce=int, required=False, label=_("Against which cause"))
    why = TextField(limit=300, required=False, label=_("Why so"))
    place = TextField(limit=120, required=False, label=_("Where"))
    how = TextField(limit=500, required=False, label=_("How"))
    cost_rupiah = RupiahField(required=False, label=_("How much (rupiah)"))

    def __init__(
        self,
        people: list[tuple[str, str]],
        causes: list[tuple[str, str]],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        who: Any = self.fields["person_id"]
        who.choices = people
        against: Any = self.fields["cause_id"]
        against.choices = [("", _("None in particular")), *causes]

    def given(self) -> TaskGiven:
        """The cleaned values as the action takes them."""
        found = dict(self.cleaned_data)
        found["cost_rupiah"] = found["cost_rupiah"] or 0
        found["cause_id"] = found["cause_id"] or None
        return TaskGiven(**found)


class NoteForm(CleanForm):
    """A note, or a reason."""

    note = LongTextField(limit=500, rows=2, required=False, label=_("Note"))


class StartForm(CleanForm):
    """A new group: name and people."""

    name = TextField(limit=120, label=_("Name of the group"))
    leader_id = OneOfField(choices=(), coerce=int, label=_("Leader"))
    secretary_id = OneOfField(choices=(), coerce=int, label=_("Secretary"))
    facilitator_id = OneOfField(choices=(), coerce=int, label=_("Facilitator"))
    member_ids = SomeOfField(choices=(), required=False, label=_("Members"), most=10)

    def __init__(
        self,
        people: list[tuple[str, str]],
        near: list[tuple[str, str]],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name in ("leader_id", "secretary_id", "facilitator_id"):
            field: Any = self.fields[name]
            field.choices = people
        members: Any = self.fields["member_ids"]
        members.choices = near


class MeetingForm(CleanForm):
    """The minutes of a meeting."""

    start_at = MomentField(label=_("Began"))
    minutes = WholeField(low=1, high=480, label=_("Length"))
    place = TextField(limit=120, required=False, label=_("Place"))
    agenda = TextField(limit=1000, label=_("About"))
    decisions = LongTextField(limit=4000, rows=3, required=False, label=_("Decided"))
    attendee_ids = SomeOfField(choices=(), label=_("Who came"))

    def __init__(self, people: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["attendee_ids"]
        field.choices = people


class PlanForm(CleanForm):
    """A coaching plan."""

    kind = OneOfField(choices=pairs(CoachingKind), label=_("Kind of help"))
    goal = LongTextField(
        limit=1000,
        rows=2,
        label=_("What shall be reached"),
        help_text=_("One thing that both can see."),
    )
    help_text = LongTextField(
        limit=2000, rows=3, required=False, label=_("What helps, and who gives it")
    )
    check_on = DayField(label=_("Look at it together on"))
    seen = WholeField(required=False)

    def given(self) -> PlanGiven:
        """The cleaned values as the action takes them."""
        return PlanGiven(**{k: v for k, v in self.cleaned_data.items() if k != "seen"})


class DeclineForm(CleanForm):
    """Why not now."""

    reason = LongTextField(
        limit=1000,
        rows=2,
        label=_("Why not now"),
        help_text=_("The person can read this."),
    )
    seen = WholeField(required=False)


class SessionForm(CleanForm):
    """A talk."""

    on = DayField(label=_("Day of the talk"))
    note = LongTextField(limit=4000, rows=4, label=_("What was said"))
    agreed = TextField(limit=1000, required=False, label=_("Agreed next step"))


class CloseForm(CleanForm):
    """How a case ended."""

    outcome = OneOfField(choices=pairs(CoachingOutcome), label=_("How it ended"))
    note = LongTextField(limit=2000, rows=2, required=False, label=_("What helped, what did not"))
    competency = OneOfField(
        choices=COMPETENCIES,
        required=False,
        label=_("A class for the unit"),
        help_text=_("Training hears of the unit, never of the person."),
    )
    seen = WholeField(required=False)
