"""May this actor do this in integrity? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.people.permissions import where_person
from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.integrity.models import AbsenceProposal, Advice
    from abdi.people.models import Person


def may_sign(by: Actor, person: Person) -> bool:
    """May this actor sign the declaration of a person: only his own."""
    return by.may("integrity.pledge", "create", Where(person_id=person.pk))


def may_ask(by: Actor, person: Person) -> bool:
    """May this actor ask in a person's name: only in his own."""
    return by.may("integrity.advice", "create", Where(person_id=person.pk))


def may_see_advice(by: Actor, advice: Advice) -> bool:
    """May this actor read a question: who asked, and the officers."""
    return by.may("integrity.advice", "view", Where(person_id=advice.person_id))


def may_answer(by: Actor, advice: Advice) -> bool:
    """May this actor answer: an officer, never his own question."""
    return by.may("integrity.advice", "answer", Where(person_id=advice.person_id))


def may_publish_pattern(by: Actor, *things: Any) -> bool:
    """May this actor publish an answer for all."""
    return by.person_id is not None and by.may("integrity.advice", "publish", Where())


def may_settle(by: Actor, proposal: AbsenceProposal) -> bool:
    """May this actor decide whether an examination begins; never about himself."""
    return by.may("integrity.discipline", "create", where_person(proposal.person))


def may_read_proposals(by: Actor, *things: Any) -> bool:
    """May this actor see proposals at all; whose is limited by the query."""
    return by.holds("integrity.discipline", "view")


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions of reactions: SYSTEM alone."""
    return by.is_system
