"""Shapes of lists that were once read wrong, each as the smallest file that shows it."""

from datetime import date

import pytest

from abdi.imports.choices import Field
from abdi.imports.reading import read
from abdi.imports.rules.words import heading_meaning
from abdi.imports.testing import as_xlsx


@pytest.mark.parametrize(
    ("heading", "field"),
    [("N A M A", "name"), ("N I P", "number"), ("NIP Baru / NIP Lama", "number"),
     ("Nama Pegawai Negeri Sipil", "name"), ("J A B A T A N", "position")],
)  # fmt: skip
def test_headings_written_in_odd_ways_are_understood(heading, field):
    assert [str(one) for one in heading_meaning(heading).fields] == [field]


def test_lines_left_empty_above_a_workbook_count():
    table = [[""], [""], ["NIP", "NAMA"], ["199802252024031900", "Adinata Halimah"]]
    with read(as_xlsx(table), "kosong.xlsx") as opened:
        [row] = list(opened)
    assert (opened.header_row, row.number) == (3, 4)


def test_a_wide_post_and_day_tells_both():
    text = (
        "No;Nama;NIP;Jabatan dan TMT;\n;;;Nama;TMT\n"
        "1;Budi Santoso;197103121995031902;Kepala Bidang;02-01-2022\n"
    )
    with read(text, "duk") as opened:
        [row] = list(opened)
    assert row.values[Field.POSITION] == "Kepala Bidang"
    assert row.values[Field.POSITION_SINCE] == date(2022, 1, 2)


def test_a_list_of_two_columns_may_lack_numbers():
    with read("NIP,NAMA\n,Juwita Sari\n199404192017012901,Carla Wijaya\n", "x") as opened:
        rows = list(opened)
    assert [(row.number, [str(one.code) for one in row.issues]) for row in rows] == [
        (2, ["nip_missing"]),
        (3, []),
    ]


def test_the_separator_is_the_one_that_parts_the_heading():
    text = (
        ";;;\n;;NIP/NRP;Nama Pegawai;Gol;Tgl Lahir\n"
        ";;199802252024031900;Adi;II/a;1998-02-25T00:00:00\n"
    )
    with read(text, "x") as opened:
        [row] = list(opened)
    assert (row.values[Field.NAME], row.issues) == ("Adi", [])
