"""Pages of a leader's team and of one evaluation."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.performance import queries
from abdi.performance.choices import Measure, Rating, Value
from abdi.performance.models import Evaluation, Objection
from abdi.performance.testing import (
    a_plan,
    a_result,
    a_target,
    an_agreed_plan,
    an_evaluation,
    periods,
)
from abdi.platform import clock
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
END_OF_MARCH = datetime(2026, 3, 30, 3, 0, tzinfo=UTC)
RATINGS = {
    "result_rating": "meets",
    "result_reason": "Menurut yang terlihat",
    **{f"rating_{value}": "meets" for value in Value},
}


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def quarter():
    with clock.at(END_OF_MARCH):
        yield periods()[0]


@pytest.fixture
def head(city, quarter):
    return sign_in_as(actor_for(city.head))


def text_of(answer):
    return answer.content.decode()


def the_form(person, **more):
    return f"/tim/penilaian/simpan?periode=2026-1&orang={person.code}", {**RATINGS, **more}


# ------------------------------------------------------------------ the team


def test_the_team_page_says_who_is_behind_and_whose_plan_waits(city, head):
    plan = a_plan(city.crew)
    a_target(plan)
    sign_in_as(actor_for(city.crew)).post(
        "/kinerja/saya/ajukan", {"tahun": "2026", "seen": plan.version}
    )
    page = text_of(head.get("/tim"))
    assert "1 dari 2 anggota tim punya sasaran tertinggal" in page
    assert "Baca dan setujui" in page
    plan.refresh_from_db()
    address = f"/tim/rencana/{plan.pk}"
    assert "Setujui sasaran ini" in text_of(head.get(address))
    assert head.post(f"{address}/kembalikan", {"seen": plan.version}).status_code == 422
    head.post(f"{address}/setujui", {"seen": plan.version})
    plan.refresh_from_db()
    assert plan.is_agreed


def test_the_team_page_asks_the_same_whatever_the_team(head):
    head.get("/tim")
    # five read, three write the line in the access log: eight, and in a test the savepoint's two
    with counted_queries(at_most=10):
        assert head.get("/tim").status_code == 200


def test_a_plan_is_sent_back_from_its_page(city, head):
    plan = a_plan(city.crew)
    target = a_target(plan)
    sign_in_as(actor_for(city.crew)).post(
        "/kinerja/saya/ajukan", {"tahun": "2026", "seen": plan.version}
    )
    plan.refresh_from_db()
    head.post(f"/tim/rencana/{plan.pk}/kembalikan", {"seen": plan.version, "note": "Tambah mutu"})
    head.post(f"/kinerja/sasaran/{target.pk}/pesan", {"text": "Coba pekan ini."})
    mine = sign_in_as(actor_for(city.crew))
    page = text_of(mine.get("/kinerja/saya"))
    assert "Tambah mutu" in page
    assert "Coba pekan ini." in page
    mine.post(f"/kinerja/sasaran/{target.pk}/pesan", {"text": "Baik, Pak."})
    assert "Baik, Pak." in text_of(mine.get("/kinerja/saya"))


def test_the_evaluation_page_proposes_explains_and_goes_on_to_the_next(city, head):
    a_target(a_plan(city.crew), measure=Measure.REPORT_RATING, figure=420)
    a_result(city.crew, Measure.REPORT_RATING, 5)
    page = text_of(head.get(f"/tim/penilaian?orang={city.crew.code}"))
    assert "2 anggota tim menunggu penilaian" in page
    assert "Usulan: di atas ekspektasi" in page
    assert "Simpan, lanjut ke Sari" in page
    assert "boleh berkeberatan dalam 14 hari" in page
    address, body = the_form(city.crew, result_rating="above")
    answer = head.post(address, body)
    assert answer["Location"].endswith(f"orang={city.second_crew.code}")
    assert Evaluation.objects.get().predicate == "baik"


def test_the_predicate_is_shown_before_anything_is_saved(city, head):
    body = {**RATINGS, "result_rating": "below"}
    page = text_of(head.post("/tim/penilaian/hitung", body))
    assert "Butuh Perbaikan" in page
    assert "enam bulan" in page
    assert "Dialog tertulis" in text_of(
        head.post("/tim/penilaian/hitung", {**body, "dialog_note": "x"})
    )
    assert not Evaluation.objects.exists()


def test_a_rating_without_its_example_is_named_and_kept(city, head):
    address, body = the_form(city.crew, rating_BER="below", example_AKU="tetap ada")
    answer = head.post(address, body)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Beri satu contoh nyata untuk ‘di bawah’" in page
    assert "tetap ada" in page


def test_a_stale_evaluation_shows_both(city, head):
    row = an_evaluation(city.crew, city.head, periods()[0], final=False)
    address, body = the_form(city.crew, seen=row.version)
    assert (
        head.post(address, {**body, "rating_BER": "above", "example_BER": "Satu"}).status_code
        == 302
    )
    answer = head.post(address, {**body, "rating_BER": "above", "example_BER": "Dua"})
    assert answer.status_code == 409
    assert "sudah disimpan lebih dulu" in text_of(answer)
    assert "Dua" in text_of(answer)


def test_all_saved_evaluations_are_sent_together_once(city, head):
    for person in (city.crew, city.second_crew):
        an_evaluation(person, city.head, periods()[0], final=False)
    page = text_of(head.get("/tim/penilaian"))
    assert "Kirim 2 penilaian" in page
    drafts = [f"{row.pk}:{row.version}" for row in Evaluation.objects.all()]
    body = {"draft": drafts, "_once": "d" * 32}
    for _ in range(2):
        assert head.post("/tim/penilaian/kirim?periode=2026-1", body).status_code == 302
    assert Evaluation.objects.filter(state="final").count() == 2
    stale = {"draft": drafts}
    assert head.post("/tim/penilaian/kirim?periode=2026-1", stale).status_code == 409


def test_a_spread_that_does_not_fit_is_a_word_never_a_block(city, head):
    people = [city.crew, city.second_crew, *(a_person(city.section) for _ in range(4))]
    for person in people:
        an_evaluation(person, city.head, periods()[0], final=False)
    head = sign_in_as(actor_for(city.head))
    page = text_of(head.get("/tim/penilaian"))
    assert "Semua berpredikat sama" in page
    assert "Lebih dari 70% berpredikat" in page
    assert "Kirim 6 penilaian" in page


def test_a_quarter_that_is_not_open_is_only_read(city, head):
    page = text_of(head.get("/tim/penilaian?periode=2026-3"))
    assert "Triwulan ini tidak dibuka" in page
    address, body = the_form(city.crew)
    assert head.post(address.replace("2026-1", "2026-3"), body).status_code == 409


# ------------------------------------------------------------------ one evaluation


def test_the_person_reads_where_the_numbers_come_from_and_objects_once(city, head):
    row = an_evaluation(city.crew, city.head, periods()[0], result=Rating.BELOW)
    me = sign_in_as(actor_for(city.crew))
    address = f"/kinerja/penilaian/{row.pk}"
    page = text_of(me.get(address))
    assert "Dari mana angka ini?" in page
    assert "permenpanrb_6_2022" in page
    assert "13 April 2026" in page
    assert me.post(f"{address}/keberatan", {"reason": ""}).status_code == 422
    assert (
        me.post(f"{address}/keberatan", {"reason": "Tiang diganti orang lain"}).status_code == 302
    )
    assert me.post(f"{address}/keberatan", {"reason": "Lagi"}).status_code == 409
    objection = Objection.objects.get()
    above = sign_in_as(actor_for(city.agency_head))
    assert "Putuskan keberatan" in text_of(above.get(address))
    decision = {"seen": "1", "result_rating": "meets", "behaviour_rating": "meets"}
    assert above.post(f"{address}/putuskan", decision).status_code == 422
    decision["decision"] = "Angkanya benar, penilaiannya tidak."
    assert head.post(f"{address}/putuskan", decision).status_code == 403
    assert above.post(f"{address}/putuskan", decision).status_code == 302
    objection.refresh_from_db()
    assert objection.state == "changed"


def test_an_evaluation_and_a_plan_are_printed_without_weights(city, head):
    plan = an_agreed_plan(city.crew, city.head)
    row = an_evaluation(city.crew, city.head, periods()[0])
    for address in (f"/kinerja/penilaian/{row.pk}/cetak", f"/kinerja/rencana/{plan.pk}/cetak"):
        answer = head.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert "bobot" not in text_of_pdf(answer.content)


def text_of_pdf(content):
    return content.decode("latin-1").lower()


def test_pages_of_others_are_not_found_or_refused(city, head):
    plan = an_agreed_plan(city.crew, city.head)
    target = queries.plan_targets(plan)[0]
    row = an_evaluation(city.crew, city.head, periods()[0])
    other = sign_in_as(actor_for(city.second_crew))
    stranger = sign_in_as(an_actor("agency_hr", an_agency()))
    for client in (other, stranger):
        for address in (
            f"/tim/rencana/{plan.pk}",
            f"/kinerja/penilaian/{row.pk}",
            f"/kinerja/penilaian/{row.pk}/cetak",
            f"/kinerja/rencana/{plan.pk}/cetak",
            f"/kinerja/sasaran/{target.pk}",
        ):
            assert client.get(address).status_code == 404
    assert other.get("/tim").status_code == 403
    assert head.get(f"/tim/penilaian?orang={city.head.code}").status_code == 404
    assert other.post(f"/kinerja/sasaran/{target.pk}/pesan", {"text": "x"}).status_code == 404
    assert sign_in_as(an_actor("sysadmin")).get("/kinerja/saya").status_code == 403


def test_team_pages_ask_the_same_few_queries_for_ten_and_for_a_hundred(city, quarter):
    asked: dict[str, set[int]] = {}
    for _ in range(2):
        for _ in range(8):
            person = a_person(city.section)
            a_target(a_plan(person), measure=Measure.REPORTS_CLOSED)
            an_evaluation(person, city.head, quarter, final=False)
        head = sign_in_as(actor_for(city.head))
        for address in ("/tim", "/tim/penilaian"):
            head.get(address)
            with counted_queries(15) as found:
                assert head.get(address).status_code == 200
            asked.setdefault(address, set()).add(reads(found))
    assert all(len(counts) == 1 and max(counts) <= 8 for counts in asked.values()), asked


def reads(found):
    """Reading queries, without the line that the access log gets."""
    return sum(
        query["sql"].startswith("SELECT") and "platform_seal" not in query["sql"]
        for query in found.captured_queries
    )


def test_what_waits_is_asked_in_few_queries(city, quarter):
    me, head = actor_for(city.crew), actor_for(city.head)
    with counted_queries(6):
        titles = [row.title for row in queries.to_do(head, clock.now())]
    assert "2 people wait for your evaluation" in titles or len(titles) == 2
    row = an_evaluation(city.crew, city.head, quarter)
    assert f"/kinerja/penilaian/{row.pk}" in [todo.url for todo in queries.to_do(me, clock.now())]
    assert queries.to_do(an_actor("sysadmin"), clock.now()) == []
    assert len(next(iter(queries.mart_rows()))) == len(queries.MART_COLUMNS)
