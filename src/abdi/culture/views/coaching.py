"""Coaching cases: decided, led and read by two people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.culture import actions, queries
from abdi.culture.forms import CloseForm, DeclineForm, PlanForm, SessionForm
from abdi.culture.permissions import may_coach, may_decide, may_guide
from abdi.people import queries as people
from abdi.performance.choices import Predicate
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.labels import label
from abdi.platform.once import once
from abdi.platform.pages import done, page

if TYPE_CHECKING:
    from abdi.culture.models import Coaching
    from abdi.people.models import Person
    from abdi.platform.forms import CleanForm

FIRST_LOOK = timedelta(days=30)


def _case(request: Request, pk: int) -> Coaching:
    return get_object_or_404(queries.visible_coaching(request.actor), pk=pk)


def _url(row: Coaching) -> str:
    return reverse("culture:coaching", args=[row.pk])


@guard("culture.coaching", "view")
def cases(request: Request) -> HttpResponse:
    """Cases one leads, and one's own."""
    led = queries.cases_i_lead(request.actor)
    context = {
        "led": led,
        "mine": queries.my_cases(request.actor),
        "waiting": sum(row.is_proposed for row in led),
        "leads": bool(request.actor.team_ids),
    }
    return page(request, "culture/cases.html", context)


@guard("culture.coaching", "view")
def coaching(request: Request, pk: int) -> HttpResponse:
    """One case: what it stands on, the decision, the plan, the talks, the end."""
    row = _case(request, pk)
    actions.note_reading(row, by=request.actor)
    return _page(request, row)


def _page(request: Request, row: Coaching, **forms: CleanForm) -> HttpResponse:
    decides = row.is_proposed and may_decide(request.actor, row)
    guides = row.is_open and may_guide(request.actor, row)
    today = clock.today()
    context: dict[str, Any] = {
        "row": row,
        "own": row.person_id == request.actor.person_id,
        "decides": decides,
        "guides": guides,
        "sessions": queries.sessions_of(row),
        "plan_form": PlanForm(initial=_plan_of(row)),
        "decline_form": DeclineForm(initial={"seen": row.version}),
        "session_form": SessionForm(initial={"on": today}),
        "close_form": CloseForm(initial={"seen": row.version}),
        "today": today,
        "basis": [{**line, "on": date.fromisoformat(line["on"])} for line in row.basis],
        "predicates": {code.value: label(code) for code in Predicate},
        **forms,
    }
    failed = any(form.errors for form in forms.values())
    return page(request, "culture/coaching.html", context, status=422 if failed else 200)


def _plan_of(row: Coaching) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "goal": row.goal,
        "help_text": row.help_text,
        "check_on": row.check_on or clock.today() + FIRST_LOOK,
        "seen": row.version,
    }


@guard("culture.coaching", "create")
@once
@require_http_methods(["GET", "POST"])
def new(request: Request, code: str) -> HttpResponse:
    """Open a case without a proposal, because both want it."""
    person = _person(request, code)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={"check_on": clock.today() + FIRST_LOOK},
    )
    if form.is_bound and form.is_valid():
        try:
            row = actions.start_coaching(person, by=request.actor, plan=form.given())
            return done(request, _url(row), _("Opened. Only you two see it."))
        except Conflict as problem:
            form.add_error(None, problem.message)
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
    context = {"form": form, "person": person}
    return page(request, "culture/new_case.html", context, status=422 if form.errors else 200)


def _person(request: Request, code: str) -> Person:
    person = people.visible_people(request.actor).filter(code=code).first()
    if person is None or not may_coach(request.actor, person):
        raise Http404
    return person


@guard("culture.coaching", "create")
@once
@require_POST
def open_case(request: Request, pk: int) -> HttpResponse:
    """Open a proposed case with a plan."""
    row, form = _case(request, pk), PlanForm(request.POST)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.open_coaching(row, by=request.actor, plan=form.given(), seen=seen)
            return done(request, _url(row), _("Opened. Only you two see it."))
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
    return _page(request, row, plan_form=form)


@guard("culture.coaching", "create")
@once
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Not now, with a reason."""
    row, form = _case(request, pk), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, row, decline_form=form)
    actions.decline_coaching(row, by=request.actor, **form.cleaned_data)
    return done(request, reverse("culture:cases"), _("Noted: not now."))


@guard("culture.coaching", "update")
@once
@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Change the plan."""
    row, form = _case(request, pk), PlanForm(request.POST)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.change_plan(row, by=request.actor, plan=form.given(), seen=seen)
            return done(request, _url(row), _("The plan is changed."))
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
    return _page(request, row, plan_form=form)


@guard("culture.coaching", "update")
@once
@require_POST
def note(request: Request, pk: int) -> HttpResponse:
    """Note a talk."""
    row, form = _case(request, pk), SessionForm(request.POST)
    if form.is_valid():
        try:
            actions.add_session(row, by=request.actor, **form.cleaned_data)
            return done(request, _url(row), _("The talk is noted."))
        except Invalid as problem:
            form.refuse([(problem.field, problem.message)])
    return _page(request, row, session_form=form)


@guard("culture.coaching", "update")
@once
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """End a case."""
    row, form = _case(request, pk), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, close_form=form)
    actions.close_coaching(row, by=request.actor, **form.cleaned_data)
    return done(request, _url(row), _("The case is closed. Thank you both."))
