"""A history that was loaded is told about with its own period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from abdi.insight import jobs, queries
from abdi.insight.choices import Scope
from abdi.insight.models import Run
from abdi.people.testing import a_service, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.reports import actions, rules
from abdi.reports.actions import Owner
from abdi.reports.testing import a_closed_report, a_report_city

pytestmark = pytest.mark.django_db
LAST_IN = datetime(2015, 4, 30, 12, tzinfo=UTC)


@pytest.fixture
def city():
    return a_report_city()


@pytest.fixture
def lamps(city):
    agency = an_agency("Lampu", opd_kind="street_lighting")
    return Owner(agency, a_service(agency, "Lampu lama"))


def load(owner, *keys, received_at=LAST_IN, days=1):
    rows = [
        rules.PastReport(
            key=key,
            category="street_light_out",
            agency="lamps",
            received_at=received_at,
            due_at=received_at + timedelta(days=2),
            closed_at=received_at + timedelta(days=days),
            outcome="fixed",
        )
        for key in keys
    ]
    actions.load_history(rows, by=SYSTEM, source="uji", owners={"lamps": owner})


def in_time(scope, pk):
    run = queries.run_of(scope, pk)
    view = queries.figures_of(run, scope, pk)["reports.in_time"]
    return run.end_on, view.part, view.base


def test_a_service_of_the_past_has_a_period_of_its_own(lamps):
    load(lamps, "1", "2")
    load(lamps, "3", days=9)
    jobs.refresh_figures()
    told = (date(2015, 5, 9), 2, 3)
    assert in_time(Scope.SERVICE, lamps.service.pk) == told
    assert in_time(Scope.UNIT, lamps.unit.pk) == told
    assert in_time(Scope.CITY, 0) == told


def test_the_period_ends_thirty_days_after_the_newest_report_came_in(lamps):
    load(lamps, "1")
    load(lamps, "2", days=200)
    jobs.refresh_figures()
    assert in_time(Scope.SERVICE, lamps.service.pk) == (date(2015, 5, 30), 1, 1)


def test_places_with_reports_of_today_keep_todays_period(city, lamps):
    a_closed_report(city)
    load(lamps, "1")
    with clock.at(clock.now() + timedelta(days=1)):
        jobs.refresh_figures()
        today = clock.today()
    assert in_time(Scope.CITY, 0) == (today, 1, 1)
    assert in_time(Scope.UNIT, city.city.section.pk)[0] == today
    assert in_time(Scope.SERVICE, lamps.service.pk)[1:] == (1, 1)


def test_the_same_past_is_not_calculated_every_half_hour(lamps):
    load(lamps, "1")
    jobs.refresh_figures()
    first = Run.objects.get(is_complete=False)
    with clock.at(clock.now() + timedelta(minutes=30)):
        jobs.refresh_figures()
        assert Run.objects.get(is_complete=False) == first
        load(lamps, "2")
    with clock.at(clock.now() + timedelta(minutes=60)):
        jobs.refresh_figures()
    again = Run.objects.get(is_complete=False)
    assert again != first
    assert in_time(Scope.SERVICE, lamps.service.pk)[1:] == (2, 2)
