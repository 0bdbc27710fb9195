import io
import json
import math
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from abdi.platform.exchange import child
from abdi.platform.tests import hostile_files as hostile

OLD_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_an_ordinary_workbook_gives_its_sheets():
    [sheet] = child.answer("xlsx", hostile.workbook())["sheets"]
    assert sheet["name"] == "Data"
    assert sheet["rows"][1] == ["Budi", "198001012005011999"]


def test_a_page_gives_its_tables():
    page = b"<table><tr><td>a</td><td></td></tr></table><table><tr><th> b\n c </th></tr></table>"
    tables = child.answer("html", page)["sheets"]
    assert [table["rows"] for table in tables] == [[["a", None]], [["b c"]]]


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("xlsx", b"PK\x03\x04 broken", "damaged"),
        ("xlsx", hostile.a_zip({"word/document.xml": b"<x/>"}), "kind"),
        ("xlsx", hostile.a_zip({f"p{n}": b"" for n in range(501)}), "parts"),
        ("xlsx", hostile.a_zip({"xl/vbaProject.bin": b""}), "macros"),
        ("xlsx", hostile.a_zip({"xl/externalLinks/a.xml": b""}), "links"),
        ("xlsx", hostile.endless_zeros(2), "bomb"),
        ("xlsx", hostile.endless_zeros(120), "bomb"),
        ("xlsx", hostile.lying_size(2), "damaged"),
        ("ods", hostile.an_ods(manifest=b"<encryption-data/>"), "encrypted"),
        ("ods", hostile.an_ods(content=b"<broken"), "damaged"),
        ("xls", OLD_HEAD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("xls", OLD_HEAD + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        ("xls", OLD_HEAD, "damaged"),
        ("html", b"<p>no table</p>", "kind"),
        ("html", b"", "damaged"),
    ],
)
def test_a_refusal_has_its_code(kind, data, code):
    assert child.answer(kind, data) == {"refused": code}


def test_parts_are_measured_and_not_believed(monkeypatch):
    monkeypatch.setattr(child, "MOST_UNPACKED", 5_000)
    data = hostile.workbook()
    assert child.answer("xlsx", data) == {"refused": "bomb"}


def test_more_cells_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(child, "MOST_CELLS", 3)
    assert child.answer("xlsx", hostile.workbook()) == {"refused": "cells"}


def test_running_out_of_memory_is_an_answer(monkeypatch):
    def full(data):
        raise MemoryError

    monkeypatch.setattr(child, "read_workbook", full)
    assert child.answer("xlsx", hostile.workbook()) == {"refused": "memory"}


def test_the_same_name_twice_is_damage():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("xl/workbook.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("xl/workbook.xml", b"<b/>")
    assert child.answer("xlsx", target.getvalue()) == {"refused": "damaged"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7.0, 7),
        (7.5, 7.5),
        (1e18, 1e18),
        (math.inf, "inf"),
        (math.nan, "nan"),
        ("", None),
        (True, True),
        (date(2026, 8, 17), {"day": "2026-08-17"}),
        (datetime(2026, 8, 17, 7), {"moment": "2026-08-17T07:00:00"}),  # noqa: DTZ001
        (time(7, 30), {"time": "07:30:00"}),
        (timedelta(hours=2), {"minutes": 120}),
    ],
)
def test_cells_become_json(value, shown):
    assert child.plain(value) == shown
    json.dumps(shown, allow_nan=False)
