"""Pages of performance: what they say, who opens them, what a form does."""

from __future__ import annotations

import pytest

from abdi.people.testing import a_city, actor_for
from abdi.performance import queries
from abdi.performance.choices import Measure, PlanState
from abdi.performance.models import Plan, Result, Target
from abdi.performance.testing import (
    a_plan,
    a_result,
    a_target,
    an_agreed_plan,
)
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE x;--", "{{ 7*7 }}", "=1+1", "﷽" * 20]
TARGET = {
    "tahun": "2026",
    "result": "Tiang terdata",
    "measure": "manual",
    "indicator": "Tiang diperbarui",
    "aspect": "kuantitas",
    "figure": "5000",
    "unit": "tiang",
    "better": "higher",
    "parent": "0",
    "is_of_unit": "",
}


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def crew(city):
    return sign_in_as(actor_for(city.crew))


def text_of(answer):
    return answer.content.decode()


# ------------------------------------------------------------------ my own year


def test_my_targets_stand_with_what_they_are_at_and_where_they_come_from(city, crew):
    above = a_target(a_plan(city.head), result="Tanggapan di bawah 4 jam")
    plan = a_plan(city.crew)
    a_target(plan, above, result="Lampu cepat", measure=Measure.REPORT_MINUTES, figure=24_000)
    a_result(city.crew, Measure.REPORT_MINUTES, 220)
    page = text_of(crew.get("/kinerja/saya"))
    assert "Sasaran kerja saya 2026" in page
    assert "3 j 40 m" in page
    assert "dari 4 j" in page
    assert "Terkumpul sendiri" in page
    assert "Tanggapan di bawah 4 jam" in page
    assert "1 sasaran sesuai jalur" in page


def test_a_year_without_plan_offers_to_begin_it(city, crew):
    assert "belum dimulai" in text_of(crew.get("/kinerja/saya"))
    answer = crew.post("/kinerja/saya/mulai", {"tahun": "2026", "_once": "b" * 32})
    assert answer.status_code == 302
    assert crew.post("/kinerja/saya/mulai", {"tahun": "2026", "_once": "b" * 32}).status_code == 302
    assert Plan.objects.count() == 1


def test_targets_are_ticked_written_changed_and_handed_over(city, crew):
    above = a_target(a_plan(city.head), result="Tanggapan cepat")
    a_plan(city.crew)
    assert "Tanggapan cepat" in text_of(crew.get("/kinerja/saya/susun"))
    crew.post("/kinerja/saya/turunkan", {"tahun": "2026", "parents": [above.pk]})
    crew.post("/kinerja/saya/tambah", TARGET)
    drafted, written = Target.objects.filter(plan__person=city.crew).order_by("id")
    assert (drafted.parent, written.figure, written.parent) == (above, 500_000, None)
    assert crew.get(f"/kinerja/sasaran/{written.pk}").status_code == 200
    answer = crew.post(
        f"/kinerja/sasaran/{written.pk}", {**TARGET, "figure": "4,5", "seen": written.version}
    )
    assert answer.status_code == 302
    written.refresh_from_db()
    assert written.figure == 450
    crew.post(f"/kinerja/sasaran/{drafted.pk}/hapus", {"seen": drafted.version})
    plan = Plan.objects.get(person=city.crew)
    crew.post("/kinerja/saya/ajukan", {"tahun": "2026", "seen": plan.version})
    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED


def test_a_target_without_figure_is_named_at_its_field_and_kept(city, crew):
    a_plan(city.crew)
    for wrong in ({"figure": ""}, {"unit": ""}, {"figure": "abc"}, {"aspect": "lain"}):
        answer = crew.post("/kinerja/saya/tambah", {**TARGET, **wrong})
        assert answer.status_code == 422
        assert "Tiang terdata" in text_of(answer)
    assert not Target.objects.exists()


