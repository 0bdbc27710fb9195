"""PINs of duty PCs and numbers of cards: which are fit."""

from __future__ import annotations

from typing import Final

PIN_DIGITS: Final = 6
TRIES: Final = 5
"""Wrong tries after which a PIN is dead until its owner signs in whole (SECURITY_GUIDE 8)."""
SHORTEST_CARD, LONGEST_CARD = 4, 64
_RISING: Final = "01234567890123456789"


def is_pin(text: str) -> bool:
    """Whether a text has the form of a PIN: six digits of our ten."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdigit()


def is_easy_pin(pin: str) -> bool:
    """Whether a PIN is among the first that anybody tries: rows, repeats, a pattern twice."""
    half = PIN_DIGITS // 2
    rows = pin in _RISING or pin[::-1] in _RISING
    return rows or len(set(pin)) <= 2 or pin[:half] == pin[half:] or pin[:2] * half == pin


def card_number(typed: str) -> str:
    """What a reader typed, without blanks and in capitals; empty where it is no card's number."""
    found = "".join(typed.split()).upper()
    if found.isascii() and found.isalnum() and SHORTEST_CARD <= len(found) <= LONGEST_CARD:
        return found
    return ""
