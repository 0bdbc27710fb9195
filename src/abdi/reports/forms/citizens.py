"""What citizens type, made clean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.platform.forms import (
    CleanForm,
    EmailField,
    LongTextField,
    NumberField,
    OneOfField,
    PhoneField,
    TextField,
    WholeField,
)
from abdi.reports.actions import Given, PhotoGiven

MOST_PHOTOS = 3
E6 = 1_000_000


class ContactField(TextField):
    """A phone number or an e-mail address; the value is one of them, in its normal form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=254, **options)

    def clean(self, value: Any) -> str:
        """The contact, or a sentence that says what it lacks."""
        text: str = super().clean(value)
        if not text:
            return ""
        kind = EmailField if "@" in text else PhoneField
        cleaned: str = kind(required=False).clean(text)
        return cleaned


class ReportForm(CleanForm):
    """A citizen's report: a place is needed, everything else may be left out."""

    kind = OneOfField(label=_("What exactly?"), required=False)
    place = TextField(label=_("Street name or landmark"), required=False)
    lat = NumberField(low=-90, high=90, places=6, required=False, widget=forms.HiddenInput)
    lon = NumberField(low=-180, high=180, places=6, required=False, widget=forms.HiddenInput)
    note = LongTextField(label=_("Description"), limit=500, rows=3, required=False)
    contact = ContactField(label=_("WhatsApp number or e-mail"), required=False)
    website = TextField(label=_("Leave this empty"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.default_kind = kinds[0][0]
        self.fields["contact"].widget.attrs["autocomplete"] = "tel"

    def clean_website(self) -> str:
        """A field nobody sees; machines fill it."""
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(_("Please send the form once more."), code="machine")
        return ""

    def clean(self) -> dict[str, Any]:
        """A point or words for the place."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        has_point = found.get("lat") is not None and found.get("lon") is not None
        if not has_point and not found.get("place") and "place" not in self.errors:
            self.add_error(
                "place", _("We do not know the place yet. Share your position or type a street.")
            )
        return found

    @property
    def code(self) -> str:
        """The kind that was chosen."""
        return str(self.cleaned_data.get("kind") or self.default_kind)

    def given(self, photos: Sequence[PhotoGiven]) -> Given:
        """What the action takes in."""
        data = self.cleaned_data
        has_point = data.get("lat") is not None and data.get("lon") is not None
        contact = data["contact"]
        is_mail = "@" in contact
        return Given(
            text=data["note"],
            place_text=data["place"],
            lat_e6=int(data["lat"] * E6) if has_point else None,
            lng_e6=int(data["lon"] * E6) if has_point else None,
            phone="" if is_mail else contact,
            email=contact if is_mail else "",
            photos=tuple(photos),
        )


class FollowForm(CleanForm):
    """Joining a report that is there already."""

    contact = ContactField(label=_("WhatsApp number or e-mail"), required=False)


class MessageForm(CleanForm):
    """A message of the reporter."""

    text = LongTextField(label=_("Your message"), limit=1_000, rows=3)


class ResultForm(CleanForm):
    """Is it fixed? With stars and words for those who like."""

    answer = OneOfField(choices=[("yes", ""), ("no", ""), ("stars", "")])
    stars = WholeField(label=_("How satisfied are you?"), low=1, high=5, required=False)
    words = LongTextField(label=_("In your words"), limit=500, rows=2, required=False)
    version = WholeField(required=False, low=1, widget=forms.HiddenInput)


class CodeForm(CleanForm):
    """A report number, as it is read out or copied."""

    code = TextField(label=_("Report number"), limit=64)

    def clean_code(self) -> str:
        """Without the spaces people put in, and without signs that no number and no link has."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if not all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in code):
            raise forms.ValidationError(
                _("Please write a number, for example CD-7K4-219."), code="form"
            )
        return code
