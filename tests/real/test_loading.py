"""`abdi load` on small files of our own, and on the real ones where this machine has them."""

import json
import os
from pathlib import Path

import pytest

from abdi.config import loading, places
from abdi.people import queries as people
from abdi.platform.tenancy import Institution, unscoped, within
from abdi.reports import queries
from abdi.reports.models import Report
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("ABDI_SHARED", ROOT.parent / "shared")) / "data"
BOSTON = SHARED / "reports_311/boston_street_lights_2015_jan_apr.csv"
NYC = SHARED / "reports_311/nyc_311_2011_march.csv"
LAPOR = SHARED / "lapor/lapor_kota_semarang.csv"
NAME = "boston_street_lights"
HEAD = (
    "CASE_ENQUIRY_ID,OPEN_DT,TARGET_DT,CLOSED_DT,OnTime_Status,CASE_STATUS,CLOSURE_REASON,SUBJECT,"
    "TYPE,neighborhood,LATITUDE,LONGITUDE,Source"
)
GOOD = (
    "1,01/01/2015 12:25:23 AM,01/16/2015 08:30:00 AM,01/02/2015 04:17:43 PM,ONTIME,Closed,,"
    "Public Works Department,Street Light Outages,Fenway,42.3474,-71.0944,Self Service"
)
OPEN = (
    "2,01/01/2015 12:25:23 AM,01/16/2015 08:30:00 AM,,OVERDUE,Open,,"
    "Public Works Department,Street Light Outages,,42.3474,-71.0944,Self Service"
)


def run(capsys, path, *options, code=0):
    ended = loading.main(["reports", str(path), "--json", *options])
    printed = capsys.readouterr()
    assert ended == code, printed.err
    return json.loads(printed.out.splitlines()[-1]) if ended == 0 else printed.err


@pytest.fixture
def a_file(tmp_path):
    def write(*lines):
        path = tmp_path / "laporan.csv"
        path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def test_a_file_is_loaded_once(capsys, a_file):
    first = run(capsys, a_file(GOOD, OPEN), "--map", "boston_street_lights")
    again = run(capsys, a_file(GOOD, OPEN), "--map", "boston_street_lights.yaml")
    assert (first["loaded"], first["refused"], first["verdict"]) == (2, 0, {"agree": 1, "of": 1})
    assert (again["loaded"], again["already"]) == (0, 2)
    assert Report.objects.count() == 2


def test_a_preview_writes_nothing(capsys, a_file):
    found = run(capsys, a_file(GOOD), "--map", "boston_street_lights", "--preview")
    assert (found["loaded"], found["preview"]) == (1, True)
    assert not Report.objects.exists()
    assert not people.agencies().exists()


def test_odd_rows_are_counted_with_their_reasons(capsys, a_file):
    odd = GOOD.replace("1,01/01", "3,13/41", 1)
    found = run(capsys, a_file(GOOD, GOOD, odd, "4,5"), "--map", "boston_street_lights")
    assert found["loaded"] == 1
    assert found["reasons"] == {
        "the key stands in the file twice": 1,
        "the time in column OPEN_DT cannot be read": 1,
        "the row has more or fewer cells than the heading": 1,
    }
    assert [row["row"] for row in found["rows"]] == [3, 4, 5]


def test_the_agency_and_its_service_are_made_from_the_map(capsys, a_file):
    run(capsys, a_file(GOOD), "--map", "boston_street_lights")
    report = Report.objects.select_related("agency", "service").get()
    assert report.agency.code == "boston-public-works"
    assert report.service.code == "boston-street-lights"
    assert queries.categories().count() > 50


def test_the_first_load_makes_the_institution_of_the_map(capsys, a_file, inside_institution):
    with unscoped("an empty installation"):
        Institution.objects.all().delete()
    run(capsys, a_file(GOOD), "--map", "boston_street_lights")
    made = Institution.objects.get()
    assert (made.code, made.time_zone) == ("boston", "America/New_York")
    with within(made.pk):
        assert Report.objects.get().number.startswith("BOS-")


