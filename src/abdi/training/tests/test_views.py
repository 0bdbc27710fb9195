"""Pages of training: happy path, refused, foreign rows, hostile input."""

from __future__ import annotations

import datetime as dt

import pytest

from abdi.competence import testing as competence
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import sign_in_as
from abdi.training import actions, queries
from abdi.training.models import Certificate, Class, Enrolment, Presence, Proposal, Session
from abdi.training.testing import a_class, a_passed_class, an_enrolment, attended

pytestmark = pytest.mark.django_db
AFTER_CLASS = dt.datetime(2026, 3, 11, 2, 0, tzinfo=dt.UTC)
PLAN = {
    "title": "Komunikasi di meja depan",
    "goal": "Menjawab warga dengan bahasa sederhana.",
    "competency": "M.3",
    "level": "2",
    "hours": "8",
    "start_on": "2026-04-06",
    "end_on": "2026-04-07",
    "start_time": "08:00",
    "end_time": "15:00",
    "place": "Aula",
    "capacity": "20",
    "cost_rupiah": "9.200.000",
}


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def organiser(city):
    return an_actor("organiser", unit=city.agency)


def text_of(answer):
    return answer.content.decode()


def test_the_catalogue_is_open_to_everybody(client, city):
    a_class()
    shown = client.get("/pelatihan")
    assert shown.status_code == 200
    assert "Komunikasi pelayanan" in text_of(shown)


def test_classes_that_fit_a_gap_stand_first_with_the_reason(city):
    competence.settled(city.head)
    a_class(competency="M.8", title="Menimbang pilihan", level=1)
    a_class(start_on=dt.date(2026, 5, 4), end_on=dt.date(2026, 5, 4))
    client = sign_in_as(actor_for(city.head))
    shown = text_of(client.get("/pelatihan"))
    assert shown.index("Komunikasi pelayanan") < shown.index("Menimbang pilihan")
    assert "sesuai kesenjangan Anda: Komunikasi" in shown
    assert "Menimbang pilihan" not in text_of(client.get("/pelatihan?sesuai=1&kompetensi=M.3"))
    assert "Komunikasi pelayanan" in text_of(client.get("/pelatihan/sesuai"))
    assert client.get("/pelatihan?kompetensi=%00").status_code == 200


def test_a_person_enrols_waits_and_gives_the_place_back(city):
    klass = a_class(capacity=1)
    me, other = (sign_in_as(actor_for(p)) for p in (city.crew, city.second_crew))
    place = f"/pelatihan/{klass.code}"
    assert "Daftar" in text_of(me.get(place))
    assert me.post(f"{place}/daftar").headers["Location"] == place
    assert "1 dari 1 kursi terisi" in text_of(me.get(place))
    other.post(f"{place}/daftar")
    assert "nomor 1" in text_of(other.get(place))
    me.post(f"{place}/lepas")
    assert "Kursi disimpan untuk Anda" in text_of(other.get(place))
    other.post(f"{place}/terima")
    assert Enrolment.objects.get(person=city.second_crew).state == "enrolled"
    assert other.post(f"{place}/terima").status_code == 409


def test_the_same_form_sent_twice_acts_once(city):
    klass = a_class()
    client = sign_in_as(actor_for(city.crew))
    form = {"_once": "k" * 32}
    first = client.post(f"/pelatihan/{klass.code}/daftar", form)
    again = client.post(f"/pelatihan/{klass.code}/daftar", form)
    assert (first.status_code, again.status_code) == (302, 302)
    klass.refresh_from_db()
    assert klass.taken == 1


def test_a_clash_with_duty_is_shown_on_the_page(city):
    from abdi.people import actions as people_actions

    klass = a_class()
    session = Session.objects.get(klass=klass)
    people_actions.take_time(
        city.crew, start=session.start_at, end=session.end_at, kind="shift", about="x:1", by=SYSTEM
    )
    client = sign_in_as(actor_for(city.crew))
    place = f"/pelatihan/{klass.code}"
    assert "pada waktu yang sama" in text_of(client.get(place))
    assert client.post(f"{place}/daftar").status_code == 409
    assert client.post(f"{place}/daftar", {"despite": "1"}).status_code == 302


