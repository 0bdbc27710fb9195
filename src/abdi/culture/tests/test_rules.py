"""Rules of culture by examples and drawn cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.culture import rules
from abdi.culture.choices import CircleStep, Dimension
from abdi.platform.norms import norms

TODAY = date(2026, 3, 2)
NORMS = norms("culture", on=TODAY)


def low(days_ago, *, explained=False):
    return rules.Result(f"r{days_ago}", TODAY - timedelta(days=days_ago), True, explained)


def test_one_bad_result_is_never_a_pattern():
    eager = {"coaching_pattern": {"fewest": 1, "days": 90}}
    assert rules.low_pattern([low(1)], TODAY, eager) is None


def test_two_low_quarters_of_the_last_three_are_a_pattern():
    found = rules.low_pattern([low(299), low(0)], TODAY, NORMS)
    assert found.refs == ("r299", "r0")
    assert (found.first_on, found.last_on) == (TODAY - timedelta(days=299), TODAY)
    assert rules.low_pattern([low(300), low(0)], TODAY, NORMS) is None


def test_what_load_explains_is_shown_and_not_counted():
    results = [low(3), low(1, explained=True)]
    assert rules.low_pattern(results, TODAY, NORMS) is None
    found = rules.low_pattern([*results, low(0)], TODAY, NORMS)
    assert (len(found.refs), found.explained_count) == (2, 1)


def test_more_work_than_people_explains_a_low_result():
    assert rules.load_explains(10_001, NORMS)
    assert not rules.load_explains(10_000, NORMS)
    assert not rules.load_explains(None, NORMS)


def test_good_and_coming_results_do_not_count():
    good = rules.Result("good", TODAY, low=False)
    coming = rules.Result("coming", TODAY + timedelta(days=1), low=True)
    assert rules.low_pattern([low(1), good, coming], TODAY, NORMS) is None


def point(days, category="street_light_out", area="Manguharjo"):
    return rules.ReportPoint(f"{category}{days}", TODAY + timedelta(days=days), category, area)


def test_reports_of_one_kind_in_one_place_make_a_cluster():
    reports = [point(day) for day in (0, 3, 9, 20, 29)]
    (found,) = rules.clusters([*reports, point(5, area="Taman"), point(6, "pothole")], NORMS)
    assert (found.category, found.area, len(found.refs)) == (
        "street_light_out",
        "Manguharjo",
        5,
    )
    assert rules.clusters([point(day) for day in (0, 3, 9, 20, 30)], NORMS) == []


def test_a_cluster_ends_where_it_gets_quiet():
    busy = [point(day) for day in range(6)] + [point(100 + day) for day in range(5)]
    found = rules.clusters([*busy, point(50)], NORMS)
    assert [len(cluster.refs) for cluster in found] == [6, 5]


@given(st.lists(st.integers(0, 200), max_size=40, unique=True))
def test_no_report_stands_in_two_clusters(days):
    found = rules.clusters([point(day) for day in days], NORMS)
    refs = [ref for cluster in found for ref in cluster.refs]
    assert len(refs) == len(set(refs))
    assert all(len(cluster.refs) >= NORMS["report_cluster"]["fewest"] for cluster in found)


def test_the_eight_steps_follow_each_other():
    assert tuple(NORMS["circle_steps"]) == CircleStep.codes()
    assert rules.next_step("theme") is CircleStep.TARGET
    assert rules.next_step(CircleStep.STANDARDISE) is None
    assert list(rules.step_numbers(NORMS).values()) == list(range(1, 9))
    seven = rules.step_numbers(NORMS, variant="seven")
    assert seven[CircleStep.CAUSES] == seven[CircleStep.ROOT_CAUSE] == 3
    assert seven[CircleStep.STANDARDISE] == 7


def test_the_sponsor_approves_theme_plan_and_standard():
    assert [s.value for s in CircleStep if rules.approval_needed(s, NORMS)] == [
        "theme",
        "plan",
        "standardise",
    ]


@pytest.mark.parametrize(("members", "fits"), [(2, False), (3, True), (10, True), (11, False)])
def test_a_circle_has_three_to_ten_members(members, fits):
    assert rules.size_fits(members, NORMS) is fits


def test_a_convention_weighs_record_and_presentation():
    full = dict.fromkeys(CircleStep.codes(), 100)
    assert rules.convention_score(full, 100, NORMS) == 10_000
    assert rules.convention_score(full, 0, NORMS) == 6000
    assert rules.convention_score({**full, "evaluate": 0}, 0, NORMS) == 4500


def test_the_pulse_is_graded_in_our_own_words():
    assert rules.pulse_value(12, 3) == 10_000
    words = [rules.pulse_band(value, NORMS) for value in (7500, 7499, 5000, 4999)]
    assert words == ["kuat", "sedang", "sedang", "perlu_perhatian"]


def test_an_improvement_is_what_is_left_of_the_problem():
    assert rules.improvement(40, 10) == 2500
    assert tuple(NORMS["result_dimensions"]) == Dimension.codes()
