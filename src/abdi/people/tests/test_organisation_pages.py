"""Pages of the organisation: as of a day, changes by two persons, the map, a wrong superior."""

from __future__ import annotations

import pytest

from abdi.people import queries
from abdi.people.models import Act, Assignment, Contest
from abdi.people.testing import a_city, a_person, a_position, a_unit, actor_for, an_actor, an_agency
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
DRAFT = {"on": "2026-03-02", "decree": "Perwali 7/2026", "_once": "k1"}


def post(client, path, **data):
    return client.post(path, data)


def test_a_change_is_written_looked_at_and_approved_by_another():
    city = a_city()
    first = sign_in_as(an_actor("organisation_office"))
    path = f"/unit/{city.section.code}/ubah/nama"
    assert first.get(path).status_code == 200
    answer = post(first, path, **DRAFT, new_name="Seksi Terang")
    act = Act.objects.get()
    assert answer.status_code == 302
    assert city.crew.name in first.get(f"/unit/perubahan/{act.pk}").content.decode()
    approve = f"/unit/perubahan/{act.pk}/setujui"
    assert post(first, approve, seen=act.version).status_code == 403
    second = sign_in_as(an_actor("organisation_office"))
    assert post(second, approve, seen=act.version).status_code == 302
    assert post(second, approve, seen=act.version).status_code == 409
    shown = second.get(f"/unit/{city.section.code}").content.decode()
    assert "Seksi Terang" in shown
    assert (
        "Seksi Lampu Jalan"
        in second.get(f"/unit/{city.section.code}?pada=2026-03-01").content.decode()
    )
    assert second.get("/unit/perubahan").status_code == 200


@pytest.mark.parametrize("way", ["pindah", "gabung", "pecah"])
def test_an_empty_change_gets_its_sentences(way):
    city = a_city()
    client = sign_in_as(an_actor("organisation_office"))
    path = f"/unit/{city.section.code}/ubah/{way}"
    assert client.get(path).status_code == 200
    assert post(client, path, **{**DRAFT, "on": "31-31-2026"}).status_code == 422
    assert Act.objects.count() == 0


def test_a_change_that_is_taken_back_changes_nothing():
    city = a_city()
    client = sign_in_as(an_actor("organisation_office"))
    post(client, f"/unit/{city.section.code}/ubah/nama", **DRAFT, new_name="X")
    act = Act.objects.get()
    answer = post(client, f"/unit/perubahan/{act.pk}/batal", seen=act.version)
    assert answer.status_code == 302
    assert Act.objects.get().state == "cancelled"


def test_changes_of_other_agencies_do_not_exist_for_an_hr_officer():
    city, other = a_city(), an_agency()
    office = sign_in_as(an_actor("organisation_office"))
    post(office, f"/unit/{city.section.code}/ubah/nama", **DRAFT, new_name="X")
    act = Act.objects.get()
    stranger = sign_in_as(an_actor("agency_hr", other))
    assert stranger.get(f"/unit/perubahan/{act.pk}").status_code == 404
    assert stranger.get(f"/unit/{city.section.code}/ubah/nama").status_code in (403, 404)
    assert stranger.get(f"/unit/{other.code}/ubah/lain").status_code == 404
    assert sign_in_as(actor_for(city.crew)).get("/unit/perubahan").status_code == 403


@pytest.mark.parametrize("day", ["2026-01-01", "2024-02-30", "x", "9999-99-99", "0001-01-01"])
def test_any_day_may_be_asked(day):
    city = a_city()
    client = sign_in_as(an_actor("organisation_office"))
    for path in ("/unit", f"/unit/{city.section.code}", "/jabatan"):
        assert client.get(f"{path}?pada={day}").status_code == 200


def test_the_map_shows_posts_and_the_acting_head_is_appointed_from_one():
    city = a_city()
    head = a_position(city.section, is_head=True)
    Assignment.objects.filter(position=head).update(end_on="2026-02-28")
    client = sign_in_as(an_actor("personnel_office"))
    shown = client.get("/jabatan?opd=semua&lihat=kosong").content.decode()
    assert head.title in shown
    assert client.get(f"/jabatan/{head.pk}").status_code == 200
    given = {"kind": "plt", "start_on": "2026-03-02", "end_on": "2026-06-01", "_once": "k2"}
    wrong = post(client, f"/jabatan/{head.pk}/plt", **given, person="Tidak Ada")
    assert wrong.status_code == 422
    right = {**given, "_once": "k3", "person": city.crew.name}
    assert post(client, f"/jabatan/{head.pk}/plt", **right).status_code == 302
    assert queries.superior(city.second_crew.pk) == city.crew
    long = {**right, "_once": "k4", "end_on": "2026-12-01", "person": city.second_crew.name}
    assert post(client, f"/jabatan/{head.pk}/plt", **long).status_code == 422


def test_two_people_of_one_name_are_told_apart_by_number():
    city = a_city()
    head = a_position(a_unit(city.agency), is_head=True)
    a_person(city.section, name="Sama Nama")
    a_person(city.section, name="Sama Nama", number="199002152015032007")
    client = sign_in_as(an_actor("personnel_office"))
    given = {"kind": "plh", "start_on": "2026-03-02", "end_on": "2026-03-09", "_once": "k1"}
    assert post(client, f"/jabatan/{head.pk}/plt", **given, person="sama nama").status_code == 422
    number = {**given, "_once": "k2", "person": "19900215 201503 2 007"}
    assert post(client, f"/jabatan/{head.pk}/plt", **number).status_code == 302


def test_a_person_says_his_superior_is_wrong_and_the_officer_corrects_it():
    city = a_city()
    me = sign_in_as(actor_for(city.crew))
    assert city.head.name in me.get("/profil/atasan").content.decode()
    assert post(me, "/profil/atasan", words="", _once="k1").status_code == 422
    told = {"words": "Saya pindah", "proposed": city.agency_head.name, "_once": "k2"}
    assert post(me, "/profil/atasan", **told).status_code == 302
    row = Contest.objects.get()
    officer = sign_in_as(an_actor("agency_hr", city.agency))
    assert city.crew.name in officer.get("/unit/atasan").content.decode()
    prefix = f"n{row.pk}"
    empty = {f"{prefix}-answer": "", "seen": row.version, "_once": "k3"}
    assert post(officer, f"/unit/atasan/{row.pk}", **empty).status_code == 422
    full = {
        f"{prefix}-superior": city.agency_head.name,
        f"{prefix}-answer": "Benar",
        "seen": row.version,
        "_once": "k4",
    }
    assert post(officer, f"/unit/atasan/{row.pk}", **full).status_code == 302
    assert queries.superior(city.crew.pk) == city.agency_head
    assert "Benar" in me.get("/profil/atasan").content.decode()
    stranger = sign_in_as(an_actor("agency_hr", an_agency()))
    assert post(stranger, f"/unit/atasan/{row.pk}", **full).status_code == 404


def test_an_officer_names_another_superior_with_a_reason():
    city = a_city()
    client = sign_in_as(an_actor("agency_hr", city.agency))
    path = f"/pegawai/{city.crew.code}/atasan"
    assert client.get(path).status_code == 200
    given = {"superior": city.agency_head.name, "start_on": "2026-03-02", "_once": "k1"}
    assert post(client, path, **given).status_code == 422
    assert post(client, path, **{**given, "_once": "k2"}, reason="Perbantuan").status_code == 302
    assert queries.superior(city.crew.pk) == city.agency_head
    assert sign_in_as(actor_for(city.head)).get(path).status_code == 403
