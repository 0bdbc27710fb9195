"""Rights over own data: what may be corrected by request, and the clocks (UU 27/2022)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from abdi.people.rules.codes import EDUCATION_LEVELS
from abdi.platform.clocks import after_hours

CORRECTABLE: Final = (
    "name", "title_prefix", "title_suffix", "birth_on", "phone", "email", "education",
)  # fmt: skip
"""Fields of the record that a granted correction changes by itself; others are changed by hand."""
LONGEST: Final = {
    "name": 150, "title_prefix": 60, "title_suffix": 80, "birth_on": 10, "phone": 24, "email": 254,
    "education": 12,
}  # fmt: skip
"""How long a corrected value may be."""
MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
ERASED_NAME: Final = "Mantan pegawai"


def due_of(asked_at: datetime, hours: Mapping[str, int], kind: str) -> datetime:
    """When the answer is due: hours by kind, 72 where the norms name none."""
    return after_hours(asked_at, hours.get(kind, 72))


def corrected(field: str, wanted: str) -> Any:
    """The value a correction writes: a day for `birth_on`, a number as +62…, else the text.

    Raises ValueError with what was not understood: the field itself, or name, day, phone,
    email, education, long.
    """
    if field not in CORRECTABLE:
        raise ValueError(field)
    text = wanted.strip()
    if len(text) > LONGEST[field]:
        raise ValueError("long")
    if field == "birth_on":
        return _day(text)
    if field == "phone":
        return _phone(text)
    return _plain(field, text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("day") from None


def _phone(text: str) -> str:
    digits = "".join(sign for sign in text if sign not in " -.()")
    bare = digits.removeprefix("+62").removeprefix("62").removeprefix("0")
    if not (bare.isascii() and bare.isdigit() and 8 <= len(bare) <= 13):
        raise ValueError("phone")
    return f"+62{bare}"


def _plain(field: str, text: str) -> str:
    if field == "name" and not text:
        raise ValueError("name")
    if field == "email" and not MAIL.fullmatch(text):
        raise ValueError("email")
    if field == "education":
        known = {level.casefold(): level for level in EDUCATION_LEVELS}
        if text.casefold() not in known:
            raise ValueError("education")
        return known[text.casefold()]
    return text


def anonymous(field_names: tuple[str, ...]) -> dict[str, Any]:
    """What the naming fields of a record hold after erasure."""
    nothing: dict[str, Any] = {
        "name": ERASED_NAME, "employee_number": None, "birth_on": None, "pension_age": None,
    }  # fmt: skip
    return {name: nothing.get(name, "") for name in field_names}
