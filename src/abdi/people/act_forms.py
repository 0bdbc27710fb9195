"""Forms of the organisation: dated acts, acting heads, exceptions and notices about superiors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from abdi.people import queries
from abdi.people.actions import ActGiven
from abdi.people.choices import ActKind, AssignmentKind, SkillGrade, SkillKind, TeamRole, UnitKind
from abdi.people.models import Person, Position, Service, Unit
from abdi.platform.access import Actor
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    OneOfField,
    TextField,
    UploadField,
)
from abdi.platform.labels import pairs


class PersonField(TextField):
    """One person by employee number or by name without titles; the value is the person."""

    default_error_messages = {
        "nobody": _("Nobody has this number or name."),
        "several": _("Several people have this name: please write the employee number."),
    }

    def clean(self, value: Any) -> Any:
        """The one person meant; a sentence where there is none or more than one."""
        text = super().clean(value)
        if not text:
            return None
        digits = text.replace(" ", "")
        meant = Q(employee_number=digits) | Q(name__iexact=text) | Q(code=text.lower())
        found = list(Person.objects.active().filter(meant)[:2])
        if len(found) != 1:
            code = "several" if found else "nobody"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return found[0]


class PersonsField(LongTextField):
    """Several persons, one a line; the value is the list of them."""

    def clean(self, value: Any) -> Any:
        """The persons meant, or a sentence that names the line nobody was found for."""
        one = PersonField()
        found = []
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            try:
                found.append(one.clean(line))
            except forms.ValidationError as refusal:
                raise forms.ValidationError(f"{line}: {refusal.messages[0]}") from refusal
        return found


class ActForm(CleanForm):
    """What every act says: from when, by which decree, why."""

    kind = ActKind.RENAME
    on = DayField(label=_("In force from"))
    decree = TextField(label=_("Number of the decree"), limit=120)
    reason = LongTextField(label=_("Reason"), limit=500, rows=2, required=False)

    def __init__(self, *inputs: Any, unit: Unit, **options: Any) -> None:
        self.unit = unit
        super().__init__(*inputs, **options)

    def given(self) -> ActGiven:
        """What was written, for the action."""
        data = self.cleaned_data
        lists: dict[str, Any] = {
            name: list(data[name]) for name in ("units", "positions", "services") if name in data
        }
        plain = {name: value for name, value in data.items() if name not in lists}
        return ActGiven(kind=self.kind, **plain, **lists)


class RenameForm(ActForm):
    """The new name of a unit."""

    new_name = TextField(label=_("New name"))


class MoveForm(ActForm):
    """The unit above from then on."""

    kind = ActKind.MOVE
    new_parent: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Unit above"), queryset=None
    )

    def __init__(self, *inputs: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*inputs, unit=unit, **options)
        rows = queries.units().exclude(path__startswith=unit.path).order_by("name")
        self.fields["new_parent"].queryset = rows  # type: ignore[attr-defined]


class MergeForm(ActForm):
    """Units that go into this one, and its new name where it gets one."""

    kind = ActKind.MERGE
    units: forms.ModelMultipleChoiceField[Unit] = forms.ModelMultipleChoiceField(
        label=_("Units that go into it"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    new_name = TextField(label=_("New name, where it changes"), required=False)

    def __init__(self, *inputs: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*inputs, unit=unit, **options)
        above = [int(part) for part in unit.path.strip("/").split("/")]
        near = Q(parent_id=unit.parent_id) | Q(parent_id=unit.pk)
        rows = queries.units().filter(near).exclude(id__in=above).order_by("name")
        self.fields["units"].queryset = rows  # type: ignore[attr-defined]


class PostsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Posts of a unit, each named with who holds it today."""

    holders: dict[int, str] = {}

    def label_from_instance(self, obj: Position) -> str:
        """The title, and the holder behind it."""
        name = self.holders.get(obj.pk)
        return f"{obj.title}, {name}" if name else obj.title


