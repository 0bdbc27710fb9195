"""Employee numbers as they stand in files: cleaned, judged, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

from abdi.imports.choices import Fault

LENGTH: Final = 18
FIRST_CONTRACT: Final = 21
YOUNGEST: Final = 16
OLDEST: Final = 60
_MONTHS_A_YEAR: Final = 12
_SCIENTIFIC = re.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?\s*E\s*\+?\s*\d{1,3}", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:=\s*)?[\"'`\u2018\u2019\u00b4]*\s*(?:(?:NIP|NI\s?PPPK|N\.I\.P)\b[.:\s]*)?", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"[\s.\-_*()\u00ad\u200b-\u200f\u2010-\u2015\u2212\u2018\u2019\u202a-\u202f\u2060\ufeff'\"`]+"
)
ERROR: Final = re.compile(r"#(?:N/A|[A-Z0/]{3,6}[!?])", re.IGNORECASE)
"""An error of the spreadsheet, as its cell shows it."""

_WHOLE = re.compile(r"(\d{16,20})[.,]0+")
FOUND = re.compile(r"(?<!\d)\d{8}[\s./-]?\d{6}[\s./-]?\d[\s./-]?\d{3}(?!\d)", re.ASCII)
"""An employee number somewhere in a text."""


class Number(NamedTuple):
    """An employee number of a cell: its digits where they can be kept, or why not."""

    digits: str | None
    fault: Fault | None = None
    birth: date | None = None
    sex: str = ""
    is_contract: bool = False


_SEXES: Final = {"1": "male", "2": "female"}
_MONTHS: Final = frozenset(f"{month:02d}" for month in range(1, _MONTHS_A_YEAR + 1))
_CONTRACTS: Final = frozenset(str(code) for code in range(FIRST_CONTRACT, 100))
MISSING: Final = Number(None)


class Births(dict[str, "date | None"]):
    """Days of birth by the first eight digits, each worked out once."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def __missing__(self, digits: str) -> date | None:
        """Work a day out; None for an impossible or future one."""
        try:
            day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            day = None
        if day is not None and day > self.today:
            day = None
        self[digits] = day
        return day


def tidy_number(text: str) -> str:
    """The text of a number without apostrophes, spaces, points, words and formula signs around."""
    if len(text) == LENGTH and text.isdigit():
        return text
    bare = _AROUND.sub("", text.strip())
    if whole := _WHOLE.fullmatch(bare):
        return whole[1]
    return _BETWEEN.sub("", bare)


def read_number(text: str, births: Births) -> Number:
    """Judge the text of a cell as an employee number (Perka BKN 22/2007; NI PPPK).

    A number the spreadsheet has rounded is refused: its last digits are lost and never guessed.
    """
    digits = text if _is_number(text) else _within(text)
    if not digits or not (any(map(str.isdigit, digits)) or ERROR.fullmatch(text.strip())):
        return MISSING
    if not _is_number(digits):
        return Number(None, _why_not(text, digits))
    birth, month, sex = births[digits[:8]], digits[12:14], _SEXES.get(digits[14])
    is_contract = month in _CONTRACTS
    if birth is None:
        return Number(None, Fault.NIP_BIRTH)
    if not (is_contract or month in _MONTHS):
        return Number(None, Fault.NIP_MONTH)
    if sex is None:
        return Number(None, Fault.NIP_SEX)
    if digits[15:] == "000":
        return Number(None, Fault.NIP_SERIAL)
    return Number(digits, None, birth, sex, is_contract)


def _is_number(text: str) -> bool:
    return len(text) == LENGTH and text.isdigit() and text.isascii()


def _within(text: str) -> str:
    """The number in a text: what is left without all around it, or the one that stands there."""
    digits = tidy_number(text if text.isascii() else unicodedata.normalize("NFKC", text))
    if len(digits) != LENGTH and (found := FOUND.search(text)):
        return re.sub(r"\D", "", found[0])
    return digits


def _why_not(text: str, digits: str) -> Fault:
    if _SCIENTIFIC.fullmatch(text.strip().strip("'")):
        return Fault.NIP_SCIENTIFIC
    if ERROR.fullmatch(text.strip()):
        return Fault.CELL_ERROR
    if not (digits.isascii() and digits.isdigit()):
        return Fault.NIP_DIGITS if len(digits) == LENGTH else Fault.NIP_LENGTH
    return Fault.NIP_LENGTH


def appointed_in(digits: str) -> tuple[int, int]:
    """Year and month of the first appointment; the month is 0 for contract staff."""
    month = int(digits[12:14])
    return int(digits[8:12]), month if month <= _MONTHS_A_YEAR else 0


def has_usual_age(number: Number) -> bool:
    """Whether the age at appointment lies between 16 and 60 years."""
    if number.digits is None or number.birth is None:
        return True
    return YOUNGEST <= int(number.digits[8:12]) - number.birth.year <= OLDEST
