"""Invented staff lists of any length for the import bench: eight columns, one row in 200 wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HEADINGS = ("NIP", "NAMA", "TGL LAHIR", "JK", "GOL", "TMT GOL", "JABATAN", "UNIT KERJA")
UNITS = 200
FIRST = ("Sari", "Budi", "Dewi", "Agus", "Putri", "Joko", "Rina", "Wahyu", "Lestari", "Bambang")
LAST = ("Wulandari", "Hartono", "Lesmana", "Santoso", "Utami", "Nugroho", "Siregar", "Hidayat")
RANKS = ("II/a", "II/c", "III/a", "III/b", "III/c", "III/d", "IV/a")
POSTS = ("Pengadministrasi Perkantoran", "Analis Kebijakan Ahli Muda", "Arsiparis Terampil",
         "Pranata Komputer Ahli Pertama", "Penata Layanan Operasional")  # fmt: skip
WRONG = 200
DAYS = 12_000
SERIALS = 100


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """So many people; each number is another, one in 200 has another day of birth than told."""
    start = date(1966, 1, 1)
    for at in range(count):
        birth = start + timedelta(days=at // SERIALS % DAYS)
        woman = at // (SERIALS * DAYS) % 2
        appointed = f"{birth.year + 25}{1 + at % 12:02d}"
        number = f"{birth:%Y%m%d}{appointed}{1 + woman}{900 + at % SERIALS}"
        told = birth - timedelta(days=500) if at % WRONG == 7 else birth
        name = f"{FIRST[at % 10]} {LAST[at // 10 % 8]} {FIRST[at // 80 % 10]}"
        yield (
            number, name, f"{told:%d-%m-%Y}", "LP"[woman], RANKS[at % 7],
            f"01-{4 if at % 2 else 10:02d}-{2015 + at % 10}", POSTS[at % 5],
            f"Unit Kerja {at % UNITS:03d}",
        )  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """A list as separated text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """A list as a workbook of texts."""
    import xlsxwriter

    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Data")
        for at, row in enumerate([HEADINGS, *rows(count)]):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
