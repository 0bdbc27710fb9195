"""Builders for tests: tasks, volumes, standby posts."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from abdi.platform.actions import SYSTEM
from abdi.workload import actions
from abdi.workload.models import Cover, StaffingSnapshot, Task

if TYPE_CHECKING:
    from abdi.people.models import Position, Unit

_numbers = itertools.count(1)


def a_task(
    unit: Unit,
    position: Position | None = None,
    *,
    name: str = "",
    minutes: int = 75,
    volume: int | None = 1000,
    source: str = "typed",
    category: str = "",
) -> Task:
    """A task; by default 1,000 results a year of 75 minutes, the time of one person."""
    given = actions.TaskInput(
        name or f"Tugas {next(_numbers)}", "laporan", minutes, source, category, volume
    )
    return actions.add_task(unit, by=SYSTEM, given=given, position=position)


def a_measured_task(
    unit: Unit, position: Position | None = None, *, minutes: int = 90, count: int, days: int = 365
) -> Task:
    """A task whose volume was counted from reports."""
    task = a_task(unit, position, minutes=minutes, volume=None, source="reports")
    actions.measure_volume(task, by=SYSTEM, count=count, days=days)
    return task


def a_standby_post(position: Position, *, seats: int = 1, hours: int = 8760) -> Cover:
    """A post that must be manned, by default one seat day and night."""
    return actions.set_cover(position, by=SYSTEM, seats=seats, hours_per_year=hours)


def a_snapshot(unit: Unit) -> StaffingSnapshot:
    """The figures of a unit, computed and kept."""
    return actions.compute_staffing(unit, by=SYSTEM)
