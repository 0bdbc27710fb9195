import io
import json
from datetime import date
from pathlib import Path

import pytest

from abdi.platform.exchange import BadFile, read_table, reading
from abdi.platform.tests import hostile_files as hostile

pytestmark = pytest.mark.usefixtures("in_english")

SHARED = Path(__file__).parents[5] / "shared" / "data"


def refusal(data, **options):
    with pytest.raises(BadFile) as caught:
        read_table(data, **options)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value).split()) <= 20
    return caught.value.code


def test_a_workbook_gives_its_values():
    table = read_table(hostile.workbook([("Nama", "Nilai"), ("Budi", 7), ("Siti", 7.5)]))
    assert table.kind == "xlsx"
    assert table.first.name == "Data"
    assert table.first.rows == [["Nama", "Nilai"], ["Budi", 7], ["Siti", 7.5]]


def test_whole_numbers_are_whole_and_long_ones_show_their_loss():
    [row] = read_table(hostile.workbook([(12.0, 198001012005011999)])).first.rows
    assert row[0] == 12
    assert isinstance(row[0], int)
    assert isinstance(row[1], float), "the last digits are gone, the importer must ask for text"


def test_the_old_excel_is_read_too():
    table = read_table(hostile.OLD_WORKBOOK)
    assert table.kind == "xls"
    assert table.first.rows[1] == ["Budi Contoh", "198001012005011999", date(2026, 8, 17), 7.5]


def test_open_document_sheets_are_read_too():
    table = read_table(hostile.an_ods())
    assert (table.kind, table.first.rows) == ("ods", [["Budi"]])


def test_a_page_that_calls_itself_a_workbook_is_read_as_a_page():
    table = read_table(
        b"\n <HTML><body><table><tr><th>Nama</th></tr><tr><td>Budi &amp; Siti</td></tr></table>"
    )
    assert (table.kind, table.first.rows) == ("html", [["Nama"], ["Budi & Siti"]])


def test_open_files_are_read():
    assert read_table(io.BytesIO(b"a,b\n1,2\n")).first.rows == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [
        (",", "utf-8"),
        (";", "utf-8-sig"),
        ("\t", "utf-16"),
        ("|", "cp1252"),
        (";", "utf-16-le"),
        (",", "utf-16-be"),
    ],
)
def test_separated_text_is_understood(separator, encoding):
    rows = [["Nama", "Jabatan", "Catatan"], ["Budi", "Juru lampu", 'kata "ya", é; x']]
    text = "\r\n".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    assert read_table(text.encode(encoding)).first.rows == rows


def test_separators_inside_quotes_do_not_count():
    data = b'name;note\nA;"x,y,z,1"\nB;"p,q,r,2"\n'
    assert read_table(data).first.rows[1] == ["A", "x,y,z,1"]


def test_one_column_is_a_table_too():
    assert read_table(b"name\nBudi\n").first.rows == [["name"], ["Budi"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"x" * 10_000_001, "size"),
        (b"%PDF-1.7", "kind"),
        (b"\x89PNG\r\n", "kind"),
        (b"\xff\xd8\xff\xe0", "kind"),
        (b"PK\x05\x06" + b"\0" * 18, "kind"),
        (b"<?xml version='1.0'?><x/>", "kind"),
        (b"<html><p>no table</p></html>", "kind"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "damaged"),
        (b"a,b\n\x81\x8d,x", "encoding"),
        (b"a,b\nx,\x00y\n", "nul"),
        (b"a,b\n1," + b"x" * 40_000, "wide"),
    ],
)
def test_bad_files_are_refused_for_what_they_are(data, code):
    assert refusal(data) == code


def test_files_of_another_kind_are_refused_before_they_are_opened():
    assert refusal(hostile.endless_zeros(1), kinds={"csv"}) == "wanted"