def test_a_stale_target_shows_both_versions(city, crew):
    target = a_target(a_plan(city.crew), result="Lama")
    crew.post(f"/kinerja/sasaran/{target.pk}", {**TARGET, "result": "Baru", "seen": "1"})
    answer = crew.post(f"/kinerja/sasaran/{target.pk}", {**TARGET, "result": "Lain", "seen": "1"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Baru" in page
    assert "Lain" in page


def test_an_agreed_plan_is_opened_again_and_its_targets_linked_without(city, crew):
    plan = an_agreed_plan(city.crew, city.head)
    (target,) = queries.plan_targets(plan)
    above = a_target(a_plan(city.head))
    crew.post(f"/kinerja/sasaran/{target.pk}/tautkan", {"parents": [above.pk]})
    target.refresh_from_db()
    assert target.parent == above
    plan.refresh_from_db()
    crew.post("/kinerja/saya/buka-lagi", {"tahun": "2026", "seen": plan.version})
    plan.refresh_from_db()
    assert plan.state == PlanState.REVISED


def test_progress_is_entered_once_however_often_it_is_sent(city, crew):
    target = a_target(a_plan(city.crew))
    for _ in range(2):
        body = {"amount": "12,5", "note": "Kel. Pandan", "_once": "c" * 32}
        answer = crew.post(f"/kinerja/sasaran/{target.pk}/kemajuan", body)
        assert answer.status_code == 302
    assert Result.objects.get().value == 1250
    assert crew.post(f"/kinerja/sasaran/{target.pk}/kemajuan", {"amount": "x"}).status_code == 422


def test_evidence_is_traced_and_filtered(city, crew):
    a_result(city.crew, Measure.REPORTS_IN_TIME, 1, about="reports.report:7")
    target = a_target(a_plan(city.crew))
    crew.post(f"/kinerja/sasaran/{target.pk}/kemajuan", {"amount": "3", "note": "Tiga tiang"})
    page = text_of(crew.get("/kinerja/bukti"))
    assert "2 bukti kerja masuk tahun ini" in page
    assert "Tiga tiang" in page
    assert "Tiga tiang" not in text_of(crew.get("/kinerja/bukti?jenis=reports_in_time"))


def test_the_tree_names_what_hangs_nowhere(city, crew):
    above = a_target(a_plan(city.head), result="Induk sasaran")
    plan = a_plan(city.crew)
    a_target(plan, above, result="Anak sasaran")
    a_target(plan, result="Lepas sendiri")
    page = text_of(crew.get("/kinerja/pohon"))
    assert "1 sasaran di sekitar Anda belum ditautkan" in page
    for words in ("Induk sasaran", "Anak sasaran", "Lepas sendiri"):
        assert words in page


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_words(city, crew, words):
    a_plan(city.crew)
    body = {**TARGET, "result": words, "indicator": words, "unit": words[:40]}
    assert crew.post("/kinerja/saya/tambah", body).status_code == 302
    target = Target.objects.get()
    crew.post(f"/kinerja/sasaran/{target.pk}/kemajuan", {"amount": "1", "note": words})
    crew.post(f"/kinerja/sasaran/{target.pk}/pesan", {"text": words})
    for path in ("/kinerja/saya", "/kinerja/bukti", "/kinerja/saya/susun", "/kinerja/pohon"):
        answer = crew.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in text_of(answer)
    plan = Plan.objects.get()
    assert crew.get(f"/kinerja/rencana/{plan.pk}/cetak").content.startswith(b"%PDF")


@pytest.mark.parametrize("words", ["\x00", "a\u202eb", "9" * 4000, "NaN", "1e9", "-1"])
def test_words_that_are_none_are_refused(city, crew, words):
    a_plan(city.crew)
    for field in TARGET:
        answer = crew.post("/kinerja/saya/tambah", {**TARGET, field: words})
        assert answer.status_code in (302, 400, 404, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/kinerja/saya/1999",
        "/kinerja/saya/2099",
        "/kinerja/saya/susun?tahun=99999",
        "/kinerja/bukti?jenis=<>&hal=x",
    ],
)
def test_odd_addresses_are_answered(crew, path):
    assert crew.get(path).status_code in (200, 404)


# ------------------------------------------------------------------ few queries


def test_own_pages_ask_the_same_few_queries_for_ten_and_for_a_hundred(city, crew):
    above = a_target(a_plan(city.head))
    plan = a_plan(city.crew)
    pages = {
        "/kinerja/saya": 9,
        "/kinerja/bukti": 6,
        "/kinerja/pohon": 9,
        "/kinerja/saya/susun": 10,
    }
    for address in pages:
        crew.get(address)
    for rows in (3, 30):
        for _ in range(rows):
            a_target(plan, above) if rows == 3 else None
            a_result(city.crew, about=f"reports.report:{rows}")
        for address, most in pages.items():
            with counted_queries(most):
                assert crew.get(address).status_code == 200
