"""Forms of duty PCs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.people.models import Unit
from abdi.platform.forms import CleanForm, TextField, YesField

REASON_MIN = 10


class Unseen(forms.PasswordInput):
    """An input that never shows again what was typed."""

    def format_value(self, value: Any) -> str:
        """Nothing."""
        return ""


class SecretField(forms.CharField):
    """What is typed or read unseen and never offered again: a PIN, the number of a card."""

    def __init__(self, *, numeric: bool = False, **options: Any) -> None:
        hints = {"autocomplete": "off", **({"inputmode": "numeric"} if numeric else {})}
        super().__init__(widget=Unseen(attrs=hints), max_length=128, **options)


class ReasonOfSettings(CleanForm):
    """The reason that every change of settings names."""

    reason = TextField(label=_("Reason"), limit=300, min_length=REASON_MIN)


class MachineForm(ReasonOfSettings):
    """A PC of a room."""

    name = TextField(label=_("Name of the PC"), limit=80)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Room of which unit"), queryset=None, empty_label=_("Choose")
    )
    is_city_wide = YesField(label=_("The room works for the whole city"), required=False)
    field_order = ("name", "unit", "is_city_wide", "reason")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        units = Unit.objects.filter(end_on__isnull=True).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EnrolForm(CleanForm):
    """The code that an administrator read out."""

    code = TextField(label=_("Code of the administrator"), limit=40)


class StepInForm(CleanForm):
    """Card and PIN, or the PIN beside a passkey."""

    card = SecretField(label=_("Card"), required=False)
    pin = SecretField(label=_("PIN"), numeric=True)
    credential = TextField(limit=20_000, required=False)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class PinForm(CleanForm):
    """A new PIN, twice."""

    pin = SecretField(
        label=_("New PIN"),
        help_text=_("Six digits; it counts on this PC only."),
        numeric=True,
    )
    again = SecretField(label=_("The same PIN again"), numeric=True)

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", _("These two PINs differ."))
        return given


class CardForm(CleanForm):
    """A card held at the reader."""

    card = SecretField(label=_("Hold your card at the reader"))
