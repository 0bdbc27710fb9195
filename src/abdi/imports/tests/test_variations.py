"""The same people in every shape a city may send them: the reading is always the same."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.imports.choices import Field, Line
from abdi.imports.reading import read
from abdi.imports.rules import row_as_dict
from abdi.imports.testing import (
    HEADINGS,
    a_person_record,
    a_table,
    as_csv,
    as_html,
    as_xlsx,
    expected_rows,
)

TODAY = date(2026, 11, 22)
PEOPLE = [a_person_record(number) for number in range(12)]
TABLE = a_table(PEOPLE)
BIRTH, SINCE, NUMBER = 3, 6, 2
TITLES = [["DAFTAR NOMINATIF PEGAWAI NEGERI SIPIL"], ["PEMERINTAH KOTA CENDANA TAHUN 2026"], []]


def reading_of(data):
    with read(data, "list", today=TODAY) as opened:
        rows = [row_as_dict(row) for row in opened]
    return opened, rows


def expect(data, first_row=2, header_row=1, rows=None):
    """The reading gives all people, finds nothing wrong and stands where it should."""
    opened, found = reading_of(data)
    assert found == (expected_rows(PEOPLE, first_row) if rows is None else rows)
    assert opened.header_row == header_row
    assert opened.issues == []
    return opened


def with_column(at, write):
    return [TABLE[0], *([*row[:at], write(record), *row[at + 1 :]] for row, record in LINES)]


LINES = list(zip(TABLE[1:], PEOPLE, strict=True))
INTERRUPTED = [*expected_rows(PEOPLE[:4], 2), *expected_rows(PEOPLE[4:], 7)]


def interrupted_by(row):
    return as_csv([*TABLE[:5], row, *TABLE[5:]])


@pytest.mark.parametrize("separator", ";,\t|^~:")
def test_any_separator(separator):
    expect(as_csv(TABLE, separator))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_any_encoding(encoding):
    expect(as_csv(TABLE, ";", encoding))


def test_letters_of_other_languages_keep_in_windows_files():
    people = [a_person_record(0, nama="José Müller"), a_person_record(1)]
    opened, rows = reading_of(as_csv(a_table(people), ";", "cp1252"))
    assert rows == expected_rows(people, 2)
    assert opened.kind == "csv"


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_html])
@pytest.mark.parametrize("above", [[], TITLES])
def test_any_kind_of_file_with_or_without_titles(write, above):
    expect(write([*above, *TABLE]), 2 + len(above), 1 + len(above))


def test_pasted_text():
    assert expect(as_csv(TABLE, "\t").decode()).kind == "paste"


def test_a_file_on_disk(tmp_path):
    path = tmp_path / "pegawai.csv"
    path.write_bytes(as_csv(TABLE))
    with read(path, today=TODAY) as opened:
        assert len(list(opened)) == len(PEOPLE)
    assert opened.name == "pegawai.csv"


@pytest.mark.parametrize("number", ["{}", "({})", "{}."])
def test_a_line_that_counts_the_columns(number):
    counted = [number.format(at) for at in range(1, len(HEADINGS) + 1)]
    expect(as_csv([TABLE[0], counted, *TABLE[1:]]), 3)


@pytest.mark.parametrize(
    "heading",
    [
        [
            ["NO", "NAMA", "NIP", "TANGGAL LAHIR", "L/P", "PANGKAT", "", "JABATAN", "UNIT KERJA"],
            ["", "", "", "", "", "GOL/RUANG", "TMT", "", ""],
        ],
        [
            ["NO", "NAMA", "NIP", "TGL LHR", "L/P", "PANGKAT", "", "JABATAN", ""],
            ["", "", "", "", "", "GOL/RUANG", "TMT", "NAMA JABATAN", "UNIT KERJA"],
        ],
        [
            ["NO", "IDENTITAS", "", "", "", "KEPEGAWAIAN", "", "", ""],
            ["", "NAMA", "NIP", "TANGGAL LAHIR", "L/P", "GOL", "TMT", "JABATAN", "UNIT KERJA"],
        ],
        [
            ["No", "Nama", "NIP", "Lahir", "Jenis", "Golongan", "", "Jabatan", "Unit"],
            ["Urut", "Lengkap", "Baru", "Tanggal", "Kelamin", "Gol", "TMT", "Terakhir", "Kerja"],
        ],
    ],
)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_headings_of_two_lines(heading, write):
    expect(write([*TITLES, *heading, *TABLE[1:]]), 6, 4)


@pytest.mark.parametrize(
    "words",
    [
        "No.|Nama Lengkap|N I P|Tgl. Lahir|Jenis Kelamin|Gol. Ruang|TMT Gol|Nama Jabatan|OPD",
        "no|nama|nip|tglLahir|jenisKelamin|golRuangAkhir|tmtGolAkhir|jabatanNama|unorNama",
        "NO|NAMA PEGAWAI|NIP BARU|TANGGAL LAHIR|JK|GOL AKHIR NAMA|TMT GOL|JABATAN NAMA|UNOR NAMA",
        "No Urut|Nama PNS|NIP/NI PPPK|Tanggal Lahir|L/P|Pangkat/Gol|TMT Pangkat|Jabatan|SKPD",
        "Nomor|Nama & Gelar|NIP.|Lahir|Kelamin|Golru|TMT|Jabatan Terakhir|Perangkat Daerah",
        "NO|NAMA|NIP|TGL_LAHIR|JENIS_KELAMIN|GOLONGAN|TMT_GOLONGAN|NAMA_JABATAN|NAMA_UNOR",
        "Number|Name|NIP|Birth date|Sex|Rank|TMT Rank|Position|Unit",
    ],
)
def test_other_words_in_the_heading(words):
    expect(as_csv([words.split("|"), *TABLE[1:]]))


@given(order=st.permutations(range(len(HEADINGS))), seed=st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_any_order_of_columns_with_strangers_between(order, seed):
    extra = random.Random(seed)
    strangers = ["AGAMA", "NIK", "NPWP", "KET. LAIN", "NIP LAMA", "GOL AWAL", "TMT PNS"]
    strange = extra.sample(strangers, extra.randrange(len(strangers)))
    table = [[*(row[at] for at in order), *("" for _ in strange)] for row in TABLE]
    table[0] = [*(TABLE[0][at] for at in order), *strange]
    expect(as_csv(table))


@pytest.mark.parametrize(
    "shape",
    [
        "%d/%m/%Y",
        "%Y-%m-%d",
        "%d.%m.%Y",
        "%d %B %Y",
        "%d-%b-%Y",
        "%Y/%m/%d",
        "%d%m%Y",
        "%Y%m%d",
        "%d-%m-%y",
        "%m/%d/%Y",
        "%Y-%m-%d 00:00:00",
        "TMT %d-%m-%Y",
        "%d - %m - %Y",
    ],
)
def test_days_in_every_shape(shape):
    table = with_column(BIRTH, lambda record: record["tanggal_lahir"].strftime(shape))
    for row, record in zip(table[1:], PEOPLE, strict=True):
        row[SINCE] = record["tmt_golongan"].strftime(shape)
    expect(as_csv(table))


MONTHS = "Januari Pebruari Maret April Mei Juni Juli Agustus September Oktober Nopember Desember"


@pytest.mark.parametrize("length", [3, 20])
def test_days_with_indonesian_months(length):
    months = [month[:length] for month in MONTHS.split()]

    def write(record):
        day = record["tanggal_lahir"]
        return f"{day.day} {months[day.month - 1]} {day.year}"

    expect(as_csv(with_column(BIRTH, write)))


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_days_as_numbers_of_the_spreadsheet(write):
    zero = date(1899, 12, 30)
    expect(write(with_column(BIRTH, lambda record: (record["tanggal_lahir"] - zero).days)))


def test_days_as_days():
    expect(as_xlsx(with_column(BIRTH, lambda record: record["tanggal_lahir"])))


@pytest.mark.parametrize(
    "shape", ["'{}", " {} ", "{}\u00a0", "NIP. {}", '="{}"', "{}.0", "{} / 132 456 789"]
)
def test_numbers_as_text_with_signs_around(shape):
    expect(as_csv(with_column(NUMBER, lambda record: shape.format(record["nip"]))))


def test_numbers_written_in_groups():
    def write(record):
        digits = record["nip"]
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"

    expect(as_csv(with_column(NUMBER, write)))


@pytest.mark.parametrize("words", [("Laki-laki", "Perempuan"), ("M", "F"), ("Pria", "Wanita")])
def test_sexes_in_other_words(words):
    expect(as_csv(with_column(4, lambda record: words[record["jenis_kelamin"] == "P"])))


@pytest.mark.parametrize(
    "shape", ["{0}.{1}", "{0} {1}", "{0}{1}", "{0}/{2}", "Penata ({0}/{1})", "Gol. {0}-{1}"]
)
def test_ranks_in_other_shapes(shape):
    def write(record):
        group, letter = record["golongan"].split("/")
        return shape.format(group, letter, letter.upper())

    expect(as_csv(with_column(5, write)))


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_html])
def test_two_facts_in_one_cell(write):
    table = [["NO", "NAMA/NIP", "TEMPAT/TGL LAHIR", "JK", "GOL/TMT", "JABATAN", "UNIT KERJA"]]
    for number, one in enumerate(PEOPLE, 1):
        birth, since = (f"{one[day]:%d-%m-%Y}" for day in ("tanggal_lahir", "tmt_golongan"))
        name = f"dr. {one['nama']}, S.E. / {one['nip']}"
        rank = f"{one['golongan']}, {since}"
        table.append(
            [
                number,
                name,
                f"Madiun, {birth}",
                one["jenis_kelamin"],
                rank,
                one["jabatan"],
                one["unit"],
            ]
        )
    opened = expect(write(table))
    assert Field.TITLE_SUFFIX not in opened.mapping


def test_a_name_with_titles_place_and_day_of_birth_in_one_cell():
    table = with_column(
        1,
        lambda record: (
            f"Ir. {record['nama']}, S.T., M.T.\nMadiun, {record['tanggal_lahir']:%d-%m-%Y}"
        ),
    )
    with read(as_xlsx(table), today=TODAY) as opened:
        rows = list(opened)
    assert [row.values[Field.NAME] for row in rows] == [one["nama"] for one in PEOPLE]
    assert {row.values[Field.BIRTH_PLACE] for row in rows} == {"Madiun"}
    assert {row.values[Field.TITLE_SUFFIX] for row in rows} == {"S.T., M.T."}


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (Line.BLANK, []),
        (Line.BLANK, ["", " ", "-"]),
        (Line.GROUP, ["II", "DINAS PERHUBUNGAN"]),
        (Line.GROUP, ["", "GOLONGAN III"]),
        (Line.HEADING, list(HEADINGS)),
        (Line.COLUMN_NUMBERS, [str(at) for at in range(1, 10)]),
        (Line.TOTAL, ["JUMLAH", "", "", "", "", "", "", "", "4"]),
        (Line.TOTAL, ["", "Sub Total", "4 orang"]),
    ],
)
def test_lines_that_are_no_person(line, row):
    opened = expect(interrupted_by(row), rows=INTERRUPTED)
    assert opened.skipped == [(6, line)]


def right(*texts):
    """Lines with a text in the last columns only, as signatures stand."""
    return [[*[""] * 7, text] for text in texts]


FEET = {
    "total": [[], ["JUMLAH", "", "", "", "", "", "", "", "12"]],
    "total in words": [["", "Jumlah : 12 orang"]],
    "signature": right("Cendana, 1 November 2026", "Kepala Dinas,", "", "Drs. Suparman, M.Si.")
    + right("NIP. 196501011990011001"),
    "two signatures": [
        ["", "Mengetahui,", "", "", "", "", "", "Cendana, 1 November 2026"],
        ["", "Kepala Dinas,", "", "", "", "", "", "Kepala Subbagian,"],
        ["", "Drs. Suparman", "", "", "", "", "", "Budi, S.E."],
        ["", "NIP. 196501011990011001", "", "", "", "", "", "NIP. 196501011990011002"],
    ],
    "notes": [["Keterangan: data per 1 November 2026"], ["Sumber: BKPSDM"]],
    "number below a name": [["", "", "Kepala Dinas"], ["", "", "NIP. 196501011990011001"]],
}


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_totals_and_signatures_below(foot, write):
    expect(write([*TABLE, *foot]))


def test_a_table_without_heading_is_known_by_its_numbers():
    opened, rows = reading_of(as_csv([row[1:6] for row in TABLE[1:]]))
    assert opened.header_row == 0
    keys = ("nip", "nama", "tanggal_lahir", "jenis_kelamin", "golongan")
    told = [[row[key] for key in keys] for row in rows]
    assert told == [[row[key] for key in keys] for row in expected_rows(PEOPLE, 1)]


def test_units_of_group_lines_where_there_is_no_column():
    table = [row[:8] for row in TABLE]
    table.insert(1, ["I", "DINAS PERHUBUNGAN"])
    table.insert(6, ["II", "KECAMATAN KARTOHARJO"])
    __, rows = reading_of(as_csv(table))
    assert [row["unit"] for row in rows][3:5] == ["DINAS PERHUBUNGAN", "KECAMATAN KARTOHARJO"]


def test_the_sheet_with_the_people_is_found_among_others():
    from abdi.platform.exchange import write_xlsx

    data = write_xlsx(
        {
            "Petunjuk": (["Isi lembar Data", ""], [["1", "NIP harus teks"]]),
            "Referensi": (["KODE", "UNIT KERJA"], [["1", "Dinas Perhubungan"]]),
            "Data": (TABLE[0], TABLE[1:]),
        }
    )
    opened = expect(data)
    assert (opened.sheet, opened.other_sheets) == ("Data", ["Petunjuk", "Referensi"])


def test_a_page_with_wide_and_high_cells():
    heads = "<tr><th rowspan=2>NO</th><th rowspan=2>NAMA<br>TTL</th><th rowspan=2>NIP</th>"
    heads += "<th colspan=2>PANGKAT</th><th rowspan=2>JABATAN</th></tr>"
    heads += "<tr><th>GOL</th><th>TMT</th></tr>"
    one = PEOPLE[0]
    cells = ["1", f"{one['nama']}, S.E.<br>Madiun, {one['tanggal_lahir']:%d-%m-%Y}", one["nip"]]
    cells += [one["golongan"], f"{one['tmt_golongan']:%d-%m-%Y}", one["jabatan"]]
    body = "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    __, rows = reading_of(f"<html><table>{heads}{body}</table></html>".encode())
    [expected] = expected_rows([one], 3)
    assert rows == [{**expected, "jenis_kelamin": None, "unit": None}]


def test_a_person_chooses_the_columns():
    with read(as_csv([["A", *TABLE[0][1:]], *TABLE[1:]]), today=TODAY) as opened:
        opened.choose({Field.NAME: 1, Field.NUMBER: 2})
        rows = list(opened)
    assert {field for row in rows for field in row.values} == {Field.NAME, Field.NUMBER}


def test_a_unit_merged_over_its_people_is_the_unit_of_each():
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Pegawai")
        for line, row in enumerate(TABLE):
            for column, cell in enumerate(row[: 8 if line else 9]):
                sheet.write(line, column, cell)
        sheet.merge_range(1, 8, 6, 8, "Dinas Perhubungan")
        sheet.merge_range(7, 8, 12, 8, "Bagian Umum")
    __, rows = reading_of(target.getvalue())
    assert [row["unit"] for row in rows] == ["Dinas Perhubungan"] * 6 + ["Bagian Umum"] * 6


def test_a_name_cut_at_its_commas_is_put_together_by_the_number_behind_it():
    lines = [",".join(map(str, row)) for row in TABLE]
    lines[3] = lines[3].replace(PEOPLE[2]["nama"], f"{PEOPLE[2]['nama']}, S.Kom., M.T.")
    expect("\n".join(lines).encode())


def test_a_line_with_more_cells_than_the_heading_is_said():
    opened, rows = reading_of(as_csv([*TABLE[:3], [*TABLE[3], "lebih"]]))
    assert len(rows) == 3
    assert [(issue.row, issue.code) for issue in opened.issues] == [(4, "row_shifted")]
