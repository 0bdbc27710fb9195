"""Presence, and who passed: passing gives evidence, never a level."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abdi.competence import actions as competence
from abdi.competence.choices import EvidenceKind
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record
from abdi.training import events
from abdi.training.choices import ClassState, SeatState
from abdi.training.models import Class, Enrolment, Presence, Session
from abdi.training.permissions import may_complete, may_mark, may_unmark

REASON_LEAST = 10
BEST_SCORE = 100


@action(allowed=may_mark)
def mark_present(enrolment: Enrolment, session: Session, *, by: Actor) -> Presence:
    """Note that a person was there; the same twice changes nothing.

    Raises Conflict for a person without a seat or another class's session.
    """
    row = lock(enrolment)
    if session.klass_id != row.klass_id or row.state not in (
        SeatState.ENROLLED,
        SeatState.ATTENDED,
    ):
        raise Conflict(_("This person has no open seat in the class."))
    kept, _made = Presence.objects.get_or_create(
        enrolment=row, session=session, defaults={"marked_at": clock.now()}
    )
    if row.state == SeatState.ENROLLED:
        row.state = SeatState.ATTENDED
        row.save(update_fields=["state"])
    Class.objects.filter(
        pk=row.klass_id, state=ClassState.OPEN, start_on__lte=clock.today()
    ).update(state=ClassState.RUNNING)
    fact = events.PresenceMarked(
        class_id=row.klass_id, person_id=row.person_id, session_id=session.pk
    )
    record(fact, by=by, about=row)
    return kept


@action(allowed=may_unmark)
def unmark_present(enrolment: Enrolment, session: Session, *, by: Actor, reason: str) -> Enrolment:
    """Take a wrong presence back, with a reason of ten characters or more."""
    row = lock(enrolment)
    if row.state not in (SeatState.ENROLLED, SeatState.ATTENDED):
        raise Conflict(_("This person was decided on already."))
    if len(reason.strip()) < REASON_LEAST:
        raise Invalid(_("Please give a reason of at least ten characters."), field="reason")
    Presence.objects.filter(enrolment=row, session=session).delete()
    if not Presence.objects.filter(enrolment=row).exists():
        row.state = SeatState.ENROLLED
        row.save(update_fields=["state"])
    fact = events.PresenceCorrected(
        class_id=row.klass_id, person_id=row.person_id, session_id=session.pk
    )
    record(fact, by=by, about=row)
    return row


@action(allowed=may_complete)
def complete(
    enrolment: Enrolment, *, by: Actor, passed: bool = True, score: int | None = None
) -> Enrolment:
    """Decide whether a person passed; passing adds evidence to the competency taught.

    Raises Conflict for a person who was not present or is decided, Invalid for a wrong score.
    """
    row = lock(enrolment)
    if row.state != SeatState.ATTENDED:
        raise Conflict(_("Only a person who was present and is not decided yet can pass."))
    if score is not None and not 0 <= score <= BEST_SCORE:
        raise Invalid(_("Please use a score from 0 to 100."), field="score")
    row.state = SeatState.PASSED if passed else SeatState.NOT_PASSED
    row.score = score
    row.decided_at = clock.now()
    row.save(update_fields=["state", "score", "decided_at"])
    if passed:
        _credit(row, by)
    else:
        fact = events.ClassNotPassed(class_id=row.klass_id, person_id=row.person_id)
        record(fact, by=by, about=row)
    return row


def _credit(row: Enrolment, by: Actor) -> None:
    klass = row.klass
    fact = events.ClassPassed(
        class_id=klass.pk,
        person_id=row.person_id,
        competency=klass.competency,
        level=klass.level,
        hours=klass.hours,
    )
    cause = record(fact, by=by, about=row)
    competence.add_evidence(
        row.person,
        competency=klass.competency,
        kind=EvidenceKind.CLASS,
        about=klass.ref,
        note_code=f"level_{klass.level}",
        on=min(klass.end_on, clock.today()),
        by=by,
        cause=cause,
    )
