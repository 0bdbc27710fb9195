"""Learning hours of a unit: who reads whose, and what it leaves behind."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.people import queries as people
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as
from abdi.training.testing import a_class, a_passed_class, an_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def test_the_head_reads_the_learning_hours_of_his_people_and_leaves_a_line(city):
    a_passed_class(a_class(hours=20), city.crew)
    an_enrolment(
        a_class(hours=8, start_on=dt.date(2026, 5, 4), end_on=dt.date(2026, 5, 4)), city.crew
    )
    client = sign_in_as(actor_for(city.head))
    page = client.get("/pelatihan/orang").content.decode()
    assert "Bayu Petugas" in page
    assert "20 JP" in page
    assert "8 JP" in page
    line = Entry.objects.filter(kind="training.HoursRead").latest("id")
    assert str(city.crew.pk) in line.data["people"].split(",")


def test_a_head_sees_nobody_of_another_unit_and_an_employee_nothing(city):
    stranger = a_person(an_agency("Dinas Lain"), name="Orang Lain")
    client = sign_in_as(actor_for(city.head))
    other = people.unit_of(stranger.pk)
    page = client.get(f"/pelatihan/orang?unit={other.code}").content.decode()
    assert "Orang Lain" not in page
    assert client.get("/pelatihan/orang?unit=tidak-ada").status_code == 404
    assert sign_in_as(actor_for(city.crew)).get("/pelatihan/orang").status_code == 403


def test_the_agencys_hr_reads_his_agency_and_the_city_office_every_unit(city):
    hr = sign_in_as(an_actor("agency_hr", city.agency))
    path = f"/pelatihan/orang?unit={city.section.code}"
    assert "Bayu Petugas" in hr.get(path).content.decode()
    foreign = sign_in_as(an_actor("agency_hr", an_agency("Dinas Lain")))
    assert "Bayu Petugas" not in foreign.get(path).content.decode()
    office = sign_in_as(an_actor("personnel_office", None, unit=city.agency))
    assert "Bayu Petugas" in office.get(path).content.decode()
