"""May this actor do this in culture? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.culture.choices import CircleRole
from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.culture.models import Cause, Circle, Coaching, StepRecord, Task
    from abdi.people.models import Person, Unit

LEADING = (CircleRole.LEADER, CircleRole.SECRETARY, CircleRole.FACILITATOR)


def may_coach(by: Actor, person: Person) -> bool:
    """May this actor open a coaching case for a person: the direct superior, never for himself."""
    own = by.person_id is None or by.person_id == person.pk
    return not own and by.may("culture.coaching", "create", Where(person_id=person.pk))


def may_decide(by: Actor, coaching: Coaching) -> bool:
    """May this actor decide on a proposal: the direct superior of today."""
    if by.person_id is None or by.person_id == coaching.person_id:
        return False
    return by.may("culture.coaching", "create", Where(person_id=coaching.person_id))


def may_guide(by: Actor, coaching: Coaching) -> bool:
    """May this actor change the plan, note talks and end the case: only who opened it."""
    return by.may("culture.coaching", "update", Where(author_id=coaching.coach_id))


def may_see_coaching(by: Actor, coaching: Coaching) -> bool:
    """May this actor read a case: one of the two; the person himself once it was decided."""
    if by.person_id not in (coaching.person_id, coaching.coach_id) and not coaching.is_proposed:
        return False
    if by.person_id == coaching.person_id and coaching.is_proposed:
        return False
    return by.may("culture.coaching", "view", Where(person_id=coaching.person_id))


def member_ids(circle: Circle) -> frozenset[int]:
    """The people a group is assigned to. One query."""
    return frozenset(row.person_id for row in circle.members.all())


def leading_ids(circle: Circle) -> frozenset[int]:
    """Leader, secretary and facilitator of a group. One query."""
    return frozenset(row.person_id for row in circle.members.all() if row.role in LEADING)


def may_start_circle(by: Actor, unit: Unit) -> bool:
    """May this actor start a group in a unit."""
    return by.may("culture.group", "create", Where(agency_id=unit.agency_id))


def may_run_circle(by: Actor, circle: Circle) -> bool:
    """May this actor change or stop the group itself."""
    where = Where(agency_id=circle.agency_id, assigned=member_ids(circle))
    return by.may("culture.group", "update", where)


def may_write(by: Actor, circle: Circle) -> bool:
    """May this actor write on the pages of a group: its members."""
    return by.may("culture.proposal", "create", Where(assigned=member_ids(circle)))


def may_write_cause(by: Actor, cause: Cause) -> bool:
    """May this actor change a cause, or vote for it: members of its group."""
    return may_write(by, cause.circle)


def may_send(by: Actor, circle: Circle) -> bool:
    """May this actor send a step on: leader, secretary or facilitator."""
    return by.may("culture.proposal", "create", Where(assigned=leading_ids(circle)))


def may_approve(by: Actor, record: StepRecord) -> bool:
    """May this actor approve a step or give it back: a superior of the agency, not its sender."""
    where = Where(author_id=record.sent_by_id, agency_id=record.circle.agency_id)
    return by.may("culture.proposal", "approve", where)


def may_finish_task(by: Actor, task: Task) -> bool:
    """May this actor finish a task: whose it is, or who leads the group."""
    mine = by.person_id is not None and by.person_id == task.person_id
    return may_write(by, task.circle) and (mine or may_send(by, task.circle))


def may_hold_meeting(by: Actor, circle: Circle) -> bool:
    """May this actor write the minutes of a meeting."""
    return by.may("culture.meeting", "create", Where(assigned=member_ids(circle)))


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Proposals come from reactions; nobody presses them."""
    return by.is_system
