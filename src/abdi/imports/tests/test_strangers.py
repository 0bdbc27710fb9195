"""Lists of strangers, one fault of habit each: what must be read, what must be said, what refused.

Each file is the same four people; the rules it stands for are in the README of the module.
"""

from datetime import date

import pytest

from abdi.imports.reading import read
from abdi.imports.rules import issue_as_dict, row_as_dict
from abdi.imports.testing import as_csv, as_html, as_xlsx, expected_rows
from abdi.imports.tests.strangers import (
    BIRTH,
    LINES,
    NAME,
    NUMBER,
    PEOPLE,
    PEOPLE_OF_CONTRACTS,
    POST,
    RANK,
    SEX,
    SINCE,
    TABLE,
    TEXT,
    UNIT,
    WORKBOOK,
    book_of,
    cells,
    headed,
    ods_of,
    one_cell,
    page_of,
    without,
    xml_of,
)
from abdi.platform.tests.hostile_files import with_parts
from abdi.platform.text import BadInput

TODAY = date(2026, 11, 22)
RANK_NAMES = {"II/a": "Pengatur Muda", "II/c": "Pengatur", "III/a": "Penata Muda",
              "III/b": "Penata Muda Tk. I"}  # fmt: skip
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


def told_by(data, name="daftar"):
    with read(data, name, today=TODAY) as opened:
        rows = [row_as_dict(row) for row in opened]
    return opened, rows


def day(value):
    return f"{value.day} {MONTHS.split()[value.month - 1]} {value.year}"


def grouped(digits, mark):
    return mark.join((digits[:8], digits[8:14], digits[14], digits[15:]))


def born(one):
    return f"{one['tanggal_lahir']:%d-%m-%Y}"


def since(one):
    return f"{one['tmt_golongan']:%d-%m-%Y}"


PAGE = page_of(TABLE)
WHOLE = {
    "sep line": (f"sep=;\r\n{TEXT}", 3, 2),
    "lines of a Mac": (TEXT.replace("\r\n", "\r"), 2, 1),
    "each line one quoted cell": (
        "\n".join('"' + ",".join(f'""{cell}""' for cell in row) + '"' for row in TABLE), 2, 1),
    "space before the quotation mark": (
        "\n".join(", ".join(f'"{cell}"' for cell in row) for row in TABLE), 2, 1),
    "each cell as a formula of text": (
        "\n".join(",".join(f'="{cell}"' for cell in row) for row in TABLE), 2, 1),
    "each cell in single quotes": (
        "\n".join(",".join(f"'{cell}'" for cell in row) for row in TABLE), 2, 1),
    "title with the other separator": (f"DAFTAR, KOTA, A, B, C, D\n\n{TEXT}", 4, 3),
    "two pages of a print": (
        as_csv([*TABLE[:3], ["Halaman 1"], TABLE[0], ["(1)", "(2)", "(3)"], *TABLE[3:]]), 0, 1),
    "letters count the columns": (as_csv([TABLE[0], list("abcdefghi"), *LINES]), 3, 1),
    "a sum counts the columns": (as_csv([TABLE[0], [*"12345678", "9=7+8"], *LINES]), 3, 1),
    "heading in line 25": (as_csv([*[["Nama Kepala", ": Budi"], []] * 12, *TABLE]), 26, 25),
    "words of the city": (as_csv(headed(
        "No Urut|Nama Lengkap dan Gelar|Nomor Induk Pegawai|Tanggal, Bulan, Tahun Lahir|Gender"
        "|Pangkat/Golongan Ruang|Terhitung Mulai Tanggal (TMT) Pangkat|Jabatan Sekarang|Satker")),
        2, 1),
    "words of another language": (as_csv(headed(
        "No|Full name|Employee number|Date of birth|Sex|Rank|Rank since|Position|Unit")), 2, 1),
    "recapitulation below": (as_csv([
        *TABLE, [], ["REKAPITULASI"], ["No", "Golongan", "Jumlah"], [1, "Golongan III", 2],
        [2, "Golongan II", 2], ["", "Laki-laki", 2], ["", "JUMLAH SELURUHNYA", 4]]), 2, 1),
    "signature without NIP": (as_csv([
        *TABLE, ["", "a.n. KEPALA DINAS"], ["", "SEKRETARIS"], ["", "SITI AMINAH, S.H."],
        ["", "Penata Tk. I"], ["", "", "19650101 199001 2 001"]]), 2, 1),
    "dots for more": (as_csv([*TABLE, ["..."] * 9, ["dst"]]), 2, 1),
    "vacant posts": (as_csv([*TABLE, [5, "-", "", *[""] * 4, "Kepala Seksi A", "Dinas X"],
        [6, "LOWONG", "", *[""] * 4, "Kepala Seksi B", "Dinas X"]]), 2, 1),
    "page with a remark first": (f"<!-- x --><html>{PAGE}</html>".encode(), 2, 1),
    "page that is a part": (f"<div><h2>Daftar</h2>{PAGE}</div>".encode(), 2, 1),
    "page in UTF-16": (f"<html>{PAGE}</html>".encode("utf-16"), 2, 1),
    "page inside a page": (f"<table><tr><td>x</td><td>{PAGE}</td></tr></table>".encode(), 2, 1),
    "page with scripts in its cells": (
        PAGE.replace("</td>", "<script>x</script><!-- y --></td>").encode(), 2, 1),
    "page with a heading but no row": (
        PAGE.replace("<tr>", "<thead>", 1).replace("</tr>", "</thead>", 1).encode(), 2, 1),
    "XML page": (f'<?xml version="1.0"?><html><body>{PAGE}</body></html>'.encode(), 2, 1),
    "XML workbook": (xml_of([["DAFTAR"], [], *TABLE]), 4, 3),
    "OpenDocument with repeats": (ods_of(TABLE), 2, 1),
    "sheet of samples first": (book_of(TABLE, before={"Contoh": [
        [*TABLE[0], "AGAMA", "TMT CPNS", "ESELON"], [*LINES[0], "", "", ""]]}), 2, 1),
    "number below the name": (as_csv([
        ["NO", "NAMA", *TABLE[0][3:]], ["", "NIP"],
        *(line for row in LINES for line in ([row[0], row[1], *row[3:]], ["", row[2]]))]), -2, 1),
    "one text over all columns": (as_csv([TABLE[0], ["DINAS X"] * 9, *LINES]), 3, 1),
    "schools that are groups": (as_csv([TABLE[0], [1, "SDN 01 TAMAN"], *LINES]), 3, 1),
}  # fmt: skip


