"""Who sees which declarations and questions, and how many queries that takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.integrity import queries
from abdi.integrity.testing import a_pledge, a_question, an_answer, an_officer
from abdi.people.testing import a_city, a_person, a_unit, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import citizen
from abdi.platform.tenancy import Institution, within
from abdi.platform.testing import counted_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def test_signed_person_ids_are_those_of_the_year(city):
    a_pledge(city.crew)
    with counted_queries(at_most=1):
        assert queries.signed_person_ids(2026) == {city.crew.pk}
    assert queries.signed_person_ids(2025) == set()
    assert next(iter(queries.mart_rows()))[:3] == (city.crew.pk, city.section.pk, 2026)


def test_an_officer_sees_agencies_and_an_agency_its_units(city):
    other = a_person(a_unit(an_agency("Dinas Lain")))
    a_pledge(city.crew)
    officer = an_officer()
    with counted_queries(at_most=3):
        rows = queries.pledge_table(officer, 2026)
    found = {row.unit.name: (row.signed, row.people) for row in rows}
    assert found["Dinas Penerangan"] == (1, 6)
    assert found["Dinas Lain"] == (0, 1)
    hr = an_actor("agency_hr", city.agency)
    units = {row.unit.name for row in queries.pledge_table(hr, 2026)}
    assert units == {"Dinas Penerangan", "Seksi Lampu Jalan"}
    names = set(queries.unsigned(hr, 2026).values_list("pk", flat=True))
    assert city.second_crew.pk in names
    assert not {city.crew.pk, other.pk} & names


def test_a_superior_sees_his_team_and_an_employee_nobody_else(city):
    a_pledge(city.crew)
    head = actor_for(city.head)
    assert queries.pledge_table(head, 2026) == []
    assert [row.pk for row in queries.unsigned(head, 2026)] == [city.second_crew.pk]
    crew = actor_for(city.crew)
    assert queries.pledge_table(crew, 2026) == []
    assert not queries.unsigned(crew, 2026).exists()


def test_the_table_asks_as_often_for_ten_units_as_for_two(city):
    for _ in range(10):
        a_person(a_unit(city.agency))
    hr = an_actor("agency_hr", city.agency)
    with counted_queries(at_most=3):
        assert len(queries.pledge_table(hr, 2026)) >= 2


def test_questions_are_seen_by_who_asked_and_by_officers(city):
    row = a_question(city.crew)
    assert queries.visible_advice(actor_for(city.crew)).get() == row
    assert not queries.visible_advice(actor_for(city.head)).exists()
    assert not queries.visible_advice(citizen(None)).exists()
    assert queries.visible_advice(an_officer()).get() == row
    assert not queries.waiting_advice(actor_for(city.crew)).exists()
    assert queries.waiting_advice(an_officer()).get() == row


def test_an_officer_does_not_find_his_own_question_among_the_waiting(city):
    officer = an_officer()
    from abdi.people.models import Person

    a_question(Person.objects.get(pk=officer.person_id))
    assert not queries.waiting_advice(officer).exists()
    assert queries.own_advice(officer)


def test_another_institution_sees_nothing(city):
    a_question(city.crew)
    a_pledge(city.crew)
    officer = an_officer()
    with within(Institution.objects.create(code="lain", name="Kota Lain").pk):
        assert not queries.visible_advice(officer).exists()
        assert queries.signed_person_ids(2026) == set()


def test_to_do_asks_to_sign_until_it_is_signed(city):
    actor = actor_for(city.crew)
    with counted_queries(at_most=3):
        (row,) = queries.to_do(actor, clock.now())
    assert row.url == "/netral/pernyataan"
    a_pledge(city.crew)
    assert queries.to_do(actor, clock.now()) == []
    assert queries.to_do(citizen(None), clock.now()) == []


def test_to_do_brings_the_answer_until_it_is_read(city):
    a_pledge(city.crew)
    row = an_answer(a_question(city.crew), an_officer())
    actor = actor_for(city.crew)
    (todo,) = queries.to_do(actor, clock.now())
    assert todo.url == f"/netral/boleh/{row.pk}"


def test_to_do_of_an_officer_counts_questions_with_the_earliest_day(city):
    a_question(city.crew)
    a_question(city.second_crew)
    officer = an_officer()
    todo = queries.to_do(officer, clock.now())[-1]
    assert "2" in todo.title
    assert clock.local(todo.due_at).date() == clock.today() + timedelta(days=3)
