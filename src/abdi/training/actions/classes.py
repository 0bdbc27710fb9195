"""A class: opened, cancelled, closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from abdi.competence.choices import Competency
from abdi.people import actions as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.training import events, rules
from abdi.training.choices import ClassState, ProposalState, SeatState
from abdi.training.models import Class, Enrolment, Need, Proposal, Session
from abdi.training.permissions import may_open_class, may_run_class

if TYPE_CHECKING:
    from abdi.people.models import Person

MORNING = time(8, 0)
AFTERNOON = time(15, 0)
LONGEST_DAYS = 366
LEAST_REASON = 10


@dataclass(frozen=True)
class ClassPlan:
    """What an organiser says about a class before it opens."""

    title: str
    goal: str
    competency: str
    level: int
    hours: int
    start_on: date
    end_on: date
    capacity: int
    place: str = ""
    is_online: bool = False
    cost_rupiah: int = 0
    start_time: time = MORNING
    end_time: time = AFTERNOON


@action(allowed=may_open_class)
def open_class(
    proposal: Proposal | None = None,
    *,
    by: Actor,
    plan: ClassPlan,
    organiser: Person | None = None,
    trainer: Person | None = None,
) -> Class:
    """Open a class with its sessions; a proposal it answers is closed with it.

    Raises Invalid for dates or times out of order, or a competency nobody knows; Conflict where
    another class already answers the proposal.
    """
    _check(plan)
    columns = asdict(plan)
    for name in ("start_time", "end_time"):
        columns.pop(name)
    row = Class.objects.create(
        **columns,
        organiser_id=organiser.pk if organiser else by.person_id,
        trainer=trainer,
        proposal=proposal,
        opened_at=clock.now(),
    )
    _add_sessions(row, plan)
    if proposal is not None:
        _answer(proposal)
    _answer_needs(row, proposal)
    fact = events.ClassOpened(
        class_id=row.pk, competency=row.competency, level=row.level, capacity=row.capacity
    )
    record(fact, by=by, about=row)
    return row


def _answer_needs(row: Class, proposal: Proposal | None) -> None:
    """Needs of the agency the class is for; of all where it is for everybody."""
    needs = Need.objects.filter(competency=row.competency, answered_by__isnull=True)
    if proposal is not None:
        needs = needs.filter(unit__agency_id=proposal.agency_id)
    needs.update(answered_by=row)


def _check(plan: ClassPlan) -> None:
    if plan.competency not in Competency.codes():
        raise Invalid(_("This competency is not in the dictionary."), field="competency")
    if plan.end_on < plan.start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if (plan.end_on - plan.start_on).days > LONGEST_DAYS:
        raise Invalid(_("A class lasts at most one year."), field="end_on")
    if plan.end_time <= plan.start_time:
        raise Invalid(_("The class ends before it begins."), field="end_time")
    if not plan.is_online and not plan.place:
        raise Invalid(_("Please say where the class is held."), field="place")


def _add_sessions(row: Class, plan: ClassPlan) -> None:
    zone = clock.zone()
    days = rules.teaching_days(row.start_on, row.end_on, frozenset())
    Session.objects.bulk_create(
        [
            Session(
                klass=row,
                start_at=datetime.combine(day, plan.start_time, tzinfo=zone),
                end_at=datetime.combine(day, plan.end_time, tzinfo=zone),
            )
            for day in days
        ]
    )


def _answer(proposal: Proposal) -> None:
    changed = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PROPOSED).update(
        state=ProposalState.OPENED, version=F("version") + 1
    )
    if changed != 1:
        raise Conflict(_("This proposal was decided meanwhile."))


@action(allowed=may_run_class)
def cancel_class(klass: Class, *, by: Actor, reason: str, version: int | None = None) -> Class:
    """Cancel a class that has not begun; everybody's time is free again."""
    row = _in_state(klass, ClassState.CANCELLED)
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid(_("Please give a reason of at least ten characters."), field="reason")
    guard_version(row, version)
    people.free_time(row.ref, by=by)
    Enrolment.objects.filter(klass=row).exclude(
        state__in=[SeatState.CANCELLED, SeatState.REPLACED]
    ).update(state=SeatState.CANCELLED, has_seat=False, offer_until=None)
    Class.objects.filter(pk=row.pk).update(state=ClassState.CANCELLED, taken=0)
    record(events.ClassCancelled(class_id=row.pk), by=by, about=row)
    row.refresh_from_db()
    return row


@action(allowed=may_run_class)
def close_class(klass: Class, *, by: Actor, version: int | None = None) -> Class:
    """End a class: who never came is marked absent; invitations and the queue end.

    Raises Conflict before its last day, Invalid while somebody who came is undecided.
    """
    row = lock(klass)
    if row.state not in (ClassState.OPEN, ClassState.RUNNING):
        raise Conflict(_("This class was closed or cancelled already."))
    if clock.today() < row.end_on:
        raise Conflict(_("This class has not ended yet."))
    seats = Enrolment.objects.filter(klass=row)
    if seats.filter(state=SeatState.ATTENDED).exists():
        raise Invalid(_("Decide first for everybody who came."))
    guard_version(row, version)
    seats.filter(state=SeatState.ENROLLED).update(state=SeatState.ABSENT)
    seats.filter(state__in=[SeatState.INVITED, SeatState.WAITING]).update(
        state=SeatState.CANCELLED, has_seat=False, offer_until=None
    )
    held = seats.filter(has_seat=True).count()
    Class.objects.filter(pk=row.pk).update(state=ClassState.CLOSED, taken=held)
    passed = seats.filter(state=SeatState.PASSED).count()
    record(events.ClassClosed(class_id=row.pk, passed=passed), by=by, about=row)
    row.refresh_from_db()
    return row


def _in_state(klass: Class, after: ClassState) -> Class:
    row = lock(klass)
    if after not in rules.next_states(row.state):
        raise Conflict(_("This class has begun, or was closed or cancelled already."))
    return row
