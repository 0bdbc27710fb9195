"""Ranks as people write them: III/b, IIIb, 3B, Penata Muda Tk. I, 32, IX."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = {"I": "abcd", "II": "abcd", "III": "abcd", "IV": "abcde"}
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
GRADES: Final = (*_ROMAN, "XIV", "XV", "XVI", "XVII")
"""Grades of PPPK (Perpres 98/2020)."""

RANKS: Final = tuple(
    f"{group}/{letter}" for group, letters in _LETTERS.items() for letter in letters
)
"""Ranks of PNS, lowest first (PP 99/2000)."""

_NAMES: Final = {
    "JURU MUDA": "I/a", "JURU MUDA TINGKAT I": "I/b", "JURU": "I/c", "JURU TINGKAT I": "I/d",
    "PENGATUR MUDA": "II/a", "PENGATUR MUDA TINGKAT I": "II/b", "PENGATUR": "II/c",
    "PENGATUR TINGKAT I": "II/d", "PENATA MUDA": "III/a", "PENATA MUDA TINGKAT I": "III/b",
    "PENATA": "III/c", "PENATA TINGKAT I": "III/d", "PEMBINA": "IV/a",
    "PEMBINA TINGKAT I": "IV/b", "PEMBINA UTAMA MUDA": "IV/c", "PEMBINA UTAMA MADYA": "IV/d",
    "PEMBINA UTAMA": "IV/e",
}  # fmt: skip
_PAIR = re.compile(r"(?<![A-Z0-9])(IV|I{1,3}|[1-4])\s*[/\\.,\-|]?\s*([A-E])(?![A-Z0-9])")
_MISTYPED = re.compile(r"([IL1]{1,3}|[IL1]V)\s*[/.\-]\s*([A-E])")
_ONES: Final = str.maketrans("L1", "II")
_GRADE = re.compile(r"(?:GOL\w*|GRADE|KELAS)?\.?\s*([IVX]+|\d{1,2})")
_TITLE = re.compile(
    r"(JURU|PENGATUR|PENATA|PEMBINA)(?: (MUDA|UTAMA MUDA|UTAMA MADYA|UTAMA))?(?: (TINGKAT I))?"
)
_TINGKAT = re.compile(r"\b(?:TK|TKT|TINGKAT)\s*\.?\s*(?:I|1)\b\.?")
_DIGIT_GROUPS: Final = {"1": "I", "2": "II", "3": "III", "4": "IV"}
LONGEST: Final = 80


def rank_of(text: str, *, is_contract: bool = False) -> str | None:
    """The rank a text names, as "III/b" or, for contract staff, "IX"; None for none.

    Codes of SIASN (32 is III/b) are read for permanent staff only; grades of contract staff are.
    """
    if len(text) > LONGEST:
        return None
    plain = " ".join(_TINGKAT.sub("TINGKAT 1", text.upper()).split())
    if is_contract and (grade := _grade_of(plain)):
        return grade
    if found := _PAIR.search(plain):
        group = _DIGIT_GROUPS.get(found[1], found[1])
        letter = found[2].lower()
        return f"{group}/{letter}" if letter in _LETTERS[group] else None
    if found := _MISTYPED.fullmatch(plain):
        return rank_of(found[1].translate(_ONES) + "/" + found[2])
    return _of_code(plain) or _of_name(plain) or _high_grade(plain)


def _grade_of(plain: str) -> str | None:
    found = _GRADE.fullmatch(plain)
    if not found:
        return None
    if found[1].isdigit():
        number = int(found[1])
        return GRADES[number - 1] if 1 <= number <= len(GRADES) else None
    return found[1] if found[1] in GRADES else None


def _of_code(plain: str) -> str | None:
    if len(plain) != len("32") or not (plain.isascii() and plain.isdigit()):
        return None
    group, place = _DIGIT_GROUPS.get(plain[0]), int(plain[1])
    if group is None or not 1 <= place <= len(_LETTERS[group]):
        return None
    return f"{group}/{_LETTERS[group][place - 1]}"


def _of_name(plain: str) -> str | None:
    found = _TITLE.match(plain.replace("TINGKAT 1", "TINGKAT I"))
    return _NAMES.get(" ".join(filter(None, found.groups()))) if found else None


def _high_grade(plain: str) -> str | None:
    """A grade that no rank of permanent staff can be mistaken for."""
    grade = _grade_of(plain)
    return grade if grade and not plain.isdigit() and grade not in _LETTERS else None


FOUND = re.compile(r"(?<![A-Za-z0-9])(?:IV|I{1,3})\s*[/\\.\-]?\s*[A-Ea-e](?![A-Za-z0-9])", re.ASCII)
"""A rank somewhere in a text."""
