"""Pages of integrity: what is shown to whom, what comes back when something is wrong."""

from __future__ import annotations

import pytest
from django.test import Client

from abdi.integrity.choices import AdviceKind
from abdi.integrity.models import Advice, AdvicePattern, Pledge
from abdi.integrity.testing import a_pledge, a_question, an_answer, an_officer, words_of_today
from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.platform.journal import Entry
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raise %}",
    "'; DROP TABLE integrity_pledge; --",
    "\u202egnol\u200b",
    "Ω≈ç√∫˜µ≤≥÷ 👩‍👩‍👧 ﷽",
    "%s %(year)s %d",
]
BROKEN = ["\x00nol", "\ud800", "x" * 2001, "\x1b[2J"]


@pytest.fixture
def city():
    return a_city()


def page(actor, path):
    answer = sign_in_as(actor).get(path)
    return answer, answer.content.decode()


def test_the_first_page_names_acts_declaration_and_addresses_outside(city):
    answer, text = page(actor_for(city.crew), "/netral")
    assert answer.status_code == 200
    assert "Bawaslu" in text
    assert "Badan Kepegawaian Negara" in text
    assert "Inspektorat Provinsi" in text
    assert "Baca dan tandatangani" in text
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "/netral/pertanyaan" not in text


def test_pages_send_strangers_to_sign_in(city):
    for path in ("/netral", "/netral/pernyataan", "/netral/boleh", "/netral/pertanyaan"):
        assert Client().get(path)["Location"].startswith("/masuk")


def test_the_first_page_asks_the_database_a_few_times(city):
    client = sign_in_as(actor_for(city.crew))
    client.get("/netral")
    with counted_queries(at_most=25):
        client.get("/netral")


def test_a_person_reads_ticks_and_signs(city):
    client = sign_in_as(actor_for(city.crew))
    given = {"text_version": words_of_today(), "agree": "on"}
    assert client.post("/netral/pernyataan", given).status_code == 302
    assert Pledge.objects.get().person_id == city.crew.pk
    assert "sudah ditandatangani" in client.get("/netral/pernyataan").content.decode()


def test_without_the_tick_nothing_is_signed(city):
    client = sign_in_as(actor_for(city.crew))
    answer = client.post("/netral/pernyataan", {"text_version": words_of_today()})
    assert answer.status_code == 422
    assert not Pledge.objects.exists()


def test_an_older_text_comes_back_with_a_sentence(city):
    client = sign_in_as(actor_for(city.crew))
    answer = client.post("/netral/pernyataan", {"text_version": "lama", "agree": "on"})
    assert answer.status_code == 422
    assert "berubah" in answer.content.decode()


def test_the_list_of_signatures_is_for_who_sees_others(city):
    a_pledge(city.crew)
    assert page(actor_for(city.crew), "/netral/pernyataan/daftar")[0].status_code == 403
    answer, text = page(an_officer(), "/netral/pernyataan/daftar")
    assert answer.status_code == 200
    assert "Dinas Penerangan" in text
    answer, text = page(actor_for(city.head), "/netral/pernyataan/daftar")
    assert "Sari Petugas" in text
    assert "Bayu Petugas" not in text


def test_a_unit_outside_the_reach_is_not_found(city):
    hr = an_actor("agency_hr", city.agency)
    assert page(hr, f"/netral/pernyataan/daftar?unit={city.section.code}")[0].status_code == 200
    assert page(hr, "/netral/pernyataan/daftar?unit=lain")[0].status_code == 404


def test_each_kind_shows_its_card(city):
    client = sign_in_as(actor_for(city.crew))
    for kind in AdviceKind:
        assert client.get(f"/netral/boleh?tentang={kind.value}").status_code == 200
    text = client.get("/netral/boleh?tentang=photo_with_incumbent").content.decode()
    assert "isyarat jari" in text
    assert client.get("/netral/boleh?tentang=bogus").status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_kept_and_shown_as_text(city, text):
    client = sign_in_as(actor_for(city.crew))
    answer = client.post("/netral/boleh", {"kind": "other", "question": text})
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "<script>alert" not in shown


@pytest.mark.parametrize("text", BROKEN)
def test_broken_questions_come_back_with_a_sentence(city, text):
    client = sign_in_as(actor_for(city.crew))
    given = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = client.post("/netral/boleh", {"kind": "other", "question": given})
    assert answer.status_code in (302, 422)
    assert Advice.objects.filter(question__contains="\x1b").count() == 0


def test_a_question_sent_twice_is_asked_once(city):
    client = sign_in_as(actor_for(city.crew))
    given = {"kind": "other", "question": "Boleh?", "_once": "a" * 32}
    first, second = (client.post("/netral/boleh", given) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Advice.objects.count() == 1


def test_an_empty_question_and_an_unknown_kind_stay_on_the_page(city):
    client = sign_in_as(actor_for(city.crew))
    for given in ({"kind": "other", "question": ""}, {"kind": "bogus", "question": "Boleh?"}):
        assert client.post("/netral/boleh", given).status_code == 422


def test_a_question_of_another_is_not_found(city):
    row = a_question(city.crew)
    assert page(actor_for(city.second_crew), f"/netral/boleh/{row.pk}")[0].status_code == 404
    assert page(actor_for(city.crew), f"/netral/boleh/{row.pk}")[0].status_code == 200
    assert page(actor_for(city.crew), "/netral/boleh/999999")[0].status_code == 404


def test_an_officers_look_is_logged_and_his_answer_reaches_the_asker(city):
    row = a_question(city.crew)
    client = sign_in_as(an_officer())
    assert client.get(f"/netral/boleh/{row.pk}").status_code == 200
    assert Entry.objects.filter(kind="integrity.AdviceRead").count() == 1
    answer = client.post(f"/netral/boleh/{row.pk}/jawab", {"text": "Boleh.", "seen": row.version})
    assert answer.status_code == 302
    text = page(actor_for(city.crew), f"/netral/boleh/{row.pk}")[1]
    assert "Boleh." in text


def test_answering_is_for_officers_and_needs_words(city):
    row = a_question(city.crew)
    crew = sign_in_as(actor_for(city.crew))
    assert crew.post(f"/netral/boleh/{row.pk}/jawab", {"text": "Boleh."}).status_code == 403
    officer = sign_in_as(an_officer())
    assert officer.post(f"/netral/boleh/{row.pk}/jawab", {"text": ""}).status_code == 422
    an_answer(row, an_officer())
    late = officer.post(f"/netral/boleh/{row.pk}/jawab", {"text": "Tidak.", "seen": 1})
    assert late.status_code == 409


def test_the_officers_list_hides_small_groups_and_publishes_large_ones(city):
    a_question(city.crew)
    client = sign_in_as(an_officer())
    text = client.get("/netral/pertanyaan").content.decode()
    assert "1 pertanyaan" in text
    small = {"kind": "photo_with_incumbent", "text": "Boleh."}
    assert client.post("/netral/pertanyaan/terbitkan", small).status_code == 422
    for _ in range(4):
        a_question(a_person(city.section))
    assert client.post("/netral/pertanyaan/terbitkan", small).status_code == 302
    assert AdvicePattern.objects.get().based_on_count == 5
    asker = page(actor_for(city.crew), "/netral/boleh?tentang=photo_with_incumbent")[1]
    assert "Ditanyakan banyak orang" in asker


def test_a_leader_without_the_desk_reads_no_list(city):
    assert page(actor_for(city.head), "/netral/pertanyaan")[0].status_code == 403
    assert page(an_actor("executive"), "/netral/pertanyaan")[0].status_code == 403
