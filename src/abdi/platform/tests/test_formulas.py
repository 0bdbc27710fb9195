"""The words of rules, on plain values."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform import formulas


@pytest.mark.parametrize(
    ("part", "whole", "answer"), [(0, 1, 0), (1, 2, 1), (1, 3, 0), (2, 3, 1), (5, 2, 3), (7, 7, 1)]
)
def test_halves_go_up(part, whole, answer):
    assert formulas.halves_up(part, whole) == answer


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_halves_up_is_the_nearest_whole_number(part, whole):
    assert formulas.halves_up(part, whole) == int(formulas.rounded(Fraction(part, whole)))


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_rounded_up_never_leaves_a_rest(part, whole):
    found = formulas.rounded_up(part, whole)
    assert (found - 1) * whole < part <= found * whole


def test_a_share_without_a_whole_is_what_the_rule_says():
    assert formulas.permyriad(0, 0, if_zero=10_000) == 10_000
    assert formulas.permyriad(37, 40, if_zero=0) == 9250


@pytest.mark.parametrize(
    ("value", "decimals", "answer"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(25, 12), 2, "2.08"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(0), 2, "0"),
    ],
)
def test_rounding_is_half_up_once(value, decimals, answer):
    assert formulas.rounded(value, decimals) == Decimal(answer)


def test_a_band_takes_the_first_bound_reached():
    steps = formulas.steps_of([{"min": 0, "code": "C"}, {"min": 80, "code": "A"}], "code")
    assert formulas.band(80, *steps, otherwise="-") == "A"
    assert formulas.band(79, *steps, otherwise="-") == "C"
    assert formulas.band(-1, *steps, otherwise="-") == "-"


def test_a_value_is_kept_between_two_bounds():
    assert [formulas.clamp(value, 1, 3) for value in (0, 2, 9)] == [1, 2, 3]


def test_a_name_is_declared_once():
    wanted = {"inputs": {}, "outputs": {}, "source": "", "verified": True, "example": ({}, {})}
    formulas.named("test.once", **wanted)(dict)
    try:
        with pytest.raises(ValueError, match="twice"):
            formulas.named("test.once", **wanted)(dict)
    finally:
        del formulas.NAMED["test.once"]
