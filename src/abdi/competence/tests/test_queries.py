"""Rows seen by each role, and the number of questions to the database: the same at 10 and 100."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import queries
from abdi.competence.models import Assessment, Result
from abdi.competence.testing import a_round, an_agreed_assessment, an_evidence, settled
from abdi.people.models import Person
from abdi.people.testing import a_city, a_person, a_unit, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def city():
    a_round()
    return a_city()


def many_results(unit, count, competency="M.3"):
    """Settled gaps of `count` people, written straight: only their number matters here."""
    people = [a_person(unit) for _ in range(count)]
    position = people[0]
    from abdi.people.queries import position_of

    place = position_of(position.pk)
    Result.objects.bulk_create(
        Result(
            person=person,
            competency=code,
            level=1,
            required=2,
            missing=1,
            source="agreed",
            formula_version="competence.level/1",
            position=place,
            unit=unit,
            agency_id=unit.agency_id,
            set_at=clock.now(),
            set_by="system",
        )
        for person in people
        for code in queries.CODES
    )
    return people


def test_gaps_of_a_person_and_a_unit_are_largest_first(city):
    settled(city.head, {"M.1": 2})
    gaps = queries.gaps_of_person(city.head.pk)
    assert [gap.missing for gap in gaps] == [1] * 8
    assert queries.gaps_of_unit(city.section.pk) == gaps
    assert queries.largest_gaps("M.3")[0].person_id == city.head.pk
    assert queries.largest_gaps("M.1") == []
    assert queries.largest_gaps("M.3", agency_id=an_agency().pk) == []


def test_required_levels_come_from_the_tier_whatever_its_case(city):
    from abdi.people.testing import a_position

    place = a_position(city.section, title="Ahli", tier="JF_AHLI_MUDA")
    assert set(queries.required_levels(place).values()) == {3}
    assert len(queries.required_levels(place)) == 9


def test_each_role_sees_its_own_rows(city):
    settled(city.crew)
    settled(city.head)
    elsewhere = an_agency()
    other = a_person(elsewhere, head=True)
    seen = {
        "self": actor_for(city.crew),
        "team": actor_for(city.head),
        "agency": an_actor("agency_hr", city.agency),
        "other agency": an_actor("agency_hr", elsewhere),
        "city": an_actor("personnel_office", unit=elsewhere),
        "stranger": actor_for(other),
    }
    people = {
        name: set(queries.visible_results(actor).values_list("person_id", flat=True))
        for name, actor in seen.items()
    }
    assert people == {
        "self": {city.crew.pk},
        "team": {city.crew.pk, city.head.pk},
        "agency": {city.crew.pk, city.head.pk},
        "other agency": set(),
        "city": {city.crew.pk, city.head.pk},
        "stranger": set(),
    }


def test_a_map_of_totals_hides_small_groups_and_what_gives_them_away(city):
    many_results(city.section, 3)
    for _ in range(2):
        many_results(a_unit(an_agency(), name="Seksi"), 6)
    found = queries.heat_map(an_actor("executive", unit=city.agency), by="unit")
    cells = {row.label: row.cells[2].below for row in found.rows}
    assert found.only_totals
    assert found.by == "perangkat"
    assert cells["Dinas Penerangan"] is None
    hidden = [below for below in cells.values() if below is None]
    total = found.total[2].below
    assert total is None or len(hidden) >= 2


def test_a_map_by_position_joins_positions_of_one_title(city):
    for section in (city.section, a_unit(city.agency, name="Seksi Dua")):
        many_results(section, 2)
    found = queries.heat_map(an_actor("agency_hr", city.agency), by="jabatan")
    assert [(row.label, row.people) for row in found.rows] == [("Analis", 4)]
    assert found.people == 4
    assert [cell.step for cell in found.total] == [4] * 9


def test_evidence_that_is_older_than_the_level_does_not_wait_for_anybody(city):
    an_evidence(city.head)
    clerk = an_actor("personnel_office", unit=city.agency)
    with clock.at(NOW + dt.timedelta(hours=1)):
        settled(city.head)
        assert queries.levels_with_new_evidence(clerk) == []
        an_evidence(city.head, "M.3", "test:2")
        assert len(queries.levels_with_new_evidence(clerk)) == 1


def counts(client, path, grow):
    """Questions asked for a page, then again after it has grown."""
    found = []
    for step in (10, 90):
        grow(step)
        client.get(path)
        with counted_queries(at_most=12) as asked:
            assert client.get(path).status_code == 200
        found.append(len(asked))
    return found


@pytest.mark.parametrize("path", ["/kompetensi/peta", "/kompetensi/peta?baris=jabatan"])
def test_the_map_asks_the_same_few_questions_at_any_size(city, path):
    client = sign_in_as(an_actor("agency_hr", city.agency))
    first, second = counts(client, path, lambda n: many_results(city.section, n))
    assert first == second <= 8


def test_the_people_of_a_cell_ask_the_same_few_questions_at_any_size(city):
    client = sign_in_as(an_actor("agency_hr", city.agency))
    path = f"/kompetensi/peta/orang?kompetensi=M.3&unit={city.section.code}"
    first, second = counts(client, path, lambda n: many_results(city.section, n))
    assert first == second <= 10  # two of them write the access log


def test_the_team_page_asks_the_same_few_questions_at_any_size(city):
    def grow(count):
        for _ in range(count // 5):
            an_agreed_assessment(a_person(city.section))

    found = []
    for step in (10, 40):
        grow(step)
        client = sign_in_as(actor_for(city.head))
        client.get("/kompetensi/tim")
        with counted_queries(at_most=8) as asked:
            client.get("/kompetensi/tim")
        found.append(len(asked))
    assert found[0] == found[1]


def test_the_office_asks_the_same_few_questions_at_any_size(city):
    client = sign_in_as(an_actor("personnel_office", unit=city.agency))

    def grow(count):
        round_ = a_round()
        for person in many_results(city.section, count):
            Assessment.objects.create(
                round=round_,
                person=person,
                position_id=Result.objects.filter(person=person)[0].position_id,
                unit=city.section,
                agency=city.agency,
                state="agreed",
                started_at=clock.now(),
                sent_at=clock.now(),
            )

    first, second = counts(client, "/kompetensi", grow)
    assert first == second <= 8


def test_standards_ask_the_same_few_questions_at_any_size(city):
    client = sign_in_as(actor_for(city.crew))

    def grow(count):
        for _ in range(count):
            a_person(city.section)

    first, second = counts(client, "/kompetensi/standar", grow)
    assert first == second <= 8


def test_my_page_and_a_question_ask_few_questions(city):
    settled(city.head)
    client = sign_in_as(actor_for(city.head))
    client.get("/kompetensi/saya")
    with counted_queries(at_most=12):
        client.get("/kompetensi/saya")
    from abdi.competence.testing import an_assessment

    an_assessment(city.crew, answered=4)
    client = sign_in_as(actor_for(city.crew))
    client.get("/kompetensi/nilai/5")
    with counted_queries(at_most=8):
        client.get("/kompetensi/nilai/5")


def test_to_do_is_cheap(city):
    actor = actor_for(Person.objects.get(pk=city.head.pk))
    with counted_queries(at_most=3):
        queries.to_do(actor, NOW)


def test_the_rows_for_analysis_carry_the_required_level(city):
    settled(city.head, {"M.1": 2})
    assert queries.mart_rows().count() == 9
    row = dict(zip(queries.MART_COLUMNS, queries.mart_rows()[0], strict=True))
    assert (row["required"], row["level"], row["missing"]) == (2, 2, 0)
