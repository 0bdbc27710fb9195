"""Units and people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from abdi.people import actions, queries
from abdi.people.forms import LeavingForm
from abdi.people.models import Unit
from abdi.people.permissions import (
    may_end_service,
    may_prepare_act,
    may_see_profile,
    may_set_line,
    takes_lists,
)
from abdi.people.views.as_of import day_asked
from abdi.platform import clock
from abdi.platform.access import Request, Where, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page

PER_PAGE = 25


@guard("people.placement", "view")
def units(request: Request) -> HttpResponse:
    """The tree of units of a day with people and vacancies."""
    day, wrong = day_asked(request)
    rows = queries.unit_rows(request.actor, day)
    context = {
        "groups": _by_agency(rows),
        "vacant": sum(row.vacant for row in rows),
        "day": day,
        "wrong_day": wrong,
        "sees_acts": request.actor.holds("people.placement", "create"),
    }
    return page(request, "people/units.html", context)


def _by_agency(rows: list[queries.UnitRow]) -> list[dict[str, Any]]:
    """The tree cut into agencies, in its own order, with what stands in each."""
    found: dict[int, list[queries.UnitRow]] = {}
    for row in rows:
        found.setdefault(row.unit.agency_id, []).append(row)
    return [_group(one) for one in found.values()]


def _group(rows: list[queries.UnitRow]) -> dict[str, Any]:
    units = ngettext("%(num)s unit", "%(num)s units", len(rows)) % {"num": len(rows)}
    people = sum(row.people for row in rows)
    staff = ngettext("%(num)s person", "%(num)s people", people) % {"num": people}
    vacant = sum(row.vacant for row in rows)
    left = _("%(num)s vacant") % {"num": vacant} if vacant else _("every post filled")
    top = min(rows, key=lambda row: row.depth)
    note = " · ".join((units, staff, left))
    return {"name": top.unit.name, "note": note, "rows": rows, "depth": top.depth}


@guard("people.placement", "view")
def unit_page(request: Request, code: str) -> HttpResponse:
    """One unit on a day: its services, positions and who holds them, what acts did to it."""
    day, wrong = day_asked(request)
    rows = queries.visible_units(request.actor, day).select_related("parent", "agency")
    unit = rows.filter(code=code).first() or _once(request, code)
    context = {
        "unit": unit,
        "then": queries.unit_at(unit, day),
        "day": day,
        "wrong_day": wrong,
        "today": clock.today(),
        "head": queries.head_of(unit.pk, day),
        "services": list(queries.services(unit.pk)),
        "seats": queries.seats_of(unit.pk, day),
        "children": queries.units_below(unit.pk, day),
        "acts": list(queries.acts_of(unit)[:20]),
        "successions": queries.successions_of(unit),
        "changes": may_prepare_act(request.actor, unit),
    }
    return page(request, "people/unit.html", context)


def _once(request: Request, code: str) -> Unit:
    """A unit that is no more, or not yet there: its page says so."""
    reach = request.actor.reach("people.placement", "view")
    rows = Unit.objects.filter(code=code)
    if not reach.all:
        rows = rows.filter(agency_id__in=reach.agency_ids)
    unit: Unit = get_object_or_404(rows)
    return unit


@guard("people.directory", "view")
def people(request: Request) -> HttpResponse:
    """The directory: name, post, unit; search by name or employee number."""
    asked = request.GET.get("q", "")[:100]
    rows, more = queries.directory(request.actor, asked, _page_number(request), PER_PAGE)
    context = {
        "rows": rows,
        "q": asked,
        "number": _page_number(request),
        "more": more,
        "takes": takes_lists(request.actor),
        "checks": request.actor.holds("people.profile", "create"),
        "answers": request.actor.holds("people.privacy_request", "decide"),
        "handles": request.actor.holds("people.breach", "update"),
    }
    return page(request, "people/people.html", context)


def _page_number(request: Request) -> int:
    text = request.GET.get("hal", "1")
    return min(max(int(text), 1), 400) if text.isascii() and text.isdigit() and len(text) < 5 else 1


@guard("people.directory", "view")
def person_page(request: Request, code: str) -> HttpResponse:
    """One person: post and unit for colleagues; the record for those who may see it."""
    person = get_object_or_404(queries.visible_people(request.actor), code=code)
    record = queries.record_of(person.pk)
    where = Where(person_id=person.pk, agency_id=record.agency_id)
    context = {
        "person": person,
        "seat": record.seat,
        "superior": record.superior(),
        "sets_line": may_set_line(request.actor, person, where=where),
        "ends_service": may_end_service(request.actor, person, where),
        "teams": queries.teams_of(person.pk),
        "skills": queries.skills_of(person.pk),
        "sees_record": may_see_profile(request.actor, person, where),
        "assignments": record.history,
    }
    if context["sees_record"] and person.pk != request.actor.person_id:
        actions.note_reading(person, by=request.actor)
    return page(request, "people/person.html", context)


@guard("people.profile", "update")
@once
@require_http_methods(["GET", "POST"])
def end_service(request: Request, code: str) -> HttpResponse:
    """Note the last day of somebody who leaves."""
    person = get_object_or_404(queries.visible_people(request.actor), code=code)
    if not may_end_service(request.actor, person):
        raise Http404
    form = LeavingForm(request.POST or None, initial={"left_on": clock.today()})
    if form.is_valid():
        try:
            actions.end_service(person, by=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse({refusal.field: refusal.message})
        else:
            words = _("Noted. The access closes within five minutes after that day.")
            return done(request, reverse("people:people"), words)
    context = {"person": person, "form": form, "seat": queries.assignment_of(person.pk)}
    return page(request, "people/leaving.html", context, status=422 if form.errors else 200)
