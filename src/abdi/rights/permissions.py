"""May this actor see or close a right? Asks the cells of the personnel record.

facts/permissions has no cell of its own for rights: they are read from the profile and written
into it, so they ask `people.profile`; letters ask `people.letter`. Nobody closes his own
(sod_self of the file).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from abdi.people.permissions import where_person
from abdi.platform.access import Actor

if TYPE_CHECKING:
    from abdi.rights.models import Right


def may_see(by: Actor, right: Right) -> bool:
    """May this actor see a right of a person."""
    return by.may("people.profile", "view", where_person(right.person))


def may_close(by: Actor, right: Right) -> bool:
    """May this actor give a right or set it aside: the personnel officers, never one's own."""
    if by.person_id is not None and by.person_id == right.person_id:
        return False
    return by.may("people.profile", "update", where_person(right.person))


def may_draft(by: Actor, right: Right) -> bool:
    """May this actor have the letter drafted."""
    return may_close(by, right) and by.may("people.letter", "create", where_person(right.person))


def may_read_others(by: Actor, people: Iterable[int]) -> bool:
    """May this actor see rights of others; whose is limited by the query."""
    return by.holds("people.profile", "view")


def closes_any(by: Actor) -> bool:
    """Whether this actor gives rights to others at all."""
    reach = by.reach("people.profile", "update")
    return reach.all or bool(reach.agency_ids)


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions of jobs: SYSTEM alone."""
    return by.is_system