def test_where_several_institutions_are_one_must_be_named(capsys, a_file, inside_institution):
    Institution.objects.create(code="lain", name="Kota Lain")
    path = a_file(GOOD)
    error = run(capsys, path, "--map", "boston_street_lights", code=1)
    assert "--institution" in error
    run(capsys, path, "--map", "boston_street_lights", "--institution", inside_institution.code)
    assert Report.objects.count() == 1


def test_the_loop_page_of_the_loaded_service_shows_its_own_numbers(capsys, a_file, client):
    path = a_file(GOOD, GOOD.replace("1,", "3,", 1))
    assert loading.main(["reports", str(path), "--map", NAME, "--sign-in", "pembaca"]) == 0
    password = capsys.readouterr().err.split("pembaca with ")[1].split()[0]
    client.post("/masuk", {"login": "pembaca", "password": password})
    page = client.get("/putaran/boston-street-lights")
    assert page.status_code == 200
    text = page.content.decode()
    assert "100%" in text
    assert "2015" in text


def test_a_sign_in_name_that_is_taken_is_one_sentence(capsys, a_file):
    run(capsys, a_file(GOOD), "--map", NAME, "--sign-in", "pembaca")
    assert "taken" in run(capsys, a_file(GOOD), "--map", NAME, "--sign-in", "pembaca", code=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("source: [", "no YAML"),
        ("just words", "empty"),
        ("source: x\ncolumns: {}\n", "lacks"),
    ],
)
def test_a_bad_map_is_one_sentence(capsys, a_file, tmp_path, text, words):
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    assert words in run(capsys, a_file(GOOD), "--map", str(path), code=1)


def test_a_map_nobody_ships_names_those_that_are(capsys, a_file):
    error = run(capsys, a_file(GOOD), "--map", "atlantis", code=1)
    assert "boston_street_lights.yaml" in error


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"a,b\n1,2\n", "no column"), (b"a\x00b", "cannot be read")],
)
def test_a_file_that_is_none_is_one_sentence(capsys, tmp_path, content, words):
    path = tmp_path / "laporan.csv"
    path.write_bytes(content)
    error = run(capsys, path, "--map", "boston_street_lights", code=1)
    assert words in error
    assert "Traceback" not in error


def test_a_file_that_is_not_there_is_one_sentence(capsys):
    assert "No such file" in run(capsys, "/nowhere.csv", "--map", "nyc_2011", code=1)


def test_the_answer_can_be_read_by_people(capsys, a_file):
    path = str(a_file(GOOD, "4,5"))
    assert loading.main(["reports", path, "--map", "boston_street_lights"]) == 0
    text = capsys.readouterr().out
    assert "loaded: 1" in text
    assert "row 3: the row has more or fewer cells" in text
    assert "1 of 1 (100.0 %)" in text


def test_every_shipped_map_can_be_followed():
    names = loading.shipped_maps()
    assert len(names) >= 3
    assert all(loading.read_map(name).agencies for name in names)


def test_stop_is_a_sentence():
    assert str(places.Stop("Choose one.")) == "Choose one."


# ------------------------------------------------------------------ the real files


def real(path):
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name} is not on this machine")


@pytest.mark.slow
@real(BOSTON)
def test_boston_is_accounted_for_and_judged_as_the_city_did(capsys):
    found = run(capsys, BOSTON, "--map", "boston_street_lights")
    assert found["loaded"] + found["refused"] == 2_255
    assert found["verdict"]["of"] > 2_000
    assert found["verdict"]["agree"] == found["verdict"]["of"]
    assert run(capsys, BOSTON, "--map", "boston_street_lights")["loaded"] == 0


@pytest.mark.slow
@real(NYC)
def test_new_york_loads_with_its_odd_rows_refused(capsys):
    found = run(capsys, NYC, "--map", "nyc_2011")
    assert found["loaded"] + found["refused"] == 631
    assert 0 < found["refused"] < 10


@pytest.mark.slow
@real(LAPOR)
def test_the_texts_of_semarang_find_their_agencies_better_than_the_trained_baseline(capsys):
    found = run(capsys, LAPOR, "--map", "lapor_semarang")
    assert found["loaded"] + found["refused"] == 214
    routing = found["routing"]
    assert routing["agree"] * 100 > 71 * routing["of"]
    assert sum(one["of"] for one in routing["families"].values()) == routing["of"]
