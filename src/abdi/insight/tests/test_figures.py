"""Figures: the same formulas, now over all rows, with base, period and version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.insight import jobs, queries, rules
from abdi.insight.choices import Scope
from abdi.insight.computing import compute
from abdi.insight.marts import Marts
from abdi.insight.models import Figure, Run
from abdi.platform import clock
from abdi.platform.journal import Entry
from abdi.reports.testing import a_closed_report, a_report_city

CLOSED = ("unit_id", "service_id", "in_time", "reopened")
RATINGS = ("unit_id", "service_id", "stars")


def marts(closed, ratings=()):
    found = Marts()
    found.add("above", ("below_id", "above_id"), [(2, 2), (2, 1), (3, 3), (3, 1), (1, 1)])
    found.add("closed", CLOSED, closed)
    found.add("ratings", RATINGS, ratings)
    return found


def answers(found):
    return {
        (one.key, str(one.scope), one.scope_id): (one.part, one.base, one.value) for one in found
    }


def test_a_unit_counts_with_those_below_it_and_the_city_counts_all():
    rows = [(2, 7, 1, 0), (2, 7, 0, 1), (3, None, 1, 0)]
    found = answers(compute(marts(rows)))
    assert found["reports.in_time", "unit", 2] == (1, 2, 5_000)
    assert found["reports.in_time", "unit", 1] == (2, 3, 6_667)
    assert found["reports.in_time", "city", 0] == (2, 3, 6_667)
    assert found["reports.in_time", "service", 7] == (1, 2, 5_000)
    assert found["reports.reopened", "unit", 2] == (1, 2, 5_000)


def test_the_mean_rating_is_in_hundredths_and_needs_a_rating():
    found = answers(compute(marts([(2, 7, 1, 0)], [(2, 7, 5), (2, 7, 4), (2, 7, 4)])))
    assert found["reports.rating", "service", 7] == (13, 3, 433)
    nothing = answers(compute(marts([(2, 7, 1, 0)])))
    assert ("reports.rating", "service", 7) not in nothing


def test_mean_hundredths_and_share_by_example():
    assert rules.mean_hundredths(3, 13) == 433
    assert rules.mean_hundredths(0, 0) == 0
    assert rules.share(8, 1) == 1_250
    assert rules.change(4, 5) == 12_500


@pytest.mark.django_db
def test_a_refresh_stores_figures_that_say_base_period_formula_and_version():
    city = a_report_city()
    a_closed_report(city)
    with clock.at(clock.now() + timedelta(days=1)):
        jobs.refresh_figures()
        run = queries.latest_run()
    assert run is not None
    view = queries.figures_of(run, Scope.UNIT, city.city.section.pk)["reports.in_time"]
    assert (view.base, view.formula, view.version) == (1, "reports.answered_in_time", 1)
    assert view.strength == "weak"
    assert Entry.objects.filter(kind="insight.FiguresRefreshed").count() == 1


@pytest.mark.django_db
def test_old_runs_go_with_their_figures():
    for _ in range(10):
        jobs.refresh_figures()
    assert Run.objects.count() == 8
    assert set(Figure.objects.values_list("run_id", flat=True)) <= set(
        Run.objects.values_list("id", flat=True)
    )


@pytest.mark.django_db
def test_without_rows_nothing_is_told():
    jobs.refresh_figures()
    found = queries.figures_of(queries.latest_run(), Scope.CITY)
    assert found["reports.in_time"].value is None
    assert found["reports.in_time"].strength == "none"
