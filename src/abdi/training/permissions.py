"""May this actor do this in training? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.people.permissions import agency_of_person
from abdi.platform.access import Actor, Where
from abdi.training.models import Certificate, Class, Enrolment, Proposal

if TYPE_CHECKING:
    from abdi.people.models import Person


def assigned_to(klass: Class) -> frozenset[int]:
    """The people a class is assigned to: organiser and teacher."""
    return frozenset(pk for pk in (klass.organiser_id, klass.trainer_id) if pk)


def where_enrolment(enrolment: Enrolment) -> Where:
    """Where the seat of a person stands for the scopes."""
    return Where(
        person_id=enrolment.person_id,
        agency_id=enrolment.agency_id,
        assigned=assigned_to(enrolment.klass),
    )


def where_candidate(klass: Class, person: Person) -> Where:
    """Where a person stands who has no seat yet."""
    return Where(
        person_id=person.pk,
        agency_id=agency_of_person(person.pk),
        assigned=assigned_to(klass),
    )


def may_open_class(by: Actor, *things: Any) -> bool:
    """May this actor open a class."""
    return by.may("training.catalogue", "create", Where())


def may_run_class(by: Actor, klass: Class) -> bool:
    """May this actor change, cancel or close this class."""
    return by.may("training.catalogue", "update", Where())


def may_change_plan(by: Actor, proposal: Proposal) -> bool:
    """May this actor cost or set aside a proposal of the year's plan."""
    return by.may("training.plan", "update", Where(agency_id=proposal.agency_id)) or (
        by.may("training.catalogue", "update", Where())
    )


def may_enrol(by: Actor, klass: Class, person: Person) -> bool:
    """May this actor enrol this person: himself, his team, his agency, or as the organiser."""
    return by.may("training.enrolment", "create", where_candidate(klass, person))


def may_invite(by: Actor, klass: Class, person: Person) -> bool:
    """May this actor invite this person: who nominates, or the organiser of the class."""
    where = where_candidate(klass, person)
    if by.person_id is not None and by.person_id == person.pk:
        return False
    return by.may("training.nomination", "create", where) or (
        by.may("training.enrolment", "create", where)
    )


def may_answer_seat(by: Actor, enrolment: Enrolment) -> bool:
    """May this actor take or leave the place offered: only the person himself."""
    mine = by.person_id is not None and by.person_id == enrolment.person_id
    return mine and by.may("training.nomination", "answer", where_enrolment(enrolment))


def may_cancel_seat(by: Actor, enrolment: Enrolment) -> bool:
    """May this actor give back the seat."""
    return by.may("training.enrolment", "cancel", where_enrolment(enrolment))


def may_replace(by: Actor, enrolment: Enrolment, person: Person) -> bool:
    """May this actor seat another person in the place of the one invited."""
    return by.may("training.enrolment", "substitute", where_enrolment(enrolment))


def may_mark(by: Actor, enrolment: Enrolment, *things: Any) -> bool:
    """May this actor mark presence: organiser and teacher of the class."""
    if by.person_id is not None and by.person_id == enrolment.person_id:
        return False
    return by.may("training.attendance", "create", where_enrolment(enrolment))


def may_unmark(by: Actor, enrolment: Enrolment, *things: Any) -> bool:
    """May this actor correct presence, with a reason."""
    return by.may("training.attendance", "correct", where_enrolment(enrolment))


def may_complete(by: Actor, enrolment: Enrolment) -> bool:
    """May this actor decide whether a person passed; never about himself."""
    return by.may("training.test_result", "create", where_enrolment(enrolment))


def may_issue(by: Actor, enrolment: Enrolment) -> bool:
    """May this actor issue the certificate; never his own."""
    return by.may("training.certificate", "issue", where_enrolment(enrolment))


def may_revoke(by: Actor, certificate: Certificate) -> bool:
    """May this actor ask to withdraw a certificate."""
    where = where_enrolment(certificate.enrolment)
    return by.may("training.certificate", "revoke", where)


def may_confirm_revoke(by: Actor, certificate: Certificate) -> bool:
    """May this actor decide on a withdrawal: a second organiser, not the holder."""
    if by.person_id in (None, certificate.revoke_asked_by_id, certificate.enrolment.person_id):
        return False
    return by.holds("training.certificate", "revoke")


def may_read_hours(by: Actor, people: Any) -> bool:
    """Whether this actor may see learning hours of others at all; the query limits whose."""
    reach = by.reach("training.enrolment", "view")
    return reach.all or bool(reach.agency_ids or reach.team_ids)


def may_see_certificate(by: Actor, certificate: Certificate) -> bool:
    """May this actor open the certificate itself."""
    return by.may("training.certificate", "view", where_enrolment(certificate.enrolment))


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Needs and proposals come from actions and reactions, inside their own permission."""
    return by.is_system
