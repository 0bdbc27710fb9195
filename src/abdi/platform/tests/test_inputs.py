"""What named formulas accept and refuse."""

from datetime import date
from decimal import Decimal

import pytest

from abdi.platform import formula_cli, inputs

NUMBER = inputs.Number(high=100)
WHOLE = inputs.Whole(low=1, high=12)


@pytest.mark.parametrize("value", [True, "5", None, [], Decimal("NaN"), Decimal("Infinity"), -1])
def test_what_is_no_number_in_range_is_refused(value):
    with pytest.raises(ValueError, match="must be"):
        NUMBER.read(value)


@pytest.mark.parametrize("text", ["1e999999999", "1e-999999999", "0.1234567891", "1e15"])
def test_huge_and_endless_numbers_are_refused_at_once(text):
    with pytest.raises(ValueError, match="must"):
        NUMBER.read(Decimal(text))


def test_a_whole_number_may_be_written_with_a_point():
    assert WHOLE.read(Decimal("5.0")) == 5
    with pytest.raises(ValueError, match="whole"):
        WHOLE.read(Decimal("5.5"))


@pytest.mark.parametrize("value", ["2026-02-30", "20260101", "1800-01-01", "2026-1-1", 20260101])
def test_a_day_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="must"):
        inputs.Day().read(value)


def test_unknown_and_missing_inputs_are_named():
    specs = {"a": WHOLE, "b": inputs.Day(optional=True)}
    assert inputs.read_all(specs, {"a": 3}) == {"a": 3, "b": None}
    assert inputs.read_all(specs, {"a": 3, "b": "2026-01-31"})["b"] == date(2026, 1, 31)
    with pytest.raises(inputs.BadInput) as unknown:
        inputs.read_all(specs, {"a": 3, "c": 1})
    with pytest.raises(inputs.BadInput) as missing:
        inputs.read_all(specs, {})
    assert (unknown.value.field, missing.value.field) == ("c", "a")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "5", '{"a": NaN}', '{"a": Infinity}', '{"a": 1, "a": 2}', "[" * 100_000, "null"],
)
def test_bad_json_is_refused(text):
    with pytest.raises(inputs.BadInput):
        formula_cli.parse(text)


def test_an_endless_number_is_refused():
    with pytest.raises(inputs.BadInput, match="too long"):
        formula_cli.parse('{"a": ' + "9" * 5000 + "}")


def test_decimals_are_written_as_people_write_them():
    values = [Decimal("88.90"), Decimal("1E+2"), Decimal("0.00"), Decimal("-0.0"), 7, None, True]
    assert formula_cli.dumps(values) == "[88.9, 100, 0, 0, 7, null, true]"
