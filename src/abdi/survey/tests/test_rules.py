"""Rules of the survey by examples and drawn cases."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms
from abdi.survey import rules
from abdi.survey.choices import Element

TODAY = date(2026, 3, 2)
NORMS = norms("survey", on=TODAY)
WORKED = dict(zip(Element.codes(), [105, 101, 100, 116, 102, 105, 106, 115, 105], strict=True))


def run(name, **values):
    return formula_cli.run(name, values, today=TODAY)


def all_of(answer_sum):
    return dict.fromkeys(Element.codes(), answer_sum)


@pytest.mark.parametrize(
    ("weight", "index"),
    [
        (None, "91.48"),
        ("exact", "91.48"),
        ("0.11", "90.56"),
        (Decimal("0.11"), "90.56"),
        (Decimal("0.111"), "91.38"),
    ],
)
def test_the_worked_case_of_an_office_comes_out_with_each_weight(weight, index):
    found = run("skm.index", respondents=29, sums=WORKED, weight=weight)
    assert found["index"] == Decimal(index)
    assert found["grade"] == "A"
    assert found["weight"] == (weight or "exact")


def test_the_weight_used_stands_in_the_norms():
    cut = run("skm.index", respondents=29, sums=WORKED, weight="0.11")
    assert cut["norms"]["survey.weight"]["set"] == "0.11"
    assert run("skm.index", respondents=29, sums=WORKED)["norms"]["survey.weight"]["set"] == "exact"


def test_the_lowest_elements_are_compared_exactly():
    found = run("skm.index", respondents=29, sums=WORKED)
    assert found["lowest_element"] == "time"
    assert found["lowest_three"] == ["time", "procedure", "product"]
    assert found["elements"]["time"] == {"n": 29, "value": Decimal("86.21"), "grade": "B"}


def test_the_follow_up_plan_deals_with_the_three_lowest():
    counts = dict.fromkeys(Element.codes(), 29)
    found = rules.satisfaction_index(WORKED, counts, "exact", NORMS)
    assert rules.follow_up(found, NORMS) == ("time", "procedure", "product")


def test_equally_low_elements_stand_in_the_order_of_the_articles():
    found = run("skm.index", respondents=10, sums=all_of(30))
    assert found["lowest_three"] == ["requirements", "procedure", "time"]
    same = {**all_of(30), "facilities": 20, "complaints": 20}
    found = run("skm.index", respondents=10, sums=same)
    assert found["lowest_three"][:2] == ["complaints", "facilities"]


def test_equal_on_paper_is_not_equal():
    counts = {**all_of(3000), "cost": 3001}
    sums = {**all_of(6000), "cost": 6001}
    found = run("skm.index", respondents=counts, sums=sums)
    assert found["elements"]["cost"]["value"] == Decimal("49.99")
    assert found["lowest_element"] == "cost"


def test_each_element_has_its_own_respondents():
    found = run("skm.index", respondents={**all_of(10), "cost": 4}, sums={**all_of(40), "cost": 4})
    assert found["elements"]["cost"] == {"n": 4, "value": 25, "grade": "D"}
    assert found["index"] == Decimal("91.67")


def test_the_best_service_reaches_100_and_99_with_the_cut_weight():
    assert run("skm.index", respondents=1, sums=all_of(4))["index"] == 100
    cut = run("skm.index", respondents=1, sums=all_of(4), weight="0.11")
    assert (cut["index"], cut["grade"]) == (99, "A")


@pytest.mark.parametrize(
    ("value", "grade"),
    [(8831, "A"), (8830, "B"), (7661, "B"), (7660, "C"), (6500, "C"), (6499, "D"), (2475, "D")],
)
def test_grades_begin_where_the_table_says(value, grade):
    assert rules.grade(value, NORMS) == grade


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"respondents": 0, "sums": WORKED}, "respondents"),
        ({"respondents": {**all_of(29), "cost": 0}, "sums": WORKED}, "respondents"),
        ({"respondents": {"cost": 29}, "sums": WORKED}, "respondents"),
        ({"respondents": 29, "sums": {**WORKED, "cost": 117}}, "sums"),
        ({"respondents": 29, "sums": {**WORKED, "cost": 28}}, "sums"),
        ({"respondents": 29, "sums": {"cost": 116}}, "sums"),
        ({"respondents": 29, "sums": {**WORKED, "U1": 100}}, "sums"),
        ({"respondents": 29, "sums": {**WORKED, "cost": Decimal("115.5")}}, "sums"),
        ({"respondents": 29, "sums": WORKED, "weight": "1/9"}, "weight"),
        ({"respondents": 29, "sums": WORKED, "weight": Decimal("0.1105")}, "weight"),
        ({"respondents": True, "sums": WORKED}, "respondents"),
        ({"respondents": 29}, "sums"),
    ],
)
def test_answers_that_cannot_be_are_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run("skm.index", **values)
    assert bad.value.field == field


@given(st.lists(st.tuples(st.integers(1, 500), st.fractions(0, 1)), min_size=9, max_size=9))
def test_the_index_lies_between_its_elements(drawn):
    counts = {key: n for key, (n, _) in zip(Element.codes(), drawn, strict=True)}
    sums = {
        key: n + int(share * 3 * n) for key, (n, share) in zip(Element.codes(), drawn, strict=True)
    }
    found = rules.satisfaction_index(sums, counts, "exact", NORMS)
    averages = [Fraction(sums[key], counts[key]) * 25 for key in Element.codes()]
    assert min(averages) - 1 < found.value < max(averages) + 1


@pytest.mark.parametrize(
    ("population", "sample"),
    [(1, 1), (10, 10), (50, 44), (100, 80), (1000, 278), (10_000, 370), (1_000_000, 384)],
)
def test_the_sample_is_that_of_the_table(population, sample):
    assert run("skm.sample_size", population=population)["sample"] == sample


@pytest.mark.parametrize("population", [0, -1, Decimal("10.5"), True, 10**10])
def test_nobody_cannot_be_asked(population):
    with pytest.raises(BadInput):
        run("skm.sample_size", population=population)