def test_an_organiser_opens_a_class_from_a_proposal(city, organiser):
    proposal = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    client = sign_in_as(organiser)
    assert "Buka kelas" in text_of(client.get("/pelatihan/rencana"))
    path = f"/pelatihan/kelas/baru?usulan={proposal.pk}"
    assert "Bayu Petugas" in text_of(client.get(path))
    assert client.post(path, PLAN).status_code == 302
    klass = Class.objects.get()
    assert (klass.proposal_id, klass.cost_rupiah, klass.competency) == (
        proposal.pk,
        9_200_000,
        "M.3",
    )
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"level": "6"},
        {"competency": "X.1"},
        {"end_on": "2026-01-01"},
        {"start_on": "kemarin"},
        {"capacity": "0"},
        {"capacity": "9" * 40},
        {"hours": "-1"},
        {"end_time": "07:00"},
        {"place": ""},
        {"title": "a\x00b"},
        {"goal": "x" * 501},
        {"cost_rupiah": "1e9"},
        {"level": "1; DROP TABLE"},
    ],
)
def test_a_wrong_class_is_refused_and_what_was_typed_is_kept(organiser, wrong):
    client = sign_in_as(organiser)
    answer = client.post("/pelatihan/kelas/baru", {**PLAN, **wrong})
    assert answer.status_code == 422
    assert "Menjawab warga" in text_of(answer) or "goal" in wrong
    assert not Class.objects.exists()


def test_hostile_titles_are_shown_as_text(city, organiser):
    title = "<script>alert(1)</script> {{ 7*7 }} ' OR 1=1 --"
    client = sign_in_as(organiser)
    place = client.post("/pelatihan/kelas/baru", {**PLAN, "title": title}).headers["Location"]
    shown = text_of(client.get(place))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "{{ 7*7 }}" in shown


def test_the_plan_is_costed_and_a_proposal_set_aside(city):
    row = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    client = sign_in_as(an_actor("agency_hr", city.agency))
    assert "biaya belum ditaksir" in text_of(client.get("/pelatihan/rencana"))
    path = f"/pelatihan/rencana/{row.pk}"
    form = {"hours": "8", "cost_rupiah": "1.000.000", "version": "1"}
    assert client.post(f"{path}/biaya", form).status_code == 302
    assert client.post(f"{path}/biaya", form).status_code == 409
    assert client.post(f"{path}/biaya", {"hours": "x"}).status_code == 422
    assert "Rp 1.000.000" in text_of(client.get("/pelatihan/rencana"))
    assert "Rp 1.000.000" in text_of(client.get(f"/pelatihan/usulan?perangkat={city.agency.code}"))
    assert client.get("/pelatihan/usulan?perangkat=tidak-ada").status_code == 404
    assert client.post(f"{path}/sisihkan", {"reason": "nanti"}).status_code == 422
    assert (
        client.post(f"{path}/sisihkan", {"reason": "Sudah dilatih tahun lalu"}).status_code == 302
    )
    assert Proposal.objects.get().state == "dismissed"


def test_the_plan_of_another_agency_does_not_exist(city):
    from abdi.people.testing import an_agency

    row = actions.propose(city.agency, city.crew, by=SYSTEM, competency="M.3", level=2, held=1)
    client = sign_in_as(an_actor("agency_hr", an_agency()))
    assert "Belum ada usulan" in text_of(client.get("/pelatihan/rencana"))
    form = {"hours": "8", "cost_rupiah": "1"}
    assert client.post(f"/pelatihan/rencana/{row.pk}/biaya", form).status_code == 404


def test_employees_see_no_plan(city):
    client = sign_in_as(actor_for(city.crew))
    assert client.get("/pelatihan/rencana").status_code == 403
    assert client.get("/pelatihan/kelas/baru").status_code == 403


def test_the_organiser_invites_those_with_the_largest_gaps(city, organiser):
    competence.settled(city.head)
    klass = a_class(organiser)
    client = sign_in_as(organiser)
    assert "Hendra Kepala" in text_of(client.get(f"/pelatihan/{klass.code}"))
    path = f"/pelatihan/kelas/{klass.code}/undang"
    client.post(path, {"person": [str(city.head.pk), str(city.crew.pk), "x"]})
    assert [row.person_id for row in Enrolment.objects.all()] == [city.head.pk]
    at = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
    todos = queries.to_do(actor_for(city.head), at)
    assert [todo.url for todo in todos] == [f"/pelatihan/{klass.code}"]


