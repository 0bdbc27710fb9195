"""Rules of integrity by examples and drawn cases."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.integrity import rules
from abdi.integrity.choices import CaseState, Phase
from abdi.platform import formula_cli
from abdi.platform import norms as platform_norms
from abdi.platform.inputs import BadInput
from abdi.platform.norms import Override, norms

TODAY = date(2026, 3, 2)
NORMS = norms("integrity", on=TODAY)


def absence(days, run=0, employment="PNS", **more):
    values = {"cumulative_days": days, "longest_run_days": run, "employment": employment, **more}
    return formula_cli.run("discipline.absence", values, today=TODAY)


@pytest.mark.parametrize(
    ("days", "sanction"),
    [
        (3, "L1"),
        (4, "L2"),
        (6, "L2"),
        (7, "L3"),
        (10, "L3"),
        (11, "M1"),
        (13, "M1"),
        (14, "M2"),
        (16, "M2"),
        (17, "M3"),
        (20, "M3"),
        (21, "S1"),
        (24, "S1"),
        (25, "S2"),
        (27, "S2"),
        (28, "S3"),
        (366, "S3"),
    ],
)
@pytest.mark.parametrize("employment", ["PNS", "CPNS"])
def test_days_of_the_year_give_the_band(days, sanction, employment):
    found = absence(days, employment=employment)
    assert (found["sanction"], found["reason"]) == (sanction, None)
    assert (found["basis"], found["salary_stop"]) == ("cumulative", False)


@pytest.mark.parametrize("days", [0, 1, 2])
def test_few_days_lead_to_nothing(days):
    found = absence(days)
    assert (found["sanction"], found["reason"]) == (None, "below_first_band")


@pytest.mark.parametrize("days", [0, 10, 27, 28, 50])
def test_ten_days_in_a_row_stop_the_salary(days):
    found = absence(days, run=10)
    assert (found["sanction"], found["basis"]) == ("S3", "continuous")
    assert found["salary_stop"] is True
    assert absence(days, run=9)["salary_stop"] is False


@pytest.mark.parametrize(
    ("hours", "counted", "rest"),
    [
        (0, 2, "0"),
        (Decimal("7.4"), 2, "7.4"),
        (Decimal("7.5"), 3, "0"),
        (8, 3, "0.5"),
        (Decimal("15.25"), 4, "0.25"),
    ],
)
def test_hours_of_lateness_become_days(hours, counted, rest):
    found = absence(2, hours=hours)
    assert (found["counted_days"], found["rest_hours"]) == (counted, Decimal(rest))


@pytest.mark.parametrize(
    ("employment", "reason"),
    [("PPPK", "table_empty"), ("PPPK_PW", "table_empty"), ("NON_ASN", "not_asn")],
)
def test_others_are_never_judged_by_the_table_of_pns(employment, reason):
    found = absence(40, run=12, employment=employment, hours=8)
    assert (found["sanction"], found["reason"], found["basis"]) == (None, reason, None)
    assert (found["salary_stop"], found["counted_days"]) == (False, 41)


def test_an_institution_may_fill_the_table_of_contracts():
    row = Override(("absence_pppk",), [{"min": 5, "sanction": "K1"}], date(2026, 1, 1), "contract")
    platform_norms.set_override_provider(lambda module, on: [row] if module == "integrity" else [])
    try:
        found = absence(6, run=12, employment="PPPK")
        assert (found["sanction"], found["basis"]) == ("K1", "cumulative")
        assert found["norms"]["integrity.absence_pppk"]["set"] == "institution"
    finally:
        platform_norms.set_override_provider(None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"days": -1}, "cumulative_days"),
        ({"days": Decimal("2.5")}, "cumulative_days"),
        ({"days": 367}, "cumulative_days"),
        ({"days": 3, "run": -1}, "longest_run_days"),
        ({"days": 3, "employment": "TNI"}, "employment"),
        ({"days": 3, "hours": -1}, "hours"),
        ({"days": 3, "hours": Decimal("NaN")}, "hours"),
    ],
)
def test_days_that_cannot_be_are_refused(values, field):
    with pytest.raises(BadInput) as bad:
        absence(**values)
    assert bad.value.field == field


@given(st.integers(0, 365))
def test_one_more_day_never_means_less(days):
    order = ["", "L1", "L2", "L3", "M1", "M2", "M3", "S1", "S2", "S3"]
    one, more = rules.sanction_for(days, NORMS), rules.sanction_for(days + 1, NORMS)
    assert order.index(one) <= order.index(more)


# ------------------------------------------------------------------ sanctions


def test_the_name_of_a_medium_sanction_follows_the_rule_set():
    assert "25%" in rules.sanction_name("M1", NORMS)
    older = {**NORMS, "medium_rule_set": "pp53_until_pay_rule"}
    assert "berkala" in rules.sanction_name("M1", older)
    assert rules.sanction_name("L1", older) == rules.sanction_name("L1", NORMS)


def test_a_dismissal_is_appealed_and_everything_else_objected_to():
    assert rules.remedy("S3", NORMS) == "appeal"
    assert {rules.remedy(code, NORMS) for code in NORMS["sanctions"] if code != "S3"} == {
        "objection"
    }
    assert rules.sanction_level("M2", NORMS) == "medium"


# ------------------------------------------------------------------ neutrality


def test_advice_fits_the_acts_asked_about():
    assert rules.advice_about(["E5"], NORMS) == ["spouse_of_candidate", "photo_with_incumbent"]
    assert rules.advice_about([], NORMS) == ["spouse_of_candidate"]


def test_a_report_about_those_above_goes_outside():
    assert rules.needs_outside_address(["mayor"], NORMS)
    assert not rules.needs_outside_address(["section_head"], NORMS)
    assert rules.report_until("local", TODAY, NORMS) == (7, "days", date(2026, 3, 3))
    assert rules.watched_until(TODAY, NORMS) == date(2027, 3, 2)


def test_the_pledge_is_signed_once_a_year():
    assert rules.pledge_needed([2024, 2025], 2026)
    assert not rules.pledge_needed([2026], 2026)


def test_names_in_the_figures_are_the_choices():
    assert tuple(NORMS["phases"]) == Phase.codes()
    assert tuple(NORMS["case_states"]) == CaseState.codes()
    assert len(NORMS["ethics_acts"]) == 6
    assert len(NORMS["discipline_acts"]) == 13
