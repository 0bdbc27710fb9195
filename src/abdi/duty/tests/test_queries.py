"""Reads of duty: who sees what, in how many queries."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions, queries
from abdi.duty.actions import Pattern
from abdi.duty.models import Shift
from abdi.duty.testing import a_coverage, a_crew, a_roster, a_shift
from abdi.people.testing import a_city, a_person, a_unit, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 3, 2)


@pytest.fixture
def city():
    return a_city()


def moment(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=WIB)


def test_on_call_names_the_units_own_people_first_then_the_agencys_others(city):
    a_shift(city.crew, city.section)
    other = a_unit(city.agency, name="Aku Seksi Lain")
    helper = a_person(other, name="Adi")
    a_shift(helper, other)
    abroad = a_unit(an_agency("Dinas Jauh"), name="Seksi Jauh")
    a_shift(a_person(abroad), abroad)
    found = queries.on_call(city.section.pk, clock.now())
    assert [one.person_id for one in found] == [city.crew.pk, helper.pk]
    assert found[0].unit_name == "Seksi Lampu Jalan"
    assert found[0].ends_at == moment(2, 18)
    assert queries.on_call(other.pk, clock.now())[0].person_id == helper.pk


def test_on_call_of_an_agency_counts_all_its_units_as_its_own(city):
    a_shift(city.crew, city.section)
    assert [one.person_id for one in queries.on_call(city.agency.pk, clock.now())] == [city.crew.pk]
    assert queries.on_call(10**9, clock.now()) == []


def test_on_call_knows_only_published_rosters(city):
    a_roster(city.section, published=False)
    assert Shift.objects.filter(starts_at__lte=clock.now(), ends_at__gt=clock.now()).exists()
    assert queries.on_call(city.section.pk, clock.now()) == []


@pytest.mark.parametrize("size", [10, 100])
def test_on_call_asks_twice_whatever_the_number_of_people(city, size):

    a_crew(city.section, size)
    a_coverage(
        city.section,
        (Pattern("siang", "P", time(6), time(18), size),),
        round_the_clock=False,
    )
    a_roster(city.section)
    with counted_queries(2):
        assert len(queries.on_call(city.section.pk, clock.now())) >= size


def test_current_and_next_shift_of_a_person(city):
    now = a_shift(city.crew, city.section)
    later = a_shift(city.second_crew, city.section, moment(2, 20))
    assert queries.current_shift(city.crew.pk, clock.now()).pk == now.pk
    assert queries.next_shift(city.crew.pk, moment(2, 5)).pk == now.pk
    assert queries.current_shift(city.second_crew.pk, clock.now()) is None
    assert queries.next_shift(city.second_crew.pk, clock.now()).pk == later.pk


def test_drafts_are_seen_only_by_those_who_change_them(city):
    draft = a_roster(city.section, MONDAY + timedelta(days=7), published=False)
    published = a_roster(city.section, MONDAY)
    officer = actor_for(city.crew)
    assert list(queries.visible_rosters(officer)) == [published]
    assert list(queries.visible_rosters(city.dispatcher)) == [published]
    assert set(queries.visible_rosters(city.commander)) == {draft, published}


def test_a_commander_of_another_agency_sees_published_weeks_only(city):
    a_roster(city.section, MONDAY + timedelta(days=7), published=False)
    published = a_roster(city.section, MONDAY)
    other = an_actor("duty_commander", an_agency("Dinas Lain"))
    assert list(queries.visible_rosters(other)) == [published]


def test_an_employee_of_another_agency_sees_none(city):
    a_roster(city.section, MONDAY)
    stranger = an_actor("employee", an_agency("Dinas Lain"))
    assert list(queries.visible_rosters(stranger)) == []
    assert list(queries.visible_turns(stranger)) == []
    assert list(queries.visible_shifts(stranger)) == []


def test_an_administrator_is_blind_to_rosters(city):
    a_roster(city.section, MONDAY)
    assert list(queries.visible_rosters(an_actor("sysadmin"))) == []


def test_gaps_come_in_the_order_of_time_and_may_leave_out_the_past(city):
    a_crew(city.section, 6)
    roster = a_roster(city.section, MONDAY)
    for shift in Shift.objects.filter(roster=roster, starts_at__in=[moment(5, 18), moment(3, 6)]):
        actions.remove_shift(shift, by=SYSTEM)
    assert [gap.starts_at for gap in queries.gaps(MONDAY)] == [moment(3, 6), moment(5, 18)]
    assert [gap.starts_at for gap in queries.gaps(MONDAY, after=moment(4, 0))] == [moment(5, 18)]
    assert queries.gaps(MONDAY, [city.agency.pk]) == []


def test_to_do_shows_the_next_turn_and_to_the_commander_what_is_open(city):
    a_crew(city.section, 6)
    a_roster(city.section, MONDAY)
    shift = Shift.objects.get(starts_at=moment(2, 18))
    actor = actor_for(shift.person)
    with counted_queries(3):
        mine = queries.to_do(actor, clock.now())
    assert [one.due_at for one in mine] == [shift.starts_at]
    assert queries.to_do(city.commander, clock.now()) == []
    actions.remove_shift(shift, by=SYSTEM)
    with counted_queries(3):
        found = queries.to_do(city.commander, clock.now())
    assert [one.due_at for one in found] == [shift.starts_at]
    assert found[0].url.endswith(f"giliran={shift.turn_id}")
