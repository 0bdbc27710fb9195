"""Input of planning: which month, what is worked out, what a unit wants of its turns."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from abdi.duty.forms.rosters import FARTHEST
from abdi.duty.rules import FIGURES
from abdi.platform import clock
from abdi.platform.forms import CleanForm, DayField, OneOfField, TextField, WholeField, YesField


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
    skill = OneOfField(choices=(), required=False, label=_("Skill"))
    level = WholeField(low=1, high=5, label=_("Level at least"))
    count = WholeField(low=1, high=200, label=_("People with it"))

    def __init__(self, *args: Any, skills: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["skill"].choices = [("", ""), *((one, one) for one in skills)]  # type: ignore[attr-defined]  # a field of choices


class FiguresForm(CleanForm):
    """Figures of a unit that go before those of the institution."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (low, high) in FIGURES.items():
            self.fields[name] = WholeField(low=low, high=high, required=False)


class PlatoonsForm(CleanForm):
    """How many platoons a unit stands in; 0 for none."""

    count = WholeField(low=0, high=6, label=_("Platoons"))


class MembersForm(CleanForm):
    """Who stands in which platoon (by its row), and what each is called."""

    def __init__(
        self, *args: Any, crew: Iterable[str], platoons: Iterable[int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.codes, self.keys = list(crew), list(platoons)
        places = [("", ""), *((str(key), str(key)) for key in self.keys)]
        for key in self.keys:
            self.fields[f"name-{key}"] = TextField(limit=40, label=_("Name"))
        for code in self.codes:
            self.fields[f"of-{code}"] = OneOfField(choices=places, required=False)

    def platoons(self) -> list[tuple[str, list[str]]]:
        """Name and codes of the people of each platoon, in the order they stand."""
        data = self.cleaned_data
        return [
            (data[f"name-{key}"], [one for one in self.codes if data[f"of-{one}"] == str(key)])
            for key in self.keys
        ]


class DayOnlyForm(CleanForm):
    """Who stands no nights, from when to when."""

    person = TextField(limit=12, label=_("Person"))
    start_on = DayField(label=_("First day"))
    end_on = DayField(label=_("Last day"))
