"""Who sits where: definite posts, acting heads, additional duties, each with its days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import events, rules
from abdi.people.actions.freezing import stop_if_frozen
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Leaving, Person, Position, Unit
from abdi.people.permissions import (
    agency_of_person,
    may_appoint,
    may_end_placement,
    may_end_service,
    may_place,
)
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms

ACTING = (AssignmentKind.PLT, AssignmentKind.PLH)


@action(allowed=may_place)
def place_person(
    person: Person,
    unit: Unit,
    *,
    by: Actor,
    position: Position,
    start_on: date,
    end_on: date | None = None,
    kind: str = AssignmentKind.DEFINITE,
    decree: str = "",
    extension: int = 0,
) -> Assignment:
    """Seat a person in a position from a day on; a definite seat ends the one before.

    Raises Invalid where the position is of another unit, the acting term is too long
    (rules of facts/position_tiers: Plt three months, once extended) or a freeze stops it.
    """
    if position.unit_id != unit.pk:
        raise Invalid(_("This position belongs to another unit."), field="position")
    _check_acting(kind, start_on, end_on, extension)
    lock(person)
    stop_if_frozen(person, str(kind), start_on)
    if kind == AssignmentKind.DEFINITE:
        _end_definite(person, start_on)
    row = Assignment.objects.create(
        person=person,
        position=position,
        kind=kind,
        start_on=start_on,
        end_on=end_on,
        decree=decree,
        extension=extension,
    )
    fact = events.PersonPlaced(
        assignment_id=row.pk, person_id=person.pk, unit_id=unit.pk, kind=str(kind)
    )
    record(fact, by=by, about=person)
    _announce_acting(row, by)
    return row


def _announce_acting(row: Assignment, by: Actor) -> None:
    if row.kind not in ACTING or row.end_on is None:
        return
    fact = events.ActingAppointed(
        assignment_id=row.pk,
        person_id=row.person_id,
        position_id=row.position_id,
        kind=str(row.kind),
        start=row.start_on.isoformat(),
        end=row.end_on.isoformat(),
        extension=row.extension,
    )
    record(fact, by=by, about=row)


def _check_acting(kind: str, start_on: date, end_on: date | None, extension: int) -> None:
    if kind not in ACTING:
        return
    if end_on is None:
        raise Invalid(_("An acting head needs a last day."), field="end_on")
    term = rules.acting_term(str(kind), start_on, end_on, extension, norms("people", on=start_on))
    if not term.allowed:
        raise Invalid(_("An acting head may not serve this long."), field="end_on")


def _end_definite(person: Person, start_on: date) -> None:
    """The definite post until now ends the day before; one that begins later stands in the way."""
    lasting = Q(end_on__isnull=True) | Q(end_on__gte=start_on)
    rows = Assignment.objects.filter(lasting, person=person, kind=AssignmentKind.DEFINITE)
    for row in rows:
        if row.start_on >= start_on:
            raise Invalid(_("This person has another post from then on."), field="start_on")
        row.end_on = start_on - timedelta(days=1)
        row.save(update_fields=["end_on"])


@action(allowed=may_appoint)
def appoint_acting(
    position: Position,
    person: Person,
    *,
    by: Actor,
    kind: str,
    start_on: date,
    end_on: date | None,
    decree: str = "",
) -> Assignment:
    """Appoint a Plt or Plh for the head of a unit; announces ActingAppointed.

    A second Plt term of the same person while the post stays vacant is the extension, a third is
    refused. Raises Invalid where the post leads nothing, the term is too long, the person or
    somebody else is there already, or a Plt is asked for a post that is held.
    """
    lock(position)
    if not position.is_head:
        raise Invalid(_("Only a head's post has an acting head."), field="position")
    _check_holders(position, person, kind, start_on, end_on)
    extension = _extension(position, person, start_on) if kind == AssignmentKind.PLT else 0
    return place_person(
        person,
        position.unit,
        by=by,
        position=position,
        kind=kind,
        start_on=start_on,
        end_on=end_on,
        decree=decree,
        extension=extension,
    )


def _check_holders(
    position: Position, person: Person, kind: str, start_on: date, end_on: date | None
) -> None:
    last = end_on or start_on
    overlap = Q(start_on__lte=last) & (Q(end_on__isnull=True) | Q(end_on__gte=start_on))
    rows = list(Assignment.objects.filter(overlap, position=position))
    if last < start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if any(row.person_id == person.pk for row in rows):
        raise Invalid(_("This person holds the post on these days already."), field="person")
    if kind == AssignmentKind.PLT and any(row.kind == AssignmentKind.DEFINITE for row in rows):
        raise Invalid(_("The post is held: a stand-in is a Plh, not a Plt."), field="kind")
    if any(row.kind == kind for row in rows):
        raise Invalid(_("Somebody else is appointed for these days."), field="start_on")


def _extension(position: Position, person: Person, start_on: date) -> int:
    """Which term this is: 0 the first, 1 the extension, 2 one too many.

    Terms count since the post was last held for good.
    """
    before = Assignment.objects.filter(position=position, start_on__lt=start_on)
    held = before.filter(kind=AssignmentKind.DEFINITE).order_by("-start_on").first()
    terms = before.filter(kind=AssignmentKind.PLT, person=person)
    if held is not None:
        terms = terms.filter(start_on__gt=held.start_on)
    return terms.count()


@action(allowed=may_end_service)
def end_service(person: Person, *, by: Actor, left_on: date) -> Person:
    """Note the last day of somebody who leaves; his posts end with it, his access five minutes on.

    Raises Invalid for a day ahead or before his latest post began, Conflict where he left already.
    """
    person = lock(person)
    if person.left_on is not None:
        raise Conflict(_("This person has left already."), current=person)
    if left_on > clock.today():
        raise Invalid(_("Note the last day when it has come, not ahead."), field="left_on")
    posts = Assignment.objects.filter(person=person)
    if posts.filter(start_on__gt=left_on).exists():
        raise Invalid(_("The last day lies before the first of the latest post."), field="left_on")
    ended = posts.filter(Q(end_on__isnull=True) | Q(end_on__gt=left_on))
    Leaving.objects.create(
        person=person,
        agency_id=agency_of_person(person.pk),
        last_on=left_on,
        posts={str(row.pk): row.end_on.isoformat() if row.end_on else "" for row in ended},
        noted_by=by.ref,
        noted_at=clock.now(),
    )
    ended.update(end_on=left_on)
    person.left_on = left_on
    person.version += 1
    person.save(update_fields=["left_on", "version"])
    record(events.PersonLeft(person_id=person.pk, on=left_on.isoformat()), by=by, about=person)
    return person


@action(allowed=may_end_placement)
def end_placement(assignment: Assignment, *, by: Actor, end_on: date) -> Assignment:
    """Give an assignment its last day; raises Invalid before its first, Conflict where it ended."""
    row = lock(assignment)
    if end_on < row.start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if row.end_on is not None and row.end_on < end_on:
        raise Conflict(_("This post has ended before."), current=row)
    row.end_on = end_on
    row.save(update_fields=["end_on"])
    fact = events.PlacementEnded(assignment_id=row.pk, person_id=row.person_id)
    record(fact, by=by, about=row.person)
    return row
