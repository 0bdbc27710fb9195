"""Coaching: proposed from a pattern, decided and led by the superior."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from abdi.culture import events
from abdi.culture.choices import CoachingKind, CoachingOutcome, CoachingState
from abdi.culture.models import Coaching, CoachingSession
from abdi.culture.permissions import (
    may_coach,
    may_decide,
    may_guide,
    may_see_coaching,
    only_other_modules,
)
from abdi.culture.queries import Basis
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record
from abdi.training import actions as training
from abdi.training.choices import NeedReason

if TYPE_CHECKING:
    from abdi.people.models import Person


@dataclass(frozen=True)
class PlanGiven:
    """What both agreed on: kind of help, goal, what helps, the day to look again."""

    goal: str
    check_on: date
    help_text: str = ""
    kind: CoachingKind | str = CoachingKind.GUIDANCE


@action(allowed=only_other_modules)
def propose_coaching(
    person: Person, *, by: Actor, coach: Person, basis: Basis, cause: Entry
) -> Coaching:
    """Propose coaching from a pattern of low results; the superior decides.

    A live case of these two, or the same cause again, changes nothing.
    """
    known = (
        Coaching.objects.filter(cause_entry=cause.pk).first()
        or Coaching.objects.live().filter(person=person, coach=coach).first()
    )
    if known is not None:
        record(_proposed(known), by=by, about=known, cause=cause)
        return known
    row = Coaching.objects.create(
        person=person,
        coach=coach,
        unit_id=_unit_id(person),
        state=CoachingState.PROPOSED,
        basis=basis.rows,
        low_count=len(basis.pattern.refs),
        explained_count=basis.pattern.explained_count,
        first_on=basis.pattern.first_on,
        last_on=basis.pattern.last_on,
        proposed_at=clock.now(),
        cause_entry=cause.pk,
    )
    record(_proposed(row), by=by, about=row, cause=cause)
    return row


def _unit_id(person: Person) -> int:
    """The unit a person works in today; Invalid for who holds no post."""
    unit = people.unit_of(person.pk)
    if unit is None:
        raise Invalid(_("This person holds no post today."))
    return unit.pk


def _proposed(row: Coaching) -> events.CoachingProposed:
    return events.CoachingProposed(
        coaching_id=row.pk, person_id=row.person_id, unit_id=row.unit_id, low_count=row.low_count
    )


@action(allowed=may_coach)
def start_coaching(person: Person, *, by: Actor, plan: PlanGiven) -> Coaching:
    """Open a case without a proposal, because both want it.

    Raises Conflict where these two have a live case, Invalid for a plan without goal or with a
    day that is over.
    """
    _check(plan)
    person = lock(person)
    if Coaching.objects.live().filter(person=person, coach_id=by.person_id or 0).exists():
        raise Conflict(_("There is a case for this person already."))
    row = Coaching(person=person, coach_id=by.person_id or 0, unit_id=_unit_id(person))
    _open(row, plan)
    row.save(force_insert=True)
    return _told(row, events.CoachingOpened, by)


@action(allowed=may_decide)
def open_coaching(
    coaching: Coaching, *, by: Actor, plan: PlanGiven, seen: int | None = None
) -> Coaching:
    """Open a proposed case with a plan. Who decides becomes the coach.

    Raises Conflict where it was decided meanwhile, Invalid for a plan without goal.
    """
    row = _waiting(coaching, seen)
    _check(plan)
    row.coach_id = by.person_id or row.coach_id
    _open(row, plan)
    row.save()
    return _told(row, events.CoachingOpened, by)


@action(allowed=may_decide)
def decline_coaching(
    coaching: Coaching, *, by: Actor, reason: str, seen: int | None = None
) -> Coaching:
    """Not now, with a reason; the next low quarter may ask again.

    Raises Conflict where it was decided meanwhile, Invalid without a reason.
    """
    row = _waiting(coaching, seen)
    if not reason:
        raise Invalid(_("Please say why not now."), field="reason")
    row.coach_id = by.person_id or row.coach_id
    row.state = CoachingState.DECLINED
    row.reason = reason
    row.decided_at = clock.now()
    row.save()
    return _told(row, events.CoachingDeclined, by)


def _waiting(coaching: Coaching, seen: int | None) -> Coaching:
    row = lock(coaching)
    if not row.is_proposed:
        raise Conflict(_("This was decided already."), current=row)
    guard_version(row, seen)
    return row


def _check(plan: PlanGiven) -> None:
    if not plan.goal:
        raise Invalid(_("Please write what shall be reached."), field="goal")
    if plan.check_on < clock.today():
        raise Invalid(_("This day is over. Choose a coming one."), field="check_on")


def _open(row: Coaching, plan: PlanGiven) -> None:
    row.state = CoachingState.OPEN
    row.decided_at = clock.now()
    _write(row, plan)


def _write(row: Coaching, plan: PlanGiven) -> None:
    row.kind = CoachingKind(plan.kind)
    row.goal = plan.goal
    row.help_text = plan.help_text
    row.check_on = plan.check_on


def _running(coaching: Coaching, seen: int | None) -> Coaching:
    row = lock(coaching)
    if not row.is_open:
        raise Conflict(_("This case is not open."), current=row)
    guard_version(row, seen)
    return row


@action(allowed=may_guide)
def change_plan(
    coaching: Coaching, *, by: Actor, plan: PlanGiven, seen: int | None = None
) -> Coaching:
    """Change the plan of an open case."""
    row = _running(coaching, seen)
    _check(plan)
    _write(row, plan)
    row.save()
    return _told(row, events.CoachingChanged, by)


@action(allowed=may_guide)
def add_session(
    coaching: Coaching, *, by: Actor, on: date, note: str, agreed: str = ""
) -> CoachingSession:
    """Note a talk: what was said, what was agreed. Raises Invalid for a coming day."""
    row = _running(coaching, None)
    if on > clock.today():
        raise Invalid(_("This day is still to come."), field="on")
    if not note:
        raise Invalid(_("Please write what was said."), field="note")
    session = CoachingSession.objects.create(
        coaching=row, on=on, note=note, agreed=agreed, made_at=clock.now()
    )
    _told(row, events.CoachingChanged, by)
    return session


@action(allowed=may_guide)
def close_coaching(
    coaching: Coaching,
    *,
    by: Actor,
    outcome: CoachingOutcome | str,
    note: str = "",
    competency: str = "",
    seen: int | None = None,
) -> Coaching:
    """End a case. A competency asks training for a class of the unit; the person is not named.

    Raises Conflict where it is not open, Invalid for an outcome nobody knows.
    """
    if outcome not in CoachingOutcome.codes():
        raise Invalid(_("Please choose how it ended."), field="outcome")
    row = _running(coaching, seen)
    row.state = CoachingState.CLOSED
    row.outcome = CoachingOutcome(outcome)
    row.outcome_note = note
    row.closed_at = clock.now()
    row.save()
    fact = events.CoachingClosed(
        coaching_id=row.pk, person_id=row.person_id, outcome=str(row.outcome)
    )
    cause = record(fact, by=by, about=row)
    if competency:
        training.suggest_need(
            unit=row.unit,
            competency=competency,
            reason_code=NeedReason.COACHING,
            about=f"coaching:{row.closed_at:%Y-%m}",
            by=by,
            cause=cause,
        )
    return row


@action(allowed=may_see_coaching)
def note_reading(coaching: Coaching, *, by: Actor) -> None:
    """Note that one of the two opened a case."""
    read_by_other = by.person_id != coaching.person_id
    fact = events.CoachingRead(
        coaching_id=coaching.pk,
        person_id=coaching.person_id,
        people=str(coaching.person_id) if read_by_other else "",
    )
    record(fact, by=by, about=coaching)


def _told(row: Coaching, kind: Any, by: Actor) -> Coaching:
    record(kind(coaching_id=row.pk, person_id=row.person_id), by=by, about=row)
    return row
