"""What workload does when tasks, volumes or seats change: the figures kept follow."""

from __future__ import annotations

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


def _follow(unit_id: int, cause: Entry) -> None:
    for unit in queries.units_above(unit_id):
        if queries.is_stale(unit.pk):
            actions.compute_staffing(unit, by=SYSTEM, cause=cause)
