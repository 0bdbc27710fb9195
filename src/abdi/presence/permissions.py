"""May this actor do this with presence or leave? Asks the cells of the permission file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from abdi.people.permissions import where_person
from abdi.platform.access import Actor, Reach
from abdi.presence.choices import FileKind, LeaveKind

if TYPE_CHECKING:
    from abdi.people.models import Person
    from abdi.presence.models import CityFile, Leave, Objection, PresenceDay


def may_request(by: Actor, person: Person) -> bool:
    """May this actor ask for leave for this person: oneself, or the personnel officers."""
    return by.may("people.leave", "create", where_person(person))


def may_see_leave(by: Actor, leave: Leave) -> bool:
    """May this actor see a leave with its reason."""
    return by.may("people.leave", "view", where_person(leave.person))


def may_decide(by: Actor, leave: Leave) -> bool:
    """May this actor decide a leave; unpaid leave is none of an acting head's acts."""
    if leave.kind == LeaveKind.UNPAID:
        by = replace(by, grants=tuple(grant for grant in by.grants if not grant.acting))
    return by.may("people.leave", "decide", where_person(leave.person))


def may_cancel(by: Actor, leave: Leave) -> bool:
    """May this actor cancel a leave: one's own, or that of the team."""
    return by.may("people.leave", "cancel", where_person(leave.person))


def may_draft_permit(by: Actor, leave: Leave) -> bool:
    """May this actor have the permit of a leave drafted; never one's own."""
    if by.person_id is not None and by.person_id == leave.person_id:
        return False
    return by.may("people.letter", "create", where_person(leave.person))


def bringing(by: Actor, kind: FileKind | str) -> Reach:
    """Whose rows this actor may bring in by file: the city's, or those of his agencies."""
    resource = "people.leave" if kind == FileKind.LEAVE else "people.presence"
    return by.reach(resource, "create")


def may_bring(by: Actor, kind: FileKind | str) -> bool:
    """May this actor bring in files of this kind."""
    reach = bringing(by, kind)
    return reach.all or bool(reach.agency_ids)


def may_use_file(by: Actor, file: CityFile) -> bool:
    """May this actor see, apply or put away a file: the city's office all, an agency its own."""
    reach = bringing(by, file.kind)
    return reach.all or file.agency_id in reach.agency_ids


def may_object(by: Actor, day: PresenceDay) -> bool:
    """May this actor object to a day: only to one's own."""
    return by.may("people.presence", "object", where_person(day.person))


def may_correct(by: Actor, day: PresenceDay) -> bool:
    """May this actor correct a day; never one's own."""
    return by.may("people.presence", "correct", where_person(day.person))


def may_answer(by: Actor, objection: Objection) -> bool:
    """May this actor answer an objection; never one's own."""
    return may_correct(by, objection.day)


def may_read_others(by: Actor, people: Iterable[int]) -> bool:
    """May this actor see presence or leave of others; what he sees is limited by the query."""
    return by.holds("people.leave", "view") or by.holds("people.presence", "view")


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions that other modules' actions call inside their own permission, and SYSTEM."""
    return by.is_system
