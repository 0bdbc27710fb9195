"""PINs of duty PCs and numbers of cards: which are fit."""

from __future__ import annotations

import pytest

from abdi.people.rules import pins


@pytest.mark.parametrize("text", ["402815", "000001"])
def test_six_digits_are_a_pin(text):
    assert pins.is_pin(text)


@pytest.mark.parametrize(
    "text", ["", "40281", "4028155", "40281a", "４０２８１５", "٤٠٢٨١٥", "40 815"]
)
def test_anything_else_is_none(text):
    assert not pins.is_pin(text)


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "890123", "000000", "111112", "121212", "402402", "998999"]
)
def test_what_anybody_tries_first_is_easy(pin):
    assert pins.is_easy_pin(pin)


@pytest.mark.parametrize("pin", ["402815", "730164", "135790"])
def test_other_pins_are_not_easy(pin):
    assert not pins.is_easy_pin(pin)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("04 a2 c9 77", "04A2C977"),
        ("0012345678", "0012345678"),
        ("abc", ""),
        ("x" * 65, ""),
        ("12-34-56", ""),
        ("", ""),
        ("１２３４５６", ""),
    ],
)
def test_a_card_number_is_letters_and_digits_however_the_reader_types_them(typed, number):
    assert pins.card_number(typed) == number
