"""A leader's team: who is behind, whose plan waits, one person's plan."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.performance import actions, queries, wording
from abdi.performance.choices import PlanState
from abdi.performance.forms import ReturnForm, VersionForm
from abdi.performance.models import Plan
from abdi.performance.permissions import may_agree, may_give_feedback
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page


@guard("performance.rating", "create")
def team(request: Request) -> HttpResponse:
    """My people: targets behind, plans that wait for me, evaluations to come."""
    today = clock.today()
    period = queries.open_period(today)
    found = queries.team_of(request.actor, today.year, period, today)
    waiting = [
        member.plan
        for member in found.members
        if member.plan is not None and member.plan.state == PlanState.SUBMITTED
    ]
    actions.note_reading(found.by_person, by=request.actor)
    context = {
        "team": found,
        "period": period,
        "title": wording.targets_heading(found),
        "waiting": {plan.person_id for plan in waiting},
        "year": today.year,
        "wording": wording,
    }
    return page(request, "performance/team.html", context)


def _plan(request: Request, pk: int) -> Plan:
    plan: Plan = get_object_or_404(queries.visible_plans(request.actor), pk=pk)
    return plan


@guard("performance.plan", "view")
def team_plan(request: Request, pk: int) -> HttpResponse:
    """One person's plan: read it, write at a line, agree or send it back."""
    return _show(request, _plan(request, pk))


def _show(
    request: Request, plan: Plan, form: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    day = min(clock.today(), clock.today().replace(year=plan.year, month=12, day=31))
    found = queries.person_figures(plan.person_id, plan.year, day)
    feedback = queries.feedback_to(plan.person_id, plan.year)
    if plan.person_id != request.actor.person_id:
        actions.note_reading([plan.person_id], by=request.actor)
    context = {
        "plan": plan,
        "figures": found.figures,
        "decides": plan.state == PlanState.SUBMITTED and may_agree(request.actor, plan),
        "writes": may_give_feedback(request.actor, plan.person),
        "words_of": {
            f.target.pk: [row for row in feedback if row.target_id == f.target.pk]
            for f in found.figures
        },
        "form": form or ReturnForm(),
        "wording": wording,
    }
    return page(request, "performance/plan.html", context, status=status)


@guard("performance.plan", "approve")
@require_POST
@once
def agree(request: Request, pk: int) -> HttpResponse:
    """Agree to a plan."""
    plan = _plan(request, pk)
    version = VersionForm(request.POST)
    if not version.is_valid():
        raise Invalid(_("Please reload the page and try again."))
    actions.agree_plan(plan, by=request.actor, seen=version.cleaned_data["seen"])
    message = _("Agreed with %(name)s.") % {"name": plan.person.display_name}
    return done(request, reverse("performance:team"), message)


@guard("performance.plan", "approve")
@require_POST
@once
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a plan back with a word."""
    plan = _plan(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, plan, form, status=422)
    data = form.cleaned_data
    actions.return_plan(plan, by=request.actor, seen=data["seen"], note=data["note"])
    message = _("Sent back to %(name)s.") % {"name": plan.person.display_name}
    return done(request, reverse("performance:team"), message)
