"""What workload does when tasks, volumes or seats change: the figures kept follow."""

from __future__ import annotations

from datetime import date

from abdi.people import events as people_events
from abdi.people import queries as people
from abdi.platform.actions import SYSTEM
from abdi.platform.journal import Entry, reacts_to
from abdi.workload import actions, events, queries


@reacts_to(events.TaskSet)
def follow_task(event: events.TaskSet, *, cause: Entry) -> None:
    """A task came or changed."""
    _follow(event.unit_id, cause)


@reacts_to(events.TaskEnded)
def follow_end(event: events.TaskEnded, *, cause: Entry) -> None:
    """A task ended."""
    _follow(event.unit_id, cause)


@reacts_to(events.VolumeSet)
def follow_volume(event: events.VolumeSet, *, cause: Entry) -> None:
    """A task is done more or less often."""
    _follow(event.unit_id, cause)


@reacts_to(events.CoverSet)
def follow_cover(event: events.CoverSet, *, cause: Entry) -> None:
    """A post must be manned for other hours."""
    _follow(event.unit_id, cause)


@reacts_to(people_events.PositionSucceeded)
def carry_tasks(event: people_events.PositionSucceeded, *, cause: Entry) -> None:
    """A post continues in another unit: tasks, volumes, skills and cover go along."""
    before, after = people.post(event.position_id), people.post(event.successor_id)
    if before is None or after is None:
        return
    if queries.tasks_to_carry(before).exists() or queries.cover_to_carry(before, after):
        day = date.fromisoformat(event.on)
        actions.carry_tasks(before, after, by=SYSTEM, on=day, cause=cause)


@reacts_to(people_events.UnitSucceeded)
def carry_unit_tasks(event: people_events.UnitSucceeded, *, cause: Entry) -> None:
    """A unit goes into another: what it did as a whole is done there. A split leaves it."""
    units = people.all_units().in_bulk([event.unit_id, event.successor_id])
    before, after = units[event.unit_id], units[event.successor_id]
    if before.end_on is not None and queries.unit_tasks_to_carry(before).exists():
        day = date.fromisoformat(event.on)
        actions.carry_unit_tasks(before, after, by=SYSTEM, on=day, cause=cause)


@reacts_to(events.TasksCarried)
def follow_carried(event: events.TasksCarried, *, cause: Entry) -> None:
    """Tasks went with a post: both units have another load."""
    if event.count:
        _follow(event.from_unit_id, cause)
        _follow(event.unit_id, cause)


def _follow(unit_id: int, cause: Entry) -> None:
    for unit in queries.units_above(unit_id):
        if queries.is_stale(unit.pk):
            actions.compute_staffing(unit, by=SYSTEM, cause=cause)
