"""Languages and skills: said by the person, checked by somebody else."""

from __future__ import annotations

import pytest

from abdi.people import actions, queries
from abdi.people.models import PersonSkill
from abdi.people.testing import a_city, actor_for, an_actor, an_agency
from abdi.platform.access import Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def said(city):
    return actions.say_skill(
        city.crew, by=actor_for(city.crew), kind="language", name="Bahasa isyarat", grade="good"
    )


def test_only_the_person_says_what_he_can(city, said):
    with pytest.raises(Refused):
        actions.say_skill(
            city.crew, by=actor_for(city.head), kind="skill", name="Las", grade="basic"
        )
    assert [row.state for row in queries.skills_of(city.crew.pk)] == ["said"]


def test_the_hr_officer_of_the_agency_confirms_and_nobody_his_own(city, said):
    hr = an_actor("agency_hr", city.agency)
    assert list(queries.skills_to_check(hr)) == [said]
    with pytest.raises(Refused):
        actions.check_skill(
            said, by=an_actor("agency_hr", an_agency()), seen=said.version, confirmed=True
        )
    row = actions.check_skill(said, by=hr, seen=said.version, confirmed=True)
    assert list(queries.checked_skills([city.crew.pk])) == [row]
    with pytest.raises(Conflict):
        actions.check_skill(row, by=hr, seen=row.version, confirmed=False, note="x")
    own = an_actor("agency_hr", city.agency, person=city.second_crew)
    mine = actions.say_skill(city.second_crew, by=own, kind="skill", name="Panjat", grade="expert")
    assert list(queries.skills_to_check(own)) == []
    with pytest.raises(Refused):
        actions.check_skill(mine, by=own, seen=mine.version, confirmed=True)


def test_a_refusal_needs_its_reason_and_a_new_word_is_checked_again(city, said):
    hr = an_actor("agency_hr", city.agency)
    with pytest.raises(Invalid):
        actions.check_skill(said, by=hr, seen=said.version, confirmed=False)
    said.refresh_from_db()
    actions.check_skill(said, by=hr, seen=said.version, confirmed=False, note="Belum ada bukti")
    again = actions.say_skill(
        city.crew,
        by=actor_for(city.crew),
        kind="language",
        name="bahasa  isyarat",
        grade="basic",
        evidence="Sertifikat 12",
    )
    assert (again.pk, again.state, again.note) == (said.pk, "said", "")
    assert PersonSkill.objects.count() == 1


def test_the_pages_enter_check_and_show_it(city):
    me = sign_in_as(actor_for(city.crew))
    given = {"kind": "skill", "name": "Las listrik", "grade": "good"}
    assert me.post("/profil/keahlian", {**given, "grade": "x", "_once": "1"}).status_code == 422
    assert me.post("/profil/keahlian", {**given, "_once": "2"}).status_code == 302
    row = PersonSkill.objects.get()
    hr = sign_in_as(an_actor("agency_hr", city.agency))
    assert "Las listrik" in hr.get("/pegawai/keahlian").content.decode()
    path, seen = f"/pegawai/keahlian/{row.pk}", {"seen": row.version}
    assert hr.post(path, {**seen, "answer": "no", "_once": "3"}).status_code == 422
    assert hr.post(path, {**seen, "answer": "yes", "_once": "4"}).status_code == 302
    assert "Las listrik" in hr.get(f"/pegawai/{city.crew.code}").content.decode()
    colleague = sign_in_as(actor_for(city.second_crew))
    assert "Las listrik" not in colleague.get(f"/pegawai/{city.crew.code}").content.decode()
    assert "Las listrik" in me.get("/profil").content.decode()
    me.post(f"/profil/keahlian/{row.pk}/hapus", {"_once": "5"})
    assert not PersonSkill.objects.exists()
    assert me.get("/pegawai/keahlian").status_code == 403