class SplitForm(ActForm):
    """The new unit, and which posts and services it takes along."""

    kind = ActKind.SPLIT
    new_name = TextField(label=_("Name of the new unit"))
    new_code = TextField(label=_("Code of the new unit"), limit=40)
    new_kind = OneOfField(label=_("Kind of unit"), choices=pairs(UnitKind))
    positions: forms.ModelMultipleChoiceField[Position] = PostsField(
        label=_("Posts that go along"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    services: forms.ModelMultipleChoiceField[Service] = forms.ModelMultipleChoiceField(
        label=_("Services that go along"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *inputs: Any, unit: Unit, **options: Any) -> None:
        options.setdefault("initial", {})["new_kind"] = unit.kind
        super().__init__(*inputs, unit=unit, **options)
        posts = queries.positions().filter(unit=unit, is_head=False, end_on__isnull=True)
        seats = queries.seats_of(unit.pk)
        self.fields["positions"].holders = {  # type: ignore[attr-defined]
            seat.position.pk: ", ".join(row.person.name for row in seat.holders) for seat in seats
        }
        self.fields["positions"].queryset = posts.order_by("title", "id")  # type: ignore[attr-defined]
        self.fields["services"].queryset = queries.services(unit.pk)  # type: ignore[attr-defined]


ACT_FORMS: dict[str, type[ActForm]] = {
    "nama": RenameForm,
    "pindah": MoveForm,
    "gabung": MergeForm,
    "pecah": SplitForm,
}

ACTING = [row for row in pairs(AssignmentKind) if row[0] in ("plt", "plh")]


class ActingForm(CleanForm):
    """Who acts for the head of a unit, how, and from when to when."""

    person = PersonField(label=_("Employee number or name"))
    kind = OneOfField(label=_("How"), choices=ACTING)
    start_on = DayField(label=_("From"))
    end_on = DayField(label=_("Until"))
    decree = TextField(label=_("Number of the order"), limit=120, required=False)


class LineForm(CleanForm):
    """Who is superior from a day on, and why."""

    superior = PersonField(label=_("Superior: employee number or name"))
    start_on = DayField(label=_("From"))
    end_on = DayField(label=_("Until"), required=False)
    reason = LongTextField(label=_("Reason"), limit=500, rows=2)


class ContestForm(CleanForm):
    """What is wrong about the superior shown."""

    proposed = PersonField(
        label=_("Who is it? Employee number or name, if you know"), required=False
    )
    words = LongTextField(label=_("What is wrong?"), limit=500, rows=3)


class AnswerForm(CleanForm):
    """The answer to a notice: the right superior, or the reason why it stays."""

    superior = PersonField(
        label=_("Right superior: employee number or name; empty keeps it as it is"), required=False
    )
    answer = LongTextField(label=_("Reason, the person reads it"), limit=500, rows=2)


class FreezeForm(CleanForm):
    """An election around which nobody is placed without consent."""

    name = TextField(label=_("Which election"), limit=120)
    designation_on = DayField(
        label=_("Day the candidates are designated"),
        help_text=_("The freeze begins six months before, on the same day of the month."),
    )
    term_ends_on = DayField(label=_("Last day of the term of office"))
    source = TextField(label=_("Decision that says these days"), limit=200)


class ConsentForm(CleanForm):
    """The Minister's letter and whom it names."""

    number = TextField(label=_("Number of the letter"), limit=120)
    given_on = DayField(label=_("Day of the letter"))
    people = PersonsField(
        label=_("Whom it lets be placed: employee number or name, one a line"), limit=20_000
    )
    file = UploadField(label=_("The letter as PDF"), accept=".pdf,application/pdf")


class WithdrawFreezeForm(CleanForm):
    """Why a freeze was entered wrongly."""

    reason = LongTextField(label=_("Reason"), limit=300, rows=2)


class TeamForm(CleanForm):
    """A team of several units with its leader, days and decree."""

    name = TextField(label=_("Name of the team"))
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Unit that made it"), queryset=None
    )
    leader = PersonField(label=_("Leader: employee number or name"))
    task = LongTextField(label=_("Task"), limit=500, rows=2, required=False)
    decree = TextField(label=_("Number of the decree (SK)"), limit=120)
    start_on = DayField(label=_("From"))
    end_on = DayField(label=_("Until"), required=False)

    def __init__(self, *inputs: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*inputs, **options)
        reach = actor.reach("people.placement", "create")
        rows = (
            queries.units() if reach.all else queries.units().filter(agency_id__in=reach.agency_ids)
        )
        self.fields["unit"].queryset = rows.order_by("name")  # type: ignore[attr-defined]


class TeamMemberForm(CleanForm):
    """Who comes into a team, as what, from when."""

    person = PersonField(label=_("Employee number or name"))
    role = OneOfField(label=_("As"), choices=pairs(TeamRole), initial=TeamRole.MEMBER)
    start_on = DayField(label=_("From"))


class LastDayForm(CleanForm):
    """The last day of something."""

    end_on = DayField(label=_("Last day"))


class SkillForm(CleanForm):
    """A language or skill of one's own."""

    kind = OneOfField(label=_("Kind"), choices=pairs(SkillKind))
    name = TextField(label=_("Which"), limit=80)
    grade = OneOfField(label=_("How well"), choices=pairs(SkillGrade))
    evidence = TextField(label=_("Certificate, or who knows it"), limit=200, required=False)


class CheckSkillForm(CleanForm):
    """Confirmed or not, and why not."""

    seen = forms.IntegerField(min_value=0, max_value=10**9)
    answer = OneOfField(
        label=_("Your answer"), choices=[("yes", _("Confirm")), ("no", _("Do not confirm"))]
    )
    note = TextField(label=_("Reason, where you do not confirm"), limit=200, required=False)
