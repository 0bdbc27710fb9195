"""Results of surveys: only after close, only of five and more, with their weight rule."""

from datetime import timedelta
from decimal import Decimal

import pytest

from abdi.people.testing import a_city, a_service, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries
from abdi.survey import actions, queries
from abdi.survey.choices import Element, Grade
from abdi.survey.testing import a_closed_period, a_period, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def test_an_open_survey_has_no_result(city):
    a_period(city.service)
    answered(city.service, 20)
    assert queries.results() == []
    assert queries.index_of_service(city.service.pk, clock.today(), clock.today()) is None


def test_a_result_names_index_grade_and_people_per_element(city):
    a_closed_period(city.service, times=6, value=3)
    found = queries.results()[0]
    assert found.is_told
    assert found.index == 7_500
    assert found.grade == Grade.C
    assert {row.respondents for row in found.rows} == {6}
    assert found.respondents == 6
    assert found.period.weight == "exact"


def test_the_three_lowest_elements_go_into_the_follow_up(city):
    period = a_period(city.service)
    answers = dict.fromkeys(Element.codes(), 4) | {"time": 1, "cost": 2, "conduct": 3}
    answered(city.service, 5, 0, answers)
    actions.close_period(period, by=SYSTEM)
    found = queries.result_of(period)
    assert [row.element for row in found.lowest] == [Element.TIME, Element.COST, Element.CONDUCT]


def test_below_five_nothing_is_told(city):
    a_closed_period(city.service, times=4)
    found = queries.results()[0]
    assert not found.is_told
    assert found.grade is None
    assert all(row.value is None and row.respondents is None for row in found.rows)


def test_one_element_below_five_hides_itself_and_the_index(city):
    period = a_period(city.service)
    answered(city.service, 6, 4, {key: 4 for key in Element.codes() if key != "cost"})
    answered(city.service, 3, 2, {"cost": 2})
    actions.close_period(period, by=SYSTEM)
    found = queries.result_of(period)
    assert not found.is_told
    hidden = [row.element for row in found.rows if row.value is None]
    assert hidden == [Element.COST]


def test_the_printed_weight_rule_cannot_reach_a_hundred(city):
    period = a_period(city.service, weight="0.11")
    answered(city.service, 5, 4)
    actions.close_period(period, by=SYSTEM)
    assert queries.result_of(period).index == 9_900


def test_index_of_service_adds_surveys_up_as_the_named_formula_says_it(city):
    a_closed_period(city.service, times=5, value=4)
    with clock.at(clock.now() + timedelta(days=60)):
        a_closed_period(city.service, times=5, value=2)
    start = clock.today()
    both = queries.index_of_service(city.service.pk, start, start + timedelta(days=90))
    assert both["index"] == Decimal("75.00")
    assert both["grade"] == "C"
    assert both["elements"]["time"] == {"n": 10, "value": Decimal("75.00"), "grade": "C"}
    assert both["weight"] == "exact"
    first = queries.index_of_service(city.service.pk, start, start)
    assert first["index"] == Decimal("100.00")


def test_index_of_service_is_silent_about_small_groups(city):
    a_closed_period(city.service, times=4)
    assert queries.index_of_service(city.service.pk, clock.today(), clock.today()) is None


@pytest.mark.parametrize("size", [3, 12])
def test_results_of_many_services_take_two_queries(city, size):
    for n in range(size):
        a_closed_period(a_service(city.section, f"Layanan {n:02}"), times=5)
    with counted_queries(2):
        assert len(queries.results()) == size


def test_the_newest_survey_of_a_service_is_shown_with_the_sample_it_wanted(city):
    a_closed_period(city.service, times=5, value=1)
    with clock.at(clock.now() + timedelta(days=60)):
        period = actions.open_period(
            city.service,
            by=SYSTEM,
            closes_on=clock.today() + timedelta(days=1),
            people_served=1_000,
        )
        answered(city.service, 5, 4)
        actions.close_period(period, by=SYSTEM)
    found = queries.results(service_id=city.service.pk)
    assert [(one.index, one.wanted) for one in found] == [(10_000, 278)]


def test_offices_manage_the_surveys_of_their_reach(city):
    other = a_service(an_agency("Dinas Lain"), "Layanan lain")
    mine = an_actor("agency_hr", city.agency)
    assert list(queries.manageable_services(mine)) == [city.service]
    assert set(queries.manageable_services(an_actor("organisation_office"))) == {
        city.service,
        other,
    }
    assert not queries.manageable_services(city.dispatcher).exists()
    period = a_period(other)
    assert list(queries.manageable_periods(mine)) == []
    assert list(queries.manageable_periods(an_actor("organiser"))) == [period]
    assert queries.open_periods() == {other.pk: period}
