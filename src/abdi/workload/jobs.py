"""What workload does by itself each night."""

from __future__ import annotations

from abdi.people import queries as people
from abdi.platform.actions import SYSTEM
from abdi.platform.jobs import job
from abdi.workload import actions, queries
from abdi.workload.measuring import measure_all


@job("daily 02.30")
def measure_volumes() -> None:
    """Count again how often tasks are done that collect by themselves."""
    measure_all()


@job("daily 03.00")
def compute_all_staffing() -> None:
    """Need, people and load of every unit that has tasks, and of all above them."""
    wanted = queries.units_with_tasks()
    for unit in people.units().filter(id__in=wanted):
        if queries.is_stale(unit.pk):
            actions.compute_staffing(unit, by=SYSTEM)
