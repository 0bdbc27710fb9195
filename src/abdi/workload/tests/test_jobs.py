"""Volumes that collect by themselves, and figures of all units each night."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from abdi.people.queries import position_of
from abdi.platform import clock
from abdi.reports.testing import a_closed_report, a_report_city
from abdi.workload import jobs, queries
from abdi.workload.models import StaffingSnapshot, Volume
from abdi.workload.testing import a_task

pytestmark = pytest.mark.django_db


def test_reports_closed_become_the_volume_of_a_task_by_category():
    where = a_report_city()
    section = where.city.section
    report = a_closed_report(where)
    lamps = a_task(report.unit, volume=None, source="reports", category="street_light_out")
    trees = a_task(report.unit, volume=None, source="reports", category="fallen_tree")
    everything = a_task(report.unit, volume=None, source="reports")
    with clock.at(datetime(2026, 3, 3, tzinfo=UTC)):
        jobs.measure_volumes()
    counted = dict(Volume.objects.values_list("task_id", "count"))
    assert counted == {lamps.pk: 1, trees.pk: 0, everything.pk: 1}
    assert Volume.objects.filter(is_measured=True, days=91).count() == 3
    assert section.agency_id == report.unit.agency_id


def test_all_units_with_tasks_and_those_above_them_get_figures():
    where = a_report_city()
    section = where.city.section
    a_task(section, position_of(where.crew.pk))
    jobs.compute_all_staffing()
    jobs.compute_all_staffing()
    assert set(StaffingSnapshot.objects.values_list("unit_id", flat=True)) == {
        section.pk,
        section.agency_id,
    }
    assert queries.snapshot_of(section.pk).formula_version == 1
