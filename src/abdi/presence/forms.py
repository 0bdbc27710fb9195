"""Input of presence: a request, a decision, a file, an objection, a correction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.platform import clock
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    OneOfField,
    TextField,
    UploadField,
)
from abdi.platform.labels import pairs
from abdi.presence.choices import DayStatus, FileKind, LeaveKind, LeaveState
from abdi.presence.queries import month_of

DECISIONS = (LeaveState.APPROVED, LeaveState.POSTPONED, LeaveState.REFUSED)
FARTHEST = timedelta(days=800)


class LeaveForm(CleanForm):
    """Ask for leave: kind, days, and what the superior should know."""

    kind = OneOfField(choices=pairs(LeaveKind), label=_("Kind of leave"))
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))
    reason = TextField(limit=500, required=False, label=_("Reason"))
    address = TextField(limit=300, required=False, label=_("Where you can be reached"))
    stand_in = OneOfField(choices=[("", "")], required=False, label=_("Who stands in for you"))

    def __init__(
        self, *args: Any, kinds: list[str], mates: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(code, text) for code, text in pairs(LeaveKind) if code in kinds]
        stand_in: Any = self.fields["stand_in"]
        stand_in.choices = [("", _("Nobody named")), *mates]


class DecisionForm(CleanForm):
    """Decide a request."""

    state = OneOfField(
        choices=[(code, text) for code, text in pairs(LeaveState) if code in DECISIONS],
        label=_("Decision"),
    )
    words = TextField(limit=500, required=False, label=_("Words to the person"))


class CancelForm(CleanForm):
    """Take a leave back."""

    words = TextField(limit=500, required=False, label=_("Why it is taken back"))


class FileForm(CleanForm):
    """A file of the city's systems."""

    kind = OneOfField(choices=pairs(FileKind), label=_("What the file tells"))
    file = UploadField(accept=".xlsx,.xls,.ods,.csv,.txt", label=_("File"))


class ObjectionForm(CleanForm):
    """A day was otherwise."""

    words = LongTextField(limit=1000, rows=3, label=_("How it was"))


class CorrectionForm(CleanForm):
    """A later row for a day."""

    status = OneOfField(choices=pairs(DayStatus), label=_("What the day was"))
    reason = TextField(limit=300, label=_("Reason"))


class AnswerForm(CleanForm):
    """Correct a contested day or leave it."""

    status = OneOfField(
        choices=[("", _("Leave it as it is")), *pairs(DayStatus)],
        required=False,
        label=_("What the day was"),
    )
    answer = TextField(limit=300, label=_("Reason"))


class MonthForm(CleanForm):
    """The address of a month and of a person; what is not understood is left out."""

    bulan = TextField(limit=7, required=False)
    siapa = TextField(limit=12, required=False)

    def chosen(self) -> tuple[date, date, str]:
        """First and last day of the month, and the code of the person."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        first, last = month_of(_month(found.get("bulan", "")))
        return first, last, found.get("siapa", "")


def _month(text: str) -> date:
    today = clock.today()
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today
    return day if abs(day - today) <= FARTHEST else today
