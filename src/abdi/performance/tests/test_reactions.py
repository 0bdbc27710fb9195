"""From a closed report to a figure, and from a load to an evaluation."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from abdi.people.testing import a_city
from abdi.performance import jobs, queries
from abdi.performance.choices import Measure
from abdi.performance.models import Evaluation, Period, Result
from abdi.performance.testing import a_plan, a_target, an_evaluation, periods
from abdi.platform import clock
from abdi.platform.journal import deliver_due
from abdi.reports import actions as reports
from abdi.reports.testing import a_closed_report, a_report_city, reporter_of
from abdi.workload.testing import a_snapshot, a_task

pytestmark = pytest.mark.django_db


def deliver_all():
    while deliver_due():
        pass


def values(person):
    rows = Result.objects.filter(person=person, is_taken_back=False)
    return {row.measure: row.value for row in rows}


def test_a_closed_report_becomes_a_result_of_who_resolved_it():
    where = a_report_city()
    a_target(a_plan(where.crew), measure=Measure.REPORTS_IN_TIME, figure=9_000)
    a_closed_report(where)
    deliver_all()
    assert values(where.crew)[Measure.REPORTS_CLOSED] == 100
    (figure,) = queries.person_figures(where.crew.pk, 2026, date(2026, 3, 2)).figures
    assert (figure.actual, figure.count) == (10_000, 1)


def test_a_report_opened_again_is_no_result_until_it_is_closed_again():
    """ReportReopened takes back what ReportClosed credited."""
    where = a_report_city()
    report = a_closed_report(where)
    deliver_all()
    reports.reopen(report, by=reporter_of(report))
    deliver_all()
    assert values(where.crew) == {}


def test_a_load_that_moved_stands_beside_the_open_evaluation():
    """LoadChanged reaches the drafts of the unit."""
    city = a_city()
    with clock.at(datetime(2026, 3, 30, 3, 0, tzinfo=UTC)):
        an_evaluation(city.crew, city.head, periods()[0], final=False)
        a_task(city.section, volume=4500)
        a_snapshot(city.section)
        deliver_all()
        assert Evaluation.objects.get().load_permyriad == 15_000


def test_quarters_open_by_themselves():
    jobs.open_quarters()
    jobs.open_quarters()
    assert Period.objects.count() == 8
    assert queries.open_period(date(2026, 3, 2)) == Period.objects.get(year=2025, number=4)