def rows_from(first):
    """The rows of the four people: from a line on, or where their lines are not in one run."""
    if first > 0:
        return expected_rows(PEOPLE, first)
    at = [2, 3, 7, 8] if first == 0 else [3, 5, 7, 9]
    return [{**row, "row": line} for row, line in zip(expected_rows(PEOPLE, 0), at, strict=True)]


@pytest.mark.parametrize(("data", "first", "header"), WHOLE.values(), ids=WHOLE)
def test_all_people_are_read_and_nothing_else(data, first, header):
    opened, rows = told_by(data, "daftar.xls" if isinstance(data, bytes) else "")
    assert rows == rows_from(first)
    assert (opened.header_row, opened.issues) == (header, [])


SAME = {
    "NIP with dashes": cells(NUMBER, lambda one: grouped(one["nip"], "-")),
    "NIP with long dashes": cells(NUMBER, lambda one: grouped(one["nip"], "\u2013")),
    "NIP with slashes": cells(NUMBER, lambda one: grouped(one["nip"], "/")),
    "NIP with signs nobody sees": cells(NUMBER, lambda one: f"\u200e{one['nip']}\u2060\u200b"),
    "NIP in brackets": cells(NUMBER, lambda one: f"({one['nip']})*"),
    "NIP in wide digits": cells(
        NUMBER, lambda one: "".join(chr(ord(sign) + 0xFEE0) for sign in one["nip"])
    ),
    "rank by its name": cells(RANK, lambda one: RANK_NAMES[one["golongan"]]),
    "rank and name": cells(
        RANK, lambda one: f"{RANK_NAMES[one['golongan']]} / {one['golongan'].replace('/', '.')}"
    ),
    "rank with l for I": cells(RANK, lambda one: one["golongan"].replace("I", "l")),
    "sexes P and W": cells(SEX, lambda one: "P" if one["jenis_kelamin"] == "L" else "W"),
    "days of months": cells(BIRTH, lambda one: day(one["tanggal_lahir"]).upper()),
    "days of America beside others": cells(
        BIRTH, lambda one: f"{one['tanggal_lahir']:%m/%d/%Y 12:00:00 AM}"
    ),
    "place in the column of the day": cells(BIRTH, lambda one: f"Ngawi, {born(one)}"),
    "letters after capitals": cells(NAME, lambda one: f"{one['nama']} SE. MM."),
    "counted names": cells(NAME, lambda one: f"1. {one['nama']}, S.Pd."),
    "K.H. and a degree": cells(NAME, lambda one: f"K.H. {one['nama']} MPd"),
    "NIP in brackets behind the name": without(
        NUMBER, cells(NAME, lambda one: f"{one['nama']} ({one['nip']})")
    ),
    "post and unit in one": without(
        UNIT, cells(POST, lambda one: f"{one['jabatan']} - {one['unit']}")
    ),
    "L and P ticked": [
        [*row[:SEX], *more, *row[SEX + 1 :]]
        for row, more in zip(
            TABLE, [("L", "P"), ("v", ""), ("", "v"), ("v", ""), ("", "v")], strict=True
        )
    ],
    "group and letter apart": [
        ["NO", "NAMA", "NIP", "TGL LAHIR", "JK", "GOL", "RUANG", *TABLE[0][SINCE:]],
        *([*row[:RANK], *row[RANK].split("/"), *row[SINCE:]] for row in LINES),
    ],
    "two columns of posts": [
        [*TABLE[0][:POST], "JABATAN STRUKTURAL", "JABATAN FUNGSIONAL", "UNIT KERJA"],
        *(
            [*row[:POST], *((row[POST], "") if row[0] % 2 else ("", row[POST])), row[UNIT]]
            for row in LINES
        ),
    ],
    "a wide heading of place and day": [
        [*TABLE[0][:BIRTH], "TEMPAT / TGL LAHIR", "", *TABLE[0][SEX:]],
        *([*row[:BIRTH], "Ngawi", *row[BIRTH:]] for row in LINES),
    ],
    "a number of cards beside the name": [
        ["NO", "NAMA / KARPEG", *TABLE[0][2:]],
        *([row[0], f"{row[1]}\nE 123456", *row[2:]] for row in LINES),
    ],
    "the superior's columns": [
        [*row, *(("196501011990011001", "Bos Besar") if at else ("NIP ATASAN", "NAMA ATASAN"))]
        for at, row in enumerate(TABLE)
    ],
}


