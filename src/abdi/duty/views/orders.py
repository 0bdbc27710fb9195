"""What leaves the page of a week on paper: the duty order of its roster."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.duty import actions, queries
from abdi.duty.forms.papers import MONTH, OrderForm
from abdi.duty.queries.feeds import feeds_of_units
from abdi.duty.queries.orders import orderable
from abdi.duty.rules import week_start
from abdi.people import queries as people
from abdi.platform.access import SYSTEM, Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done

if TYPE_CHECKING:
    from abdi.duty.models import CalendarFeed
    from abdi.people.models import Unit


@dataclass(frozen=True)
class Paper:
    """What can be printed and looked at for the units of a week."""

    monday: date
    orderable: tuple[Unit, ...]
    unit_id: int | None
    feeds: tuple[tuple[int, str, CalendarFeed | None], ...]


def paper_of(
    request: Request, week: queries.Week, unit_id: int | None, planned: list[tuple[int, str]]
) -> Paper:
    """The papers of a week: units in force whose order this reader may have written.

    `planned` are the units whose rosters he lays out."""
    units = [roster.unit for roster in week.rosters if roster.is_published]
    known = feeds_of_units([key for key, _name in planned]) if planned else {}
    return Paper(
        week.start_on,
        tuple(orderable(request.actor, units)),
        unit_id,
        tuple((key, name, known.get(key)) for key, name in planned),
    )


def span_of(monday: date, reach: str) -> tuple[date, date]:
    """First and last day of the week, or of the month its Thursday lies in."""
    if reach != MONTH:
        return monday, monday + timedelta(days=6)
    middle = monday + timedelta(days=3)
    length = calendar.monthrange(middle.year, middle.month)[1]
    return middle.replace(day=1), middle.replace(day=length)


@guard("people.letter", "create")
@require_POST
@once
def order(request: Request) -> HttpResponse:
    """Draw up the duty order of a unit's week or month, then show the letter."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = get_object_or_404(
        people.visible_units(SYSTEM).select_related("agency"), pk=form.cleaned_data["unit"]
    )
    if not orderable(request.actor, [unit]):
        raise Http404
    first, last = span_of(week_start(form.cleaned_data["pekan"]), form.cleaned_data["untuk"])
    letter = actions.order_roster(unit, by=request.actor, first=first, last=last)
    message = _("The duty order is drawn up; it waits for its number.")
    return done(request, reverse("letters:letter", args=[letter.code]), message)
