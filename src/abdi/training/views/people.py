"""Learning hours of a unit, person by person: the rows behind the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Refused, Request, guard
from abdi.platform.pages import page
from abdi.platform.pages.tables import asked, page_of
from abdi.training import actions, queries
from abdi.training.permissions import may_read_hours

if TYPE_CHECKING:
    from abdi.people.models import Unit


@guard("training.enrolment", "view")
def team(request: Request) -> HttpResponse:
    """Who has how many hours this year, of the people this reader answers for."""
    if not may_read_hours(request.actor, ()):
        raise Refused("no_reach", resource="training.enrolment", act="view")
    unit = _unit(request)
    found = page_of(queries.learners(request.actor, unit.pk), request)
    year = clock.today().year
    rows = queries.hours_of_people(found.rows, year)
    actions.note_reading([row.person.pk for row in rows], by=request.actor)
    context = {
        "unit": unit,
        "year": year,
        "page": found,
        "rows": rows,
        "short": sum(1 for row in rows if row.is_minimum and not row.is_reached),
    }
    return page(request, "training/people.html", context)


def _unit(request: Request) -> Unit:
    """The unit asked for, or one's own."""
    code = asked(request, "unit")
    if code:
        found = people.units().filter(code=code).first()
    else:
        found = people.unit_of(request.actor.person_id) if request.actor.person_id else None
    if found is None:
        raise Http404
    return found
