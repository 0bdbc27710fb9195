"""A last day that was noted wrongly is taken back, with its reason, while the name is there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people import actions, jobs, rules
from abdi.people.models import Account, Assignment, Leaving, Person
from abdi.people.testing import (
    a_city,
    a_person,
    a_position,
    actor_for,
    an_account,
    an_actor,
    an_agency,
    seat,
)
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def officer(city):
    return an_actor("agency_hr", city.agency)


def left(person, officer):
    actions.end_service(person, by=officer, left_on=clock.today())
    return Leaving.objects.get(person=person, taken_back_at=None)


def test_posts_end_again_when_they_were_to_end_before(city, officer):
    term = a_position(city.section, title="Tambahan")
    ends = clock.today() + 30 * DAY
    seat(city.crew, term, kind="additional", end_on=ends)
    before = list(Assignment.objects.filter(person=city.crew).order_by("id").values())
    row = left(city.crew, officer)
    assert all(post.end_on == clock.today() for post in Assignment.objects.filter(person=city.crew))
    actions.take_back_leaving(row, by=officer, reason="Salah orang")
    assert list(Assignment.objects.filter(person=city.crew).order_by("id").values()) == before
    assert Person.objects.get(pk=city.crew.pk).left_on is None
    entry = Entry.objects.get(kind="people.LeavingTakenBack")
    assert entry.data == {"leaving_id": row.pk, "person_id": city.crew.pk}
    assert Leaving.objects.get(pk=row.pk).reason == "Salah orang"


@pytest.mark.parametrize("closed_by_it", [True, False])
def test_an_account_closed_by_it_opens_and_one_closed_before_stays(city, officer, closed_by_it):
    account = an_account(city.crew)
    Account.objects.filter(pk=account.pk).update(is_active=closed_by_it)
    row = left(city.crew, officer)
    with clock.at(clock.now() + DAY):
        assert jobs.close_accounts_of_leavers() == int(closed_by_it)
        actions.take_back_leaving(row, by=officer, reason="Salah catat")
    assert Account.objects.get(pk=account.pk).is_active is closed_by_it


def test_without_a_reason_twice_or_after_the_name_is_gone_nothing_is_taken_back(city, officer):
    row = left(city.crew, officer)
    with pytest.raises(Invalid):
        actions.take_back_leaving(row, by=officer, reason="")
    Person.objects.filter(pk=city.crew.pk).update(name=rules.ERASED_NAME)
    with pytest.raises(Conflict, match="name was taken out"):
        actions.take_back_leaving(row, by=officer, reason="Salah")
    Person.objects.filter(pk=city.crew.pk).update(name="Bayu")
    actions.take_back_leaving(row, by=officer, reason="Salah")
    with pytest.raises(Conflict):
        actions.take_back_leaving(row, by=officer, reason="Salah")


def test_a_heads_post_that_was_filled_since_stops_it(city, officer):
    row = left(city.head, officer)
    post = Assignment.objects.get(person=city.head).position
    with clock.at(clock.now() + DAY):
        actions.place_person(
            a_person(), city.section, by=SYSTEM, position=post, start_on=clock.today()
        )
        with pytest.raises(Conflict, match="filled since"):
            actions.take_back_leaving(row, by=officer, reason="Salah")
    assert Person.objects.get(pk=city.head.pk).left_on is not None
    assert Leaving.objects.get(pk=row.pk).taken_back_at is None


def test_neither_himself_nor_an_officer_of_another_agency_takes_it_back(city, officer):
    row = left(city.crew, officer)
    foreign = an_actor("agency_hr", an_agency())
    for actor in (foreign, actor_for(city.second_crew)):
        with pytest.raises(Refused):
            actions.take_back_leaving(row, by=actor, reason="Salah")


def test_the_list_of_those_who_left_takes_one_back(city, officer):
    row = left(city.crew, officer)
    client = sign_in_as(officer)
    assert "/pegawai/berhenti" in client.get("/pegawai").content.decode()
    listed = client.get("/pegawai/berhenti").content.decode()
    assert city.crew.name in listed
    assert "1 orang berhenti dalam setahun" in listed
    place = f"/pegawai/berhenti/{row.pk}/batal"
    assert client.post(place, {"reason": ""}).status_code == 422
    foreign = sign_in_as(an_actor("agency_hr", an_agency()))
    assert foreign.post(place, {"reason": "x"}).status_code == 404
    assert city.crew.name not in foreign.get("/pegawai/berhenti").content.decode()
    answer = client.post(place, {"reason": "Salah orang"})
    assert answer["Location"] == f"/pegawai/{city.crew.code}"
    assert client.get(answer["Location"]).status_code == 200
    assert city.crew.name not in client.get("/pegawai/berhenti").content.decode()
    assert sign_in_as(actor_for(city.second_crew)).get("/pegawai/berhenti").status_code == 403
