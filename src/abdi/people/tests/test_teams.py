"""Teams of several units: made, joined, led by another, left and ended, each on its day."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from abdi.people import actions, queries
from abdi.people.models import Team, TeamMember
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def team(city):
    return actions.make_team(
        city.agency,
        by=SYSTEM,
        name="Tim Penerangan Alun-alun",
        leader=city.head,
        start_on=clock.today(),
        decree="SK 800/12/2026",
    )


def roles(team, on=None):
    """Who is what in a team on a day."""
    return {
        row.member.person: row.member.role for row in queries.members_of(team, on) if row.is_there
    }


def test_members_of_other_units_keep_post_and_superior(city, team):
    other = a_person(an_agency("Dinas Lain"), name="Umi")
    before = queries.superior(other.pk)
    actions.add_to_team(team, by=SYSTEM, person=other, start_on=clock.today())
    assert roles(team) == {city.head: "leader", other: "member"}
    assert queries.superior(other.pk) == before
    assert queries.units_among(queries.members_of(team)) == 2
    assert [row.team for row in queries.teams_of(other.pk)] == [team]


def test_a_new_leader_takes_over_and_the_old_one_stays_as_a_member(city, team):
    actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=clock.today())
    later = clock.today() + timedelta(days=30)
    actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=later, role="leader")
    assert roles(team) == {city.head: "leader", city.crew: "member"}
    assert roles(team, later) == {city.head: "member", city.crew: "leader"}
    with pytest.raises(Invalid):
        actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=later, role="leader")


def test_nobody_is_in_a_team_twice_and_the_leader_does_not_just_leave(city, team):
    row = actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=clock.today())
    with pytest.raises(Invalid):
        actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=clock.today())
    leader = TeamMember.objects.get(team=team, role="leader")
    with pytest.raises(Invalid):
        actions.leave_team(leader, by=SYSTEM, end_on=clock.today())
    actions.leave_team(row, by=SYSTEM, end_on=clock.today())
    assert city.crew not in roles(team, clock.today() + timedelta(days=1))
    with pytest.raises(Conflict):
        actions.leave_team(row, by=SYSTEM, end_on=clock.today() + timedelta(days=9))


def test_an_ended_team_takes_nobody_in(city, team):
    last = clock.today() + timedelta(days=10)
    actions.end_team(team, by=SYSTEM, end_on=last)
    assert roles(team, last) == {city.head: "leader"}
    assert roles(team, last + timedelta(days=1)) == {}
    with pytest.raises(Conflict):
        actions.end_team(team, by=SYSTEM, end_on=last + timedelta(days=1))
    day = last + timedelta(days=1)
    with pytest.raises(Invalid):
        actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=day)


def test_the_hr_officer_of_another_agency_changes_nothing(city, team):
    stranger = an_actor("agency_hr", an_agency())
    row = actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=clock.today())
    with pytest.raises(Refused):
        actions.leave_team(row, by=stranger, end_on=clock.today())
    with pytest.raises(Refused):
        actions.end_team(team, by=stranger, end_on=clock.today())


def test_the_pages_make_a_team_and_show_it_on_profile_and_record(city):
    hr = sign_in_as(an_actor("agency_hr", city.agency))
    given = {
        "name": "Tim Panel",
        "unit": city.section.pk,
        "leader": city.head.name,
        "decree": "SK 1",
        "start_on": "2026-03-01",
    }
    assert hr.post("/tim-kerja", {**given, "leader": "Tidak Ada", "_once": "1"}).status_code == 422
    answer = hr.post("/tim-kerja", {**given, "_once": "2"})
    team = Team.objects.get()
    assert answer.url == f"/tim-kerja/{team.pk}"
    come = {"person": city.crew.name, "role": "member", "start_on": "2026-03-01"}
    path = f"/tim-kerja/{team.pk}"
    assert hr.post(f"{path}/anggota", {**come, "_once": "3"}).status_code == 302
    assert hr.post(f"{path}/anggota", {**come, "_once": "4"}).status_code == 422
    member = TeamMember.objects.get(role="member")
    assert "SK 1" in hr.get(f"/pegawai/{city.crew.code}").content.decode()
    assert "Tim Panel" in sign_in_as(actor_for(city.crew)).get("/profil").content.decode()
    hr.post(f"/tim-kerja/anggota/{member.pk}/keluar", {"_once": "5"})
    assert hr.post(f"{path}/akhiri", {"end_on": "2025-01-01", "_once": "6"}).status_code == 422
    assert hr.post(f"{path}/akhiri", {"end_on": "2026-03-01", "_once": "7"}).status_code == 302
    assert "Tim Panel" not in hr.get("/tim-kerja").content.decode()
    assert "Tim Panel" in hr.get("/tim-kerja?lihat=semua").content.decode()
    reader = sign_in_as(actor_for(city.second_crew))
    assert reader.get(path).status_code == 200
    assert reader.post(f"{path}/akhiri", {"end_on": "2026-03-01"}).status_code == 403


def test_members_are_read_in_one_query(city, team):
    for _number in range(4):
        person = a_person(city.section)
        actions.add_to_team(team, by=SYSTEM, person=person, start_on=clock.today())
    with counted_queries(at_most=1):
        assert len(queries.members_of(team)) == 5


def test_the_decree_of_a_team_leads_to_the_letters_by_address(city, team):
    page = sign_in_as(an_actor("personnel_office")).get(f"/tim-kerja/{team.pk}").content.decode()
    assert f"/surat/bernomor?nomor={quote(team.decree)}&amp;tentang={team.ref}" in page
