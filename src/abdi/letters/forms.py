"""What people fill in about letters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.letters import rules
from abdi.letters.choices import LetterKind, Paper, SignatureWay
from abdi.platform.forms import (
    CleanForm,
    DayField,
    LongTextField,
    OneOfField,
    TextField,
    UploadField,
    WholeField,
)
from abdi.platform.labels import pairs

PDF = "application/pdf,.pdf"
LABELS = {
    "acting_as": _("Post that is acted in"),
    "acting_kind": _("Acting as (Pelaksana Tugas or Pelaksana Harian)"),
    "acting_short": _("Short form (Plt. or Plh.)"),
    "address": _("Address"),
    "agenda": _("Occasion"),
    "basis": _("Legal basis or order it rests on"),
    "body": _("What it says"),
    "days": _("Working days"),
    "decision": _("What the team has to do"),
    "due_on": _("Counts from"),
    "end_on": _("Until"),
    "first_party": _("First party"),
    "leave_kind": _("Kind of leave"),
    "name": _("Name"),
    "note": _("Note"),
    "pay_new": _("New basic pay"),
    "pay_old": _("Old basic pay"),
    "post": _("Post"),
    "purpose": _("What for"),
    "rank": _("Rank"),
    "reason": _("Considerations"),
    "second_party": _("Second party"),
    "service_years": _("Years of service"),
    "staff_number": _("Employee number"),
    "start_on": _("From (day)"),
    "substitute": _("Who takes over the work"),
    "subject": _("Subject"),
    "time": _("Time"),
    "to": _("To, one line for each receiver"),
    "unit": _("Unit"),
    "venue": _("Place"),
}
"""What a fact is called in a form."""
LONG = frozenset({"basis", "body", "decision", "purpose", "reason", "to", "note", "agenda"})


class FactsForm(CleanForm):
    """A form with one field for each fact that a text asks for; none is required to save."""

    def __init__(self, keys: list[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fact_keys = [key for key in keys if key in LABELS]
        for key in self.fact_keys:
            self.fields[f"fact_{key}"] = _field_of(key)

    @property
    def fact_fields(self) -> list[Any]:
        """The fields of the facts, in the order of the text."""
        return [self[f"fact_{key}"] for key in self.fact_keys]

    def clean(self) -> dict[str, Any]:
        """Days in their order, so that no letter orders what ends before it begins."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("fact_start_on"), found.get("fact_end_on")
        if first and last and last < first:
            self.add_error("fact_end_on", _("The last day lies before the first."))
        return found

    def facts(self) -> dict[str, Any]:
        """The facts as they were filled in."""
        return {
            key: self.cleaned_data.get(f"fact_{key}") or ""
            for key in self.fact_keys
            if f"fact_{key}" in self.cleaned_data
        }


def _field_of(key: str) -> Any:
    if key in rules.DAYS:
        return DayField(label=LABELS[key], required=False)
    if key in LONG:
        return LongTextField(label=LABELS[key], required=False, rows=2, limit=4_000)
    return TextField(label=LABELS[key], required=False, limit=300)


class WriteForm(FactsForm):
    """A new letter: who is named, and the facts of its kind."""

    people = LongTextField(
        limit=8_000,
        rows=3,
        required=False,
        label=_("Who is named"),
        help_text=_("One name or employee number on each line."),
    )


class ChangeForm(FactsForm):
    """The words of a draft."""

    subject = TextField(limit=300, label=_("Subject"))
    body = LongTextField(limit=8_000, rows=14, label=_("Text"))
    copies = LongTextField(
        limit=2_000, rows=3, required=False, label=_("Copies to, one line for each")
    )
    classification = TextField(limit=60, label=_("Classification code"))
    paper = OneOfField(choices=pairs(Paper), label=_("Paper"))
    seen = WholeField(required=False)


class NumberForm(CleanForm):
    """The day of a letter, and its number where another office gave it."""

    letter_on = DayField(label=_("Day of the letter"))
    typed = TextField(
        limit=120,
        required=False,
        label=_("Number given elsewhere"),
        help_text=_("Leave this empty to take the next number of our book."),
    )
    seen = WholeField(required=False)


class SignerForm(CleanForm):
    """The head who signs."""

    position_id = OneOfField(choices=(), coerce=int, label=_("Who signs"))
    seen = WholeField(required=False)

    def __init__(self, offered: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["position_id"]
        field.choices = offered


class SignedForm(CleanForm):
    """The signed file."""

    file = UploadField(accept=PDF, label=_("Signed file (PDF, at most 10 MB)"))
    way = OneOfField(choices=pairs(SignatureWay), label=_("How it was signed"))
    seen = WholeField(required=False)


class VoidForm(CleanForm):
    """Why a letter no longer counts."""

    reason = TextField(limit=300, label=_("Reason, at least ten characters"))
    seen = WholeField(required=False)


class CheckForm(CleanForm):
    """A file to compare with the signed one."""

    file = UploadField(accept=PDF, label=_("Your copy of the letter (PDF)"))


class TemplateForm(CleanForm):
    """The words of a kind of letter from a day on."""

    start_on = DayField(label=_("Counts from"))
    subject = TextField(limit=300, label=_("Subject"))
    body = LongTextField(limit=8_000, rows=18, label=_("Text"))
    copies = LongTextField(
        limit=2_000, rows=3, required=False, label=_("Copies to, one line for each")
    )
    classification = TextField(limit=60, label=_("Classification code"))
    pattern = TextField(
        limit=80,
        label=_("Pattern of the number"),
        help_text=_("Words between braces: kode, nomor, unit, bulan, tahun."),
    )
    paper = OneOfField(choices=pairs(Paper), label=_("Paper"))
    note = TextField(limit=300, required=False, label=_("What changed and why"))


class LetterheadForm(CleanForm):
    """The head of an office's paper."""

    name = TextField(limit=200, required=False, label=_("Name of the office"))
    address = LongTextField(
        limit=500, rows=3, required=False, label=_("Address, telephone, e-mail, web site")
    )
    place = TextField(limit=80, label=_("Place where letters are signed"))
    logo = UploadField(accept="image/png,image/jpeg", required=False, label=_("Logo (PNG or JPEG)"))
    seen = WholeField(required=False)


class ReserveForm(CleanForm):
    """Numbers kept for letters written elsewhere."""

    kind = OneOfField(choices=pairs(LetterKind), label=_("Kind of letter"))
    year = WholeField(low=2000, high=2200, label=_("Year"))
    count = WholeField(low=1, high=100, label=_("How many"))
    note = TextField(limit=200, label=_("For whom or what"))


class FilterForm(CleanForm):
    """The filters of the list."""

    keadaan = OneOfField(choices=(), required=False, label=_("State"))
    jenis = OneOfField(choices=pairs(LetterKind), required=False, label=_("Kind of letter"))
    cari = TextField(limit=80, required=False, label=_("Number or subject"))
