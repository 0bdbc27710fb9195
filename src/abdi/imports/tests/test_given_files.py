"""The three given lists are read exactly as expected."""

import json
from datetime import date
from pathlib import Path

import pytest

from abdi.imports.reading import read
from abdi.imports.rules import issue_as_dict, row_as_dict

DATA = Path(__file__).parents[5] / "shared" / "data" / "hr_excel"
GIVEN = ["siasn_67_kolom.xlsx", "duk_kecamatan.xlsx", "nominatif_titik_koma.csv"]
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the given lists are not here")


def expected(name):
    return json.loads((DATA / f"{Path(name).stem}.expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("whole", [True, False])
def test_the_given_lists_are_read_exactly(name, whole):
    source = (DATA / name).read_bytes() if whole else DATA / name
    with read(source, name, today=TODAY) as opened:
        rows = [row_as_dict(row) for row in opened]
    told = expected(name)
    assert opened.header_row == told["header_row"]
    assert rows == told["rows"]
    found = [issue_as_dict(issue) for issue in opened.issues]
    assert all(issue in found for issue in told["issues"])
    assert {issue["row"] for issue in found} == {issue["row"] for issue in told["issues"]}
