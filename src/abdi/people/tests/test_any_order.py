"""Words of a name in any order: what is found is what a plain scan finds, read from indexes."""

from __future__ import annotations

import random
import re
from importlib import import_module

import pytest
from django.db import connection

from abdi.people import queries
from abdi.people.models import Person, Unit
from abdi.people.models.naming import LATE, PAIRS, WORDS
from abdi.people.models.paths import InOrder, below
from abdi.people.queries.directory import found_ids
from abdi.people.testing import a_city, a_person
from abdi.platform.access import SYSTEM
from abdi.platform.testing import as_owner, counted_queries

directory = import_module("abdi.people.queries.directory")
pytestmark = pytest.mark.django_db
VOCABULARY = (
    "Sri", "Siti", "Sari", "Sariwati", "Santi", "Santoso", "Agus", "Agustina", "Agung", "Nur",
    "Nuraini", "Nurhayati", "Ma'ruf", "Su'ud", "R.", "M.", "I", "Ni", "Made", "Wahyuni", "Wahyu",
    "Budi", "Abd", "Abdul", "Al-Farizi", "Muhammad",
)  # fmt: skip


@pytest.fixture
def crowd():
    """Names of one to six words, some twice in a name, as SQLite and PostgreSQL keep them."""
    first = a_person(name="Agus Budi Santoso")
    chance = random.Random(5)
    names = [" ".join(chance.choices(VOCABULARY, k=1 + number % 6)) for number in range(240)]
    Person.objects.bulk_create(
        Person(institution_id=first.institution_id, name=name, employment=first.employment)
        for name in names
    )
    return {row.pk: row.name for row in Person.objects.all()}


def scanned(crowd, asked):
    """Everybody of whom each word asked for begins a word of the name."""
    words = [word.upper() for word in asked.split()]
    return {
        pk
        for pk, name in crowd.items()
        if all(any(had.startswith(word) for had in name.upper().split()) for word in words)
    }


def asked_for(chance, names):
    """Words of a name in another order, some cut short, some of another name."""
    words = chance.choice(names).split()
    chance.shuffle(words)
    if chance.random() < 0.3:
        words.append(chance.choice(VOCABULARY))
    words = words[:6]  # a search reads no more
    words = [word if chance.random() < 0.5 else word[: chance.randint(1, 5)] for word in words]
    return " ".join(words).replace(".", "").lower()


@pytest.mark.parametrize("seed", range(3))
def test_a_search_finds_what_a_plain_scan_finds(crowd, seed):
    chance = random.Random(seed)
    names = list(crowd.values())
    for _turn in range(40):
        asked = asked_for(chance, names)
        found = found_ids(Person.objects.active(), asked, 0, 1_000)
        assert len(found) == len(set(found))
        assert set(found) == scanned(crowd, asked), asked


def test_pages_of_words_in_another_order_follow_on(crowd):
    whole = found_ids(Person.objects.active(), "sant agu", 0, 1_000)
    assert len(whole) > 6
    parts = [found_ids(Person.objects.active(), "sant agu", at, 3) for at in range(0, 90, 3)]
    assert [pk for part in parts for pk in part] == whole


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("santoso agus", ["Agus Budi Santoso"]),
        ("santoso budi", ["Agus Budi Santoso"]),
        ("santo ag", ["Agus Budi Santoso"]),
        ("Dr. santoso agus, M.Si.", ["Agus Budi Santoso"]),
        ("amin ma'ruf", ["R. Ma'ruf Amin"]),
        ("ma'ruf r.", ["R. Ma'ruf Amin"]),
        ("sari sari", ["Sari Sari", "Sari"]),
        ("sari sa", ["Sari Sari", "Sari"]),
        ("sukarno suk", ["Sukarno"]),
        ("aini kalsum", ["Umi Kalsum Nur Aini"]),
        ("aini umi nur", ["Umi Kalsum Nur Aini"]),
        ("aini putri", ["Umi Kalsum Nur Aini Putri"]),
        ("wahyuni", ["I Gusti Ayu Putu Sri Wahyuni"]),
        ("wahyuni gusti sri", ["I Gusti Ayu Putu Sri Wahyuni"]),
        ("sukarno sari", []),
        ("{where} agus", []),
        ("agus%% santoso", []),
    ],
)
def test_indonesian_names_are_found_in_any_order(asked, found):
    for name in ("Agus Budi Santoso", "R. Ma'ruf Amin", "Sari", "Sari Sari", "Sukarno"):
        a_person(name=name)
    a_person(name="I Gusti Ayu Putu Sri Wahyuni")
    a_person(name="Umi Kalsum Nur Aini" + (" Putri" if "putri" in asked else ""))
    rows, _more = queries.directory(SYSTEM, asked, 1, 25)
    assert [row.name for row in rows] == found


