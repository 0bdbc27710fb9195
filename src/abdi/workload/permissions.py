"""May this actor do this in workload? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.people.models import Position, Unit
    from abdi.workload.models import Task


def may_set_tasks(by: Actor, unit: Unit, *more: Any) -> bool:
    """May this actor say which tasks a unit has and how long they take."""
    return by.may("workload.norm", "create", Where(agency_id=unit.agency_id))


def may_change_task(by: Actor, task: Task) -> bool:
    """May this actor change or end a task, or say how often it is done."""
    return by.may("workload.norm", "update", Where(agency_id=task.unit.agency_id))


def may_set_cover(by: Actor, position: Position) -> bool:
    """May this actor say for how many hours a post must be manned."""
    return by.may("workload.norm", "update", Where(agency_id=position.unit.agency_id))


def may_compute(by: Actor, unit: Unit) -> bool:
    """May this actor have the staffing of a unit computed and kept."""
    return by.may("workload.staffing", "create", Where(agency_id=unit.agency_id))


def may_note_skill(by: Actor, task: Task, person: Any) -> bool:
    """May this actor note that a person knows a task."""
    return may_change_task(by, task)


def may_read_leavers(by: Actor, people: Any) -> bool:
    """May this actor read who leaves when, as far as he reaches."""
    return not by.reach("people.profile", "view").nothing
