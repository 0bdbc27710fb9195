"""Rights over own data: what may be corrected by request, and the clocks (UU 27/2022)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

CORRECTABLE: Final = (
    "name", "title_prefix", "title_suffix", "birth_on", "phone", "email", "education",
)  # fmt: skip
"""Fields of the record that a granted correction changes by itself; others are changed by hand."""
ERASED_NAME: Final = "Mantan pegawai"


def due_of(asked_at: datetime, hours: Mapping[str, int], kind: str) -> datetime:
    """When the answer is due: hours by kind, 72 where the norms name none."""
    return asked_at + timedelta(hours=hours.get(kind, 72))


def corrected(field: str, wanted: str) -> Any:
    """The value a correction writes: a day for `birth_on`, else the text.

    Raises ValueError for a field that is not corrected by request, or a day that is none.
    """
    if field not in CORRECTABLE:
        raise ValueError(field)
    return date.fromisoformat(wanted) if field == "birth_on" else wanted


def anonymous(field_names: tuple[str, ...]) -> dict[str, Any]:
    """What the naming fields of a record hold after erasure."""
    nothing: dict[str, Any] = {
        "name": ERASED_NAME, "employee_number": None, "birth_on": None, "pension_age": None,
    }  # fmt: skip
    return {name: nothing.get(name, "") for name in field_names}