@pytest.mark.parametrize("asked", ["santoso agus", "sant ag", "santoso budi agus", "zul agus"])
def test_words_in_another_order_cost_three_queries(crowd, asked):
    with counted_queries(at_most=3):
        queries.directory(SYSTEM, asked, 1, 25)


def plan_of(text, values):
    """How the database would read this, were the table too big to be read whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.cursor.execute(f"EXPLAIN QUERY PLAN {text}".replace("%s", "?"), values)
            return "\n".join(str(row) for row in cursor.cursor.fetchall())
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {text}", values)
        return "\n".join(row[0] for row in cursor.fetchall())


def looked_up(plan):
    """What the index itself is asked for; PostgreSQL may read an index and ask each row instead."""
    if connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in plan
        return plan
    assert "Sort" not in plan
    return " ".join(re.findall(r"Index Cond: [^\n]*", plan))


def test_two_words_are_read_from_their_index_in_its_order(crowd):
    if connection.vendor == "postgresql":  # where few have a third word, its own index does as well
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {', '.join(f'person_word_{one}' for one in WORDS)}")
    rows = Person.objects.active()
    parts = directory._in_any_order(rows, ["santoso", "agus"], 26)
    assert len(parts) == (len(PAIRS) + len(LATE)) * 2
    expected = [
        (f"person_words_{early}{late}", start, key)
        for early, late in PAIRS
        for start, key in (("= 'SAN'", ">= 'AGUS'"), ("= 'AGU'", ">= 'SANTOSO'"))
    ]
    for (name, start, key), part in zip(expected, parts[: len(expected)], strict=True):
        plan = plan_of(*part)
        assert name in plan
        if connection.vendor == "postgresql":
            assert start in looked_up(plan)
            assert key in looked_up(plan)
        else:
            assert "(institution_id=? AND <expr>=? AND <expr>>?" in looked_up(plan)


def test_the_fifth_and_sixth_word_are_read_from_their_own_index(crowd):
    parts = directory._in_any_order(Person.objects.active(), ["santoso", "agus"], 26)
    for word, part in zip((5, 5, 6, 6), parts[-4:], strict=True):
        assert f"person_word_{word}" in plan_of(*part)


def test_one_word_is_read_from_its_index_in_its_order(crowd):
    for number, part in enumerate(directory._beginnings(Person.objects.active(), "agus", 26), 1):
        plan = plan_of(*part)
        assert f"person_word_{number}" in plan
        asked = ">= 'AGUS'" if connection.vendor == "postgresql" else "<expr>>?"
        assert asked in looked_up(plan)


def test_units_below_a_unit_are_a_stretch_of_their_index():
    city = a_city()
    rows = queries.units().filter(below(city.agency.path))
    plan = plan_of(*rows.order_by(InOrder("path")).query.sql_with_params())
    assert "unit_path" in plan
    assert "path>" in plan or "path)::text >=" in plan
    assert {city.agency.pk, city.section.pk} <= set(rows.values_list("pk", flat=True))
    assert set(queries.units().filter(below(city.section.path))) == {city.section}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is read whole there")
def test_a_team_is_read_from_indexes_alone():
    city, told = a_city(), []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            told.append(plan_of(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        assert city.crew.pk in queries.led_by(city.head.pk).team
    assert len(told) > 5
    assert any("unit_path (institution_id=? AND path>? AND path<?)" in plan for plan in told)


def test_the_number_of_a_unit_begins_no_other_number():
    agency = a_city().agency
    other = Unit.objects.create(
        code="lain", name="Lain", kind=agency.kind, path=agency.path.replace("/", "0/").lstrip("0")
    )
    assert other.path.startswith(agency.path.rstrip("/"))
    assert other not in queries.units().filter(below(agency.path))
