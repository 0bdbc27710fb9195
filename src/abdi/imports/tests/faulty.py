"""A long staff list with planted faults of twenty kinds, each at a known place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from abdi.imports.choices import Fault
from abdi.imports.testing import a_person_record, a_table

Record = dict[str, Any]
UNIT = "Dinas Perhubungan"
LOOKS: set[str] = {Fault.NIP_MISSING, Fault.RANK_UNDATED}
"""Kinds a person looks at and lets stand."""


def _put(**changes: Any) -> Callable[[Record, Record], Record]:
    return lambda record, before: record | changes


def _number(change: Callable[[str], str]) -> Callable[[Record, Record], Record]:
    return lambda record, before: record | {"nip": change(record["nip"])}


def _swapped(record: Record, before: Record) -> Record:
    born: date = record["tanggal_lahir"]
    return record | {"tanggal_lahir": f"{born:%m-%d-%Y}"}


def _other_sex(record: Record, before: Record) -> Record:
    return record | {"jenis_kelamin": "L" if record["jenis_kelamin"] == "P" else "P"}


PLANTED: dict[Fault, Callable[[Record, Record], Record]] = {
    Fault.NIP_LENGTH: _number(lambda nip: nip[:-1]),
    Fault.NIP_DIGITS: _number(lambda nip: nip[:4] + nip[4:].replace("0", "O", 1)),
    Fault.NIP_SCIENTIFIC: _put(nip="1,98503E+17"),
    Fault.NIP_SEX: _number(lambda nip: f"{nip[:14]}3{nip[15:]}"),
    Fault.NIP_SERIAL: _number(lambda nip: f"{nip[:15]}000"),
    Fault.NIP_MISSING: _put(nip=""),
    Fault.NIP_BIRTH_MISMATCH: _put(tanggal_lahir=date(1990, 1, 1)),
    Fault.NIP_SEX_MISMATCH: _other_sex,
    Fault.DUPLICATE_NIP: lambda record, before: before,
    Fault.NAME_MISSING: _put(nama=""),
    Fault.DATE_INVALID: _put(tanggal_lahir="31-02-1979"),
    Fault.DATE_RANGE: _put(tanggal_lahir="17-08-1845"),
    Fault.DATE_SWAPPED: _swapped,
    Fault.RANK_UNKNOWN: _put(golongan="V/z"),
    Fault.RANK_UNDATED: _put(tmt_golongan=""),
    Fault.SEX_UNKNOWN: _put(jenis_kelamin="X"),
    Fault.TEXT_BAD: _put(jabatan="Pranata\u202eKomputer"),
    Fault.FORMULA: _put(jabatan="=cmd|' /C calc'!A0"),
    Fault.CELL_ERROR: _put(jabatan="#REF!"),
    Fault.UNIT_UNKNOWN: _put(unit="Dinas Perhubugan"),
}


def a_faulty_list(count: int, each: int) -> tuple[list[list[Any]], dict[int, Record]]:
    """A table of `count` persons, and the right record of each row by its line in the file.

    Each kind stands in `each` rows, spread over the list.
    """
    right = [a_person_record(at, unit=UNIT, nama=_name(at)) for at in range(count)]
    rows = list(right)
    kinds = list(PLANTED) * each
    step = count // len(kinds)
    for turn, kind in enumerate(kinds):
        at = turn * step + 1
        while kind is Fault.DATE_SWAPPED and not _can_be_swapped(right[at]):
            at += 1
        rows[at] = PLANTED[kind](right[at], right[at - 1])
    return a_table([_written(one) for one in rows]), dict(enumerate(right, 2))


def _name(at: int) -> str:
    """A name of its own for each."""
    parts = (_PARTS[at // 8**place % 8] for place in range(5))
    return f"{_FIRST[at % len(_FIRST)]} {''.join(parts).capitalize()}"


_FIRST = ("Sari", "Budi", "Nur", "Ridwan", "Dewi")
_PARTS = ("ba", "di", "gu", "ka", "lo", "mi", "ra", "su")


def _can_be_swapped(record: Record) -> bool:
    born: date = record["tanggal_lahir"]
    return born.day <= 12 and born.day != born.month


def _written(record: Record) -> Record:
    """Days as the table takes them; a planted text stays as it is."""
    days = ("tanggal_lahir", "tmt_golongan")
    return record | {day: _Day(record[day]) for day in days}


class _Day:
    """A day, or the text that stands for one."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __format__(self, form: str) -> str:
        return format(self.value, form) if isinstance(self.value, date) else str(self.value)
