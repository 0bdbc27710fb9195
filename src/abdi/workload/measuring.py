"""Counting how often a task is done, from what other modules know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.actions import SYSTEM
from abdi.reports import queries as reports
from abdi.workload import actions, queries

QUARTER_DAYS = 91


def reports_of_a_year(unit_ids: Iterable[int]) -> tuple[Mapping[str, int], int]:
    """Reports closed by these units by category over up to a year, and over how many days.

    Quarters before the first report do not count, so that a young record is not taken for a
    quiet one.
    """
    units, end = list(unit_ids), clock.now()
    total: dict[str, int] = {}
    days = QUARTER_DAYS
    for back in range(4):
        newer = end - timedelta(days=QUARTER_DAYS * back)
        found = reports.volume(units, newer - timedelta(days=QUARTER_DAYS), newer)
        for category, count in found.items():
            total[category] = total.get(category, 0) + count
        if any(found.values()):
            days = QUARTER_DAYS * (back + 1)
    return total, days


def measure_all() -> int:
    """Count the volume of every task that collects by itself; returns how many tasks."""
    counted: dict[int, tuple[Mapping[str, int], int]] = {}
    tasks = list(queries.measured_tasks())
    for task in tasks:
        if task.unit_id not in counted:
            counted[task.unit_id] = reports_of_a_year(people.unit_and_below(task.unit_id))
        by_category, days = counted[task.unit_id]
        wanted = by_category.get(task.category, 0) if task.category else sum(by_category.values())
        actions.measure_volume(task, by=SYSTEM, count=wanted, days=days)
    return len(tasks)
