"""The page of a unit's rules: skills, zones, own figures, platoons, who stands no nights."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.duty import actions, queries, saying, skill_words
from abdi.duty.actions import TurnRules
from abdi.duty.forms.planning import (
    DayOnlyForm,
    FiguresForm,
    MembersForm,
    MonthForm,
    PlatoonsForm,
    TurnRulesForm,
)
from abdi.duty.rules import Need
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor, Request, guard
from abdi.platform.actions import Conflict
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
        context |= _rules(unit_id)
    context["words"] = saying.FIGURE_WORDS
    context["skill_words"] = skill_words
    context["skill_name"] = saying.skill_name
    context["title"] = saying.rules_title(units.get(unit_id or 0, ""), context)
    return page(request, "duty/rules.html", context)


def _rules(unit_id: int) -> dict[str, Any]:
    found = queries.rules_of(unit_id)
    members = [(row.pk, one) for row in found["platoons"] for one in row.members.all()]
    return found | {
        "skill_choices": skill_words.choices(found["skills"]),
        "skill_lines": {one.value: one for one in found["skills"]},
        "platoon_of": {one.person.code: key for key, one in members},
    }


def _unit(actor: Actor, unit_id: int) -> Any:
    ids = [key for key, _name in queries.plannable_units(actor)]
    return get_object_or_404(people.visible_units(SYSTEM), pk=unit_id, pk__in=ids)


@guard("duty.roster", "create")
@require_POST
@once
def set_turn(request: Request, pk: int) -> HttpResponse:
    """Skill and zone of one turn of the day."""
    unit = _unit(request.actor, pk)
    skills = [one.value for one in queries.rules_of(pk)["skills"]]
    form = TurnRulesForm(request.POST, skills=skills)
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
def set_members(request: Request, pk: int) -> HttpResponse:
    """Who stands in which platoon, person by person, and what each is called."""
    unit, found = _unit(request.actor, pk), queries.rules_of(pk)
    keys = [one.pk for one in found["platoons"]]
    crew = dict.fromkeys(code for code, _name in found["crew"])
    form = MembersForm(request.POST, crew=crew, platoons=keys)
    if not form.is_valid():
        raise Conflict(_("The platoons or their people changed meanwhile. Please look again."))
    rows = people.visible_people(SYSTEM).filter(code__in=crew).values_list("code", "id")
    ids = dict(rows)
    chosen = [(name, [ids[code] for code in codes]) for name, codes in form.platoons()]
    actions.set_platoons(unit, by=request.actor, platoons=chosen)
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
