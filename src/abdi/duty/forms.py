"""Input of duty: which week, unit, person on which turn; swaps and wishes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.duty.choices import WishKind
from abdi.duty.rules import FIGURES, week_start
from abdi.platform import clock
from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField, WholeField, YesField
from abdi.platform.labels import pairs

WEEK, MONTH = "pekan", "bulan"
MONTHS = (3, 6, 12)
FARTHEST = timedelta(weeks=52)
FIRST_MONTH = date(2000, 1, 1)
"""The figures of the list of hours begin here."""
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
    bulan = DayField(label=_("Month"), earliest=FIRST_MONTH)
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


class MonthForm(CleanForm):
    """The address of a month: unit and month. What is not understood is left out."""

    unit = WholeField(required=False, low=1)
    bulan = TextField(limit=7, required=False)

    def chosen(self) -> tuple[date, int | None]:
        """First day of the month, and the unit."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        today = clock.today()
        year, _dash, month = str(found.get("bulan", "")).partition("-")
        first = today.replace(day=1)
        if year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12:
            with suppress(ValueError):
                first = date(int(year), int(month), 1)
        if abs(first - today) > FARTHEST:
            first = today.replace(day=1)
        return first, found.get("unit")


class AskForm(CleanForm):
    """Have weeks of a unit worked out."""

    unit = WholeField(low=1, label=_("Unit"))
    first_on = DayField(label=_("From the week of"))
    weeks = WholeField(low=1, high=6, label=_("Weeks"))
    is_anew = YesField(
        required=False, label=_("Work out drafts anew; turns set by hand stay as they are")
    )


class StretchForm(CleanForm):
    """A unit and the days that are meant."""

    unit = WholeField(low=1, label=_("Unit"))
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))


class TurnRulesForm(CleanForm):
    """Skill and zone of one turn of the day; without a skill none is wanted."""

    letter = TextField(limit=2, label=_("Letter"))
    zone = TextField(limit=40, required=False, label=_("Zone"))
    skill = TextField(limit=80, required=False, label=_("Skill"))
    level = WholeField(low=1, high=5, label=_("Level at least"))
    count = WholeField(low=1, high=200, label=_("People with it"))


class FiguresForm(CleanForm):
    """Figures of a unit that go before those of the institution."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (low, high) in FIGURES.items():
            self.fields[name] = WholeField(low=low, high=high, required=False)


class PlatoonsForm(CleanForm):
    """How many platoons a unit stands in; 0 for none."""

    count = WholeField(low=0, high=6, label=_("Platoons"))


class DayOnlyForm(CleanForm):
    """Who stands no nights, from when to when."""

    person = TextField(limit=12, label=_("Person"))
    start_on = DayField(label=_("First day"))
    end_on = DayField(label=_("Last day"))


class ChangeReasonForm(CleanForm):
    """Why a turn changes."""

    reason = TextField(limit=300, required=False, label=_("Why this turn changes"))
