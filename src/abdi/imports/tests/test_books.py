"""Workbooks of every kind, read line by line by a process of their own."""

from datetime import date
from xml.sax.saxutils import escape

import pytest

from abdi.imports.choices import Field
from abdi.imports.reading import read
from abdi.imports.rules import row_as_dict
from abdi.imports.testing import a_person_record, a_table, as_xlsx, expected_rows
from abdi.platform.exchange import BadFile, books
from abdi.platform.exchange.books import UPLOAD, Book, Limits
from abdi.platform.tests import hostile_files as hostile

TODAY = date(2026, 11, 22)
SPACES = "urn:oasis:names:tc:opendocument:xmlns"
HOSTILE = {
    "bomb": lambda: hostile.endless_zeros(40),
    "lying bomb": lambda: hostile.lying_size(40),
    "slow": hostile.slow_sheet,
    "far corner": hostile.far_corner,
    "password": lambda: hostile.an_ods(manifest=b"<encryption-data/>"),
}


def an_ods_of(table):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        "<table:table-row>"
        + "".join(cell.format(escape(str(value))) for value in row)
        + "</table:table-row>"
        for row in table
    )
    names = "".join(f' xmlns:{name}="{SPACES}:{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content{names}><office:body><office:spreadsheet><table:table"
    content += f' table:name="Data">{rows}</table:table></office:spreadsheet></office:body>'
    return hostile.an_ods(content=f"{content}</office:document-content>".encode())


def test_open_document_lists_are_read():
    people = [a_person_record(number) for number in range(5)]
    with read(an_ods_of(a_table(people)), today=TODAY) as opened:
        assert [row_as_dict(row) for row in opened] == expected_rows(people, 2)
    assert opened.kind == "ods"


def test_lists_of_the_old_excel_are_read():
    with read(hostile.OLD_WORKBOOK, today=TODAY) as opened:
        [row] = opened
    assert opened.kind == "xls"
    assert row.values[Field.NUMBER] == "198001012005011999"


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("as_path", [True, False])
def test_hostile_workbooks_get_a_sentence_from_the_web_and_the_command(make, as_path, tmp_path):
    source = make()
    if as_path:
        path = tmp_path / "list.xlsx"
        path.write_bytes(source)
        source = path
    with pytest.raises(BadFile) as refused:
        read(source, today=TODAY)
    assert str(refused.value).strip()


def test_long_sheets_stream_and_stop_when_nobody_listens():
    people = [a_person_record(number % 90) for number in range(1500)]
    with read(as_xlsx(a_table(people)), today=TODAY) as opened:
        rows = [row.number for row in opened]
        assert rows == list(range(2, 1502))
    with read(as_xlsx(a_table(people)), today=TODAY) as opened:
        assert next(iter(opened)).number == 2


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(10, 512 << 20, 10, 100_000_000, 30), "cells"),
        (Limits(10, 512 << 20, 3_000_000, 100, 30), "bomb"),
        (Limits(10, 512 << 20, 3_000_000, 100_000_000, 0), "slow"),
    ],
)
def test_limits_are_kept(limits, code):
    data = as_xlsx(a_table([a_person_record(number) for number in range(20)]))
    with pytest.raises(BadFile) as refused, Book("xlsx", data, limits) as book:
        list(book.rows(book.sheets[0]))
    assert refused.value.code == code


def test_a_reader_that_dies_midway_is_said(tmp_path, monkeypatch):
    script = tmp_path / "child.py"
    script.write_text("import sys; sys.stdin.read(); sys.exit(3)")
    monkeypatch.setattr(books.reading, "CHILD", script)
    with pytest.raises(BadFile) as refused:
        Book("xlsx", b"x", UPLOAD)
    assert refused.value.code == "memory"
