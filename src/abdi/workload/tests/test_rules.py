"""Rules of workload by examples and drawn cases."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms
from abdi.workload import rules

TODAY = date(2026, 3, 2)
NORMS = norms("workload", on=TODAY)
GUARD = {"seats": 1, "hours_per_year": 8760}


def run(name, **values):
    return formula_cli.run(name, values, today=TODAY)


def need(minutes, **more):
    return run("abk.need", tasks=[{"volume": minutes, "minutes": 1}], **more)


@pytest.mark.parametrize(
    ("volume", "minutes", "effective", "recorded"),
    [
        (45, 1, 72_000, "0.0006"),
        (35, 7, 6000, "0.0408"),
        (10, 2, 60, "0.3333"),
        (60, 7, 72_000, "0.0058"),
        (60, 4, 72_000, "0.0033"),
        (60, 6, 72_000, "0.005"),
        (60, 8, 72_000, "0.0067"),
        (23, 2, 1500, "0.0307"),
        (60, 5, 1500, "0.2"),
    ],
)
def test_recorded_needs_of_a_district_come_out(volume, minutes, effective, recorded):
    task = {"volume": volume, "minutes": minutes}
    found = run("abk.need", tasks=[task], effective_minutes=effective)
    assert found["load_fte"] == Decimal(recorded)
    assert found["norms"]["workload.effective_minutes"]["set"] == str(effective)


def test_a_load_is_rounded_half_up_and_has_no_minimum():
    assert need(37_499)["need_headcount"] == 0
    assert need(37_500)["need_headcount"] == 1
    assert need(112_500)["need_headcount"] == 2


def test_without_existing_there_is_no_gap():
    found = need(75_000)
    assert (found["gap"], found["ej"], found["ej_grade"], found["ej_reason"]) == (None,) * 4
    assert (found["cover_fte"], found["binding"]) == (None, "load")


@pytest.mark.parametrize(
    ("minutes", "ej", "grade"),
    [
        (75_000, "1", "B"),
        (75_374, "1", "B"),
        (75_375, "1.01", "A"),
        (67_125, "0.9", "B"),
        (67_124, "0.89", "C"),
        (52_125, "0.7", "C"),
        (52_124, "0.69", "D"),
        (37_125, "0.5", "D"),
        (37_124, "0.49", "E"),
        (0, "0", "E"),
    ],
)
def test_effectiveness_is_graded_on_two_decimals(minutes, ej, grade):
    found = need(minutes, existing=1)
    assert (found["ej"], found["ej_grade"]) == (Decimal(ej), grade)


def test_nobody_there_has_no_effectiveness():
    found = need(75_000, existing=0)
    assert (found["gap"], found["ej"], found["ej_reason"]) == (-1, None, "no_existing")


def test_cover_binds_where_the_seat_needs_more_than_the_tasks():
    found = need(150_000, existing=4, cover=GUARD)
    assert (found["load_fte"], found["cover_fte"]) == (2, Decimal("4.9702"))
    assert (found["binding"], found["need_fte"]) == ("cover", Decimal("4.9702"))
    assert (found["need_headcount"], found["gap"]) == (5, -1)
    assert (found["ej"], found["ej_grade"]) == (Decimal("0.5"), None)
    assert found["ej_reason"] == "cover_binds"


def test_load_binds_where_both_are_equal():
    found = need(0, existing=1, cover={"seats": 1, "hours_per_year": 0})
    assert (found["binding"], found["ej_grade"]) == ("load", "E")
    equal = need(150_000, cover={"seats": 2, "hours_per_year": Decimal("1762.5")})
    assert (equal["binding"], equal["need_headcount"]) == ("load", 2)


def test_the_headcount_is_the_larger_of_both():
    found = need(247_500, cover={"seats": 1, "hours_per_year": Decimal("5640")})
    assert (found["load_fte"], found["cover_fte"]) == (Decimal("3.3"), Decimal("3.2"))
    assert (found["binding"], found["need_headcount"]) == ("load", 4)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "tasks"),
        ({"tasks": [{"volume": 1}]}, "tasks"),
        ({"tasks": [{"volume": -1, "minutes": 5}]}, "tasks"),
        ({"tasks": [{"volume": 1, "minutes": 5, "stage": "x"}]}, "tasks"),
        ({"tasks": {"volume": 1, "minutes": 5}}, "tasks"),
        ({"tasks": [], "effective_minutes": 0}, "effective_minutes"),
        ({"tasks": [], "existing": -1}, "existing"),
        ({"tasks": [], "existing": Decimal("1.5")}, "existing"),
        ({"tasks": [], "cover": {"seats": 1}}, "cover"),
        ({"tasks": [], "cover": {"seats": 0, "hours_per_year": 1}}, "cover"),
        ({"tasks": [], "cover": {"seats": 1, "hours_per_year": 8785}}, "cover"),
    ],
)
def test_work_that_cannot_be_is_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run("abk.need", **values)
    assert bad.value.field == field


def test_a_seat_manned_day_and_night_takes_five():
    found = run("abk.cover", **GUARD)
    assert found["duty_hours"] == Decimal("1762.5")
    assert (found["cover_fte"], found["cover_headcount"]) == (Decimal("4.9702"), 5)
    half = run("abk.cover", seats=1, hours_per_year=4380, duty_days=287, hours_per_day=6)
    assert (half["duty_hours"], half["cover_headcount"]) == (1722, 3)


def test_contracts_that_end_are_shown_without_and_with_renewal():
    values = {"existing": 40, "need": 44, "retiring": 3, "contracts_ending": 5}
    found = run("abk.projection", **values)
    assert (found["gap_now"], found["shortage"], found["shortage_with_renewal"]) == (-4, 12, 7)
    assert found["renewal_rate"] == 1
    half = run("abk.projection", **values, renewal_rate=Decimal("0.9"))
    assert half["shortage_with_renewal"] == 8
    surplus = run("abk.projection", existing=50, need=40, retiring=2, contracts_ending=1)
    assert surplus["shortage"] == -7


@pytest.mark.parametrize("rate", [Decimal("1.01"), Decimal("-0.1"), "1", True])
def test_a_rate_is_a_share(rate):
    with pytest.raises(BadInput) as bad:
        run("abk.projection", existing=1, need=1, retiring=0, contracts_ending=0, renewal_rate=rate)
    assert bad.value.field == "renewal_rate"


@given(st.integers(0, 10**7), st.integers(0, 8784), st.integers(1, 9))
def test_need_is_never_below_either_side(minutes, hours, seats):
    manned = rules.cover(seats, hours, NORMS)
    found = rules.position_need([(minutes, 1)], 75_000, NORMS, manned=manned)
    assert found.people >= found.load
    assert found.people >= manned.people
    assert found.headcount >= manned.headcount


def test_load_share_is_need_against_people():
    assert rules.load_share(72_000, 5) == 14_400
    assert rules.load_share(0, 0) == 0
    assert rules.load_share(1, 0) == rules.NOBODY


def test_has_moved_at_five_points_up_or_down():
    assert rules.has_moved(10_500, 10_000)
    assert rules.has_moved(9_500, 10_000)
    assert not rules.has_moved(10_499, 10_000)


def test_yearly_volume_takes_what_was_counted_for_a_whole_year():
    assert rules.yearly_volume(364, 182) == 730
    assert rules.yearly_volume(500, 365) == 500


def test_ten_thousandths_are_halves_up():
    from fractions import Fraction

    assert rules.ten_thousandths(Fraction(5292, 1000)) == 52_920
    assert rules.ten_thousandths(Fraction(1, 20_000)) == 1


def test_a_need_by_its_parts_agrees_with_the_whole():
    assert rules.need(396_900, 75_000) == 52_920
    assert rules.headcount(396_900, 75_000) == 5
    assert rules.cover_headcount(8760, 1762) == 5
    assert rules.gap(5, 5) == 0
    assert rules.effectiveness(396_900, 375_000) == 106
    assert rules.effectiveness_grade(106, NORMS) == "A"
    assert rules.projection(40, 44, 3, 5, Decimal("0.9")).with_renewal == 8
