"""The page of a unit's rules: skills, zones, own figures, platoons, who stands no nights."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.duty import actions, queries, saying
from abdi.duty.actions import TurnRules
from abdi.duty.forms.planning import (
    DayOnlyForm,
    FiguresForm,
    MonthForm,
    PlatoonsForm,
    TurnRulesForm,
)
from abdi.duty.rules import Need
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor, Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page


def address(unit_id: int) -> str:
    """The page of a unit's rules."""
    return f"{reverse('duty:rules')}?unit={unit_id}"


@guard("duty.roster", "create")
def rules_page(request: Request) -> HttpResponse:
    """What a unit wants of its turns, each part with its form."""
    _first, unit_id = MonthForm(request.GET).chosen()
    units = dict(queries.plannable_units(request.actor))
    if unit_id not in units:
        unit_id = next(iter(units), None)
    context: dict[str, Any] = {"units": units, "unit_id": unit_id}
    if unit_id is not None:
        context |= queries.rules_of(unit_id)
    context["words"] = saying.FIGURE_WORDS
    context["skill_name"] = saying.skill_name
    context["title"] = saying.rules_title(units.get(unit_id or 0, ""), context)
    return page(request, "duty/rules.html", context)


def _unit(actor: Actor, unit_id: int) -> Any:
    ids = [key for key, _name in queries.plannable_units(actor)]
    return get_object_or_404(people.visible_units(SYSTEM), pk=unit_id, pk__in=ids)


@guard("duty.roster", "create")
@require_POST
@once
def set_turn(request: Request, pk: int) -> HttpResponse:
    """Skill and zone of one turn of the day."""
    unit, form = _unit(request.actor, pk), TurnRulesForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    needs = (Need(data["skill"], data["level"], data["count"]),) if data["skill"] else ()
    turn = TurnRules(data["letter"], data["zone"], needs)
    actions.set_unit_rules(unit, by=request.actor, turns=[turn])
    return done(request, address(pk), _("Saved. The next plan keeps to it."))


@guard("duty.roster", "create")
@require_POST
@once
def set_figures(request: Request, pk: int) -> HttpResponse:
    """The unit's own figures; empty ones follow the institution."""
    unit, form = _unit(request.actor, pk), FiguresForm(request.POST)
    if not form.is_valid():
        raise Http404
    figures = {name: value for name, value in form.cleaned_data.items() if value is not None}
    actions.set_unit_rules(unit, by=request.actor, figures=figures)
    return done(request, address(pk), _("Saved. The next plan keeps to it."))


@guard("duty.roster", "create")
@require_POST
@once
def set_platoons(request: Request, pk: int) -> HttpResponse:
    """Share the people of a unit out over so many platoons, or end them with 0."""
    unit, form = _unit(request.actor, pk), PlatoonsForm(request.POST)
    if not form.is_valid():
        raise Http404
    count = form.cleaned_data["count"]
    crew = queries.crew_of(pk, clock.today())
    names = [_("Platoon %(letter)s") % {"letter": "ABCDEF"[n]} for n in range(count)]
    shared = [(name, crew[n::count]) for n, name in enumerate(names)]
    actions.set_platoons(unit, by=request.actor, platoons=shared)
    return done(request, address(pk), _("Saved. The next plan keeps to it."))


@guard("duty.roster", "create")
@require_POST
@once
def set_day_only(request: Request, pk: int) -> HttpResponse:
    """A person of the unit stands no nights between two days."""
    _unit(request.actor, pk)
    form = DayOnlyForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    crew = queries.crew_of(pk, clock.today())
    person = get_object_or_404(people.visible_people(SYSTEM), code=data["person"], pk__in=crew)
    actions.set_day_only(person, by=request.actor, start_on=data["start_on"], end_on=data["end_on"])
    return done(request, address(pk), _("Saved. The next plan keeps to it."))
