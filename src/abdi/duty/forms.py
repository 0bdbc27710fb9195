"""Input of duty: which week, unit, person on which turn; swaps and wishes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.duty.choices import WishKind
from abdi.duty.rules import week_start
from abdi.platform import clock
from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField, WholeField, YesField
from abdi.platform.labels import pairs

WEEK, MONTH = "pekan", "bulan"
MONTHS = (3, 6, 12)
FARTHEST = timedelta(weeks=52)
FOR_ALL, BREAKS = "all", "!"
STRENGTHS = [(1, _("a little")), (2, _("rather")), (3, _("very much"))]


class WeekForm(CleanForm):
    """The address of the page: week, unit, chosen turn. What is not understood is left out."""

    pekan = DayField(required=False)
    unit = WholeField(required=False, low=1)
    giliran = WholeField(required=False, low=1)

    def chosen(self) -> tuple[date, int | None, int | None]:
        """Monday of the week, unit and turn."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        today = clock.today()
        day = found.get("pekan") or today
        if abs(day - today) > FARTHEST:
            day = today
        return week_start(day), found.get("unit"), found.get("giliran")


class DraftForm(CleanForm):
    """Lay out and fill a unit's week."""

    unit = WholeField(low=1, label=_("Unit"))
    pekan = DayField(label=_("Week"))


class PlaceForm(CleanForm):
    """Put a person on a turn."""

    person = TextField(limit=12, label=_("Person"), widget=forms.HiddenInput())
    is_standby = YesField(required=False, label=_("Standby at home"))
    override_reason = TextField(
        limit=300, required=False, label=_("Why a rest rule is broken this time")
    )


class OrderForm(CleanForm):
    """Draw up the duty order of a unit's week, or of the month that week lies in."""

    unit = WholeField(low=1, label=_("Unit"))
    pekan = DayField(label=_("Week"))
    untuk = OneOfField(choices=[(WEEK, _("This week")), (MONTH, _("The whole month"))])


class LedgerForm(CleanForm):
    """The address of the ledger: which unit, over how many months."""

    unit = WholeField(required=False, low=1)
    bulan = WholeField(required=False, low=1)

    def chosen(self) -> tuple[int | None, int]:
        """The unit, and 3, 6 or 12 months; six where nothing sensible was asked."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        months = found.get("bulan")
        return found.get("unit"), months if months in MONTHS else MONTHS[1]


class UnitForm(CleanForm):
    """Which unit."""

    unit = WholeField(low=1, label=_("Unit"))


class HoursForm(CleanForm):
    """The address of the list of hours: which unit, which month (2026-03)."""

    unit = WholeField(required=False, low=1)
    bulan = TextField(required=False, limit=7)

    def chosen(self) -> tuple[int | None, date]:
        """The unit and the first day of the month; the month before this one unless asked."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        before = clock.today().replace(day=1) - timedelta(days=1)
        try:
            month = date.fromisoformat(f"{found.get('bulan', '')}-01")
        except ValueError:
            month = before.replace(day=1)
        if abs(month - before) > FARTHEST * 5:
            month = before.replace(day=1)
        return found.get("unit"), month


class HandOverForm(CleanForm):
    """Hand a month over: the figures that were looked at, and why earlier months differ."""

    unit = WholeField(low=1, label=_("Unit"))
    bulan = DayField(label=_("Month"))
    seen = TextField(limit=64, widget=forms.HiddenInput())
    reason = TextField(limit=300, required=False, label=_("Why earlier months differ"))


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
        self.fields["letter"].choices = [("", _("Whole day")), *letters]  # type: ignore[attr-defined]