@pytest.mark.parametrize("table", SAME.values(), ids=SAME)
def test_a_fact_written_another_way_is_the_same_fact(table):
    opened, rows = told_by(as_csv(table))
    assert rows == expected_rows(PEOPLE, 2)
    assert opened.issues == []


def test_a_ditto_mark_says_what_stands_above():
    table = [list(row) for row in TABLE]
    table[2][UNIT], table[3][UNIT] = '"', "idem"
    __, rows = told_by(as_csv(table))
    assert [row["unit"] for row in rows] == [*[PEOPLE[0]["unit"]] * 3, PEOPLE[3]["unit"]]


def test_a_unit_that_stands_once_and_is_not_merged_is_not_guessed():
    __, rows = told_by(as_csv(one_cell(UNIT, "")))
    assert rows[1]["unit"] is None


def test_a_page_with_a_unit_high_over_its_people():
    table = [list(row) for row in TABLE]
    page = page_of([*table[:2], table[2][:UNIT], table[3][:UNIT], table[4]])
    page = page.replace(f"<td>{PEOPLE[0]['unit']}", f"<td rowspan=3>{PEOPLE[0]['unit']}")
    __, rows = told_by(page.encode())
    assert [row["unit"] for row in rows] == [*[PEOPLE[0]["unit"]] * 3, PEOPLE[3]["unit"]]


