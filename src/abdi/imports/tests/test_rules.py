"""Rules of reading: names, days, ranks, numbers, headings, nearest names, repairs."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.imports.choices import REVIEW, Fault, Field, Layout, Line
from abdi.imports.rules import (
    Issue,
    Names,
    find_header,
    layout_of,
    likeness,
    repair_of,
    repaired,
    same_name,
    with_mapping,
)
from abdi.imports.rules.cells import facts_of, is_empty, read_cell, read_value
from abdi.imports.rules.days import day_of, is_month_first, swapped
from abdi.imports.rules.guessing import headless, refine
from abdi.imports.rules.headings import is_column_numbers
from abdi.imports.rules.lines import line_of, unit_named
from abdi.imports.rules.persons import is_plain_name, read_name, sex_of
from abdi.imports.rules.ranks import GRADES, RANKS, rank_of
from abdi.imports.rules.staff_numbers import Births, appointed_in, has_usual_age, read_number
from abdi.imports.rules.words import heading_meaning
from abdi.imports.testing import HEADINGS, a_line, a_person_record
from abdi.people.rules import EmployeeNumber, read_employee_number
from abdi.platform.norms import norms

TODAY = date(2026, 11, 22)
NIP = "199002152015032007"
BIRTH = date(1990, 2, 15)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Nama/NIP", "name number"),
        ("Gol/TMT", "rank rank_since"),
        ("TMT GOL/RUANG", "rank_since"),
        ("Tempat/Tgl lahir", "birth_place birth_on"),
        ("NAMA, TEMPAT TGL LAHIR", "name birth_place birth_on"),
        ("Pangkat, Gol/Ruang, TMT", "rank rank_since"),
        ("JENIS KELAMIN (L/P)", "sex"),
        ("tmtGolAkhir", "rank_since"),
        ("Jabatan/Unit Kerja", "position unit"),
        ("NIP LAMA", ""),
        ("GOL AWAL NAMA", ""),
        ("Gol. Darah", ""),
        ("Nama Suami/Istri", ""),
        ("Masa Kerja Golongan", ""),
        ("No. KTP", ""),
        ("TMT PNS", ""),
        ("DINAS PERHUBUNGAN KOTA 198001012005011001", ""),
        ("x" * 90, ""),
    ],
)
def test_a_heading_says_its_fields(text, fields):
    assert [field.value for field in heading_meaning(text).fields] == fields.split()


@pytest.mark.parametrize(
    ("text", "above", "field"),
    [
        ("NAMA", "JABATAN", Field.POSITION),
        ("TMT", "JABATAN", Field.POSITION_SINCE),
        ("GOL/RUANG", "PKT TERAKHIR", Field.RANK),
        ("TMT", "PKT TERAKHIR", Field.RANK_SINCE),
        ("UNIT KERJA", "JABATAN", Field.UNIT),
        ("NIP", "DATA PEGAWAI", Field.NUMBER),
    ],
)
def test_a_heading_under_a_wider_one(text, above, field):
    assert heading_meaning(text, above).fields == (field,)


def test_what_stands_under_a_strange_heading_stays_strange():
    assert heading_meaning("NAMA", "LATIHAN JABATAN").fields == ()
    assert heading_meaning("NIP", "PASANGAN").fields == ()


def test_no_line_of_a_report_is_a_heading():
    assert find_header([["DAFTAR NAMA"], ["waktu lapor", "tipe laporan"], []]) is None


def test_layouts_are_known_by_their_words():
    siasn = find_header([["PNS ID", "NIP BARU", "NAMA", "UNOR ID", "UNOR NAMA"]])
    assert layout_of(siasn) == Layout.PPPK
    assert layout_of(find_header([HEADINGS])) == Layout.NOMINATIVE
    assert layout_of(find_header([["NIP", "NAMA"]])) == Layout.OTHER


def test_a_heading_counts_what_it_tells_and_takes_a_persons_choice():
    header = find_header([HEADINGS])
    assert header.points == len(HEADINGS)
    chosen = with_mapping(header, {Field.NAME: 1, Field.UNIT: 7})
    assert chosen.mapping == {Field.NAME: 1, Field.UNIT: 7}


def test_columns_are_told_by_their_cells_where_headings_are_silent():
    rows = [a_line(number, a_person_record(number)) for number in range(6)]
    bare = headless(rows, TODAY)
    assert bare.mapping[Field.NUMBER] == 2
    assert bare.mapping[Field.NAME] == 1
    assert headless([["a b", "c d"]] * 5, TODAY) is None
    header = find_header([["NO", "NAMA", "POKOK", "X", "Y", "Z", "", "JABATAN", "UNOR"]])
    assert refine(header, rows, TODAY).mapping[Field.NUMBER] == 2


def test_an_empty_column_gives_way_to_one_that_is_filled():
    heading = ["NIP", "NAMA", "UNOR NAMA", "SATUAN KERJA NAMA"]
    rows = [["199002152015032007", "Budi", None, "Dinas X"]] * 3
    assert refine(find_header([heading]), rows, TODAY).mapping[Field.UNIT] == 3


def test_some_findings_wait_only_for_a_look():
    assert Issue(1, Fault.NIP_LENGTH).blocks
    assert not Issue(1, Fault.NIP_AGE).blocks


def test_lines_that_count_columns():
    assert is_column_numbers(["1", "2", "3"])
    assert is_column_numbers(["(1)", "(2)", "(3)", "(4)"])
    assert not is_column_numbers(["1", "12", "2020"])
    assert not is_column_numbers(["1", "Budi", "3"])


def test_lines_are_told_apart():
    header = find_header([HEADINGS])
    person = a_line(1, a_person_record(1))
    assert line_of(person, header) == Line.PERSON
    assert line_of([1, "Budi", *[None] * 7], header) == Line.PERSON
    assert line_of(["", "Budi", *[None] * 7], header) == Line.GROUP
    assert line_of([None] * 9, header) == Line.BLANK
    assert line_of(["Cendana, 1 Mei 2026"], header) == Line.NOTE
    assert line_of(list(HEADINGS), header) == Line.HEADING
    assert unit_named(["II.", "II. Bidang Lalu Lintas"]) == "Bidang Lalu Lintas"
    assert unit_named(["", "GOLONGAN III"]) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03-08-1968", date(1968, 8, 3)),
        ("3 Agustus 1968", date(1968, 8, 3)),
        ("Senin, 1 Januari 2020", date(2020, 1, 1)),
        ("TMT. 01-04-2020", date(2020, 4, 1)),
        ("1 Nop 1990", date(1990, 11, 1)),
        ("01\u201304\u20132020", date(2020, 4, 1)),
        ("August 3, 1968", date(1968, 8, 3)),
        ("09011998", date(1998, 1, 9)),
        ("35856", date(1998, 3, 2)),
        ("8/25/1990", date(1990, 8, 25)),
        ("31-02-1979", None),
        ("1998", None),
        ("kemarin", None),
        ("1" * 70, None),
        ("32 Januari 2020", None),
    ],
)
def test_days_as_people_write_them(text, day):
    assert day_of(text) == day


@settings(deadline=None)
@given(st.dates(date(1930, 1, 1), date(2035, 1, 1)))
def test_a_day_written_is_the_day_read(day):
    assert day_of(f"{day:%d-%m-%Y}") == day_of(day.isoformat()) == day_of(f"{day:%d/%m/%Y}") == day
    assert day_of(f"{day:%m/%d/%Y}", month_first=True) == day
    other = swapped(day)
    assert other is None or swapped(other) == day


def test_columns_that_write_the_month_first():
    assert is_month_first(["08/25/1990", "03/08/1968"])
    assert is_month_first(["25/08/1990", "03/08/1968"]) is False
    assert is_month_first(["04/01/2020", "10/01/2021"])
    assert is_month_first(["03/08/1968", None, "x"]) is None


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("III/b", "III/b"),
        ("iiib", "III/b"),
        ("3B", "III/b"),
        ("32", "III/b"),
        ("Penata Muda Tk. I (III/b)", "III/b"),
        ("Penata Muda Tingkat 1", "III/b"),
        ("Pembina Tk.I, IV/b", "IV/b"),
        ("Pembina Utama", "IV/e"),
        ("IX", "IX"),
        ("Golongan IX", "IX"),
        ("III/e", None),
        ("III", None),
        ("9", None),
        ("99", None),
        ("tidak ada", None),
        ("I" * 90, None),
    ],
)
def test_ranks_as_people_write_them(text, rank):
    assert rank_of(text) == rank


def test_grades_of_contract_staff():
    assert rank_of("9", is_contract=True) == "IX"
    assert rank_of("V", is_contract=True) == "V"
    assert rank_of("18", is_contract=True) is None
    assert all(rank_of(grade, is_contract=True) == grade for grade in GRADES)
    assert all(rank_of(rank) == rank for rank in RANKS)


@pytest.mark.parametrize(
    ("text", "name", "prefix", "suffix"),
    [
        ("dr. Widya Kusmawati", "Widya Kusmawati", "dr.", ""),
        ("Ir. Muhammad Andriani, S.T., M.T.", "Muhammad Andriani", "Ir.", "S.T., M.T."),
        ("Budi Santoso S.E. M.M.", "Budi Santoso", "", "S.E. M.M."),
        ("Budi Santoso SE", "Budi Santoso", "", "SE"),
        ("Drs H. Suparman, S.Sos.", "Suparman", "Drs H.", "S.Sos."),
        ("Dr.Budi Santoso", "Budi Santoso", "Dr.", ""),
        ("Ani Lestari S. Pd", "Ani Lestari", "", "S.Pd"),
        ("Moch. Ridwan", "Moch. Ridwan", "", ""),
        ("Nur'aini", "Nur'aini", "", ""),
        ("Siti R.", "Siti R.", "", ""),
        ("BUDI SANTOSO SE", "BUDI SANTOSO SE", "", ""),
        ("A. Rahman", "A. Rahman", "", ""),
    ],
)
def test_names_apart_from_titles(text, name, prefix, suffix):
    assert read_name(text) == (prefix, name, suffix)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_reader_and_plain_names_are_themselves(text):
    if is_plain_name(text):
        assert read_name(text).name == text
    read_name(text)
    day_of(text)
    rank_of(text)
    heading_meaning(text)
    same_name(text)
    told = read_cell(text, (Field.NAME,), today=TODAY, month_first=False, is_contract=False)
    assert told.fault or told.values or is_empty(text)


@pytest.mark.parametrize(("text", "sex"), [("L", "male"), ("Pr.", "female"), ("x", None)])
def test_sexes(text, sex):
    assert sex_of(text) == sex


SHAPE = st.from_regex(
    r"(19|20)[0-9]{2}[0-2][0-9][0-3][0-9](19|20)[0-9]{2}[0-9]{2}[0-4][0-9]{3}", fullmatch=True
)


@settings(deadline=None)
@given(SHAPE | st.text("0123456789", min_size=16, max_size=19))
def test_numbers_are_judged_as_everywhere_else(text):
    ours = read_number(text, Births(TODAY))
    theirs = read_employee_number(text, today=TODAY, norms=norms("people", on=TODAY))
    if isinstance(theirs, EmployeeNumber):
        assert (ours.digits, ours.birth, ours.sex) == (theirs.digits, theirs.birth, theirs.sex)
        assert ours.is_contract == (theirs.kind == "PPPK")
        year, month = appointed_in(ours.digits)
        told = f"{year}-{month:02d}" if month else str(year)
        assert told == theirs.appointed
    else:
        assert ours.fault.value == theirs.value


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1,98503E+17", Fault.NIP_SCIENTIFIC),
        ("1.9850312201001E+17", Fault.NIP_SCIENTIFIC),
        ("19980109202404190", Fault.NIP_LENGTH),
        ("19790228200604100O", Fault.NIP_DIGITS),
        ("199013152020121001", Fault.NIP_BIRTH),
        ("199001152020151001", Fault.NIP_MONTH),
        ("199001152020123001", Fault.NIP_SEX),
        ("199001152020121000", Fault.NIP_SERIAL),
    ],
)
def test_damaged_numbers_are_refused_and_never_guessed(text, fault):
    number = read_number(text, Births(TODAY))
    assert (number.digits, number.fault) == (None, fault)


def test_an_unusual_age_at_appointment_is_seen():
    births = Births(TODAY)
    assert has_usual_age(read_number(NIP, births))
    assert not has_usual_age(read_number("199002151999032007", births))


def test_facts_of_one_cell():
    fields = (Field.NAME, Field.NUMBER, Field.BIRTH_PLACE, Field.BIRTH_ON)
    told = facts_of(f"Budi, S.E.\nMadiun, 15-02-1990\nNIP. {NIP}", fields)
    assert told == {
        Field.NAME: "Budi, S.E.",
        Field.BIRTH_PLACE: "Madiun",
        Field.BIRTH_ON: "15-02-1990",
        Field.NUMBER: NIP,
    }
    told = facts_of("Budi, S.E., Madiun, 15-02-1990", fields)
    assert (told[Field.NAME], told[Field.BIRTH_PLACE]) == ("Budi, S.E.", "Madiun")


def test_values_out_of_bounds_are_faults():
    def fault(field, cell):
        return read_value(field, cell, TODAY, False, False).fault

    assert fault(Field.BIRTH_ON, date(1900, 1, 1)) == Fault.DATE_RANGE
    assert fault(Field.RANK_SINCE, date(2090, 1, 1)) == Fault.DATE_RANGE
    assert fault(Field.NAME, "x" * 200) == Fault.TEXT_LONG
    assert fault(Field.NAME, "12345") == Fault.NAME_BAD
    assert fault(Field.POSITION, "=1+1") == Fault.FORMULA
    told = read_value(Field.BIRTH_ON, "03-08-38", TODAY, False, False).values
    assert told == {Field.BIRTH_ON: date(1938, 8, 3)}
    assert read_value(Field.PHONE, "+628123", TODAY, False, False).values == {
        Field.PHONE: "+628123"
    }


NAMES = ["Dinas Perhubungan", "Dinas Lingkungan Hidup", "Kecamatan Taman", "Bagian Umum"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("DINAS PERHUBUNGAN", "Dinas Perhubungan"),
        ("Dishub", "Dinas Perhubungan"),
        ("Kec. Taman", "Kecamatan Taman"),
        ("Dinas Perhubugan", "Dinas Perhubungan"),
        ("DLH Kota", "Dinas Lingkungan Hidup"),
        ("UPT Parkir Timur", None),
    ],
)
def test_the_unit_that_was_meant(text, name):
    names = Names(NAMES)
    assert (names.known(text) or names.nearest(text)) == name


def test_names_that_are_nearly_the_same():
    assert likeness("Moch. Ridwan", "Mochamad Ridwan") == 10_000
    assert likeness("Siti Maryam", "Siti Mariyam") > 6_000
    assert likeness("Siti Maryam", "Budi Santoso") < 3_000


def fixed(code, field=None, value="", values=None, hint=""):
    values = {Field.NUMBER: NIP, **(values or {})}
    return repaired(values, Issue(5, code, field, value, hint=hint), TODAY)


def test_a_press_takes_birth_sex_and_month_from_the_number():
    assert fixed(Fault.NIP_BIRTH_MISMATCH, Field.BIRTH_ON).values == {Field.BIRTH_ON: BIRTH}
    assert fixed(Fault.DATE_INVALID, Field.BIRTH_ON).values == {Field.BIRTH_ON: BIRTH}
    assert fixed(Fault.NIP_SEX_MISMATCH, Field.SEX).values == {Field.SEX: "female"}
    told = fixed(Fault.NIP_TMT_MISMATCH, Field.APPOINTED_ON).values
    assert told == {Field.APPOINTED_ON: date(2015, 3, 1)}


def test_a_press_leaves_out_doubles_and_empties_what_nobody_can_know():
    assert fixed(Fault.DUPLICATE_NIP, Field.NUMBER).leaves_out
    assert fixed(Fault.RANK_UNKNOWN, Field.RANK).values == {Field.RANK: None}
    assert fixed(Fault.DATE_INVALID, Field.RANK_SINCE).values == {Field.RANK_SINCE: None}
    assert fixed(Fault.FORMULA, Field.NAME) is None


def test_a_press_puts_the_nearest_unit():
    told = fixed(Fault.UNIT_UNKNOWN, Field.UNIT, "Dishub", hint="Dinas Perhubungan")
    assert told.values == {Field.UNIT: "Dinas Perhubungan"}
    assert fixed(Fault.UNIT_UNKNOWN, Field.UNIT, "x") is None


def test_letters_for_digits_are_repaired_only_where_all_checks_agree():
    text = NIP.replace("0", "O", 1)
    assert fixed(Fault.NIP_DIGITS, Field.NUMBER, text).values == {Field.NUMBER: NIP}
    other = {Field.BIRTH_ON: date(1980, 1, 1)}
    assert fixed(Fault.NIP_DIGITS, Field.NUMBER, text, other) is None


def test_swapped_days_and_hidden_signs_are_repaired():
    told = fixed(Fault.DATE_SWAPPED, Field.BIRTH_ON, values={Field.BIRTH_ON: BIRTH})
    assert told.values == {Field.BIRTH_ON: BIRTH}
    assert fixed(Fault.TEXT_BAD, Field.UNIT, "Dinas\u202e X").values == {Field.UNIT: "Dinas X"}


def test_lost_digits_have_no_button():
    assert repair_of(Fault.NIP_SCIENTIFIC) is None
    assert repair_of(Fault.NIP_LENGTH) is None
    assert repaired({}, Issue(1, Fault.NIP_SCIENTIFIC), TODAY) is None
    assert all(repair_of(code) for code in (Fault.DATE_SWAPPED, Fault.SEX_UNKNOWN))
    assert Fault.NIP_SCIENTIFIC not in REVIEW
