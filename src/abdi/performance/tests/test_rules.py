"""Rules of performance by examples and drawn cases."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.performance import rules
from abdi.performance.choices import PlanState, Predicate, Rating, UnitAchievement
from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import Override, norms, set_override_provider

TODAY = date(2026, 3, 2)
NORMS = norms("performance", on=TODAY)


def run(name, **values):
    return formula_cli.run(name, values, today=TODAY)


@pytest.mark.parametrize(
    ("result", "behaviour", "predicate"),
    [
        ("above", "above", "sangat_baik"),
        ("above", "meets", "baik"),
        ("above", "below", "kurang"),
        ("meets", "above", "baik"),
        ("meets", "meets", "baik"),
        ("meets", "below", "kurang"),
        ("below", "above", "butuh_perbaikan"),
        ("below", "meets", "butuh_perbaikan"),
        ("below", "below", "sangat_kurang"),
    ],
)
def test_the_nine_cells_are_the_official_ones(result, behaviour, predicate):
    assert run("skp.predicate", result=result, behaviour=behaviour)["predicate"] == predicate


@pytest.mark.parametrize("result", ["Above", "", "baik", None, 3, True, ["above"]])
def test_a_rating_that_is_none_is_refused(result):
    with pytest.raises(BadInput) as bad:
        run("skp.predicate", result=result, behaviour="meets")
    assert bad.value.field == "result"


@pytest.mark.parametrize(
    ("tier", "predicate", "months", "credit"),
    [
        ("JF_MAHIR", "baik", 2, "2.08"),
        ("JF_PEMULA", "sangat_baik", 12, "5.63"),
        ("JF_AHLI_UTAMA", "sangat_kurang", 1, "1.04"),
        ("JF_AHLI_MADYA", "baik", 12, "37.5"),
        ("JF_TERAMPIL", "kurang", 3, "0.63"),
    ],
)
def test_credit_points_follow_predicate_and_months(tier, predicate, months, credit):
    found = run("skp.credit_points", tier=tier, predicate=predicate, months=months)
    assert found["credit"] == Decimal(credit)
    assert found["norms"]["performance.credit_coefficients"]["set"] == "bkn_3_2023"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"tier": "PENGAWAS", "predicate": "baik", "months": 2}, "tier"),
        ({"tier": "JF_MAHIR", "predicate": "cukup", "months": 2}, "predicate"),
        ({"tier": "JF_MAHIR", "predicate": "baik", "months": 0}, "months"),
        ({"tier": "JF_MAHIR", "predicate": "baik", "months": 13}, "months"),
        ({"tier": "JF_MAHIR", "predicate": "baik", "months": Decimal("2.5")}, "months"),
        ({"tier": "JF_MAHIR", "predicate": "baik"}, "months"),
    ],
)
def test_credit_points_of_no_period_are_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run("skp.credit_points", **values)
    assert bad.value.field == field


@pytest.mark.parametrize(
    ("organisation", "counts", "warnings"),
    [
        ("istimewa", {"sangat_baik": 7, "baik": 3}, []),
        ("istimewa", {"sangat_baik": 8, "baik": 2}, ["sangat_baik_over_70"]),
        ("istimewa", {"sangat_baik": 5, "baik": 5}, ["sangat_baik_not_majority"]),
        ("baik", {"baik": 7, "sangat_baik": 2, "kurang": 1}, []),
        (
            "baik",
            {"baik": 8, "sangat_baik": 2},
            ["baik_over_70", "needs_at_least_one_butuh_perbaikan_or_kurang"],
        ),
        ("baik", {"baik": 4, "sangat_baik": 5, "kurang": 1}, ["baik_not_majority"]),
        ("butuh_perbaikan", {"butuh_perbaikan": 6, "baik": 3, "sangat_baik": 1}, []),
        (
            "butuh_perbaikan",
            {"butuh_perbaikan": 5, "baik": 3, "sangat_baik": 2},
            ["butuh_perbaikan_under_60", "sangat_baik_over_10"],
        ),
        (
            "kurang",
            {"kurang": 5, "sangat_baik": 5},
            ["kurang_under_60", "butuh_perbaikan_under_10", "sangat_baik_over_10"],
        ),
        ("sangat_kurang", {"sangat_kurang": 6, "kurang": 1, "baik": 3}, []),
        (
            "sangat_kurang",
            {"sangat_kurang": 5, "baik": 4, "sangat_baik": 1},
            [
                "sangat_kurang_under_60",
                "kurang_or_butuh_perbaikan_under_10",
                "sangat_baik_not_allowed",
            ],
        ),
    ],
)
def test_a_spread_that_does_not_fit_warns(organisation, counts, warnings):
    found = run("skp.distribution", organisation=organisation, counts=counts)
    assert (found["warnings"], found["reason"]) == (warnings, None)


@pytest.mark.parametrize("counts", [{}, {"baik": 4}, {"baik": 0, "kurang": 3}])
def test_a_small_group_is_not_judged(counts):
    found = run("skp.distribution", organisation="baik", counts=counts)
    assert (found["warnings"], found["reason"]) == ([], "group_too_small")


@pytest.mark.parametrize("counts", [{"cukup": 5}, {"baik": -1}, {"baik": True}, [5], None])
def test_counts_that_are_none_are_refused(counts):
    with pytest.raises(BadInput) as bad:
        run("skp.distribution", organisation="baik", counts=counts)
    assert bad.value.field == "counts"


@given(
    st.sampled_from(UnitAchievement.codes()),
    st.dictionaries(st.sampled_from(Predicate.codes()), st.integers(0, 500)),
)
def test_the_spread_never_warns_twice_of_one_thing(organisation, counts):
    found = rules.distribution(organisation, counts, NORMS).warnings
    assert len(found) == len(set(found))


def test_better_behaviour_never_gives_a_worse_predicate():
    order = {code: row["order"] for code, row in NORMS["predicates"].items()}
    worst_to_best = [Rating.BELOW, Rating.MEETS, Rating.ABOVE]
    for result in Rating.codes():
        found = [order[rules.predicate(result, b.value, NORMS)] for b in worst_to_best]
        assert found == sorted(found)


def test_a_finer_coefficient_of_the_institution_stays_exact():
    row = Override(("credit_coefficients", "JF_MAHIR"), Decimal("12.505"), date(2026, 1, 1), "x")
    set_override_provider(lambda module, on: [row] if module == "performance" else [])
    try:
        found = run("skp.credit_points", tier="JF_MAHIR", predicate="baik", months=12)
    finally:
        set_override_provider(None)
    assert found["credit"] == Decimal("12.51")


def test_a_target_counts_at_most_twice():
    assert rules.completion(0, 10) == 0
    assert rules.completion(7, 10) == 7000
    assert rules.completion(50, 10) == 20_000


def test_an_objection_may_come_until_the_fourteenth_day():
    assert rules.objection_open_until(date(2026, 3, 2), NORMS) == date(2026, 3, 16)


def test_a_closed_plan_stays_closed():
    assert rules.next_states(PlanState.CLOSED) == frozenset()
    assert PlanState.AGREED in rules.next_states(PlanState.SUBMITTED)


def test_the_seven_values_have_three_behaviours_each():
    values = NORMS["behaviours"]
    assert list(values) == ["BER", "AKU", "KOM", "HAR", "LOY", "ADA", "KOL"]
    assert all(len(value["behaviours"]) == 3 for value in values.values())


@pytest.mark.parametrize(
    ("way", "total", "count", "figure"),
    [("sum", 231_000, 14, 231_000), ("share", 3, 4, 7_500), ("mean", 9, 2, 450), ("mean", 0, 0, 0)],
)
def test_figure_of_adds_up_shares_and_averages(way, total, count, figure):
    assert rules.figure_of(way, total, count) == figure


def test_expected_by_grows_for_sums_and_holds_for_levels():
    assert rules.expected_by("sum", 36_500, 73, 365) == 7_300
    assert rules.expected_by("sum", 36_500, 366, 365) == 36_500
    assert rules.expected_by("share", 9_000, 73, 365) == 9_000


def test_standing_turns_around_where_less_is_better():
    assert rules.standing("higher", 9_100, 9_000) == 10_111
    assert rules.standing("lower", 22_000, 24_000) == 10_909
    assert rules.standing("lower", 0, 24_000) == 20_000
    assert rules.standing("higher", 0, 0) == 10_000


@pytest.mark.parametrize(
    ("share", "rating"),
    [(10_500, "above"), (10_499, "meets"), (9_000, "meets"), (8_999, "below"), (0, "below")],
)
def test_target_rating_follows_the_limits(share, rating):
    assert rules.target_rating(share, NORMS) == rating


@pytest.mark.parametrize(
    ("counts", "rating"),
    [
        ((2, 2, 0), "above"),
        ((3, 0, 1), "meets"),
        ((0, 1, 2), "below"),
        ((0, 2, 2), "meets"),
        ((0, 0, 0), "meets"),
    ],
)
def test_result_rating_needs_half_above_and_none_below(counts, rating):
    assert rules.result_rating(*counts) == rating


def test_behaviour_rating_is_the_middle_one_of_the_seven():
    assert rules.behaviour_rating(1, 0, 7) == "meets"
    assert rules.behaviour_rating(4, 3, 7) == "above"
    assert rules.behaviour_rating(0, 4, 7) == "below"


def test_is_low_knows_the_three_low_predicates():
    assert [code for code in Predicate.codes() if rules.is_low(code)] == [
        "sangat_kurang",
        "kurang",
        "butuh_perbaikan",
    ]


def test_quarters_of_a_year_can_always_be_evaluated_one_at_a_time():
    spans = rules.quarters_of(2026, NORMS)
    assert [span.number for span in spans] == [1, 2, 3, 4]
    assert rules.span_of(2026, 4, NORMS).closes_on == date(2027, 3, 14)
    for before, after in pairwise(spans):
        assert (after.opens_on - before.closes_on).days == 1
        assert before.opens_on <= before.end_on <= before.closes_on
