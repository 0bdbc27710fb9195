"""Seats: taken one at a time by a conditional update, so that no class is oversold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext as _

from abdi.people import actions as people
from abdi.people.choices import TimeKind
from abdi.people.permissions import agency_of_person
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action, lock
from abdi.platform.clocks import after_hours
from abdi.platform.journal import record
from abdi.training import events, queries, rules
from abdi.training.choices import ClassState, SeatState
from abdi.training.models import Class, Enrolment, Session
from abdi.training.permissions import (
    may_answer_seat,
    may_cancel_seat,
    may_enrol,
    may_invite,
    may_replace,
    only_other_modules,
)

if TYPE_CHECKING:
    from abdi.people.models import Person

OFFER_HOURS: Final = 48
"""How long a freed seat is kept for the first of the waiting list."""


@action(allowed=may_enrol)
def enrol(klass: Class, person: Person, *, by: Actor, despite_clash: bool = False) -> Enrolment:
    """Give a person a seat, or the next place in the waiting list when all are taken.

    Raises Conflict where the class takes nobody, the person is in it already, or his time is
    taken (by a shift or meeting only unless `despite_clash`).
    """
    _takes_enrolments(klass)
    _check_time(klass, person, despite_clash)
    row = _place(klass, person)
    if row.state in (SeatState.ENROLLED, SeatState.ATTENDED, SeatState.WAITING):
        raise Conflict(_("This person is in the class already."))
    _seat_or_queue(row, klass, person, by)
    return row


@action(allowed=may_invite)
def invite(klass: Class, person: Person, *, by: Actor) -> Enrolment:
    """Ask a person to come; an invitation holds no seat until it is accepted."""
    _takes_enrolments(klass)
    row = _place(klass, person)
    if row.state not in (SeatState.CANCELLED, SeatState.INVITED):
        raise Conflict(_("This person is in the class already."))
    if row.state == SeatState.CANCELLED:
        _change(row, SeatState.INVITED, queued_at=clock.now())
    fact = events.PersonInvited(class_id=klass.pk, person_id=person.pk, has_seat=row.has_seat)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_answer_seat)
def accept(enrolment: Enrolment, *, by: Actor, despite_clash: bool = False) -> Enrolment:
    """Take the place one was invited to or offered. Raises Conflict where it is gone."""
    row = lock(enrolment)
    klass = row.klass
    _takes_enrolments(klass)
    if row.state != SeatState.INVITED:
        raise Conflict(_("This offer is no longer open."))
    _check_time(klass, row.person, despite_clash)
    if row.has_seat:
        _change(row, SeatState.ENROLLED, has_seat=True, offer_until=None)
        _seated(row, klass, row.person, by)
    else:
        _seat_or_queue(row, klass, row.person, by)
    return row


@action(allowed=may_cancel_seat)
def cancel(enrolment: Enrolment, *, by: Actor) -> Enrolment:
    """Give a place back; a freed seat is offered to the first who waits."""
    row = lock(enrolment)
    if SeatState.CANCELLED not in rules.next_seat_states(SeatState(row.state)):
        raise Conflict(_("This place can no longer be given back."))
    klass = row.klass
    _leave(row, klass, SeatState.CANCELLED, by)
    fact = events.SeatGivenBack(class_id=klass.pk, person_id=row.person_id)
    record(fact, by=by, about=row)
    _offer_next(klass, by)
    return row


@action(allowed=only_other_modules)
def release_offer(enrolment: Enrolment, *, by: Actor) -> Enrolment:
    """End an offer nobody answered in time and offer the seat to the next (job)."""
    row = lock(enrolment)
    late = row.offer_until is not None and row.offer_until <= clock.now()
    if row.state != SeatState.INVITED or not row.has_seat or not late:
        raise Conflict(_("This offer is no longer open."))
    _leave(row, row.klass, SeatState.CANCELLED, by)
    fact = events.SeatGivenBack(class_id=row.klass_id, person_id=row.person_id)
    record(fact, by=by, about=row)
    _offer_next(row.klass, by)
    return row


@action(allowed=may_replace)
def replace(enrolment: Enrolment, person: Person, *, by: Actor) -> Enrolment:
    """Seat another person at the door; the one invited is replaced, not absent.

    The seat is counted once. Raises Conflict where the place cannot change hands any more.
    """
    row = lock(enrolment)
    klass = row.klass
    if SeatState.REPLACED not in rules.next_seat_states(SeatState(row.state)):
        raise Conflict(_("This place can no longer change hands."))
    other = _place(klass, person)
    if other.pk == row.pk or other.has_seat:
        raise Conflict(_("This person is in the class already."))
    had_seat = row.has_seat
    people.free_time(klass.ref, by=by, person=row.person)
    _change(row, SeatState.REPLACED, replaced_by=other, offer_until=None)
    if had_seat:
        _change(other, SeatState.ENROLLED, has_seat=True)
        _seated(other, klass, person, by)
    else:
        _seat_or_queue(other, klass, person, by)
    fact = events.PersonReplaced(class_id=klass.pk, person_id=row.person_id, by_person_id=person.pk)
    record(fact, by=by, about=row)
    return other


def take_seat(klass: Class) -> bool:
    """Take one seat where one is free: the guard that keeps a class from being oversold."""
    free = Class.objects.filter(pk=klass.pk, state=ClassState.OPEN, taken__lt=F("capacity"))
    return free.update(taken=F("taken") + 1) == 1


def _takes_enrolments(klass: Class) -> None:
    klass.refresh_from_db(fields=["state", "taken", "capacity"])
    if klass.state != ClassState.OPEN or klass.end_on < clock.today():
        raise Conflict(_("This class takes no enrolments any more."))


def _check_time(klass: Class, person: Person, despite_clash: bool) -> None:
    for piece in queries.clashes(person.pk, klass):
        if piece.kind in (TimeKind.CLASS, TimeKind.LEAVE):
            raise Conflict(_("The time of this class is taken already by a class or leave."))
        if not despite_clash:
            raise Conflict(
                _("The time of this class is taken by a duty shift. Swap the shift first.")
            )


def _place(klass: Class, person: Person) -> Enrolment:
    """The row of a person in a class; made as withdrawn, which holds nothing."""
    row, _made = Enrolment.objects.get_or_create(
        klass=klass,
        person=person,
        defaults={
            "agency_id": agency_of_person(person.pk),
            "state": SeatState.CANCELLED,
            "queued_at": clock.now(),
        },
    )
    return lock(row)


def _seat_or_queue(row: Enrolment, klass: Class, person: Person, by: Actor) -> None:
    if take_seat(klass):
        _change(row, SeatState.ENROLLED, has_seat=True, offer_until=None)
        _seated(row, klass, person, by)
        return
    _change(row, SeatState.WAITING, has_seat=False, queued_at=clock.now())
    fact = events.PersonQueued(class_id=klass.pk, person_id=person.pk)
    record(fact, by=by, about=row)


def _seated(row: Enrolment, klass: Class, person: Person, by: Actor) -> None:
    for session in Session.objects.filter(klass=klass).order_by("start_at"):
        people.take_time(
            person,
            start=session.start_at,
            end=session.end_at,
            kind=TimeKind.CLASS,
            about=klass.ref,
            by=by,
        )
    fact = events.PersonEnrolled(class_id=klass.pk, person_id=person.pk)
    record(fact, by=by, about=row)


def _leave(row: Enrolment, klass: Class, state: SeatState, by: Actor) -> None:
    had_seat = row.has_seat
    people.free_time(klass.ref, by=by, person=row.person)
    _change(row, state, has_seat=False, offer_until=None)
    if had_seat:
        Class.objects.filter(pk=klass.pk).update(taken=F("taken") - 1)


def _offer_next(klass: Class, by: Actor) -> None:
    """Keep a freed seat for the first who waits, for two days."""
    first = (
        Enrolment.objects.filter(klass=klass, state=SeatState.WAITING)
        .order_by("queued_at", "id")
        .first()
    )
    if first is None or not take_seat(klass):
        return
    until = after_hours(clock.now(), OFFER_HOURS)
    _change(first, SeatState.INVITED, has_seat=True, offer_until=until)
    fact = events.PersonInvited(class_id=klass.pk, person_id=first.person_id, has_seat=True)
    record(fact, by=by, about=first)


def _change(row: Enrolment, state: SeatState, **columns: object) -> None:
    values = {"has_seat": False, **columns, "state": state}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
