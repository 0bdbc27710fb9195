"""Absence proposes, a person decides, the program sanctions nobody."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from abdi.integrity import actions
from abdi.integrity.models import AbsenceProposal
from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import deliver_due
from abdi.platform.testing import sign_in_as
from abdi.presence import jobs
from abdi.presence.testing import applied

pytestmark = pytest.mark.django_db
NIP = "199002152015032007"


def propose(person, days=4, run=2, minutes=0):
    return actions.propose_absence(
        person.pk, by=SYSTEM, year=2026, days=days, longest_run=run, minutes=minutes
    )


def test_absence_of_the_attendance_system_becomes_a_proposal():
    city = a_city()
    a_person(city.section, number=NIP)
    days = [date(2026, 2, 23) + timedelta(days=n) for n in range(5)]
    lines = "".join(f"{NIP},{day:%d-%m-%Y},alpa\n" for day in days)
    applied(f"nip,tanggal,status\n{lines}", an_actor("personnel_office"))
    jobs.count_absence_of_the_year()
    deliver_due()
    row = AbsenceProposal.objects.get()
    assert (row.days, row.sanction, row.basis, row.state) == (5, "L2", "cumulative", "open")


def test_two_days_or_a_contract_propose_nothing():
    city = a_city()
    for person, days in ((city.crew, 2), (a_person(city.section, employment="contract"), 20)):
        with pytest.raises(Conflict):
            propose(person, days)
    assert propose(city.crew, 2, minutes=450).counted_days == 3


def test_the_head_decides_with_a_reason_and_nobody_about_himself():
    city = a_city()
    row = propose(city.crew)
    for stranger in (city.crew, city.second_crew):
        with pytest.raises(Refused):
            actions.settle_proposal(row, by=actor_for(stranger), take_up=False, words="x" * 20)
    head = actor_for(city.head)
    with pytest.raises(Invalid):
        actions.settle_proposal(row, by=head, take_up=True, words="ya")
    actions.settle_proposal(row, by=head, take_up=True, words="Dipanggil untuk diperiksa")
    with pytest.raises(Conflict):
        actions.settle_proposal(row, by=head, take_up=False, words="Dipanggil untuk diperiksa")
    with pytest.raises(Conflict):
        propose(city.crew)
    assert propose(city.crew, days=8).sanction == "L3"


def test_new_figures_go_into_the_open_proposal():
    city = a_city()
    propose(city.crew)
    propose(city.crew, days=12, run=10)
    row = AbsenceProposal.objects.get()
    assert (row.sanction, row.stops_salary, row.basis) == ("S3", True, "continuous")


def test_the_page_shows_the_figures_and_takes_the_decision():
    city = a_city()
    row = propose(city.crew)
    client = sign_in_as(actor_for(city.head))
    assert city.crew.name in client.get(reverse("integrity:discipline")).content.decode()
    answer = client.post(reverse("integrity:settle", args=[row.pk]), {"take_up": "entah"})
    assert answer.status_code == 422
    asked = {"take_up": "tidak", "words": "Surat dokter menyusul"}
    assert client.post(reverse("integrity:settle", args=[row.pk]), asked).status_code == 302
    stranger = sign_in_as(actor_for(city.second_crew))
    assert city.crew.name not in stranger.get(reverse("integrity:discipline")).content.decode()