def test_a_duk_with_three_lines_of_heading_and_everything_around_it():
    above = [["PEMERINTAH KOTA CONTOH"], [], ["DAFTAR URUT KEPANGKATAN"], ["TAHUN 2026"], []]
    heads = [
        ["NO", "NAMA", "NIP", "PANGKAT", "", "JABATAN", "", "MASA KERJA", "", "UNIT KERJA"],
        ["", "TEMPAT/TGL LAHIR", "", "TERAKHIR", "", "TERAKHIR", "", "GOLONGAN", "", ""],
        ["", "", "", "GOL/RUANG", "TMT", "NAMA", "TMT", "THN", "BLN", ""],
    ]
    people = [
        [number, f"{one['nama']}, S.E.\nNgawi, {born(one)}", one["nip"], one["golongan"],
         since(one), one["jabatan"], "01-02-2022", 10, 2, one["unit"]]
        for number, one in enumerate(PEOPLE, 1)
    ]  # fmt: skip
    signed = ["", "Contoh, 1 November 2026", "Kepala Dinas,", "", "Drs. Suparman, M.Si."]
    below = [[*[""] * 7, text] for text in [*signed, "NIP. 19650101 199001 1 001"]]
    numbers = [f"({at})" for at in range(1, 11)]
    merged = ["D6:E6", "D7:E7", "F6:G6", "F7:G7", "H6:I6", "H7:I7", "J6:J8"]
    opened, rows = told_by(book_of([*above, *heads, numbers, *people, *below], merged))
    assert opened.header_row == 6
    assert rows == [{**row, "jenis_kelamin": None} for row in expected_rows(PEOPLE, 10)]
    assert opened.issues == []


def test_birth_place_and_day_under_one_wide_word():
    heads = [
        ["NO", "NAMA", "NIP", "TEMPAT DAN TANGGAL LAHIR", "", *TABLE[0][SEX:]],
        ["", "", "", "TEMPAT", "TANGGAL"],
    ]
    people = [[*row[:BIRTH], "Ngawi", *row[BIRTH:]] for row in LINES]
    __, rows = told_by(as_xlsx([["DAFTAR"], *heads, *people]))
    assert rows == expected_rows(PEOPLE, 4)


def test_permanent_and_contract_staff_with_a_column_each():
    mixed = [PEOPLE[0], PEOPLE_OF_CONTRACTS[1]]
    table = [["NO", "NAMA", "NIP", "NI PPPK", "GOL", "UNIT KERJA"]]
    table += [[1, mixed[0]["nama"], mixed[0]["nip"], "", mixed[0]["golongan"], mixed[0]["unit"]]]
    table += [[2, mixed[1]["nama"], "", mixed[1]["nip"], 5, mixed[1]["unit"]]]
    opened, rows = told_by(as_csv(table))
    assert [(row["nip"], row["golongan"]) for row in rows] == [
        (mixed[0]["nip"], "II/a"),
        (mixed[1]["nip"], "V"),
    ]
    assert opened.issues == []


@pytest.mark.parametrize("word", ["THL", "Tenaga Kontrak", "Non ASN"])
def test_who_works_by_contract_needs_no_number(word):
    table = [[*row, "STATUS" if at == 0 else "PNS"] for at, row in enumerate(TABLE)]
    table[2] = [*LINES[1][:NUMBER], "belum ada", *LINES[1][BIRTH:], word]
    opened, rows = told_by(as_csv(table))
    assert (rows[1]["nip"], opened.issues) == (None, [])


def test_names_that_begin_like_a_total_are_people():
    names = ["Total Sari", "Plt. Budi", "Bagian Sari", "Jumlahwati"]
    table = [["NO", "NAMA", "TGL LAHIR", "JABATAN", "UNIT KERJA"]]
    table += [[at, name, "13-01-1990", "Petugas", "X"] for at, name in enumerate(names, 1)]
    assert [row["nama"] for row in told_by(as_csv(table))[1]] == names