def test_presence_is_marked_corrected_and_handed_over_at_the_door(city, organiser):
    klass = a_class(organiser)
    rows = [an_enrolment(klass, person) for person in (city.crew, city.head)]
    client = sign_in_as(organiser)
    path = f"/pelatihan/kelas/{klass.code}"
    session = Session.objects.get(klass=klass)
    assert "0 dari 2 hadir" in text_of(client.get(f"{path}/hadir"))
    client.post(f"{path}/hadir/catat", {"session": str(session.pk), "id": [str(rows[0].pk)]})
    assert "1 dari 2 hadir" in text_of(client.get(f"{path}/hadir?sesi={session.pk}"))
    wrong = {"session": str(session.pk), "id": str(rows[0].pk), "reason": "salah"}
    assert client.post(f"{path}/hadir/batal", wrong).status_code == 422
    client.post(f"{path}/hadir/batal", {**wrong, "reason": "Salah orang di daftar"})
    assert not Presence.objects.exists()
    nobody = client.post(f"{path}/ganti", {"id": str(rows[0].pk), "person": "Tidak Ada"})
    assert nobody.status_code == 422
    client.post(f"{path}/ganti", {"id": str(rows[0].pk), "person": "Sari Petugas"})
    rows[0].refresh_from_db()
    assert rows[0].state == "replaced"


def test_results_are_decided_the_class_closed_and_papers_issued(city, organiser):
    klass = a_class(organiser)
    passed, failed = (attended(an_enrolment(klass, p)) for p in (city.crew, city.second_crew))
    path = f"/pelatihan/kelas/{klass.code}"
    with clock.at(AFTER_CLASS):
        client = sign_in_as(organiser)
        assert "2 orang menunggu keputusan Anda" in text_of(client.get(f"{path}/nilai"))
        bad = {f"passed_{passed.pk}": "1", f"score_{passed.pk}": "101"}
        assert client.post(f"{path}/nilai/simpan", bad).status_code == 422
        good = {f"passed_{passed.pk}": "1", f"score_{passed.pk}": "90", f"passed_{failed.pk}": "0"}
        client.post(f"{path}/nilai/simpan", good)
        assert "Tutup kelas" in text_of(client.get(f"{path}/nilai"))
        assert client.post(f"{path}/tutup").status_code == 302
        at = clock.now()
        assert "/pelatihan/sertifikat" in [todo.url for todo in queries.to_do(organiser, at)]
        assert "1 sertifikat menunggu diterbitkan" in text_of(client.get("/pelatihan/sertifikat"))
        client.post("/pelatihan/sertifikat/terbitkan", {"id": [str(passed.pk), str(failed.pk)]})
    assert Certificate.objects.get().enrolment_id == passed.pk


def test_a_class_of_somebody_else_does_not_exist_for_an_organiser(city, organiser):
    klass = a_class(organiser)
    client = sign_in_as(an_actor("organiser", unit=city.agency))
    path = f"/pelatihan/kelas/{klass.code}"
    assert client.get(f"{path}/hadir").status_code == 404
    assert client.get(f"{path}/nilai").status_code == 404
    assert client.post(f"{path}/tutup").status_code == 404


def test_a_class_is_cancelled_with_a_reason(city, organiser):
    klass = a_class(organiser)
    client = sign_in_as(organiser)
    path = f"/pelatihan/kelas/{klass.code}/batalkan"
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Pengajar berhalangan hadir"}).status_code == 302
    assert Class.objects.get().state == "cancelled"


def test_everybody_may_check_a_certificate_and_unknown_codes_answer_alike(client, city, organiser):
    row = a_passed_class(a_class(organiser), city.crew)
    paper = actions.issue_certificate(row, by=organiser)
    shown = client.get(f"/sertifikat/{paper.code}")
    assert "Sertifikat ini asli" in text_of(shown)
    assert "Bayu Petugas" in text_of(shown)
    assert shown.headers["X-Robots-Tag"] == "noindex"
    for code in ("a" * 26, "x", "y" * 60):
        unknown = client.get(f"/sertifikat/{code}")
        assert unknown.status_code == 404
        assert "tidak mengenal sertifikat" in text_of(unknown)


def test_a_withdrawn_certificate_says_so_to_everybody(client, city, organiser):
    row = a_passed_class(a_class(organiser), city.crew)
    paper = actions.issue_certificate(row, by=organiser)
    first, second = sign_in_as(organiser), sign_in_as(an_actor("organiser", unit=city.agency))
    path = f"/pelatihan/sertifikat/{paper.pk}"
    assert first.post(f"{path}/cabut", {"reason": "salah"}).status_code == 422
    first.post(f"{path}/cabut", {"reason": "Bukan orang yang hadir"})
    assert first.post(f"{path}/putuskan", {"agree": "1"}).status_code == 404
    assert "diminta untuk dicabut" in text_of(second.get("/pelatihan/sertifikat")).lower()
    assert second.post(f"{path}/putuskan", {"agree": "1"}).status_code == 302
    assert "sudah dicabut" in text_of(client.get(f"/sertifikat/{paper.code}"))


