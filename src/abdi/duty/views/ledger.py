"""Pages of the ledger: what each person of a unit carried, and how a number arises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from abdi.duty import actions
from abdi.duty.forms.papers import MONTHS, LedgerForm
from abdi.duty.permissions import may_see_loads
from abdi.duty.queries import ledger as queries
from abdi.duty.queries.units import chosen_unit, duty_units
from abdi.duty.queries.weeks import person_names
from abdi.duty.rules import ledger as rules
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.pages import page

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

HOUR = 60
EVEN_MINUTES = 12 * HOUR
"""Up to one turn more or less than the fair part is called even."""


@dataclass(frozen=True)
class LedgerLine:
    """A person's line as the page shows it; `fair_minutes` is his part by the days he was there."""

    code: str
    name: str
    entry: rules.Entry
    fair_minutes: int

    @property
    def over(self) -> int:
        """Minutes above (or, negative, below) his fair part."""
        return self.entry.minutes - self.fair_minutes

    @property
    def is_guest(self) -> bool:
        """He stood turns here without a post in this unit."""
        return self.entry.available_days == 0


@guard("duty.roster", "view")
def ledger(request: Request) -> HttpResponse:
    """What the people of a unit carried: all lines for who plans, else one's own and the spread."""
    unit_id, months = LedgerForm(request.GET).chosen()
    units = duty_units(request.actor)
    unit = chosen_unit(request.actor, units, unit_id)
    if unit is None and unit_id is not None:
        raise Http404
    first, last = span_of(months)
    lines = _lines(queries.ledger(unit.pk, first, last)) if unit else []
    sees_all = unit is not None and may_see_loads(request.actor, unit.agency_id)
    mine = next((one for one in lines if one.entry.person_id == request.actor.person_id), None)
    shown = lines if sees_all else [mine] if mine else []
    _note(request, unit, [one.entry.person_id for one in shown])
    context = {
        "units": units,
        "unit": unit,
        "months": months,
        "choices": MONTHS,
        "first": first,
        "last": last,
        "lines": shown,
        "mine": mine,
        "sees_all": sees_all,
        "spreads": _spreads([one.entry for one in lines if not one.is_guest]),
        "title": _title(lines, mine, sees_all),
        "version": rules.VERSION,
        "counted_at": clock.now(),
    }
    return page(request, "duty/ledger.html", context)


@guard("duty.roster", "view")
def line(request: Request, code: str) -> HttpResponse:
    """The rows one person's line is made of: every turn and every call-out."""
    unit_id, months = LedgerForm(request.GET).chosen()
    unit = chosen_unit(request.actor, duty_units(request.actor), unit_id)
    person = get_object_or_404(people.persons(), code=code)
    if unit is None or not _may_open(request, unit, person):
        raise Http404
    first, last = span_of(months)
    if person.pk not in queries.ledger(unit.pk, first, last):
        raise Http404
    _note(request, unit, [person.pk])
    turns = queries.rows_of(person.pk, unit.pk, first, last)
    calls = queries.calls_of(person.pk, first, last)
    context = {
        "person": person,
        "unit": unit,
        "months": months,
        "first": first,
        "last": last,
        "turns": turns,
        "calls": calls,
        "entry": rules.entry_of(person.pk, [one.counted for one in turns if not one.is_standby]),
    }
    return page(request, "duty/ledger_line.html", context)


def span_of(months: int) -> tuple[date, date]:
    """So many months back until today; both days counted."""
    last = clock.today()
    year, month = divmod(last.year * 12 + last.month - 1 - months, 12)
    start = date(year, month + 1, 1) + timedelta(days=last.day - 1)
    return min(start, last), last


def _may_open(request: Request, unit: Unit, person: Person) -> bool:
    """Oneself, and others where one plans the unit or keeps its presence."""
    if person.pk == request.actor.person_id:
        return True
    return may_see_loads(request.actor, unit.agency_id)


def _note(request: Request, unit: Unit | None, person_ids: list[int]) -> None:
    others = [one for one in person_ids if one != request.actor.person_id]
    if unit is not None and others:
        actions.note_loads_read(unit, people=others, by=request.actor)


def _lines(entries: dict[int, rules.Entry]) -> list[LedgerLine]:
    names = person_names(entries)
    own = [entry for entry in entries.values() if entry.available_days]
    total = sum(entry.minutes for entry in own)
    days = sum(entry.available_days for entry in own)
    found = [
        LedgerLine(
            *names[entry.person_id], entry, rules.fair_part(total, entry.available_days, days)
        )
        for entry in entries.values()
        if entry.person_id in names
    ]
    return sorted(found, key=lambda one: (one.is_guest, -one.over, one.name))


def _spreads(entries: list[rules.Entry]) -> dict[str, tuple[int, int, int]]:
    return {kind: rules.spread([getattr(entry, kind) for entry in entries]) for kind in rules.KINDS}


def _title(lines: list[LedgerLine], mine: LedgerLine | None, sees_all: bool) -> str:
    own = [one for one in lines if not one.is_guest]
    if not any(one.entry.minutes for one in own):
        return _("Nobody has stood a turn in this time yet")
    if not sees_all:
        return _my_title(mine)
    far = max(own, key=lambda one: abs(one.over))
    if abs(far.over) <= EVEN_MINUTES:
        return _("The turns are shared evenly")
    words = {"name": far.name, "hours": abs(far.over) // HOUR}
    if far.over > 0:
        return _("%(name)s carries %(hours)s hours more than his fair part") % words
    return _("%(name)s carries %(hours)s hours less than his fair part") % words


def _my_title(mine: LedgerLine | None) -> str:
    if mine is None:
        return _("You stood no turn in this unit in this time")
    if abs(mine.over) <= EVEN_MINUTES:
        return _("You carry your fair part")
    words = {"hours": abs(mine.over) // HOUR}
    if mine.over > 0:
        return _("You carry %(hours)s hours more than your fair part") % words
    return _("You carry %(hours)s hours less than your fair part") % words
