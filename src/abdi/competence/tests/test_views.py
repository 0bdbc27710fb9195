"""Pages of competence: happy path, refused, hidden until answered."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import actions, queries
from abdi.competence.models import Assessment, AssessmentRound, Result, SelfAnswer, Standard
from abdi.competence.testing import (
    a_round,
    a_sent_assessment,
    an_agreed_assessment,
    an_assessment,
    an_evidence,
    settled,
)
from abdi.people.testing import a_city, a_person, a_position, actor_for, an_actor, seat
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    a_round()
    return a_city()


def text_of(answer):
    return answer.content.decode()


def test_a_person_assesses_himself_from_the_first_question_to_the_result(city):
    client = sign_in_as(actor_for(city.crew))
    assert "9 pertanyaan" in text_of(client.get("/kompetensi/nilai"))
    assert client.post("/kompetensi/nilai").headers["Location"] == "/kompetensi/nilai/1"
    for number in range(1, 10):
        shown = client.get(f"/kompetensi/nilai/{number}")
        assert shown.status_code == 200
        answer = client.post(f"/kompetensi/nilai/{number}", {"level": "2", "example": "Contoh."})
        assert answer.status_code == 302
    assert answer.headers["Location"] == "/kompetensi/nilai/periksa"
    assert "Kirim jawaban" in text_of(client.get("/kompetensi/nilai/periksa"))
    assert client.post("/kompetensi/nilai/kirim").headers["Location"] == "/kompetensi/saya"
    assert Assessment.objects.get().state == "sent"
    assert client.get("/kompetensi/nilai").headers["Location"] == "/kompetensi/saya"
    assert client.get("/kompetensi/nilai/3").headers["Location"] == "/kompetensi/saya"


def test_a_question_shows_neither_numbers_nor_the_standard(city):
    an_assessment(city.crew)
    shown = text_of(sign_in_as(actor_for(city.crew)).get("/kompetensi/nilai/3"))
    assert "Menyampaikan informasi secara jelas dan lengkap." in shown
    assert "standar" not in shown.lower()
    assert "Pertanyaan 3 dari 9" in shown


def test_no_answer_picked_keeps_the_example_and_says_what_to_do(city):
    an_assessment(city.crew)
    client = sign_in_as(actor_for(city.crew))
    answer = client.post("/kompetensi/nilai/1", {"example": "Menolak titipan."})
    assert answer.status_code == 422
    assert "Pilih satu yang paling mendekati" in text_of(answer)
    assert "Menolak titipan." in text_of(answer)
    assert not SelfAnswer.objects.exists()


def test_every_choice_is_saved_by_itself_and_says_when(city):
    an_assessment(city.crew)
    client = sign_in_as(actor_for(city.crew))
    answer = client.post("/kompetensi/nilai/1", {"level": "3"}, headers={"X-Autosave": "1"})
    assert text_of(answer) == "Tersimpan pukul 09.00 WIB"
    assert SelfAnswer.objects.get().level == 3
    silent = client.post("/kompetensi/nilai/2", {"example": "x"}, headers={"X-Autosave": "1"})
    assert silent.status_code == 204


def test_evidence_found_can_be_attached_without_a_suggested_level(city):
    an_evidence(city.crew, "M.1")
    row = an_assessment(city.crew)
    client = sign_in_as(actor_for(city.crew))
    assert "bisa dilampirkan" in text_of(client.get("/kompetensi/nilai/1"))
    client.post("/kompetensi/nilai/1", {"level": "2", "attach": "1"})
    assert queries.evidence_of(city.crew.pk).get().assessment_id == row.pk
    assert "bukti dilampirkan" in text_of(client.get("/kompetensi/nilai/1"))


def test_levels_and_standard_are_hidden_until_the_answers_are_sent(city):
    client = sign_in_as(actor_for(city.crew))
    assert "Standar muncul" not in text_of(client.get("/kompetensi/saya"))
    assert "tingkat 1" not in text_of(client.get("/kompetensi/saya"))
    a_sent_assessment(city.crew)
    assert "tingkat 1, standar 1 tercapai" in text_of(client.get("/kompetensi/saya"))


def test_settled_gaps_stand_first_with_a_way_to_classes(city):
    settled(city.head, {code: 2 for code in queries.CODES if code != "M.3"})
    shown = text_of(sign_in_as(actor_for(city.head)).get("/kompetensi/saya"))
    assert "tingkat 1, standar 2" in shown
    assert 'hx-get="/pelatihan/sesuai"' in shown
    assert "Kecocokan dengan jabatan: 94,4% (17 dari 18 tingkat)." in shown


def test_a_position_without_standard_can_be_told_in_one_press(city):
    person = a_person()
    seat(person, a_position(city.section, title="Juru sapu", tier="non_asn"))
    a_sent_assessment(person)
    client = sign_in_as(actor_for(person))
    assert "belum punya standar" in text_of(client.get("/kompetensi/saya"))
    assert client.post("/kompetensi/saya/minta-standar").status_code == 302


def test_the_superior_answers_the_same_list_without_seeing_the_other(city):
    row = a_sent_assessment(city.crew, {"M.3": 4})
    client = sign_in_as(actor_for(city.head))
    code = city.crew.code
    assert "1 orang menunggu jawaban Anda" in text_of(client.get("/kompetensi/tim"))
    assert "tingkat 4" not in text_of(client.get(f"/kompetensi/tim/{code}"))
    assert "checked" not in text_of(client.get(f"/kompetensi/tim/{code}/3"))
    for number in range(1, 10):
        level = "2" if number == 3 else "1"
        answer = client.post(f"/kompetensi/tim/{code}/{number}", {"level": level})
    assert answer.headers["Location"] == f"/kompetensi/tim/{code}/periksa"
    assert "Selesaikan jawaban" in text_of(client.get(f"/kompetensi/tim/{code}/periksa"))
    client.post(f"/kompetensi/tim/{code}/kirim")
    row.refresh_from_db()
    assert row.state == "in_talk"
    assert "Bicarakan: Komunikasi" in text_of(client.get(f"/kompetensi/tim/{code}"))
    client.post(f"/kompetensi/tim/{code}/bahas", {"competency": "M.3", "level": "3"})
    row.refresh_from_db()
    assert row.state == "agreed"


def test_opening_a_persons_levels_stands_in_the_access_log(city):
    sign_in_as(actor_for(city.head)).get(f"/kompetensi/tim/{city.crew.code}")
    told = Entry.objects.get(kind="competence.LevelsRead").data
    assert told == {"people": str(city.crew.pk), "role": "superior"}


@pytest.mark.parametrize("end", ["", "/1", "/periksa"])
def test_people_outside_the_team_do_not_exist_for_a_superior(city, end):
    a_sent_assessment(city.head)
    client = sign_in_as(actor_for(city.head))
    assert client.get(f"/kompetensi/tim/{city.agency_head.code}{end}").status_code == 404
    other = sign_in_as(actor_for(city.second_crew))
    assert other.get(f"/kompetensi/tim/{city.crew.code}{end}").status_code == 404


def test_the_personnel_office_settles_many_results_at_once(city):
    an_agreed_assessment(city.crew)
    an_agreed_assessment(city.second_crew)
    client = sign_in_as(an_actor("personnel_office", unit=city.agency))
    assert "2 hasil menunggu ditetapkan" in text_of(client.get("/kompetensi"))
    ids = [str(pk) for pk in Assessment.objects.values_list("id", flat=True)]
    assert client.post("/kompetensi/tetapkan", {"id": [*ids, "999", "x"]}).status_code == 302
    assert Result.objects.count() == 18
    assert sign_in_as(actor_for(city.head)).get("/kompetensi").status_code == 403


def test_the_personnel_office_confirms_a_level_on_evidence(city):
    settled(city.head)
    proof = an_evidence(city.head, "M.3")
    client = sign_in_as(an_actor("personnel_office", unit=city.agency))
    assert "Hendra Kepala" in text_of(client.get("/kompetensi"))
    result = Result.objects.get(person=city.head, competency="M.3", is_current=True)
    path = f"/kompetensi/tingkat/{result.pk}"
    assert client.post(path, {"level": "2", "evidence": "999"}).status_code == 404
    assert client.post(path, {"level": "2", "evidence": str(proof.pk)}).status_code == 302
    assert Result.objects.get(person=city.head, competency="M.3", is_current=True).level == 2


def test_a_round_with_dates_out_of_order_is_refused_at_the_field(city):
    client = sign_in_as(an_actor("personnel_office", unit=city.agency))
    wrong = {"name": "2027", "start_on": "2027-02-01", "end_on": "2027-01-01"}
    answer = client.post("/kompetensi/periode", wrong)
    assert answer.status_code == 422
    assert 'value="2027"' in text_of(answer)
    client.post("/kompetensi/periode", {**wrong, "end_on": "2027-03-01"})
    assert AssessmentRound.objects.filter(name="2027").exists()


@pytest.mark.parametrize("role", ["agency_hr", "organiser"])
def test_the_map_shows_counts_that_open_the_people(city, role):
    settled(city.head)
    client = sign_in_as(an_actor(role, city.agency))
    shown = text_of(client.get("/kompetensi/peta"))
    assert "Seksi Lampu Jalan, Komunikasi: 1 dari 1 di bawah standar" in shown
    assert "unit=" in shown
    rows = client.get(f"/kompetensi/peta/orang?kompetensi=M.3&unit={city.section.code}")
    assert "Hendra Kepala" in text_of(rows)
    assert Entry.objects.filter(kind="competence.LevelsRead").count() == 1
    assert "Hendra" not in text_of(client.get("/kompetensi/peta/orang?kompetensi=M.3&unit=lain"))
    assert client.get("/kompetensi/peta/orang?kompetensi=X").status_code == 404


@pytest.mark.parametrize("query", ["", "?tampil=tabel", "?baris=jabatan", "?baris=x&perangkat="])
def test_every_way_of_the_map_shows(city, query):
    settled(city.head)
    client = sign_in_as(an_actor("personnel_office", unit=city.agency))
    assert client.get(f"/kompetensi/peta{query}").status_code == 200
    assert client.get("/kompetensi/peta?perangkat=tidak-ada").status_code == 404


def test_the_map_is_a_file_too(city):
    settled(city.head)
    client = sign_in_as(an_actor("personnel_office", unit=city.agency))
    answer = client.get("/kompetensi/peta.csv?baris=unit")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Kelompok,Pegawai,Integritas")
    assert rows[1].startswith("Seksi Lampu Jalan,1,1")


def test_who_sees_only_totals_gets_no_small_group_and_no_rows(city):
    settled(city.head)
    client = sign_in_as(an_actor("executive", unit=city.agency))
    shown = text_of(client.get("/kompetensi/peta?baris=unit"))
    assert "&lt;5" in shown
    assert "/kompetensi/peta/orang" not in shown
    assert client.get("/kompetensi/peta/orang?kompetensi=M.3").status_code == 404


def test_a_plain_employee_has_no_map(city):
    assert sign_in_as(actor_for(city.crew)).get("/kompetensi/peta").status_code == 403


def test_standards_say_that_a_default_is_no_decree(city):
    client = sign_in_as(actor_for(city.crew))
    shown = text_of(client.get("/kompetensi/standar?q=lampu"))
    assert "bawaan, bukan keputusan" in shown
    place = a_position(city.section, title="Teknisi lampu")
    assert "Bawaan jenjang" in text_of(client.get(f"/kompetensi/standar/{place.pk}"))
    assert client.get("/kompetensi/standar/999999").status_code == 404
    assert client.post(f"/kompetensi/standar/{place.pk}", {}).status_code == 422


def test_a_standard_is_written_by_one_and_put_in_force_by_another(city):
    place = a_position(city.section, title="Teknisi lampu")
    levels = {f"level_{code.replace('.', '_')}": "3" for code in queries.CODES}
    form = {**levels, "decree_number": "188/1", "decree_on": "2026-02-01"}
    office = sign_in_as(an_actor("organisation_office", unit=city.agency))
    assert office.post(f"/kompetensi/standar/{place.pk}", {}).status_code == 422
    assert office.post(f"/kompetensi/standar/{place.pk}", form).status_code == 302
    assert office.post(f"/kompetensi/standar/{place.pk}/berlakukan").status_code == 403
    boss = sign_in_as(an_actor("executive", unit=city.agency))
    assert "Teknisi lampu" in text_of(boss.get("/kompetensi/standar"))
    assert "Berlakukan" in text_of(boss.get(f"/kompetensi/standar/{place.pk}"))
    assert (
        boss.post(f"/kompetensi/standar/{place.pk}/berlakukan", {"version": "1"}).status_code == 302
    )
    assert Standard.objects.get().state == "in_force"
    assert "188/1" in text_of(boss.get(f"/kompetensi/standar/{place.pk}"))


def test_without_a_round_the_start_page_says_so():
    city = a_city()
    shown = text_of(sign_in_as(actor_for(city.crew)).get("/kompetensi/nilai"))
    assert "belum ada" in shown.lower() or "tidak ada" in shown.lower()


def test_strangers_are_sent_to_sign_in(client, city):
    for path in ("/kompetensi/saya", "/kompetensi/nilai", "/kompetensi/tim", "/kompetensi/peta"):
        assert client.get(path).status_code == 302


def test_what_waits_stands_on_the_home_page(city):
    at = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
    assert [todo.url for todo in queries.to_do(actor_for(city.crew), at)] == ["/kompetensi/nilai"]
    a_sent_assessment(city.crew)
    assert queries.to_do(actor_for(city.crew), at) == []
    urls = [todo.url for todo in queries.to_do(actor_for(city.head), at)]
    assert urls == ["/kompetensi/nilai", "/kompetensi/tim"]
    an_agreed_assessment(city.second_crew)
    clerk = an_actor("personnel_office", unit=city.agency)
    assert "/kompetensi" in [todo.url for todo in queries.to_do(clerk, at)]
    assert queries.to_do(SYSTEM, at) == []
    actions.settle(Assessment.objects.get(person=city.second_crew), by=SYSTEM)
    assert "/kompetensi" not in [todo.url for todo in queries.to_do(clerk, at)]


HOSTILE = (
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "%00",
    "=cmd|' /C calc'!A0",
    "\u202e\u200b\ufeff",
    "🏳️‍🌈" * 60,
    "x" * 10_000,
    "9" * 400,
    "-1",
    "1e400",
    "../../etc/passwd",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_refused_or_shown_as_text_never_an_error(city, text):
    an_assessment(city.crew)
    me = sign_in_as(actor_for(city.crew))
    hr = sign_in_as(an_actor("agency_hr", city.agency))
    office = sign_in_as(an_actor("personnel_office", unit=city.agency))
    place = a_position(city.section, title="Teknisi lampu")
    safe = text.encode("utf-8", "replace").decode()
    answers = [
        me.post("/kompetensi/nilai/1", {"level": "2", "example": safe}),
        me.post("/kompetensi/nilai/1", {"level": safe}),
        me.get("/kompetensi/standar", {"q": safe}),
        hr.get("/kompetensi/peta", {"perangkat": safe, "baris": safe, "tampil": safe}),
        hr.get("/kompetensi/peta/orang", {"kompetensi": "M.3", "unit": safe, "jabatan": safe}),
        hr.get("/kompetensi/peta.csv", {"perangkat": safe}),
        hr.post(f"/kompetensi/standar/{place.pk}", {"decree_number": safe, "decree_on": safe}),
        office.post("/kompetensi/periode", {"name": safe, "start_on": safe, "end_on": safe}),
        office.post("/kompetensi/tetapkan", {"id": safe}),
        office.get("/kompetensi", {"hal": safe}),
        office.post(f"/kompetensi/tingkat/{'9' * 30}", {"level": "2", "evidence": safe}),
        hr.get(f"/kompetensi/standar/{'9' * 30}"),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert all(b"<img src=x" not in answer.content for answer in answers)
