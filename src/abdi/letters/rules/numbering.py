"""The number of a letter: its pattern, and what may stand in it."""

from __future__ import annotations

import re
from datetime import date

PARTS = ("kode", "nomor", "unit", "bulan", "tahun")
"""Words of a pattern: classification code, running number, unit, month in Roman, year."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST = 80
_PART = re.compile(r"\{([a-z]+)\}")
_PLAIN = re.compile(r"[A-Za-z0-9 ./()_-]*")
_CODE = re.compile(r"[0-9A-Za-z]{1,6}(\.[0-9A-Za-z]{1,6}){0,7}")


def pattern_problem(pattern: str) -> str | None:
    """What is wrong with a pattern: `part` unknown, `number` missing, `signs`, `length`."""
    if len(pattern) > LONGEST:
        return "length"
    if any(part not in PARTS for part in _PART.findall(pattern)):
        return "part"
    if "{nomor}" not in pattern:
        return "number"
    return None if _PLAIN.fullmatch(_PART.sub("", pattern)) else "signs"


def number_text(pattern: str, *, code: str, number: int, unit: str, on: date) -> str:
    """A number as it is printed: `800.1.11.1/17/DISPERKIM/2026`."""
    values = {
        "kode": code,
        "nomor": str(number),
        "unit": unit,
        "bulan": ROMAN[on.month - 1],
        "tahun": str(on.year),
    }
    return _PART.sub(lambda found: values.get(found[1], ""), pattern)


def is_classification(code: str) -> bool:
    """Whether a text has the shape of a classification code, such as 800.1.11.1."""
    return bool(_CODE.fullmatch(code))


def unit_mark(code: str) -> str:
    """A unit's code as it stands in a number: capitals, digits and hyphens."""
    return re.sub(r"[^A-Z0-9]+", "-", code.upper()).strip("-")
