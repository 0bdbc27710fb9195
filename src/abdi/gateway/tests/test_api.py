"""The REST interface: who reads what, parts of lists, marks, refusals in the language asked."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from abdi.gateway import entering
from abdi.gateway.api import document
from abdi.gateway.testing import a_keeper, a_key, a_program
from abdi.people.models import Position, Unit
from abdi.people.testing import a_city, a_person, a_position, a_unit, an_institution
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
LISTS = ("people", "units", "positions")
BUDGET = 16


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def keeper(city):
    return a_keeper(city.section)


@pytest.fixture
def program(keeper):
    return a_program(a_key(keeper)[1])


def every(program, path):
    """All items of a list, part by part."""
    found, cursor = [], ""
    while True:
        mark = "&" if "?" in path else "?"
        answer = program.get(f"/api/v1/{path}{mark}limit=2&cursor={cursor}").json()
        found += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            return found


def test_people_are_named_with_their_seats_and_nothing_personal(program, city):
    row = every(program, "people")[0]
    assert set(row) == {"code", "name", "title_prefix", "title_suffix", "seats"}
    assert set(row["seats"][0]) == {
        "position", "title", "unit", "unit_name", "kind", "start_on", "end_on",
    }  # fmt: skip
    assert program.get(f"/api/v1/people/{row['code']}").json() == row


def test_units_and_positions_are_listed_and_opened(program, city):
    units = every(program, "units")
    assert {row["code"] for row in units} == set(Unit.objects.values_list("code", flat=True))
    assert program.get(f"/api/v1/units/{city.section.code}").json()["agency"] == city.agency.code
    positions = every(program, f"positions?unit={city.section.code}")
    assert {row["id"] for row in positions} == set(
        Position.objects.filter(unit=city.section).values_list("id", flat=True)
    )
    head = next(row for row in positions if row["is_head"])
    assert head["filled"] == 1
    assert program.get(f"/api/v1/positions/{head['id']}").json() == head


def test_filters_narrow_a_list(program, city):
    a_person(city.section, name="Zulkifli Unik")
    assert [row["name"] for row in every(program, "people?name=zulkifli")] == ["Zulkifli Unik"]
    assert every(program, "people?unit=tidak-ada") == []
    inside = every(program, f"people?unit={city.section.code}")
    assert all(row["seats"][0]["unit"] == city.section.code for row in inside)
    assert {row["kind"] for row in every(program, "units?kind=agency")} == {"agency"}
    assert every(program, "units?on=1990-01-01") == []


def test_the_parts_of_a_list_are_the_list_and_no_row_comes_twice(program, city):
    rows = every(program, "people")
    whole = program.get("/api/v1/people").json()
    assert rows == whole["items"]
    assert whole["next"] is None


@pytest.mark.parametrize("path", LISTS)
def test_ten_and_a_hundred_rows_ask_the_database_equally_often(program, city, path):
    for number in range(110):
        unit = a_unit(city.section, name=f"Regu {number}")
        a_person(unit, name=f"Anggota {number}")
    program.get(f"/api/v1/{path}?limit=1")
    counts = []
    for limit in (10, 100):
        with counted_queries(at_most=BUDGET + 12) as asked:
            assert len(program.get(f"/api/v1/{path}?limit={limit}").json()["items"]) == limit
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", LISTS)
def test_an_unchanged_answer_is_not_sent_again(program, city, path):
    first = program.get(f"/api/v1/{path}")
    again = program.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    a_person(a_unit(city.section))
    assert program.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]}).content


MATRIX = {
    "people.directory.view": {"people": 200, "units": 403, "positions": 403},
    "people.placement.view": {"people": 403, "units": 200, "positions": 200},
}


@pytest.mark.parametrize("scope", MATRIX)
@pytest.mark.parametrize("path", LISTS)
def test_a_key_reads_what_its_scopes_say(keeper, scope, path):
    program = a_program(a_key(keeper, scope)[1])
    assert program.get(f"/api/v1/{path}").status_code == MATRIX[scope][path]


def test_a_refusal_stands_in_the_journal(keeper):
    a_program(a_key(keeper, "people.directory.view")[1]).get("/api/v1/units")
    assert Entry.objects.filter(kind="platform.Denied").count() == 1


def test_rows_of_another_institution_are_not_there(program):
    with within(an_institution().pk):
        unit = a_unit()
        post = a_position(unit)
        person = a_person(unit)
    for path in (f"people/{person.code}", f"units/{unit.code}x", f"positions/{post.pk}"):
        assert program.get(f"/api/v1/{path}").status_code == 404
    assert person.code not in {row["code"] for row in every(program, "people")}
    assert post.pk not in {row["id"] for row in every(program, "positions")}


BAD = (
    "people?limit=0", "people?limit=201", "people?limit=x", "people?cursor=x", "people?hal=2",
    "people?cursor=YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OQ", "people?name=%00", "units?kind=istana",
    "units?on=2026-02-30", "positions/0", "positions/9223372036854775808",
    "people?name=" + "a" * 101, "positions?kind=%C5%9F", "people?unit=" + "b" * 41,
)  # fmt: skip


@pytest.mark.parametrize("path", BAD)
def test_what_cannot_be_read_is_named(program, path):
    answer = program.get(f"/api/v1/{path}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == 422
    assert body["field"]


def test_refusals_speak_the_language_asked(keeper):
    token = a_key(keeper)[1]
    said = {
        language: a_program(token, language).get("/api/v1/people/x").json()["detail"]
        for language in ("en-GB,id;q=0.5", "id", "fr;q=x", "")
    }
    assert said["en-GB,id;q=0.5"] == "There is nothing of this name here."
    assert said["id"] == said[""] == said["fr;q=x"] != said["en-GB,id;q=0.5"]


def test_without_a_key_nothing_opens(program):
    answer = Client().get("/api/v1/people")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_together_with_a_session_is_refused(keeper):
    _key, token = a_key(keeper)
    client = sign_in_as(keeper)
    assert client.get("/api/v1/people").status_code == 401
    answer = client.get("/api/v1/people", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 400


def test_only_reading_is_offered(program):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(program, method)("/api/v1/people").status_code == 405


def test_too_many_requests_are_slowed_down(program, monkeypatch):
    monkeypatch.setattr(entering, "PER_MINUTE", 2)
    codes = [program.get("/api/v1/units").status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]


def test_guessing_keys_is_slowed_down(keeper, monkeypatch):
    monkeypatch.setattr(entering, "WRONG_KEYS", 2)
    codes = [a_program("abdi_x").get("/api/v1/units").status_code for _ in range(4)]
    assert codes == [401, 401, 429, 429]


def test_the_committed_document_is_the_one_served(client):
    kept = Path(settings.CHECKOUT, "docs/openapi.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json.loads(json.dumps(document()))
    assert client.get("/api/v1/openapi.json").json() == json.loads(kept)


def test_the_document_is_there_for_people_too(client):
    page = client.get("/api")
    assert page.status_code == 200
    assert "/api/v1/people" in page.content.decode()
