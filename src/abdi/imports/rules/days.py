"""Days as people and programs write them in Indonesian staff lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

MONTHS: Final = {
    "jan": 1, "januari": 1, "january": 1, "feb": 2, "pebruari": 2, "peb": 2, "februari": 2,
    "february": 2, "mar": 3, "mrt": 3, "maret": 3, "march": 3, "apr": 4, "april": 4, "mei": 5,
    "may": 5, "jun": 6, "juni": 6, "june": 6, "jul": 7, "juli": 7, "july": 7, "agu": 8, "ags": 8,
    "agt": 8, "agust": 8, "agustus": 8, "aug": 8, "august": 8, "sep": 9, "sept": 9,
    "september": 9, "okt": 10, "oktober": 10, "oct": 10, "october": 10, "nov": 11, "nop": 11,
    "november": 11, "nopember": 11, "des": 12, "desember": 12, "dec": 12, "december": 12,
}  # fmt: skip
"""Month names, Indonesian and English, long and short."""

LONGEST: Final = 60
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(3_000, 80_000)
_HUNDRED: Final = 100
_PIVOT: Final = 40
_MONTHS_A_YEAR: Final = 12
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:[Tt ]+[\d:.]+[Zz]?)?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:[ T]+[\d:.]+)?")
_NAMED = re.compile(
    r"(\d{1,2})\s*[-/. ]?\s*([a-z]{3,9})\.?\s*[-/., ]?\s*(\d{4}|\d{2})(?: [\d:.]+)?"
)
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})(?: [\d:.]+)?")
_USUAL = re.compile(r"(\d\d)[-/](\d\d)[-/](\d{4})", re.ASCII)
_EIGHT = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(\d{4,5})(?:[.,]\d+)?")
_BEFORE = re.compile(
    r"^(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,\s*)?"
    r"(?:(?:t\.?m\.?t\.?|tgl\.?|tanggal|per|mulai|sejak)\b[.:]?\s*)*"
)
FOUND = re.compile(
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}\b"
    r"|\b\d{1,2}[-. ]+[A-Za-z]{3,9}\.?[-., ]+\d{4}\b"
)
"""A day somewhere in a text."""


def day_of(value: object, *, month_first: bool = False) -> date | None:
    """The day a cell tells; None where it tells none or an impossible one.

    Day before month, unless `month_first` or only the other order is possible. Whole numbers are
    days of the spreadsheet's calendar.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int):
        return _ZERO + timedelta(days=value) if value in _SERIALS else _of_digits(str(value))
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    if found := _USUAL.fullmatch(value):
        return _either(int(found[3]), int(found[1]), int(found[2]), month_first)
    plain = value.translate(_DASHES).strip().strip("'").casefold()
    text = " ".join(_BEFORE.sub("", plain).split()).rstrip(".,;")
    return _of_text(text, month_first)


def _of_text(text: str, month_first: bool) -> date | None:
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        return _either(_full(year), first, second, month_first)
    if found := _YEAR_FIRST.fullmatch(text):
        year, first, second = (int(part) for part in found.groups())
        return _real(year, first, second) or _real(year, second, first)
    if found := _NAMED.fullmatch(text):
        return _real(_full(int(found[3])), MONTHS.get(found[2], 0), int(found[1]))
    if found := _NAMED_FIRST.fullmatch(text):
        return _real(int(found[3]), MONTHS.get(found[1], 0), int(found[2]))
    return _of_digits(text)


def _of_digits(text: str) -> date | None:
    if _EIGHT.fullmatch(text):
        year_first = _real(int(text[:4]), int(text[4:6]), int(text[6:]))
        return year_first or _real(int(text[4:]), int(text[2:4]), int(text[:2]))
    found = _SERIAL.fullmatch(text)
    if found and int(found[1]) in _SERIALS and len(found[1]) > len("1999"):
        return _ZERO + timedelta(days=int(found[1]))
    return None


def swapped(day: date) -> date | None:
    """The day with day and month the other way round; None where that is no other day."""
    other = _real(day.year, day.day, day.month)
    return other if other != day else None


def is_month_first(values: Iterable[object]) -> bool | None:
    """Whether a column writes the month before the day; None where it does not show.

    Some of its days must then be impossible otherwise and none the other way round, or all are the
    first of different months, as days of appointment are; that only with slashes, for days written
    with dashes begin with the day.
    """
    texts = [value.strip() for value in values if isinstance(value, str)]
    days = [found for text in texts if (found := _YEAR_LAST.fullmatch(text))]
    pairs = [(int(found[1]), int(found[2])) for found in days]
    if any(first > _MONTHS_A_YEAR for first, __ in pairs):
        return False
    if any(second > _MONTHS_A_YEAR for __, second in pairs):
        return True
    firsts = {first for first, __ in pairs}
    has_slashes = all("/" in found[0] for found in days)
    if has_slashes and len(firsts) > 1 and {second for __, second in pairs} == {1}:
        return True
    return None


def _either(year: int, first: int, second: int, month_first: bool) -> date | None:
    pairs = (
        ((first, second), (second, first)) if month_first else ((second, first), (first, second))
    )
    return _real(year, *pairs[0]) or _real(year, *pairs[1])


def _full(year: int) -> int:
    """Two digits of a year: up to 40 is this century."""
    if year >= _HUNDRED:
        return year
    return year + (2000 if year <= _PIVOT else 1900)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
