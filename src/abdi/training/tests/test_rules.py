"""Rules of training by examples and drawn cases."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms
from abdi.training import rules
from abdi.training.choices import ClassState

TODAY = date(2026, 3, 2)
NORMS = norms("training", on=TODAY)


def run(name, **values):
    return formula_cli.run(name, values, today=TODAY)


@pytest.mark.parametrize(
    ("employment", "hours", "fulfilled", "warning"),
    [
        ("PNS", 20, True, None),
        ("PNS", Decimal("19.5"), False, "below_minimum"),
        ("PNS", 0, False, "below_minimum"),
        ("PNS", 300, True, None),
        ("PPPK", 0, None, None),
        ("PPPK", 24, None, None),
        ("PPPK", Decimal("24.5"), None, "above_maximum"),
    ],
)
def test_twenty_hours_are_a_floor_and_24_a_ceiling(employment, hours, fulfilled, warning):
    found = run("training.hours", employment=employment, hours=hours)
    assert (found["fulfilled"], found["warning"]) == (fulfilled, warning)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"employment": "NON_ASN", "hours": 5}, "employment"),
        ({"employment": "PNS", "hours": -1}, "hours"),
        ({"employment": "PNS", "hours": "20"}, "hours"),
        ({"employment": "PNS"}, "hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run("training.hours", **values)
    assert bad.value.field == field


@pytest.mark.parametrize(
    ("pre", "post", "most", "gain", "difference"),
    [
        (60, 85, 100, "0.63", 25),
        (0, 100, 100, "1", 100),
        (60, 60, 100, "0", 0),
        (60, 55, 100, "-0.13", -5),
        (99, 98, 100, "-1", -1),
        (Decimal("7.5"), Decimal("8.5"), 10, "0.4", 1),
    ],
)
def test_gain_is_a_share_of_what_was_left_to_learn(pre, post, most, gain, difference):
    found = run("training.gain", pre=pre, post=post, max=most)
    assert (found["gain"], found["difference"]) == (Decimal(gain), difference)
    assert found["reason"] is None


def test_at_the_top_there_is_no_gain_and_still_a_difference():
    found = run("training.gain", pre=100, post=95, max=100)
    assert (found["gain"], found["reason"], found["difference"]) == (None, "pre_at_max", -5)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"pre": 101, "post": 50, "max": 100}, "pre"),
        ({"pre": 50, "post": 101, "max": 100}, "post"),
        ({"pre": 0, "post": 0, "max": 0}, "max"),
        ({"pre": -1, "post": 0, "max": 10}, "pre"),
        ({"pre": 1, "post": 0}, "max"),
    ],
)
def test_scores_that_cannot_be_are_refused(values, field):
    with pytest.raises(BadInput) as bad:
        run("training.gain", **values)
    assert bad.value.field == field


def test_eight_lessons_are_six_paid_hours():
    assert rules.fee_hours(8, NORMS) == 6
    assert rules.fee_hours(1, NORMS) == Decimal("0.75")
    assert rules.lesson_hours(100, NORMS) == 2


@given(st.integers(0, 500), st.integers(0, 600))
def test_a_class_never_has_fewer_than_no_places(capacity, taken):
    assert rules.seats_left(capacity, taken) == max(0, capacity - taken)


def test_shares_without_a_whole_say_what_they_mean():
    assert rules.seat_use(0, 0) == 10_000
    assert rules.pass_share(0, 0) == 0
    assert rules.hours_left(185, 200) == 15


def test_a_cancelled_class_does_not_come_back():
    assert rules.next_states("cancelled") == frozenset()
    assert ClassState.RUNNING in rules.next_states(ClassState.OPEN)
    with pytest.raises(ValueError, match="x"):
        rules.next_states("x")