def test_the_paper_is_a_pdf_for_its_holder_and_unknown_to_colleagues(city, organiser):
    row = a_passed_class(a_class(organiser), city.crew)
    paper = actions.issue_certificate(row, by=organiser)
    path = f"/pelatihan/sertifikat/{paper.pk}.pdf"
    mine = sign_in_as(actor_for(city.crew)).get(path)
    assert mine.content.startswith(b"%PDF-")
    assert "attachment" in mine.headers["Content-Disposition"]
    assert sign_in_as(actor_for(city.second_crew)).get(path).status_code == 404
    assert sign_in_as(actor_for(city.crew)).get("/pelatihan/sertifikat/9999.pdf").status_code == 404


def test_my_learning_says_how_many_hours_are_missing(city, organiser):
    actions.issue_certificate(a_passed_class(a_class(organiser), city.crew), by=organiser)
    shown = text_of(sign_in_as(actor_for(city.crew)).get("/pelatihan/saya"))
    assert "12 jam pelajaran masih kurang tahun ini" in shown
    assert "8 JP selesai, 0 JP direncanakan; sedikitnya 20 JP setahun" in shown
    assert "/pelatihan/sertifikat/" in shown


def test_the_organisers_classes_are_listed(city, organiser):
    a_class(organiser)
    client = sign_in_as(organiser)
    assert "Komunikasi pelayanan" in text_of(client.get("/pelatihan/kelas"))
    with clock.at(AFTER_CLASS):
        later = sign_in_as(organiser)
        assert "Tentukan yang lulus" in text_of(later.get("/pelatihan/kelas"))
        urls = [todo.url for todo in queries.to_do(organiser, clock.now())]
        assert urls[0].endswith("/nilai")


def test_strangers_are_sent_to_sign_in(client, city):
    for path in (
        "/pelatihan/saya",
        "/pelatihan/rencana",
        "/pelatihan/kelas",
        "/pelatihan/sertifikat",
    ):
        assert client.get(path).status_code == 302
    assert client.post(f"/pelatihan/{a_class().code}/daftar").status_code == 302


HOSTILE = (
    "\x00",
    "' OR 1=1 --",
    "<img src=x onerror=alert(1)>",
    "%00",
    "=cmd|' /C calc'!A0",
    "\u202e\u200b\ufeff",
    "x" * 10_000,
    "9" * 400,
    "-1",
    "../../etc/passwd",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_refused_or_shown_as_text_never_an_error(city, organiser, text):
    klass = a_class(organiser)
    row = attended(an_enrolment(klass, city.crew))
    proposal = actions.propose(city.agency, city.head, by=SYSTEM, competency="M.3", level=2, held=1)
    me, client = sign_in_as(actor_for(city.crew)), sign_in_as(organiser)
    path = f"/pelatihan/kelas/{klass.code}"
    answers = [
        me.get("/pelatihan", {"kompetensi": text, "sesuai": text}),
        client.get("/pelatihan/usulan", {"perangkat": text}),
        client.get("/pelatihan/kelas/baru", {"usulan": text}),
        client.post("/pelatihan/kelas/baru", {**PLAN, "title": text, "place": text}),
        client.post("/pelatihan/kelas/baru", {**PLAN, "hours": text, "start_time": text}),
        client.post(
            f"/pelatihan/rencana/{proposal.pk}/biaya", {"hours": text, "cost_rupiah": text}
        ),
        client.post(f"/pelatihan/rencana/{proposal.pk}/sisihkan", {"reason": text[:5]}),
        client.get(f"{path}/hadir", {"sesi": text}),
        client.post(f"{path}/hadir/catat", {"session": text, "id": text}),
        client.post(f"{path}/ganti", {"id": str(row.pk), "person": text}),
        client.post(f"{path}/undang", {"person": text}),
        client.post(f"{path}/nilai/simpan", {f"passed_{row.pk}": text, f"score_{row.pk}": text}),
        client.post("/pelatihan/sertifikat/terbitkan", {"id": text}),
        client.get("/pelatihan/sertifikat", {"hal": text}),
        client.get(f"/pelatihan/sertifikat/{'9' * 30}.pdf"),
        client.post(f"/pelatihan/rencana/{'9' * 30}/biaya", {"hours": "1", "cost_rupiah": "1"}),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert all(b"<img src=x" not in answer.content for answer in answers)
