"""Input of workload: tasks with norm times, seats to be manned, a move to try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.platform.forms import CleanForm, OneOfField, TextField, WholeField
from abdi.platform.labels import pairs
from abdi.workload.actions import TaskInput
from abdi.workload.choices import SkillLevel, VolumeSource

MOST_MINUTES = 100_000
MOST_VOLUME = 10_000_000


class TaskForm(CleanForm):
    """One task: what comes out of it, how long one takes, how often a year."""

    name = TextField(label=_("Task"), help_text=_("A verb and a thing: “Repair a street light”."))
    output_unit = TextField(label=_("Unit of result"), limit=60)
    minutes = WholeField(label=_("Minutes for one result"), low=1, high=MOST_MINUTES)
    source = OneOfField(label=_("Volume"), choices=pairs(VolumeSource), initial=VolumeSource.TYPED)
    category = OneOfField(label=_("Kind of reports"), required=False, choices=())
    volume = WholeField(label=_("Results a year"), high=MOST_VOLUME, required=False)

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = [("", str(_("All kinds"))), *categories]  # type: ignore[attr-defined]

    def given(self) -> TaskInput:
        """What was typed, for the action."""
        data = self.cleaned_data
        return TaskInput(
            name=data["name"],
            output_unit=data["output_unit"],
            minutes=data["minutes"],
            source=data["source"],
            category=data["category"] or "",
            volume=data["volume"],
        )


class NewTaskForm(TaskForm):
    """A task, and the position it belongs to."""

    position = OneOfField(label=_("Position"), required=False, choices=())

    def __init__(self, *args: Any, positions: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["position", "name", "output_unit", "minutes"])
        self.fields["position"].choices = [  # type: ignore[attr-defined]
            *positions,
            ("", str(_("Not yet shared out to a position"))),
        ]


class VersionForm(CleanForm):
    """The version of a row the person had before him."""

    seen = WholeField(low=1)


class CoverForm(CleanForm):
    """A standby post: how many seats, how many hours a year each."""

    position = OneOfField(label=_("Position"), choices=())
    seats = WholeField(label=_("Seats manned at a time"), low=1, high=10_000, initial=1)
    hours_per_year = WholeField(
        label=_("Hours a year for each seat"),
        low=1,
        high=8784,
        initial=8760,
        help_text=_("Day and night all year: 8,760. Twelve hours a day: 4,380."),
    )
    seen = WholeField(low=1, required=False)

    def __init__(self, *args: Any, positions: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["position"].choices = list(positions)  # type: ignore[attr-defined]


class CopyForm(CleanForm):
    """Tasks of a similar position: whose, and for which one here."""

    position = WholeField(low=1)
    like = WholeField(low=1)


class MoveForm(CleanForm):
    """People moved from one position to another, only to see what would come of it."""

    dari = WholeField(low=1)
    ke = WholeField(low=1)
    orang = WholeField(low=1, high=1000)


class SkillForm(CleanForm):
    """Who knows which task, and how well."""

    task = WholeField(label=_("Task"), low=1)
    person = TextField(label=_("Employee number or name"))
    level = OneOfField(label=_("How well"), choices=pairs(SkillLevel))
