"""Seats: who is in a class, who waits, and at which place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from abdi.competence import queries as competence
from abdi.people import queries as people
from abdi.platform.access import Actor, Reach
from abdi.training.choices import SeatState
from abdi.training.models import Class, Enrolment

if TYPE_CHECKING:
    from abdi.people.models import Person

ORDER = ("queued_at", "id")
GONE = (SeatState.CANCELLED, SeatState.REPLACED)


def reached(reach: Reach, actor: Actor, prefix: str = "") -> Q:
    """The seats a reach covers: own, team's, agency's, and those of classes one runs."""
    if reach.all:
        return Q()
    found = Q(**{f"{prefix}agency_id__in": reach.agency_ids})
    people = set(reach.team_ids)
    if reach.self_id is not None:
        people.add(reach.self_id)
    found |= Q(**{f"{prefix}person_id__in": people})
    if reach.assigned:
        found |= Q(**{f"{prefix}klass__organiser_id": actor.person_id})
        found |= Q(**{f"{prefix}klass__trainer_id": actor.person_id})
    return found


def visible_enrolments(actor: Actor) -> QuerySet[Enrolment]:
    """Seats this actor may see."""
    reach = actor.reach("training.enrolment", "view")
    return Enrolment.objects.filter(reached(reach, actor)).select_related("klass", "person")


def enrolment_of(klass: Class, person_id: int | None) -> Enrolment | None:
    """The seat (or place in the queue) of a person in a class."""
    if person_id is None:
        return None
    return Enrolment.objects.filter(klass=klass, person_id=person_id).first()


def enrolments_of(person_id: int) -> QuerySet[Enrolment]:
    """All classes of a person, newest first."""
    return (
        Enrolment.objects.filter(person_id=person_id)
        .select_related("klass")
        .order_by("-klass__start_on", "-id")
    )


def participants(klass: Class) -> QuerySet[Enrolment]:
    """Everybody in a class by state: seats first, then invitations, then the queue."""
    return (
        Enrolment.objects.filter(klass=klass)
        .exclude(state__in=GONE)
        .select_related("person", "klass")
        .order_by("-has_seat", "person__name", "id")
    )


def rank_in_queue(enrolment: Enrolment) -> int | None:
    """Place in the waiting list, from 1; None for who does not wait."""
    if enrolment.state != SeatState.WAITING:
        return None
    before = Q(queued_at__lt=enrolment.queued_at) | Q(
        queued_at=enrolment.queued_at, id__lt=enrolment.pk
    )
    waiting = Enrolment.objects.filter(klass_id=enrolment.klass_id, state=SeatState.WAITING)
    return waiting.filter(before).count() + 1


def largest_gaps_without_seat(
    klass: Class, limit: int = 10, agency_id: int | None = None
) -> list[competence.Gap]:
    """Who lacks most in what a class teaches and is not in it yet."""
    inside = set(
        Enrolment.objects.filter(klass=klass)
        .exclude(state__in=GONE)
        .values_list("person_id", flat=True)
    )
    wide = competence.largest_gaps(klass.competency, limit + len(inside), agency_id)
    return [gap for gap in wide if gap.person_id not in inside and gap.held < klass.level][:limit]


def invitable(klass: Class, limit: int = 10) -> list[tuple[Person, competence.Gap]]:
    """The people with the largest gaps in what a class teaches, who are not in it yet."""
    gaps = largest_gaps_without_seat(klass, limit)
    found = people.persons().in_bulk([gap.person_id for gap in gaps])
    return [(found[gap.person_id], gap) for gap in gaps]


def person_named(words: str) -> Person | None:
    """Somebody by employee number, or by his whole name where only one bears it."""
    digits = words.replace(" ", "")
    if digits.isdigit():
        return people.persons().active().filter(employee_number=digits).first()
    rows = list(people.persons().active().filter(name__iexact=words.strip())[:2])
    return rows[0] if len(rows) == 1 else None
