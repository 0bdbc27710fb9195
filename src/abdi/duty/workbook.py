"""The list of hours as a workbook: hours with totals, differences, how each number arises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from abdi.duty.rules import pay as rules
from abdi.platform import clock
from abdi.platform.exchange import write_xlsx
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.duty.models import PayList
    from abdi.people.models import Person, Unit

HOUR = 60


@dataclass(frozen=True)
class Row:
    """A person's figures of a month, as shown: name, staff or crew number."""

    person_id: int
    name: str
    number: str
    month_on: date
    figures: rules.Figures

    @classmethod
    def of(cls, person: Person, month_on: date, figures: rules.Figures) -> Row:
        """The row of a person."""
        number = person.employee_number or person.code
        return cls(person.pk, person.display_name, number, month_on, figures)


class Listed(Protocol):
    """A month as the page shows it."""

    @property
    def unit(self) -> Unit: ...
    @property
    def month_on(self) -> date: ...
    @property
    def handed(self) -> PayList | None: ...
    @property
    def own(self) -> Sequence[Row]: ...
    @property
    def changed(self) -> Sequence[Row]: ...
    @property
    def mark(self) -> str: ...
    @property
    def total(self) -> rules.Figures: ...


def headings() -> list[str]:
    """The columns of the figures, in the order of `rules.NAMES`."""
    return [
        _("Planned hours"),
        _("Hours stood"),
        _("Cannot tell (hours)"),
        _("Overtime hours"),
        _("Nights"),
        _("Holidays"),
        _("Meals"),
        _("Call-outs"),
        _("Call-out hours"),
    ]


def cells(figures: rules.Figures) -> list[Any]:
    """The figures as numbers of a sheet: minutes as hours with two digits, counts as they are."""
    return [
        Decimal(value * 100 // HOUR) / 100 if name.endswith("_minutes") else value
        for name, value in zip(rules.NAMES, rules.values_of(figures), strict=True)
    ]


def workbook_of(found: Listed) -> bytes:
    """The workbook of a month: the same rows as the page."""
    people = [_("Name"), _("NIP or crew number")]
    own = [[row.name, row.number, *cells(row.figures)] for row in found.own]
    own.append([_("Total"), "", *cells(found.total)])
    changed = [
        [row.name, row.number, f"{row.month_on:%Y-%m}", *cells(row.figures)]
        for row in found.changed
    ]
    sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]] = {
        _("Hours"): ([*people, *headings()], own),
        _("How it is counted"): ([_("What"), _("How")], explained(found.month_on)),
        _("This list"): ([_("What"), _("Value")], _about(found)),
    }
    if changed:
        sheets[_("Differences")] = ([*people, _("Month"), *headings()], changed)
    return write_xlsx(sheets)


def explained(month_on: date) -> list[list[str]]:
    """How each column arises, with the figures of the norms in force."""
    figures = norms("duty", on=month_on)
    words = {
        "norm": _hours(figures["overtime_after_week_minutes"]),
        "ramadan": _hours(figures["ramadan_week_minutes"]),
        "meal": figures["meal"]["hours"],
        "begins": figures["night"]["begins"],
        "ends": figures["night"]["ends"],
    }
    meals = _("One for each turn stood of %(meal)s hours or more.")
    if figures["meal"]["at_night"]:
        meals = _("One for each turn stood of %(meal)s hours or more, and for each at night.")
    texts = [
        _("Turns at the post that begin in this month, by rosters in force."),
        _("Planned turns of days on which presence says that he came, "
          "without minutes late or early; a late morning after a night call-out is not taken off."),
        _("Planned turns of days of which presence says nothing or a day off; "
          "they count as not stood until it is known."),
        _("Hours stood above %(norm)s in a week (Monday to Sunday), for the weeks that end in this "
          "month; above %(ramadan)s in Ramadan, in a week partly in it by its working days.")
        % words,
        _("Turns stood that reach into the night, %(begins)s to %(ends)s o'clock.") % words,
        _("Turns stood that begin on a national holiday or a day of joint leave (cuti bersama)."),
        meals % words,
        _("Times sent out for a report, on turn or from home, for who holds a post in this unit."),
        _("From saying yes until done; a call-out whose end is not known has none."),
    ]  # fmt: skip
    return [list(pair) for pair in zip(headings(), texts, strict=True)]


def _hours(minutes: int) -> str:
    return f"{Decimal(minutes) / HOUR:.2f}".replace(".", ",")


def _about(found: Listed) -> list[list[str]]:
    handed = found.handed
    state = _("Handed over") if handed else _("Not handed over; may still change")
    moment = clock.local(handed.handed_at if handed else clock.now())
    rows = [
        [_("Unit"), found.unit.name],
        [_("Month"), f"{found.month_on:%Y-%m}"],
        [_("State"), state],
        [_("Day"), f"{moment:%Y-%m-%d %H:%M}"],
        [_("Rules version"), handed.rules_version if handed else rules.VERSION],
        ["SHA-256", found.mark],
    ]
    if handed is not None and handed.reason:
        rows.append([_("Why earlier months differ"), handed.reason])
    return rows
