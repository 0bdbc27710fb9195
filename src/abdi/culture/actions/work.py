"""Causes, votes, tasks: what a group finds and does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.culture import events
from abdi.culture.choices import CauseBranch, CauseCheck, CircleStep
from abdi.culture.models import Cause, CauseVote, Circle, Task
from abdi.culture.permissions import may_finish_task, may_write, may_write_cause, member_ids
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record

MOST_CAUSES = 40
MOST_TASKS = 60
MOST_WHYS = 5


def at_step(circle: Circle, *steps: CircleStep) -> Circle:
    """The group, held, where it runs and is at one of these steps; Conflict else."""
    row = lock(circle)
    if not row.is_running:
        raise Conflict(_("This group has ended."), current=row)
    if row.step not in steps:
        raise Conflict(_("The group has moved on. Please reload the page."), current=row)
    return row


def changed(row: Circle, what: str, by: Actor) -> None:
    """Raise the version of a group and record what was written."""
    guard_version(row, None)
    fact = events.CircleChanged(circle_id=row.pk, step=str(row.step), what=what)
    record(fact, by=by, about=row)


@dataclass(frozen=True)
class CauseGiven:
    """A possible cause as typed."""

    branch: CauseBranch | str
    text: str
    whys: tuple[str, ...] = ()
    words: str = ""


@action(allowed=may_write)
def add_cause(circle: Circle, *, by: Actor, given: CauseGiven) -> Cause:
    """Add a possible cause under a branch. Raises Conflict where it stands there already."""
    row = at_step(circle, CircleStep.CAUSES, CircleStep.ROOT_CAUSE)
    if given.branch not in CauseBranch.codes():
        raise Invalid(_("Please choose a branch."), field="branch")
    if not given.text:
        raise Invalid(_("Please write the cause."), field="text")
    if Cause.objects.filter(circle=row).count() >= MOST_CAUSES:
        raise Invalid(_("This is a long list already. Drop some first."), field="text")
    try:
        with transaction.atomic():
            cause = Cause.objects.create(
                circle=row,
                branch=str(given.branch),
                text=given.text,
                whys=[why for why in given.whys if why][:MOST_WHYS],
                words=given.words,
                added_by_id=by.person_id,
            )
    except IntegrityError:
        raise Conflict(_("This cause stands in the list already.")) from None
    changed(row, "cause_added", by)
    return cause


@action(allowed=may_write_cause)
def drop_cause(cause: Cause, *, by: Actor) -> None:
    """Take a cause off the list, with its votes, while causes are gathered."""
    row = at_step(cause.circle, CircleStep.CAUSES, CircleStep.ROOT_CAUSE)
    cause.delete()
    changed(row, "cause_dropped", by)


@action(allowed=may_write_cause)
def check_cause(
    cause: Cause,
    *,
    by: Actor,
    check: CauseCheck | str,
    proof: str = "",
    words: str | None = None,
    is_dominant: bool = False,
) -> Cause:
    """Say what the data show of a cause, and whether it is one that matters most.

    Raises Invalid where it fits or does not without saying how that was seen.
    """
    row = at_step(cause.circle, CircleStep.ROOT_CAUSE)
    if check not in CauseCheck.codes():
        raise Invalid(_("Please choose what the data say."), field="check")
    if check in (CauseCheck.FITS, CauseCheck.DOES_NOT_FIT) and not proof:
        raise Invalid(_("Please say how you saw it, with a figure."), field="proof")
    one = lock(cause)
    one.check_state = CauseCheck(check)
    one.proof = proof
    one.words = one.words if words is None else words
    one.is_dominant = is_dominant
    one.save()
    changed(row, "cause_checked", by)
    return one


@action(allowed=may_write_cause)
def vote(cause: Cause, *, by: Actor, is_for: bool) -> bool:
    """Choose a cause as one that matters most, or take the choice back; twice changes nothing."""
    at_step(cause.circle, CircleStep.ROOT_CAUSE)
    if by.person_id is None:
        raise Invalid(_("Only members of the group vote."))
    if is_for:
        CauseVote.objects.get_or_create(cause=cause, person_id=by.person_id)
    else:
        CauseVote.objects.filter(cause=cause, person_id=by.person_id).delete()
    fact = events.CauseVoted(
        circle_id=cause.circle_id, cause_id=cause.pk, person_id=by.person_id, is_for=is_for
    )
    record(fact, by=by, about=cause.circle)
    return is_for


@action(allowed=may_write)
def cast_votes(circle: Circle, *, by: Actor, cause_ids: Collection[int]) -> int:
    """Choose these causes and no others; returns how many. Raises Invalid for foreign ones."""
    causes = {cause.pk: cause for cause in Cause.objects.filter(circle=circle)}
    if not set(cause_ids) <= set(causes):
        raise Invalid(_("Choose a cause of this group."), field="cause_ids")
    if not causes:
        raise Invalid(_("There is no cause to choose yet."), field="cause_ids")
    for pk, cause in causes.items():
        vote(cause, by=by, is_for=pk in cause_ids)
    return len(set(cause_ids))


@dataclass(frozen=True)
class TaskGiven:
    """One line of the plan: what, who, when; why, where, how, how much."""

    what: str
    person_id: int
    due_on: date
    why: str = ""
    place: str = ""
    how: str = ""
    cost_rupiah: int = 0
    cause_id: int | None = None


@action(allowed=may_write)
def add_task(circle: Circle, *, by: Actor, given: TaskGiven) -> Task:
    """Add a line to the plan. Raises Invalid for who is not in the group or a day that is over."""
    row = at_step(circle, CircleStep.PLAN)
    if not given.what:
        raise Invalid(_("Please write what shall be done."), field="what")
    if given.person_id not in member_ids(row):
        raise Invalid(_("Choose somebody of the group."), field="person_id")
    if given.due_on < clock.today():
        raise Invalid(_("This day is over. Choose a coming one."), field="due_on")
    if Task.objects.filter(circle=row).count() >= MOST_TASKS:
        raise Invalid(_("This is a long list already. Drop some first."), field="what")
    if given.cause_id and not Cause.objects.filter(circle=row, pk=given.cause_id).exists():
        raise Invalid(_("Choose a cause of this group."), field="cause_id")
    task = Task.objects.create(
        circle=row,
        what=given.what,
        why=given.why,
        person_id=given.person_id,
        due_on=given.due_on,
        place=given.place,
        how=given.how,
        cost_rupiah=given.cost_rupiah,
        cause_id=given.cause_id,
    )
    changed(row, "task_added", by)
    return task


@action(allowed=may_finish_task)
def drop_task(task: Task, *, by: Actor) -> None:
    """Take a line out of the plan while it is written."""
    row = at_step(task.circle, CircleStep.PLAN)
    task.delete()
    changed(row, "task_dropped", by)


@action(allowed=may_finish_task)
def finish_task(task: Task, *, by: Actor, note: str = "") -> Task:
    """Report a task done. Raises Conflict where it is done already or not yet to be done."""
    row = at_step(task.circle, CircleStep.EXECUTE)
    one = lock(task)
    if one.is_done:
        raise Conflict(_("This task is done already."), current=one)
    one.done_at = clock.now()
    one.done_note = note
    one.save(update_fields=["done_at", "done_note"])
    fact = events.TaskDone(circle_id=row.pk, task_id=one.pk, person_id=one.person_id)
    record(fact, by=by, about=row)
    return one
