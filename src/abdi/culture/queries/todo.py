"""What waits for a person in culture."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from abdi.culture.choices import CircleState, CircleStep, CoachingState, StepState
from abdi.culture.models import Circle, Coaching, StepRecord, Task
from abdi.culture.queries.coaching import visible_coaching
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.labels import label
from abdi.platform.pages.todo import ToDo

SOON = timedelta(days=7)
MOST = 20


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Proposals to decide, plans to read, own tasks, steps to approve, votes. Four queries."""
    if actor.person_id is None:
        return []
    today = clock.local(at).date()
    return [
        *_coaching(actor, today),
        *(_task(row) for row in _tasks(actor.person_id, today)),
        *(_approval(row) for row in _approvals(actor)),
        *(_vote(row) for row in _votes(actor.person_id)),
    ]


def _coaching(actor: Actor, today: date) -> list[ToDo]:
    near = Q(state=CoachingState.OPEN, check_on__lte=today + SOON)
    fresh = Q(state=CoachingState.OPEN, decided_at__gte=clock.now() - SOON)
    mine = Q(person_id=actor.person_id)
    wanted = mine & (near | fresh)
    if actor.team_ids:
        wanted |= ~mine & Q(state=CoachingState.PROPOSED)
        wanted |= ~mine & near & Q(coach_id=actor.person_id)
    rows = visible_coaching(actor).filter(wanted).order_by("state", "check_on", "id")
    return [_case(row, actor, today) for row in rows[:MOST]]


def _case(row: Coaching, actor: Actor, today: date) -> ToDo:
    url = reverse("culture:coaching", args=[row.pk])
    if row.is_proposed:
        return ToDo(
            icon="chat",
            title=_("Open coaching, or not now: %(name)s") % {"name": row.person.display_name},
            reason=_("A pattern of low results; you decide."),
            url=url,
            button=_("Decide"),
            tone="violet",
        )
    own = row.person_id == actor.person_id
    other = {"name": (row.coach if own else row.person).display_name}
    near = row.check_on is not None and row.check_on <= today + SOON
    return ToDo(
        icon="chat",
        title=(
            _("Look together at the plan: %(name)s") % other
            if near
            else _("Read your coaching plan with %(name)s") % other
        ),
        reason=(
            _("The day you agreed on is near.")
            if near
            else _("It was opened this week; only you two see it.")
        ),
        url=url,
        button=_("Open the plan"),
        due_at=_evening(row.check_on),
        tone="violet",
    )


def _evening(day: date | None) -> datetime | None:
    return datetime.combine(day, time(16), clock.zone()) if day else None


def _tasks(person_id: int, today: date) -> list[Task]:
    rows = Task.objects.filter(
        person_id=person_id,
        done_at__isnull=True,
        circle__state=CircleState.RUNNING,
        circle__step=CircleStep.EXECUTE,
    )
    return list(rows.select_related("circle").order_by("due_on", "id")[:MOST])


def _task(row: Task) -> ToDo:
    return ToDo(
        icon="bulb",
        title=row.what,
        reason=_("Task of the group %(name)s.") % {"name": row.circle.name},
        url=_step_url(row.circle_id, CircleStep.EXECUTE) + f"#task-{row.pk}",
        button=_("Report it done"),
        due_at=_evening(row.due_on),
    )


def _approvals(actor: Actor) -> list[StepRecord]:
    reach = actor.reach("culture.proposal", "approve")
    if reach.nothing:
        return []
    rows = StepRecord.objects.filter(state=StepState.WAITING, circle__state=CircleState.RUNNING)
    if not reach.all:
        rows = rows.filter(circle__agency_id__in=reach.agency_ids)
    rows = rows.exclude(sent_by_id=actor.person_id)
    return list(rows.select_related("circle").order_by("sent_at")[:MOST])


def _approval(row: StepRecord) -> ToDo:
    words = {"step": label(row.step, CircleStep), "name": row.circle.name}
    return ToDo(
        icon="bulb",
        title=_("Approve: %(step)s, %(name)s") % words,
        reason=_("The group waits for you before it goes on."),
        url=_step_url(row.circle_id, CircleStep(row.step)),
        button=_("Read and decide"),
        tone="amber",
    )


def _votes(person_id: int) -> list[Circle]:
    rows = Circle.objects.running().filter(step=CircleStep.ROOT_CAUSE, members__person_id=person_id)
    return list(rows.exclude(causes__votes__person_id=person_id).distinct()[:MOST])


def _vote(row: Circle) -> ToDo:
    return ToDo(
        icon="bulb",
        title=_("Choose the causes that matter most: %(name)s") % {"name": row.name},
        reason=_("Your voice is missing."),
        url=_step_url(row.pk, CircleStep.ROOT_CAUSE),
        button=_("Choose"),
    )


def _step_url(circle_id: int, step: CircleStep) -> str:
    return reverse("culture:step", args=[circle_id, list(CircleStep).index(step) + 1])
