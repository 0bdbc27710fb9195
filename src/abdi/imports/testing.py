"""Invented staff lists in the shapes cities send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from abdi.platform.exchange import write_xlsx

HEADINGS = ("NO", "NAMA", "NIP", "TGL LAHIR", "JK", "GOL", "TMT GOL", "JABATAN", "UNIT KERJA")
_NAMES = ("Sari Wulandari", "Budi Hartono", "Nur'aini Putri", "Moch. Ridwan", "Dewi Lestari")
_RANKS = ("II/a", "II/c", "III/a", "III/b", "III/d", "IV/a")
_POSITIONS = ("Arsiparis Terampil", "Kepala Seksi Pemeliharaan Jalan", "Pranata Komputer Ahli Muda")
_UNITS = ("Dinas Perhubungan", "Dinas Lingkungan Hidup", "Kecamatan Kartoharjo")


def a_person_record(at: int, **changes: Any) -> dict[str, Any]:
    """One invented person by number; each number gives another person, always the same."""
    birth = date(1968 + at % 30, 1 + at % 12, 1 + at % 28)
    year, month = birth.year + 24 + at // 2_100, 1 + at % 12
    is_woman = at % 2
    record = {
        "nip": f"{birth:%Y%m%d}{year}{month:02d}{1 + is_woman}{900 + at % 100}",
        "nama": _NAMES[at % len(_NAMES)],
        "jenis_kelamin": "P" if is_woman else "L",
        "tanggal_lahir": birth,
        "golongan": _RANKS[at % len(_RANKS)],
        "tmt_golongan": date(2015 + at % 10, 4 if at % 2 else 10, 1),
        "jabatan": _POSITIONS[at % len(_POSITIONS)],
        "unit": _UNITS[at % len(_UNITS)],
    }
    return {**record, **changes}


def a_line(number: int, record: dict[str, Any]) -> list[Any]:
    """A record in the order of HEADINGS, days as day-month-year."""
    return [
        number,
        record["nama"],
        record["nip"],
        f"{record['tanggal_lahir']:%d-%m-%Y}",
        record["jenis_kelamin"],
        record["golongan"],
        f"{record['tmt_golongan']:%d-%m-%Y}",
        record["jabatan"],
        record["unit"],
    ]


def a_table(records: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """A heading and a line for each record."""
    return [list(HEADINGS), *(a_line(number, record) for number, record in enumerate(records, 1))]


def as_csv(table: Sequence[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A table as separated text with quoted cells where they need it."""
    import csv
    import io

    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(table)
    return text.getvalue().encode(encoding)


def as_xlsx(table: Sequence[Sequence[Any]], sheet: str = "Data") -> bytes:
    """A table as a workbook; its first line stands first."""
    head = ["" if cell is None else str(cell) for cell in table[0]]
    return write_xlsx({sheet: (head, table[1:])})


def as_html(table: Sequence[Sequence[Any]]) -> bytes:
    """A table as a page, as programs export it under the name .xls."""
    from html import escape

    lines = (
        "<tr>" + "".join(f"<td>{escape(str(cell or ''))}</td>" for cell in row) + "</tr>"
        for row in table
    )
    return f"<html><body><table>{''.join(lines)}</table></body></html>".encode()


def expected_rows(records: Sequence[dict[str, Any]], first_row: int) -> list[dict[str, Any]]:
    """What a reading of the records must say, as `rules.row_as_dict` does."""
    days = ("tanggal_lahir", "tmt_golongan")
    return [
        {"row": row, **record, **{day: record[day].isoformat() for day in days}}
        for row, record in enumerate(records, first_row)
    ]


def a_draft(records: Sequence[dict[str, Any]], *, by: Any, agency: Any = None) -> Any:
    """A draft of invented people, read from separated text."""
    from abdi.imports import actions, reading

    with reading.read(as_csv(a_table(records)), "daftar.csv") as opened:
        return actions.start_draft(agency, by=by, opened=opened, rows=list(opened))
