"""The demo city stands on any day of the year, at any hour."""

import datetime as dt

import pytest

from abdi.platform.checks import reconcile
from abdi.reports.models import Report
from tests.city.building import a_city_for_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NEW_YEAR = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)
MONDAY_NIGHT = dt.datetime(2027, 3, 1, 18, 40, tzinfo=dt.UTC)


@pytest.mark.parametrize("at", [NEW_YEAR, MONDAY_NIGHT], ids=["new-year", "monday-night"])
def test_the_city_stands_on_any_day_and_every_check_of_the_program_passes(at):
    with a_city_for_once(at):
        assert Report.objects.count() > 5_000
        assert {name: bad for name, bad in reconcile().items() if bad} == {}
