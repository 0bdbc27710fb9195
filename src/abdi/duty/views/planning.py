"""Pages of planning: the month, having it worked out, looking at it, why a person stands a turn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.duty import actions, queries, rules, saying
from abdi.duty.choices import PlanKind
from abdi.duty.forms.planning import AskForm, MonthForm, StretchForm
from abdi.duty.forms.rosters import ChangeReasonForm
from abdi.duty.models import Plan
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor, Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page

WEEKS_OF_A_MONTH = 5


def month_address(unit_id: int, first: date) -> str:
    """The page of a unit's month."""
    return f"{reverse('duty:month')}?unit={unit_id}&bulan={first:%Y-%m}"


@guard("duty.roster", "view")
def month(request: Request) -> HttpResponse:
    """A unit's month: people, days, letters, fairness; for those who plan, how to fill it."""
    first, unit_id = MonthForm(request.GET).chosen()
    units = dict(queries.covered_units(request.actor))
    if unit_id not in units:
        unit_id = _own_unit(request.actor, units)
    plannable = dict(queries.plannable_units(request.actor))
    plans = unit_id in plannable
    found = queries.month_of(request.actor, unit_id, first, plans=plans) if unit_id else None
    context = {
        "month": found,
        "first": first,
        "today": clock.today(),
        "unit_id": unit_id,
        "unit_name": units.get(unit_id or 0, ""),
        "units": units,
        "plans": plans,
        "plan": queries.plan_of_unit(unit_id) if plans and unit_id else None,
        "before": month_address(unit_id or 0, first - timedelta(days=1)),
        "after": month_address(unit_id or 0, (first + timedelta(days=31)).replace(day=1)),
        "address": month_address,
        "asks_from": max(first, clock.today()),
        "asks_weeks": WEEKS_OF_A_MONTH,
        "title": saying.month_title(found, first, units.get(unit_id or 0, "")),
        "lead": saying.month_lead(found) if found else "",
    }
    return page(request, "duty/month.html", context)


def _own_unit(actor: Actor, units: dict[int, str]) -> int | None:
    """The unit the actor works in where it has turns, else the first he may plan, else any."""
    if actor.person_id is not None:
        own = people.unit_of(actor.person_id)
        if own is not None and own.pk in units:
            return own.pk
    plannable = queries.plannable_units(actor)
    return next(iter([key for key, _name in plannable] or units), None)


@guard("duty.roster", "create")
@require_POST
@once
def ask(request: Request) -> HttpResponse:
    """Have weeks of a unit worked out."""
    form = AskForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = _plannable(request.actor, form.cleaned_data["unit"])
    first = form.cleaned_data["first_on"]
    weeks = form.cleaned_data["weeks"]
    plan = actions.ask_plan(
        unit,
        by=request.actor,
        first_on=first,
        last_on=rules.week_start(first) + timedelta(days=7 * weeks - 1),
        is_anew=form.cleaned_data["is_anew"],
    )
    return done(request, reverse("duty:plan", args=[plan.pk]))


@guard("duty.roster", "create")
@require_POST
@once
def mend(request: Request) -> HttpResponse:
    """Have open turns of a week filled with as few changes as possible."""
    form = StretchForm(request.POST)
    if not form.is_valid():
        raise Http404
    plan = actions.ask_plan(
        _plannable(request.actor, form.cleaned_data["unit"]),
        by=request.actor,
        first_on=max(form.cleaned_data["first_on"], clock.today()),
        last_on=form.cleaned_data["last_on"],
        kind=PlanKind.REPAIR,
    )
    return done(request, reverse("duty:plan", args=[plan.pk]))


def _plannable(actor: Actor, unit_id: int) -> Any:
    ids = [key for key, _name in queries.plannable_units(actor)]
    return get_object_or_404(people.visible_units(SYSTEM), pk=unit_id, pk__in=ids)


def _plan(request: Request, pk: int) -> Plan:
    return get_object_or_404(queries.visible_plans(request.actor), pk=pk)


@guard("duty.roster", "create")
def plan_page(request: Request, pk: int) -> HttpResponse:
    """How far a plan is, then what it found; asked again every two seconds until it is there."""
    plan = _plan(request, pk)
    context = {
        "plan": plan,
        "title": saying.plan_title(plan),
        "found": saying.findings(plan),
        "changes": queries.changes_of(plan) if plan.state == "done" else [],
        "month": month_address(plan.unit_id, plan.first_on),
    }
    part = request.headers.get("HX-Request") == "true"
    return page(request, "duty/_plan.html" if part else "duty/plan.html", context)


@guard("duty.roster", "update")
@require_POST
@once
def apply(request: Request, pk: int) -> HttpResponse:
    """Put the people of a plan on their turns."""
    plan = _plan(request, pk)
    form = ChangeReasonForm(request.POST)
    form.is_valid()
    given = actions.apply_plan(plan, by=request.actor, reason=form.cleaned_data.get("reason", ""))
    message = ngettext("One turn was given.", "%(num)d turns were given.", given) % {"num": given}
    return done(request, month_address(plan.unit_id, plan.first_on), message)


@guard("duty.roster", "update")
@require_POST
@once
def drop(request: Request, pk: int) -> HttpResponse:
    """Put a plan away."""
    plan = _plan(request, pk)
    actions.drop_plan(plan, by=request.actor)
    address = month_address(plan.unit_id, plan.first_on)
    return done(request, address, _("Put away. The roster is as it was."))


@guard("duty.roster", "publish")
@require_POST
@once
def publish_month(request: Request) -> HttpResponse:
    """Put all drafts of a month in force."""
    form = StretchForm(request.POST)
    if not form.is_valid():
        raise Http404
    first, last = form.cleaned_data["first_on"], form.cleaned_data["last_on"]
    unit = _plannable(request.actor, form.cleaned_data["unit"])
    weeks = actions.publish_weeks(unit, by=request.actor, first_on=first, last_on=last)
    message = ngettext(
        "One week is in force. Everybody in it was told.",
        "%(num)d weeks are in force. Everybody in them was told.",
        weeks,
    ) % {"num": weeks}
    return done(request, month_address(unit.pk, first), message)


@guard("duty.roster", "view")
def why(request: Request, pk: int, code: str) -> HttpResponse:
    """Why this person stands this turn: who else could have, and what spoke against each."""
    turn = get_object_or_404(queries.visible_turns(request.actor), pk=pk)
    shift = get_object_or_404(
        queries.visible_shifts(request.actor), turn=turn, person__code=code, is_standby=False
    )
    found = queries.weighing_of(turn)
    context = {
        "turn": turn,
        "shift": shift,
        "answer": saying.answer(found, shift.person_id, shift.person.display_name),
        "lines": saying.lines_of(found, shift.person_id, request.actor.person_id),
        "mine": request.actor.person_id == shift.person_id,
        "column": saying.COLUMN_WORDS[found.column],
        "months": found.planning.norms["fairness_months"],
    }
    return page(request, "duty/why.html", context)