RELS = "xl/worksheets/_rels/other.rels"
MACRO_TYPE = b'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"'
OBJECT = b'<Relationship Type="x/oleObject" Target="file:///c" TargetMode="External"/>'
PICTURE = b"<r:Relationship TargetMode = 'External' Type='x/image'/>"
ADDRESS = b'<Relationship Type="x/hyperlink" Target="mailto:a" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "macros"),
        ({"[Content_Types].xml": MACRO_TYPE}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "links"),
        ({"xl/connections.xml": b"<x/>"}, "links"),
        ({RELS: OBJECT}, "links"),
        ({RELS: PICTURE}, "links"),
        ({"xl/worksheets/sheet1.xml": b"<broken"}, "damaged"),
        ({f"xl/p{n}.xml": b"x" for n in range(501)}, "parts"),
    ],
)
def test_workbooks_that_do_more_than_hold_values_are_refused(extra, code):
    assert refusal(hostile.with_parts(hostile.workbook(), extra)) == code


def test_an_address_in_a_cell_is_no_link_to_fetch():
    data = hostile.with_parts(hostile.workbook(), {RELS: ADDRESS})
    assert read_table(data).first.rows[0] == ["Nama", "NIP"]


def test_a_zip_that_is_no_workbook_is_refused():
    assert refusal(hostile.a_zip({"word/document.xml": b"<x/>"})) == "kind"


def test_passwords_are_named_as_the_reason():
    manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert refusal(hostile.an_ods(manifest=manifest)) == "encrypted"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked) == "encrypted"
    data = bytearray(hostile.workbook())
    for at in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        data[at + 8] |= 1
    assert refusal(bytes(data)) == "encrypted"


def test_macros_and_links_of_other_kinds_are_found():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT_CUR".encode("utf-16-le")
    assert refusal(old) == "macros"
    assert (
        refusal(hostile.an_ods(content=b'<table:table-source xlink:href="file:///etc/x"/>'))
        == "links"
    )


@pytest.mark.parametrize("megabytes", [2, 120])
def test_what_packs_too_well_is_a_bomb(megabytes):
    data = hostile.endless_zeros(megabytes)
    assert len(data) < 200_000
    assert refusal(data) == "bomb"


def test_a_bomb_that_lies_about_its_size_is_refused():
    assert refusal(hostile.lying_size(120)) in {"bomb", "damaged"}


def test_a_sheet_with_two_far_corners_ends_in_an_answer():
    assert refusal(hostile.far_corner()) in {"memory", "cells"}


def test_a_sheet_that_is_far_too_wide_ends_in_an_answer():
    assert refusal(hostile.slow_sheet()) in {"memory", "cells", "slow", "bomb"}


def test_a_child_that_runs_out_of_time_is_said_to_be_slow(monkeypatch, tmp_path):
    script = tmp_path / "child.py"
    script.write_text(
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass\n"
    )
    monkeypatch.setattr(reading, "CHILD", script)
    assert refusal(hostile.workbook()) == "slow"


def test_a_child_without_answer_is_an_answer(monkeypatch, tmp_path):
    script = tmp_path / "child.py"
    script.write_text("raise SystemExit(1)\n")
    monkeypatch.setattr(reading, "CHILD", script)
    assert refusal(hostile.workbook()) == "memory"


@pytest.mark.parametrize("name", ["blns.json", "csv_injection.txt"])
def test_hostile_strings_come_in_as_text(name):
    path = SHARED / "hostile" / name
    if not path.exists():
        pytest.skip("the hostile strings are not beside this checkout")
    raw = path.read_text(encoding="utf-8")
    cells = json.loads(raw) if name.endswith("json") else raw.splitlines()
    cells = [cell for cell in cells if cell.isprintable() and cell]
    rows = [[number, cell] for number, cell in enumerate(cells)]
    got = [row[1] for row in read_table(hostile.text_workbook(rows)).first.rows]
    assert got == cells


def test_real_staff_lists_are_read():
    folder = SHARED / "hr_excel"
    if not folder.exists():
        pytest.skip("the staff lists are not beside this checkout")
    seen = {path.name: read_table(path.read_bytes()) for path in folder.glob("*.[xc][ls]*")}
    assert {table.kind for table in seen.values()} == {"xlsx", "csv"}
    assert all(len(table.first.rows) > 20 for table in seen.values())
