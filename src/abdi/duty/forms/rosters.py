"""Input of rosters: which week, unit, person on which turn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abdi.duty.rules import week_start
from abdi.platform import clock
from abdi.platform.forms import CleanForm, DayField, TextField, WholeField, YesField

FARTHEST = timedelta(weeks=52)


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


class ChangeReasonForm(CleanForm):
    """Why a turn changes."""

    reason = TextField(limit=300, required=False, label=_("Why this turn changes"))


class UnitForm(CleanForm):
    """Which unit."""

    unit = WholeField(low=1, label=_("Unit"))
