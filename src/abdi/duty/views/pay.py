"""The list of hours of a month: looked at, taken as a workbook, handed to the pay office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.duty import actions
from abdi.duty.forms.papers import HandOverForm, HoursForm
from abdi.duty.permissions import may_hand_over, may_see_loads
from abdi.duty.queries import pay as queries
from abdi.duty.queries.units import chosen_unit, duty_units
from abdi.duty.rules import pay as rules
from abdi.duty.workbook import Row, explained, workbook_of
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page

if TYPE_CHECKING:
    from abdi.duty.models import PayList
    from abdi.people.models import Unit

HOUR = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Month:
    """A month of a unit: the rows now or as handed over, those of earlier months apart."""

    unit: Unit
    month_on: date
    handed: PayList | None
    own: list[Row]
    changed: list[Row]
    mark: str

    @property
    def total(self) -> rules.Figures:
        """All rows of the month itself together."""
        return sum((row.figures for row in self.own), rules.NOTHING)


@guard("duty.roster", "view")
def hours(request: Request) -> HttpResponse:
    """The hours of a month: all rows for who plans or keeps presence, else one's own."""
    unit_id, month_on = HoursForm(request.GET).chosen()
    units = duty_units(request.actor)
    unit = chosen_unit(request.actor, units, unit_id)
    if unit is None and unit_id is not None:
        raise Http404
    return _page(request, units, unit, month_on)


def _page(
    request: Request, units: list[Unit], unit: Unit | None, month_on: date, **more: Any
) -> HttpResponse:
    found = month_of(unit, month_on) if unit else None
    sees_all = unit is not None and may_see_loads(request.actor, unit.agency_id)
    mine = request.actor.person_id
    shown = [row for row in found.own if sees_all or row.person_id == mine] if found else []
    changed = [row for row in found.changed if sees_all or row.person_id == mine] if found else []
    if found is not None and sees_all:
        note_rows(request, found)
    form = more.get("form") or HandOverForm()
    context = {
        "units": units,
        "unit": unit,
        "found": found,
        "rows": shown,
        "changed": changed,
        "sees_all": sees_all,
        "month_on": month_on,
        "before": f"{month_on - timedelta(days=1):%Y-%m}",
        "after": f"{queries.months_before(month_on, -1):%Y-%m}",
        "own_handed": list(queries.own_lines(mine)[:24]) if mine is not None else [],
        "hands": found is not None and _hands(request, found),
        "form": form,
        "title": _title(found, shown + changed),
        "version": rules.VERSION,
        "explained": explained(month_on),
    }
    return page(request, "duty/hours.html", context, status=422 if form.errors else 200)


def _hands(request: Request, found: Month) -> bool:
    over = found.month_on < clock.today().replace(day=1)
    rows = bool(found.own or found.changed)
    return rows and over and found.handed is None and may_hand_over(request.actor, found.unit)


def month_of(unit: Unit, month_on: date) -> Month:
    """The month as it was handed over, or as it would be now."""
    handed = queries.list_of(unit.pk, month_on)
    if handed is not None:
        rows = [
            (line.person_id, line.month_on, queries.figures_in(line))
            for line in queries.lines_of(handed)
        ]
        mark = handed.sha256
    else:
        draft = queries.draft_of(unit.pk, month_on)
        rows, mark = draft.rows, draft.mark
    persons = people.persons().in_bulk({person_id for person_id, _month, _figures in rows})
    named = sorted(
        (Row.of(persons[person_id], month, figures) for person_id, month, figures in rows),
        key=lambda row: (row.month_on, row.name),
    )
    own = [row for row in named if row.month_on == month_on]
    changed = [row for row in named if row.month_on != month_on]
    return Month(unit, month_on, handed, own, changed, mark)


def note_rows(request: Request, found: Month) -> None:
    """One line in the access log: whose hours were opened."""
    others = {row.person_id for row in (*found.own, *found.changed)} - {request.actor.person_id}
    if others:
        actions.note_loads_read(found.unit, people=others, by=request.actor)


def _title(found: Month | None, shown: list[Row]) -> str:
    """The finding, of the rows this reader sees."""
    if found is None or not shown:
        return _("No hours of duty in this month")
    if found.handed is not None:
        return _("Handed over; it does not change any more")
    unknown = sum(row.figures.unknown_minutes for row in shown if row.month_on == found.month_on)
    if unknown:
        hours = -(-unknown // HOUR)
        return ngettext(
            "One hour cannot be told yet: presence is missing",
            "%(num)s hours cannot be told yet: presence is missing",
            hours,
        ) % {"num": hours}
    return _("Every hour of this month is accounted for")


@guard("duty.roster", "view")
def workbook(request: Request) -> HttpResponse:
    """The month as a workbook: hours with totals, differences, and how each number arises."""
    unit_id, month_on = HoursForm(request.GET).chosen()
    unit = chosen_unit(request.actor, duty_units(request.actor), unit_id)
    if unit is None or not may_see_loads(request.actor, unit.agency_id):
        raise Http404
    found = month_of(unit, month_on)
    note_rows(request, found)
    answer = HttpResponse(workbook_of(found), content_type=XLSX)
    name = f"jam-piket-{unit.code}-{month_on:%Y-%m}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@guard("people.pay_feed", "create")
@require_POST
@once
def hand_over(request: Request) -> HttpResponse:
    """Hand the month to the pay office."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    unit = get_object_or_404(people.visible_units(SYSTEM), pk=given["unit"])
    if not may_hand_over(request.actor, unit):
        raise Http404
    try:
        row = actions.hand_over_hours(
            unit,
            by=request.actor,
            month_on=given["bulan"],
            seen=given["seen"],
            reason=given["reason"],
        )
    except Invalid as refusal:
        form.refuse({refusal.field: refusal.message})
        month_on = given["bulan"].replace(day=1)
        return _page(request, duty_units(request.actor), unit, month_on, form=form)
    address = f"{reverse('duty:hours')}?unit={unit.pk}&bulan={row.month_on:%Y-%m}"
    return done(request, address, _("Handed over. Corrections go with the next list."))