NIP = PEOPLE[1]["nip"]
ONE_FAULT = [
    (NUMBER, "1,97203E+17", "nip_scientific", {"nip": None}),
    (NUMBER, "1.97203231996E17", "nip_scientific", {"nip": None}),
    (NUMBER, NIP[:15] + "000", "nip_serial", {"nip": None}),
    (NUMBER, NIP[:-1], "nip_length", {"nip": None}),
    (NUMBER, NIP + "1", "nip_length", {"nip": None}),
    (NUMBER, NIP.replace("0", "O", 1), "nip_digits", {"nip": None}),
    (NUMBER, f"{NIP[:12]}13{NIP[14:]}", "nip_month", {"nip": None}),
    (NUMBER, f"{NIP[:14]}3{NIP[15:]}", "nip_sex", {"nip": None}),
    (NUMBER, "belum ada", "nip_missing", {"nip": None}),
    (NUMBER, "#REF!", "cell_error", {"nip": None}),
    (NUMBER, PEOPLE[0]["nip"], "duplicate_nip", {"nip": PEOPLE[0]["nip"]}),
    (BIRTH, "01-01-1980", "nip_birth_mismatch", {"tanggal_lahir": "1980-01-01"}),
    (BIRTH, "31/02/1987", "date_invalid", {"tanggal_lahir": None}),
    (BIRTH, "13/13/1987", "date_invalid", {"tanggal_lahir": None}),
    (BIRTH, "01-01-2190", "date_range", {"tanggal_lahir": None}),
    (SINCE, "31-04-2020", "date_invalid", {"tmt_golongan": None}),
    (SEX, "L", "nip_sex_mismatch", {"jenis_kelamin": "L"}),
    (SEX, "x", "sex_unknown", {"jenis_kelamin": None}),
    (RANK, "IV/f", "rank_unknown", {"golongan": None}),
    (NAME, "", "name_missing", {"nama": None}),
    (NAME, "=cmd|'/C calc'!A0", "formula", {"nama": None}),
    (POST, '=HYPERLINK("x")', "formula", {"jabatan": None}),
    (UNIT, "#N/A", "cell_error", {"unit": None}),
    (UNIT, "Dinas\u202eX", "text_bad", {"unit": None}),
    (UNIT, "x" * 300, "text_long", {"unit": None}),
]


@pytest.mark.parametrize(("at", "text", "code", "told"), ONE_FAULT)
def test_one_fault_is_said_in_its_row_and_nothing_else_changes(at, text, code, told):
    opened, rows = told_by(as_csv(one_cell(at, text)))
    expected = expected_rows(PEOPLE, 2)
    expected[1] |= told
    assert rows == expected
    issues = [issue_as_dict(issue) for issue in opened.issues]
    assert {"row": 3, "code": code, **({"same_as": 2} if "duplicate" in code else {})} in issues
    assert {issue["row"] for issue in issues} == {3}


@pytest.mark.parametrize(("at", "key"), [(NUMBER, "nip"), (BIRTH, "tanggal_lahir"), (UNIT, "unit")])
def test_an_error_of_a_formula_is_no_empty_cell(at, key):
    opened, rows = told_by(book_of(TABLE, before={"Rekap": [["x"]]}, error=(at, "#REF!")))
    assert rows[1][key] is None
    assert [issue_as_dict(issue) for issue in opened.issues] == [{"row": 3, "code": "cell_error"}]


def test_a_number_that_is_a_number_in_the_workbook_is_refused():
    opened, rows = told_by(as_xlsx(cells(NUMBER, lambda one: float(one["nip"]))))
    assert {row["nip"] for row in rows} == {None}
    assert [issue.code for issue in opened.issues] == ["nip_scientific"] * len(PEOPLE)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
REFUSED = {
    "a document": (b"%PDF-1.7\n" + b"0" * 900, "kind"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 900, "kind"),
    "an answer of a service": (b'[{"nip": "1", "nama": "x"}]', "kind"),
    "any XML": (b'<?xml version="1.0"?><a><b>NIP</b></a>', "kind"),
    "XML with entities": (
        xml_of(TABLE).replace(b"<Workbook", f"{ENTITIES}<Workbook".encode(), 1), "damaged"),
    "XML that breaks off": (xml_of(TABLE)[:900], "damaged"),
    "XML with a row too far": (
        f'<?xml version="1.0"?><Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}"><Worksheet>'
        '<Table><Row ss:Index="99999999"/></Table></Worksheet></Workbook>'.encode(), "cells"),
    "macros": (with_parts(WORKBOOK, {"xl/vbaProject.bin": b"x"}), "macros"),
    "a workbook that breaks off": (WORKBOOK[:-200], "damaged"),
    "a cell without an end": (as_csv(one_cell(UNIT, "x" * 40_000)), "wide"),
    "headings of something else": (b"waktu lapor,tipe laporan\n1,2\n", "no_heading"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_refused_with_its_reason(data, code):
    with pytest.raises(BadInput) as refused:
        told_by(data)
    assert refused.value.code == code


def test_a_heading_alone_is_a_list_of_nobody():
    for write in (as_csv, as_html):
        opened, rows = told_by(write(TABLE[:1]))
        assert (rows, opened.issues, opened.header_row) == ([], [], 1)
