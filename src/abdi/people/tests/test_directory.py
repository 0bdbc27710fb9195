"""The directory answers while typing: any word of a name, a number, never a title."""

from __future__ import annotations

import pytest
from django.db import connection

from abdi.people import queries
from abdi.people.models import Person
from abdi.people.queries.directory import found_ids
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
NAMES = (
    "Agus Budi Santoso",
    "Budi Hartono",
    "Santi Agustina",
    "Sari Sariwati",
    "Umi Kalsum Nur Aini",
    "R. Ma'ruf Amin",
)


@pytest.fixture
def people():
    for name in NAMES:
        a_person(name=name)


def names(asked, number=1, size=25):
    rows, _more = queries.directory(SYSTEM, asked, number, size)
    return [row.name for row in rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ag", ["Agus Budi Santoso", "Santi Agustina"]),
        ("BUDI", ["Budi Hartono", "Agus Budi Santoso"]),
        ("aini", ["Umi Kalsum Nur Aini"]),
        ("agus sa", ["Agus Budi Santoso", "Santi Agustina"]),
        ("santoso agus", ["Agus Budi Santoso"]),
        ("budi santo", ["Agus Budi Santoso"]),
        ("sari", ["Sari Sariwati"]),
        ("ma'r", ["R. Ma'ruf Amin"]),
        ("Dr. Ir. Budi H, M.T.", ["Budi Hartono"]),
        ("udi", []),
        ("%", []),
        ("_g", []),
        ("agus x", []),
    ],
)
def test_it_finds_by_the_beginning_of_any_word(people, asked, found):
    assert sorted(names(asked)) == sorted(found)


def test_without_words_everybody_stands_by_name(people):
    assert names("  ") == sorted(NAMES)
    assert names("", 2, 4) == sorted(NAMES)[4:]


def test_pages_follow_on_and_say_whether_more_come(people):
    first, more = queries.directory(SYSTEM, "a", 1, 2)
    second, last = queries.directory(SYSTEM, "a", 2, 2)
    assert more
    assert not last
    found = {row.name for row in (*first, *second)}
    assert found == {
        "Agus Budi Santoso",
        "Santi Agustina",
        "Umi Kalsum Nur Aini",
        "R. Ma'ruf Amin",
    }


def test_a_number_is_found_by_its_beginning_and_shown_with_the_post():
    agency = an_agency("Dinas Penerangan")
    a_person(agency, name="Umi", number="199001012015031001", title="Analis")
    a_person(name="Ani", number="198501012010031002")
    rows, _more = queries.directory(SYSTEM, "1990 0101", 1, 25)
    assert [(row.name, row.post, row.unit) for row in rows] == [
        ("Umi", "Analis", "Dinas Penerangan")
    ]


def test_who_has_left_is_not_found(people):
    Person.objects.filter(name="Budi Hartono").update(left_on=clock.today())
    assert names("hart") == []
    assert names("budi") == ["Agus Budi Santoso"]


@pytest.mark.parametrize("asked", ["ag", "agus sa", "1990", "", "zzz"])
def test_a_search_costs_three_queries_at_most(people, asked):
    with counted_queries(at_most=3):
        queries.directory(SYSTEM, asked, 1, 25)


def plan_of(run):
    """What the database says about how it will read, of every query that `run` asks."""
    told = []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                prefix = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
                cursor.cursor.execute(f"{prefix} {sql}".replace("%s", "?"), params)
                told.extend(str(row) for row in cursor.cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        run()
    return " ".join(told)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is read whole there")
def test_each_word_is_read_from_its_own_index_alone(people):
    plan = plan_of(lambda: found_ids(Person.objects.active(), "ag", 0, 26))
    for word in (1, 2, 3, 4):
        assert f"SEARCH people_person USING INDEX person_word_{word}" in plan
    assert "TEMP B-TREE" not in plan


def test_pages_of_people_ask_no_more_than_they_show():
    city = a_city()
    office = sign_in_as(an_actor("agency_hr", city.agency))
    office.get("/pegawai")
    with counted_queries(at_most=3):
        assert office.get("/pegawai").status_code == 200
    colleague = sign_in_as(actor_for(city.second_crew))
    colleague.get("/profil")
    # six of them find the superior; whose agency it is, is asked once for all three rights
    with counted_queries(at_most=13):
        assert colleague.get(f"/pegawai/{city.crew.code}").status_code == 200
