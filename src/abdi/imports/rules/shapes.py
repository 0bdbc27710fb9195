"""Persons and findings as other programs read them."""

from __future__ import annotations

from datetime import date
from typing import Final

from abdi.imports.choices import Field
from abdi.imports.rules.checks import Issue, Row

ROW_KEYS: Final = {
    "nip": Field.NUMBER,
    "nama": Field.NAME,
    "jenis_kelamin": Field.SEX,
    "tanggal_lahir": Field.BIRTH_ON,
    "golongan": Field.RANK,
    "tmt_golongan": Field.RANK_SINCE,
    "jabatan": Field.POSITION,
    "unit": Field.UNIT,
}
"""The words other programs use for the main fields."""

_SEXES: Final = {"male": "L", "female": "P"}


def row_as_dict(row: Row) -> dict[str, object]:
    """A person: the line of the file and the main fields; days in ISO form, nothing is None."""
    told: dict[str, object] = {"row": row.number}
    for key, field in ROW_KEYS.items():
        value = row.values.get(field)
        told[key] = value.isoformat() if isinstance(value, date) else value
    sex = row.values.get(Field.SEX)
    told["jenis_kelamin"] = _SEXES.get(str(sex)) if sex else None
    return told


def issue_as_dict(issue: Issue) -> dict[str, object]:
    """A finding: line and kind, and for doubles the line that came first."""
    told: dict[str, object] = {"row": issue.row, "code": issue.code.value}
    if issue.same_as:
        told["same_as"] = issue.same_as
    return told
