"""Files of strangers get a sentence or a row with findings: never a crash, a hang, a guess."""

import json
from datetime import date
from pathlib import Path

import pytest

from abdi.imports.choices import Fault, Field
from abdi.imports.reading import Unreadable, read
from abdi.imports.testing import a_line, a_person_record, a_table, as_csv, as_xlsx
from abdi.imports.wording import place, sentence
from abdi.platform.exchange import BadFile
from abdi.platform.text import BadInput

DATA = Path(__file__).parents[5] / "shared" / "data" / "hostile"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"%PDF-1.7 nothing",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"<html><table></table></html>",
        b"<html><body>no table</body></html>",
        b'"' * 70_000,
        b"a,b\n1,2\n",
        b"\xff\xfe\x00\xd8",
        b"NIP;NAMA\n\x00\x00;\x00",
        b"[1, 2, 3]",
        b"\x81\x8d\x8f\x90\x9d;;\n",
        ("NIP;NAMA\n" + ";" * 40_000).encode(),
        "\n\n\n",
        "\u202e",
    ],
    ids=range(16),
)
def test_what_is_no_list_gets_a_sentence(data):
    ready, said = [], "read"
    try:
        with read(data, "x", today=TODAY) as opened:
            ready = [row for row in opened if row.is_ready]
    except BadInput as refusal:
        said = str(refusal)
    assert not ready
    assert said.strip()


def naughty():
    strings = json.loads((DATA / "blns.json").read_text(encoding="utf-8"))
    injections = (DATA / "csv_injection.txt").read_text(encoding="utf-8").splitlines()
    return [text for text in [*strings, *injections] if "\ud800" not in text]


@pytest.mark.skipif(not DATA.exists(), reason="the hostile strings are not here")
@pytest.mark.parametrize("column", range(1, 9))
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_hostile_strings_in_any_column_end_in_findings(column, write):
    table = a_table([a_person_record(0)])
    good = a_line(2, a_person_record(1))
    for text in naughty():
        if "\x00" not in text:
            table.append([*good[:column], text, *good[column + 1 :]])
    with read(write(table), "x", today=TODAY) as opened:
        for row in opened:
            for value in row.values.values():
                assert not isinstance(value, str) or not value.startswith(("=", "@"))
        for issue in opened.issues:
            said = f"{place(issue, 'Data', opened.header.columns)}: {sentence(issue)}"
            assert said.isprintable()
            assert str(issue.row) in said


def test_a_formula_is_no_name_and_says_where_it_stands():
    table = a_table([a_person_record(0, nama="=cmd|'/C calc'!A0")])
    with read(as_xlsx(table, "Pegawai"), "x", today=TODAY) as opened:
        [row] = opened
    assert [issue.code for issue in row.issues] == [Fault.FORMULA]
    assert Field.NAME not in row.values
    said = place(row.issues[0], opened.sheet, opened.header.columns)
    assert all(part in said for part in ("Pegawai", "2", "NAMA"))


def test_text_with_a_nul_names_its_line():
    data = as_csv(a_table([a_person_record(n) for n in range(3)])).replace(b"III/a", b"I\x00I")
    with pytest.raises(BadFile) as refused, read(data, today=TODAY) as opened:
        list(opened)
    assert refused.value.line == 4


def test_an_upload_that_is_too_large_is_refused_and_a_file_of_the_operator_is_not(tmp_path):
    data = as_csv(a_table([a_person_record(1)])) + b";;;;;;;;\n" * 1_200_000
    with pytest.raises(BadFile) as refused:
        read(data, today=TODAY)
    assert refused.value.code == "size"
    path = tmp_path / "large.csv"
    path.write_bytes(data)
    with read(path, today=TODAY) as opened:
        assert len(list(opened)) == 1


def test_a_sheet_that_does_not_exist_is_said():
    with pytest.raises(Unreadable, match="Gaji"):
        read(as_xlsx(a_table([a_person_record(1)])), sheet="Gaji", today=TODAY)
