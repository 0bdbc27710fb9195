"""Input of swaps and wishes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.duty.choices import WishKind
from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField, WholeField
from abdi.platform.labels import pairs

FOR_ALL, BREAKS = "all", "!"
STRENGTHS = [(1, _("a little")), (2, _("rather")), (3, _("very much"))]


class PickForm(CleanForm):
    """Who takes a turn: `all`, a person, or a person and one of his turns; `!` breaks a rule."""

    pick = TextField(limit=40, label=_("Person"), widget=forms.HiddenInput())
    note = TextField(limit=200, required=False, label=_("Note to the colleague"))

    @property
    def is_for_all(self) -> bool:
        """Whether everybody who fits is asked."""
        return str(self.cleaned_data["pick"]) == FOR_ALL

    @property
    def breaks_rule(self) -> bool:
        """Whether the reason also counts for a rest rule."""
        return str(self.cleaned_data["pick"]).endswith(BREAKS)

    def chosen(self) -> tuple[str, int | None]:
        """The code of the person, and his turn where one was picked."""
        code, _mark, wanted = str(self.cleaned_data["pick"]).removesuffix(BREAKS).partition(":")
        return code, int(wanted) if wanted.isdecimal() else None


class ReasonForm(CleanForm):
    """What a commander says to a swap."""

    override_reason = TextField(limit=300, required=False, label=_("Reason"))
    version = WholeField(required=False, low=1)


class WishForm(CleanForm):
    """A wish for a day, or for one turn of it."""

    on = DayField(label=_("Day"))
    letter = OneOfField(required=False, label=_("Turn"))
    kind = OneOfField(label=_("What you wish"), choices=pairs(WishKind), initial=WishKind.OFF)
    strength = OneOfField(label=_("How strongly"), choices=STRENGTHS, coerce=int, initial=1)
    note = TextField(limit=120, required=False, label=_("Note for yourself"))

    def __init__(self, *args: Any, letters: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["letter"].choices = [("", _("Whole day")), *letters]  # type: ignore[attr-defined]  # a field of choices
