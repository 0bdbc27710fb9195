"""Who leaves when, who can stand in, and the mix of generations."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform.journal import Entry
from abdi.platform.norms import norms
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.workload import actions, queries, rules
from abdi.workload.models import TaskSkill
from abdi.workload.testing import a_task

TODAY = date(2026, 3, 2)
NORMS = norms("people", on=TODAY)
SPANS = norms("workload", on=TODAY)["generations"]
BASE = {
    "birth": date(1970, 5, 10),
    "tier": "PELAKSANA",
    "title": "Analis",
    "employment": "PNS",
    "own_age": None,
    "contract_end": None,
    "norms": NORMS,
}


def leaves(**more):
    return rules.leaving(**{**BASE, **more})


def test_a_civil_servant_leaves_the_month_after_the_age_of_his_post():
    assert leaves() == rules.Leaving(date(2028, 6, 1), rules.PENSION)
    assert leaves(tier="JPT_PRATAMA").on == date(2030, 6, 1)
    assert leaves(own_age=65).on == date(2035, 6, 1)


def test_a_teacher_has_the_age_of_teachers_and_a_doctor_a_typed_one():
    assert leaves(title="Guru Ahli Muda").on == date(2030, 6, 1)
    assert leaves(title="Dokter Ahli Pertama") is None
    assert leaves(title="Dokter Ahli Pertama", own_age=60).on == date(2030, 6, 1)


def test_a_contract_ends_on_its_day_but_never_beyond_the_age():
    contract = {"employment": "PPPK", "contract_end": date(2027, 12, 31)}
    assert leaves(**contract) == rules.Leaving(date(2028, 1, 1), rules.CONTRACT, renewable=True)
    beyond = {"employment": "PPPK", "contract_end": date(2029, 12, 31)}
    assert leaves(**beyond) == rules.Leaving(date(2028, 6, 1), rules.PENSION)


def test_where_nothing_is_known_nothing_is_said():
    assert leaves(birth=None) is None
    assert leaves(tier="TANPA") is None
    assert leaves(birth=None, employment="PPPK", contract_end=date(2026, 12, 31)).renewable


def test_the_years_counted_end_five_years_ahead():
    assert rules.years_ahead(TODAY, 5) == (2026, 2027, 2028, 2029, 2030, 2031)


def test_what_remains_is_said_without_and_with_renewal():
    gone = [leaves(), leaves(employment="PPPK", contract_end=date(2026, 12, 31))]
    assert rules.remaining(5, gone, date(2031, 12, 31)) == (3, 4)
    assert rules.remaining(5, gone, date(2026, 12, 31)) == (5, 5)


def test_generations_have_the_bounds_of_the_census():
    found = [rules.generation(date(year, 6, 1), SPANS) for year in (1964, 1965, 1980, 1981, 1997)]
    assert found == ["BOOMER", "X", "X", "Y", "Z"]
    assert rules.generation(date(1930, 1, 1), SPANS) == "PRE_BOOMER"
    with pytest.raises(LookupError):
        rules.generation(date(2000, 1, 1), SPANS[:1])


@given(st.dates(date(1940, 1, 1), date(2008, 12, 31)), st.integers(40, 70))
def test_nobody_leaves_before_the_age(birth, age):
    assert leaves(birth=birth, own_age=age).on.year - birth.year in (age, age + 1)


# ------------------------------------------------------------------ queries and pages


@pytest.fixture
def city():
    city = a_city()
    for person, birth in ((city.crew, date(1969, 1, 5)), (city.second_crew, date(1998, 1, 5))):
        person.birth_on = birth
        person.save()
    return city


def units_of(city):
    return [city.agency.pk, city.section.pk]


@pytest.mark.django_db
def test_the_outlook_counts_by_year_and_names_the_unknown(city):
    with counted_queries(1):
        found = queries.outlook(units_of(city))
    section = next(unit for unit in found.units if unit.unit_id == city.section.pk)
    assert (section.existing, sum(section.by_year), section.left) == (3, 1, 2)
    assert section.by_year[found.years.index(2027)] == 1
    assert section.unknown == 1
    assert [one.row.person_id for one in found.leavers] == [city.crew.pk]


@pytest.mark.django_db
def test_a_task_of_one_person_is_a_single_point_until_another_is_noted(city):
    task = a_task(city.section, people.position_of(city.crew.pk), name="Ganti panel")
    found = queries.outlook(units_of(city))
    with counted_queries(3):
        row = queries.covers(units_of(city), found)[0]
    assert row.is_single
    assert row.is_lost
    office = an_actor("agency_hr", city.agency)
    actions.note_skill(task, city.second_crew, by=office, level="learns")
    assert queries.covers(units_of(city), found)[0].is_single
    actions.note_skill(task, city.second_crew, by=office, level="can")
    row = queries.covers(units_of(city), found)[0]
    assert not row.is_single
    assert not row.is_lost
    assert TaskSkill.objects.count() == 1


@pytest.mark.django_db
def test_small_groups_of_a_generation_stay_hidden(city):
    for birth in (date(1985, 1, 1), date(1970, 1, 1)) * 6:
        person = a_person(city.section)
        person.birth_on = birth
        person.save()
    mix, pairs = queries.generations(units_of(city))
    assert mix.shown(city.section.pk, "Z") is None
    assert None in [mix.shown(city.section.pk, code) for code in ("X", "Y")]
    assert len(pairs) == 7
    city.second_crew.birth_on = None
    city.second_crew.save()
    mix, _pairs = queries.generations(units_of(city))
    assert [mix.shown(city.section.pk, code) for code in ("X", "Y")] == [7, 6]
    assert mix.total("Y") == 6


@pytest.mark.django_db
def test_names_are_for_the_team_and_the_offices_and_the_reading_is_logged(city):
    office = sign_in_as(an_actor("agency_hr", city.agency))
    shown = office.get("/pensiun").content.decode()
    assert city.crew.name in shown
    entry = Entry.objects.get(kind="workload.LeaversRead")
    assert str(city.crew.pk) in entry.data["people"].split(",")
    mayor = sign_in_as(an_actor("executive", person=a_person(city.agency)))
    shown = mayor.get("/pensiun?opd=semua")
    assert shown.status_code == 200
    assert city.crew.name not in shown.content.decode()
    assert sign_in_as(actor_for(city.crew)).get("/pensiun").status_code == 403


@pytest.mark.django_db
def test_every_page_opens_for_an_office_also_without_units(city):
    a_task(city.section, people.position_of(city.crew.pk))
    for actor in (an_actor("personnel_office"), actor_for(city.head)):
        client = sign_in_as(actor)
        for path in ("", "/pengganti", "/pengganti?lihat=satu", "/generasi", "/generasi?opd=x"):
            assert client.get(f"/pensiun{path}").status_code == 200


@pytest.mark.django_db
def test_a_skill_is_noted_from_the_page_by_who_may(city):
    task = a_task(city.section, people.position_of(city.crew.pk))
    office = sign_in_as(an_actor("agency_hr", city.agency))
    given = {"task": task.pk, "person": city.second_crew.name, "level": "teaches"}
    assert office.post("/pensiun/pengganti/catat", given).status_code == 302
    wrong = {**given, "person": "<script>"}
    assert office.post("/pensiun/pengganti/catat", wrong).status_code == 422
    foreign = sign_in_as(an_actor("agency_hr", an_agency()))
    assert foreign.post("/pensiun/pengganti/catat", given).status_code == 404
    stranger = sign_in_as(actor_for(city.crew))
    assert stranger.post("/pensiun/pengganti/catat", given).status_code == 403


# ------------------------------------------------------------------ skills and languages


def test_a_skill_serves_a_task_that_names_all_of_it():
    task = rules.craft_words("Perbaiki panel lampu jalan")
    assert rules.serves(rules.craft_words("Panel lampu"), task)
    assert not rules.serves(rules.craft_words("Panel surya"), task)
    assert not rules.serves(rules.craft_words("bahasa"), rules.craft_words("Pandu turis"))
    assert rules.serves(
        rules.craft_words("Bahasa Inggris"), rules.craft_words("Pandu turis (Inggris)")
    )


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_skill_serves_whatever_holds_its_words(skill, more):
    words = rules.craft_words(skill)
    assert rules.serves(words, rules.craft_words(f"{skill} {more}")) == bool(words)


@pytest.mark.django_db
def test_a_checked_skill_covers_a_task_and_one_only_said_does_not(city):
    a_task(city.section, people.position_of(city.crew.pk), name="Ganti panel listrik")
    own = actor_for(city.second_crew)
    skill = people_actions.say_skill(
        city.second_crew, by=own, kind="skill", name="Panel listrik", grade="good"
    )
    found = queries.outlook(units_of(city))
    with counted_queries(3):
        row = queries.covers(units_of(city), found)[0]
    assert [(one.row.person_id, one.skill) for one in row.knowers] == [
        (city.crew.pk, ""),
        (city.second_crew.pk, "said"),
    ]
    assert row.is_single
    office = an_actor("agency_hr", city.agency)
    page = sign_in_as(office).get("/pensiun/pengganti").content.decode()
    assert "keahlian menurut dirinya sendiri" in page
    people_actions.check_skill(skill, by=office, seen=skill.version, confirmed=True)
    row = queries.covers(units_of(city), found)[0]
    assert not row.is_single
    page = sign_in_as(office).get("/pensiun/pengganti").content.decode()
    assert "keahlian sudah diperiksa" in page


@pytest.mark.django_db
def test_basics_learn_a_refused_skill_is_gone_and_another_agency_does_not_stand_in(city):
    a_task(city.section, people.position_of(city.crew.pk), name="Ganti panel")
    stranger = a_person(an_agency())
    for person, grade in ((city.second_crew, "basic"), (city.head, "good"), (stranger, "expert")):
        people_actions.say_skill(
            person, by=actor_for(person), kind="skill", name="panel", grade=grade
        )
    head = people.skills_of(city.head.pk)[0]
    office = an_actor("personnel_office")
    people_actions.check_skill(head, by=office, seen=head.version, confirmed=False, note="belum")
    units = [*units_of(city), people.unit_of(stranger.pk).pk]
    (row,) = queries.covers(units, queries.outlook(units))
    assert [(one.row.person_id, one.level) for one in row.knowers if one.skill] == [
        (city.second_crew.pk, "learns")
    ]


@pytest.mark.django_db
def test_pages_of_leaving_ask_the_staff_once(city):
    a_task(city.section, people.position_of(city.crew.pk))
    client = sign_in_as(an_actor("executive", person=a_person(city.agency)))
    client.get("/pensiun")
    for path in ("/pensiun?opd=semua", "/pensiun/pengganti"):  # no names: no line in the log
        with counted_queries(at_most=8):
            assert client.get(path).status_code == 200
