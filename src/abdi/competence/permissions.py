"""May this actor do this in competence? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.competence.models import Assessment, Result, Standard
from abdi.people.permissions import agency_of_person
from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.people.models import Person, Position


def where_assessment(assessment: Assessment) -> Where:
    """Where the assessment of a person stands for the scopes."""
    return Where(person_id=assessment.person_id, agency_id=assessment.agency_id)


def may_open_round(by: Actor) -> bool:
    """May this actor set the dates of a round: who settles results sets them too."""
    return by.may("competence.result", "finalise", Where())


def may_start(by: Actor, person: Person) -> bool:
    """May this actor begin to assess this person: only himself."""
    assigned = frozenset({person.pk})
    mine = by.person_id is not None and by.person_id == person.pk
    where = Where(person_id=person.pk, assigned=assigned)
    return mine and by.may("competence.answer", "create", where)


def may_answer(by: Actor, assessment: Assessment) -> bool:
    """May this actor answer for himself in this assessment."""
    mine = by.person_id is not None and by.person_id == assessment.person_id
    return mine and by.may("competence.answer", "update", where_assessment(assessment))


def may_answer_as_superior(by: Actor, assessment: Assessment) -> bool:
    """May this actor answer the same list about one of his team; never about himself."""
    if by.person_id is None or by.person_id == assessment.person_id:
        return False
    return by.may("competence.answer", "create", where_assessment(assessment))


def may_settle(by: Actor, assessment: Assessment) -> bool:
    """May this actor settle the levels of this person."""
    return by.may("competence.result", "finalise", where_assessment(assessment))


def may_confirm(by: Actor, result: Result) -> bool:
    """May this actor raise a level on evidence."""
    where = Where(person_id=result.person_id, agency_id=result.agency_id)
    return by.may("competence.result", "finalise", where)


def may_see_results(by: Actor, person: Person) -> bool:
    """May this actor see the levels of this person."""
    where = Where(person_id=person.pk, agency_id=agency_of_person(person.pk))
    return by.may("competence.result", "view", where)


def may_read_levels(by: Actor, people: Any) -> bool:
    """Whether this actor may see levels or gaps of others at all; the query limits whose."""
    reaches = (by.reach(resource, "view") for resource in ("competence.result", "competence.gap"))
    return any(reach.all or reach.agency_ids or reach.team_ids for reach in reaches)


def may_draft_standard(by: Actor, position: Position) -> bool:
    """May this actor write the standard of a position."""
    return by.may("competence.standard", "update", Where(agency_id=position.unit.agency_id))


def may_approve_standard(by: Actor, standard: Standard) -> bool:
    """May this actor put a standard in force; never its author."""
    return by.may("competence.standard", "approve", Where(author_id=standard.author_id))


def may_ask_for_standard(by: Actor, position: Position) -> bool:
    """Anybody who works here may say that a position has no standard."""
    return by.is_signed_in and by.holds("people.placement", "view")


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Evidence comes from actions of other modules, inside their own permission, and SYSTEM."""
    return by.is_system
