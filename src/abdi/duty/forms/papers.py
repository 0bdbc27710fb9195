"""Input of what leaves the roster: duty orders, ledger, hours for the pay list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.duty.forms.rosters import FARTHEST
from abdi.platform import clock
from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField, WholeField

WEEK, MONTH = "pekan", "bulan"
MONTHS = (3, 6, 12)
FIRST_MONTH = date(2000, 1, 1)
"""The figures of the list of hours begin here."""


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
