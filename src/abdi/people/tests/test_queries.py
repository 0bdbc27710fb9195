"""Who leads whom, on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from abdi.people import actions, queries
from abdi.people.actors import actor_of
from abdi.people.models import Assignment, Person
from abdi.people.testing import (
    START,
    a_city,
    a_person,
    a_position,
    a_unit,
    actor_for,
    an_account,
)
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Invalid
from abdi.platform.testing import counted_queries

pytestmark = pytest.mark.django_db


def test_the_superior_is_the_head_of_the_unit_and_of_the_next_one_for_the_head():
    city = a_city()
    assert queries.superior(city.crew.pk) == city.head
    assert queries.superior(city.head.pk) == city.agency_head
    assert queries.superior(city.agency_head.pk) is None


def test_a_team_is_one_level():
    city = a_city()
    assert queries.team_ids(city.head.pk) == {city.crew.pk, city.second_crew.pk}
    assert city.head.pk in queries.team_ids(city.agency_head.pk)
    assert city.crew.pk not in queries.team_ids(city.agency_head.pk)


def test_a_stand_in_leads_while_the_head_is_away_and_not_after():
    city = a_city()
    today = clock.today()
    actions.place_person(
        city.second_crew,
        city.section,
        by=SYSTEM,
        position=a_position(city.section, is_head=True),
        kind="plh",
        start_on=today,
        end_on=today + timedelta(days=5),
    )
    assert queries.superior(city.crew.pk, today) == city.second_crew
    assert queries.superior(city.crew.pk, today + timedelta(days=6)) == city.head
    actor = actor_for(city.second_crew)
    assert actor.acting == "plh"
    assert "superior" in actor.roles


def test_an_acting_head_without_a_last_day_is_refused():
    city = a_city()
    head = a_position(city.section, is_head=True)
    with pytest.raises(Invalid):
        actions.place_person(
            city.crew, city.section, by=SYSTEM, position=head, kind="plt", start_on=START
        )


def test_a_move_ends_the_seat_before_and_keeps_it_as_history():
    city = a_city()
    post = a_position(city.agency, title="Analis baru")
    actions.place_person(
        city.crew, city.agency, by=SYSTEM, position=post, start_on=date(2026, 2, 1)
    )
    assert queries.unit_of(city.crew.pk, date(2026, 1, 31)) == city.section
    assert queries.unit_of(city.crew.pk, date(2026, 2, 1)) == city.agency
    assert Assignment.objects.filter(person=city.crew).count() == 2


def test_a_disabled_account_or_a_leaver_is_nobody():
    person = a_person(a_city().section)
    account = an_account(person)
    assert actor_of(account.pk) is not None
    person.left_on = clock.today() - timedelta(days=1)
    person.save()
    assert actor_of(account.pk) is None


def test_crews_of_several_units_are_the_people_of_each_without_its_head():
    city = a_city()
    other = a_unit(city.agency, name="Seksi Lain")
    lower = a_unit(other, name="Regu di Seksi Lain")
    here, below = a_person(other, name="Di Seksi"), a_person(lower, name="Di Regu")
    gone = a_person(other, name="Sudah Pamit")
    Person.objects.filter(pk=gone.pk).update(left_on=clock.today() + timedelta(days=3))
    with counted_queries(at_most=3):
        crews = queries.crews_of([city.agency.pk, city.section.pk, other.pk])
    assert crews[other.pk] == sorted([here.pk, below.pk])
    for unit_id, crew in crews.items():
        head = queries.head_of(unit_id)
        everybody = queries.people_of_unit(unit_id).filter(left_on__isnull=True)
        assert set(crew) == {one.pk for one in everybody} - {head[0].pk if head else None}
    assert queries.crews_of([]) == {}
