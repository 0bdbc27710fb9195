"""What waits for a person in performance; a fixed number of queries."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.performance.choices import EvaluationState, PlanState
from abdi.performance.models import Evaluation, Plan
from abdi.performance.queries.evaluations import objections_to_decide, open_period
from abdi.performance.queries.teams import appraised_by
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo

NEWS = timedelta(days=14)


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """One's plan, one's new evaluations; a leader's plans to agree, people to evaluate."""
    if actor.person_id is None or not actor.holds("performance.plan", "create"):
        return []
    found = [*_own_plan(actor.person_id, at), *_own_evaluations(actor.person_id, at)]
    if appraised_by(actor):
        found += [*_plans_to_agree(actor), *_to_evaluate(actor, at)]
    return [*found, *_objections(actor)]


def _own_plan(person_id: int, at: datetime) -> list[ToDo]:
    year = clock.local(at).year
    plan = Plan.objects.filter(person_id=person_id, year=year).first()
    if plan is None or plan.state in (PlanState.DRAFT, PlanState.REVISED):
        title = _("Set your targets for %(year)s") % {"year": year}
        reason = _("Drafted from your superior's; four entries for each.")
    elif plan.state == PlanState.CLARIFIED:
        title = _("Change your targets for %(year)s") % {"year": year}
        reason = plan.returned_note or _("Your superior asks for a change.")
    else:
        return []
    return [ToDo("target", title, reason, "/kinerja/saya/susun", _("Set targets"), tone="pri")]


def _own_evaluations(person_id: int, at: datetime) -> list[ToDo]:
    rows = Evaluation.objects.filter(
        person_id=person_id, state=EvaluationState.FINAL, final_at__gte=at - NEWS
    ).select_related("period")
    return [
        ToDo(
            "star",
            _("Your evaluation of quarter %(number)s is there") % {"number": row.period.number},
            _("Read where its numbers come from. You may object within 14 days."),
            f"/kinerja/penilaian/{row.pk}",
            _("Read"),
            due_at=row.final_at + NEWS if row.final_at else None,
            tone="blue",
        )
        for row in rows
    ]


def _plans_to_agree(actor: Actor) -> list[ToDo]:
    rows = Plan.objects.filter(
        person_id__in=appraised_by(actor), state=PlanState.SUBMITTED
    ).select_related("person")
    return [
        ToDo(
            "clipboard-check",
            _("Agree to the targets of %(name)s") % {"name": row.person.display_name},
            _("Read each line; agree, or say what should change."),
            f"/tim/rencana/{row.pk}",
            _("Read the plan"),
            tone="amber",
        )
        for row in rows.order_by("proposed_at")[:20]
    ]


def _to_evaluate(actor: Actor, at: datetime) -> list[ToDo]:
    period = open_period(clock.local(at).date())
    if period is None:
        return []
    done = Evaluation.objects.filter(
        period=period, person_id__in=appraised_by(actor), state=EvaluationState.FINAL
    ).count()
    waiting = len(appraised_by(actor)) - done
    if waiting < 1:
        return []
    title = ngettext(
        "%(count)s person waits for your evaluation",
        "%(count)s people wait for your evaluation",
        waiting,
    ) % {"count": waiting}
    reason = _("Figures are filled in; you rate the behaviour.")
    due = datetime.combine(period.closes_on, time(23, 59), tzinfo=clock.zone())
    return [ToDo("team", title, reason, "/tim/penilaian", _("Evaluate"), due_at=due, tone="amber")]


def _objections(actor: Actor) -> list[ToDo]:
    return [
        ToDo(
            "scale",
            _("Decide an objection"),
            _("You are the superior of who rated; the decision is final."),
            f"/kinerja/penilaian/{row.evaluation_id}",
            _("Read and decide"),
            tone="red",
        )
        for row in objections_to_decide(actor)[:20]
    ]
