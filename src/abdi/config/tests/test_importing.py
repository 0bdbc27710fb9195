"""`abdi import people`: prints what was read, names what is wrong, never breaks."""

import json
from pathlib import Path

import pytest

from abdi.config import importing
from abdi.imports.testing import a_person_record, a_table, as_csv, everything
from abdi.imports.tests.strangers import book_of
from abdi.people.testing import a_city

SHARED = Path(__file__).parents[5] / "shared" / "data"
DATA = SHARED / "hr_excel"
GIVEN = ["siasn_67_kolom.xlsx", "duk_kecamatan.xlsx", "nominatif_titik_koma.csv"]
given = pytest.mark.skipif(not DATA.exists(), reason="the given lists are not here")

pytestmark = pytest.mark.django_db


def expected(name):
    return json.loads((DATA / f"{Path(name).stem}.expected.json").read_text(encoding="utf-8"))


@given
@pytest.mark.parametrize("name", GIVEN)
def test_the_command_prints_what_was_read(name, capsys):
    assert importing.main(["people", str(DATA / name), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    told = expected(name)
    assert said["header_row"] == told["header_row"]
    assert said["rows"] == told["rows"]
    assert all(issue in said["issues"] for issue in told["issues"])


@given
def test_the_command_says_findings_in_words(capsys):
    assert importing.main(["people", str(DATA / GIVEN[2])]) == 0
    said = capsys.readouterr().out
    assert "19980109202404190" in said
    assert "nip_length" in said


@pytest.mark.parametrize("name", ["blns.json", "csv_injection.txt", "README.md"])
@given
def test_hostile_files_are_refused_in_words(name, capsys):
    assert importing.main(["people", str(SHARED / "hostile" / name)]) == 1
    assert name in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(capsys, tmp_path):
    assert importing.main(["people", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err


def test_what_the_records_say_is_told_apart_from_the_findings(capsys, tmp_path):
    city = a_city()
    path = tmp_path / "list.csv"
    unit = city.unit.name if hasattr(city, "unit") else "Dinas Perhubungan"
    path.write_bytes(as_csv(a_table([a_person_record(0, unit=unit), a_person_record(1)])))
    assert importing.main(["people", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["issues"] == []
    assert said["records"]["new"] == 2
    assert importing.main(["people", str(path)]) == 0
    assert "2" in capsys.readouterr().out


def test_wrong_use_ends_with_code_2(capsys, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(as_csv(a_table([a_person_record(0)])))
    assert importing.main(["people", str(path), "--institution", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_apply_takes_a_list_over_once(capsys, tmp_path):
    unit = a_city().agency.name
    path = tmp_path / "list.csv"
    path.write_bytes(as_csv(a_table([a_person_record(at, unit=unit) for at in range(3)])))
    assert importing.main(["people", str(path), "--apply", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 3
    assert importing.main(["people", str(path), "--apply"]) == 0
    assert "new: 0" in capsys.readouterr().out


def test_apply_waits_where_rows_need_a_repair_unless_only_ready_ones_are_asked(capsys, tmp_path):
    unit = a_city().agency.name
    path = tmp_path / "list.csv"
    people = [a_person_record(0, unit=unit), a_person_record(1, unit="Tidak Ada Di Sini")]
    path.write_bytes(as_csv(a_table(people)))
    assert importing.main(["people", str(path), "--apply"]) == 3
    assert "1 rows" in capsys.readouterr().err
    assert importing.main(["people", str(path), "--apply", "--ready-only", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["applied"], said["blocked"]) == (1, 1)


def test_a_difference_report_is_printed_and_changes_nothing(capsys, tmp_path):
    unit = a_city().agency.name
    path = tmp_path / "list.csv"
    path.write_bytes(as_csv(a_table([a_person_record(at, unit=unit) for at in range(3)])))
    assert importing.main(["people", str(path), "--apply", "--json"]) == 0
    capsys.readouterr()
    path.write_bytes(as_csv(a_table([a_person_record(at, unit=unit) for at in (1, 2, 3)])))
    before = everything()
    assert importing.main(["people", str(path), "--difference", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"same": 2, "conflict": 0, "changed": 0, "new": 1, "gone": 1}
    assert told["gone"][0]["nip"] == a_person_record(0)["nip"]
    assert importing.main(["people", str(path), "--difference"]) == 0
    assert a_person_record(3)["nip"] in capsys.readouterr().out
    assert everything() == before


def test_a_list_that_breaks_off_is_answered_with_its_reason_alone(capsys, tmp_path):
    path = tmp_path / "list.csv"
    table = as_csv(a_table([a_person_record(0), a_person_record(1)]))
    path.write_bytes(table + b"3;x\x00;y\r\n")
    assert importing.main(["people", str(path), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["file"] == "list.csv"
    assert said["refused"]["code"] == "nul"
    assert "4" in said["refused"]["sentence"]


def test_the_answer_of_the_command_names_the_second_sheet(capsys, tmp_path):
    path = tmp_path / "dua.xlsx"
    path.write_bytes(
        book_of(
            a_table([a_person_record(1)]),
            before={"PPPK": a_table([a_person_record(0), a_person_record(1)])},
        )
    )
    assert importing.main(["people", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["sheet"], said["other_lists"]) == ("PPPK", ["Data"])
    (tmp_path / "satu.csv").write_bytes(as_csv(a_table([a_person_record(1)])))
    assert importing.main(["people", str(tmp_path / "satu.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["other_lists"] == []
