"""Pages of groups: the list, the start, eight pages, decisions, the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from abdi.culture import actions
from abdi.culture.actions import StepGiven
from abdi.culture.choices import CircleState, CircleStep, StepState
from abdi.culture.models import Cause, CauseVote, Circle, Meeting, StepRecord, Task
from abdi.culture.testing import (
    a_cause,
    a_circle,
    a_circle_at,
    a_circle_city,
    a_cluster,
    day,
    fill_step,
    fresh,
    later,
    pass_step,
    some_reports,
)
from abdi.people.testing import a_person, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raise %}",
    "'; DROP TABLE culture_circle; --",
    "\u202egnol\u200b",
    "Ω≈ç√∫˜µ≤≥÷ 👩‍👩‍👧 ﷽",
    "%s %(day)s %d",
    '#import "/etc/passwd" $x$',
]


@pytest.fixture
def where():
    return a_circle_city()


def page(actor, path):
    answer = sign_in_as(actor).get(path)
    return answer, answer.content.decode() if answer.status_code != 302 else ""


def step_path(circle, number):
    return f"/kbk/{circle.pk}/langkah/{number}"


# ------------------------------------------------------------------ the list and the start


def test_an_empty_list_says_what_belongs_there(where):
    answer, text = page(where.leader, "/kbk")
    assert answer.status_code == 200
    assert "Belum ada kelompok yang berjalan" in text
    assert "Lima laporan sejenis" in text


def test_a_cluster_waits_with_a_button_for_who_may_start(where):
    a_cluster(where)
    assert "Mulai kelompok" in page(where.starter, "/kbk")[1]
    text = page(where.leader, "/kbk")[1]
    assert "Bantaran" in text
    assert "/kbk/mulai" not in text


def test_strangers_sign_in_first(where):
    for path in ("/kbk", "/pembinaan", "/kbk/mulai?gugus=x"):
        assert Client().get(path)["Location"].startswith("/masuk")


def start_with(where, cluster, **more):
    given = {
        "gugus": cluster.key,
        "name": "Terang Terus",
        "leader_id": where.leader.person_id,
        "secretary_id": where.secretary.person_id,
        "facilitator_id": where.facilitator.person_id,
        **more,
    }
    return sign_in_as(where.starter).post("/kbk/mulai", given)


def test_a_group_starts_from_its_cluster(where):
    cluster = a_cluster(where)
    answer, text = page(where.starter, f"/kbk/mulai?gugus={cluster.key}")
    assert answer.status_code == 200
    assert "Terkumpul sendiri" in text
    answer = start_with(where, cluster)
    circle = Circle.objects.get()
    assert answer["Location"] == f"/kbk/{circle.pk}/langkah/1"
    assert start_with(where, cluster).status_code == 404


def test_a_start_that_cannot_be_keeps_what_was_typed(where):
    cluster = a_cluster(where)
    answer = start_with(where, cluster, secretary_id=where.leader.person_id)
    assert answer.status_code == 422
    assert "Terang Terus" in answer.content.decode()
    assert start_with(where, cluster, leader_id="999999").status_code == 422
    assert not Circle.objects.exists()


def test_a_start_needs_a_cluster_and_the_right(where):
    assert page(where.starter, "/kbk/mulai?gugus=tidak-ada")[0].status_code == 404
    assert page(where.leader, "/kbk/mulai?gugus=x")[0].status_code == 403


def test_a_group_of_another_agency_is_not_found(where):
    circle = a_circle(where)
    other = actor_for(a_person(an_agency("Dinas Lain")))
    for path in (f"/kbk/{circle.pk}", step_path(circle, 1), f"/kbk/{circle.pk}/risalah"):
        assert page(other, path)[0].status_code == 404
    assert page(an_actor("organisation_office"), f"/kbk/{circle.pk}")[0].status_code == 200


# ------------------------------------------------------------------ the pages


def test_every_page_opens_for_members_and_readers_in_turn(where):
    circle = a_circle(where)
    some_reports(8, received_at=later(-15))
    with clock.at(later(40)):
        for number, _step in enumerate(CircleStep, start=1):
            for actor in (where.leader, where.approver):
                answer, text = page(actor, step_path(circle, number))
                assert answer.status_code == 200, number
                assert f"Langkah {number} dari 8" in text
            assert page(where.leader, step_path(circle, number + 1))[0].status_code == 404
            circle = advance(where, circle)
        for number in range(1, 9):
            assert page(where.leader, step_path(circle, number))[0].status_code == 200
    assert circle.state == CircleState.CLOSED


def advance(where, circle):
    """Pass the step at work; days go by after the work."""
    days = 40 if circle.step == CircleStep.EVALUATE else 0
    with clock.at(later(days)):
        return pass_step(where, circle)


def test_a_page_asks_the_database_the_same_for_two_and_for_twenty_causes(where):
    circle = a_circle_at(where, CircleStep.ROOT_CAUSE)
    client = sign_in_as(where.leader)
    client.get(step_path(circle, 4))
    with counted_queries(at_most=60) as few:
        client.get(step_path(circle, 4))
    for number in range(18):
        a_cause(circle, f"Sebab {number}", "kabel")
    with counted_queries(at_most=len(few)):
        client.get(step_path(circle, 4))


def test_what_is_typed_is_saved_and_sent_with_one_button(where):
    circle = a_circle(where)
    client = sign_in_as(where.leader)
    given = {"statement": "Lampu mati berulang", "reason": "", "seen": circle.version}
    saved = client.post(step_path(circle, 1), given, headers={"X-Autosave": "1"})
    assert (saved.status_code, saved.content.decode()) == (200, "Tersimpan pukul 09.00 WIB")
    assert client.post(step_path(circle, 1), given).status_code == 302
    client.post(step_path(circle, 1), {**given, "kirim": "1"})
    record = StepRecord.objects.get(circle=circle)
    assert (record.state, record.texts["statement"]) == (StepState.WAITING, "Lampu mati berulang")
    assert "Menunggu" not in page(where.leader, "/kbk")[1] or record.is_waiting


def test_a_page_that_lacks_something_says_what(where):
    circle = a_circle(where)
    answer = sign_in_as(where.leader).post(step_path(circle, 1), {"statement": "", "kirim": "1"})
    assert answer.status_code == 422
    assert "Tulis tema dalam satu kalimat." in answer.content.decode()


def test_another_hand_meets_a_conflict_and_a_stranger_a_refusal(where):
    circle = a_circle(where)
    sign_in_as(where.leader).post(step_path(circle, 1), {"statement": "Satu", "seen": 1})
    late = sign_in_as(where.secretary).post(step_path(circle, 1), {"statement": "Dua", "seen": 1})
    assert late.status_code == 409
    stranger = actor_for(a_person(where.reports.city.section))
    answer = sign_in_as(stranger).post(step_path(circle, 1), {"statement": "Tiga"})
    assert answer.status_code == 403


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words_on_page_and_paper(where, text):
    circle = a_circle(where)
    client = sign_in_as(where.leader)
    assert client.post(step_path(circle, 1), {"statement": text}).status_code == 302
    shown = client.get(step_path(circle, 1)).content.decode()
    assert "<script>alert" not in shown
    assert client.get(f"/kbk/{circle.pk}/risalah").status_code == 200
    paper = client.get(f"/kbk/{circle.pk}/risalah.pdf")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize("text", ["\x00nol", "\x1b[2J", "x" * 301])
def test_broken_words_come_back_with_a_sentence(where, text):
    circle = a_circle(where)
    answer = sign_in_as(where.leader).post(step_path(circle, 1), {"statement": text})
    assert answer.status_code == 422


def test_a_target_of_the_past_or_without_a_number_is_refused(where):
    circle = a_circle_at(where, CircleStep.TARGET)
    client = sign_in_as(where.leader)
    for given in (
        {"target_count": "dua", "target_on": "2026-09-01"},
        {"target_count": "2", "target_on": "2026-01-01"},
        {"target_count": "-1", "target_on": "2026-09-01"},
    ):
        assert client.post(step_path(circle, 2), given).status_code == 422
    assert fresh(circle).target_count is None


def test_a_superior_approves_or_gives_back(where):
    circle = fill_step(where, a_circle(where))
    actions.send_step(circle, by=where.leader, step=circle.step)
    client = sign_in_as(where.approver)
    path = f"{step_path(circle, 1)}/putuskan"
    assert "Keputusan Anda" in client.get(step_path(circle, 1)).content.decode()
    assert client.post(path, {"note": ""}).status_code == 422
    assert client.post(path, {"note": "Sebutkan jumlah warga"}).status_code == 302
    assert "Sebutkan jumlah warga" in page(where.leader, step_path(circle, 1))[1]
    actions.send_step(circle, by=where.leader, step=circle.step)
    assert sign_in_as(where.leader).post(path, {"setujui": "1"}).status_code == 403
    assert client.post(path, {"setujui": "1"}).status_code == 302
    assert fresh(circle).step == CircleStep.TARGET
    assert client.post(path, {"setujui": "1"}).status_code == 409


def test_causes_are_added_checked_chosen_and_dropped(where):
    circle = a_circle_at(where, CircleStep.CAUSES)
    client = sign_in_as(where.leader)
    base = f"/kbk/{circle.pk}/sebab"
    given = {"branch": "tools", "text": "Tangga rusak", "whys": "Tua\nTidak dirawat", "words": ""}
    assert client.post(base, given).status_code == 302
    assert client.post(base, given).status_code == 422
    assert client.post(base, {**given, "branch": "bogus"}).status_code == 422
    assert "Tidak dirawat" in client.get(step_path(circle, 3)).content.decode()
    a_cause(circle)
    assert client.post(f"{step_path(circle, 3)}/kirim").status_code == 302
    cause = Cause.objects.get(text="Tangga rusak")
    check = f"{base}/{cause.pk}/periksa"
    assert client.post(check, {"check": "fits", "proof": ""}).status_code == 422
    fits = {"check": "fits", "proof": "2 dari 2 tangga", "is_dominant": "on"}
    assert client.post(check, fits).status_code == 302
    votes = f"/kbk/{circle.pk}/suara"
    assert client.post(votes, {"cause_ids": [cause.pk]}).status_code == 302
    assert client.post(votes, {"cause_ids": [999_999]}).status_code == 422
    assert CauseVote.objects.get().cause == cause
    assert "2 dari 2 tangga" in client.get(step_path(circle, 4)).content.decode()
    assert client.post(f"{base}/{cause.pk}/hapus").status_code == 302
    assert client.post(f"{base}/999999/hapus").status_code == 404


def test_a_cause_of_another_group_is_not_found(where):
    circle = a_circle_at(where, CircleStep.CAUSES)
    a_cause(circle)
    foreign = f"/kbk/{circle.pk + 999}/sebab/{Cause.objects.get().pk}/hapus"
    assert sign_in_as(where.leader).post(foreign).status_code == 404


def test_tasks_are_planned_dropped_and_reported_done(where):
    circle = a_circle_at(where, CircleStep.PLAN)
    client = sign_in_as(where.leader)
    base = f"/kbk/{circle.pk}/tugas"
    given = {
        "what": "Pasang kotak",
        "person_id": where.secretary.person_id,
        "due_on": day(10).isoformat(),
        "cost_rupiah": "1.500.000",
        "cause_id": "",
    }
    assert client.post(base, given).status_code == 302
    assert client.post(base, {**given, "person_id": where.approver.person_id}).status_code == 422
    assert client.post(base, {**given, "due_on": day(-1).isoformat()}).status_code == 422
    assert "Rp 1.500.000" in client.get(step_path(circle, 5)).content.decode()
    assert client.post(f"{base}/{Task.objects.get().pk}/hapus").status_code == 302
    circle = pass_step(where, circle)
    done = f"{base}/{Task.objects.get().pk}/selesai"
    assert client.post(done, {"note": "x" * 501}).status_code == 422
    assert client.post(done, {"note": "4 kotak"}).status_code == 302
    assert client.post(done).status_code == 409
    assert Task.objects.get().done_note == "4 kotak"


def test_a_missed_target_reads_as_missed_on_page_and_paper(where):
    some_reports(1, received_at=later(-200))
    some_reports(12, received_at=later(-20))
    circle = a_circle_at(where, CircleStep.EVALUATE)
    with clock.at(later(31)):
        some_reports(9, received_at=clock.now() - timedelta(days=10))
        text = page(where.leader, step_path(circle, 7))[1]
        assert "Target belum tercapai: 9 laporan sebulan" in text
        assert "Target belum tercapai: 9" in page(where.leader, f"/kbk/{circle.pk}/risalah")[1]


# ------------------------------------------------------------------ group, meetings, record


def test_the_group_page_shows_people_steps_and_takes_minutes(where):
    circle = a_circle(where)
    client = sign_in_as(where.facilitator)
    assert "Catat rapat" in client.get(f"/kbk/{circle.pk}").content.decode()
    assert "Catat rapat" not in page(where.leader, f"/kbk/{circle.pk}")[1]
    given = {
        "start_at": "2026-03-03T13:00",
        "minutes": "60",
        "agenda": "Tema",
        "attendee_ids": [where.leader.person_id, where.secretary.person_id],
    }
    path = f"/kbk/{circle.pk}/rapat"
    assert client.post(path, given).status_code == 302
    assert client.post(path, given).status_code == 422
    assert client.post(path, {**given, "minutes": "0"}).status_code == 422
    assert client.post(path, {**given, "attendee_ids": []}).status_code == 422
    assert sign_in_as(where.leader).post(path, given).status_code == 403
    assert Meeting.objects.count() == 1
    assert "Tema" in page(where.leader, f"/kbk/{circle.pk}/risalah")[1]


def test_a_group_is_stopped_with_a_reason(where):
    circle = a_circle(where)
    client = sign_in_as(where.starter)
    assert client.post(f"/kbk/{circle.pk}/hentikan", {"note": ""}).status_code == 422
    assert client.post(f"/kbk/{circle.pk}/hentikan", {"note": "Digabung"}).status_code == 302
    assert "Digabung" in client.get(f"/kbk/{circle.pk}").content.decode()
    assert page(where.leader, step_path(circle, 1))[0].status_code == 200


def test_the_list_shows_running_and_ended_groups(where):
    circle = a_circle(where)
    assert "Terang Terus" in page(where.leader, "/kbk")[1]
    actions.stop_circle(circle, by=where.starter, reason="Digabung")
    assert "Berakhir" in page(where.leader, "/kbk")[1]


def test_english_readers_get_english(where):
    circle = a_circle(where)
    client = sign_in_as(where.leader)
    client.cookies["abdi_bahasa"] = "en"
    client.cookies["django_language"] = "en"
    assert client.get(step_path(circle, 1)).status_code == 200


def test_unknown_steps_are_not_found(where):
    circle = a_circle(where)
    for number in (0, 9, 99):
        assert page(where.leader, step_path(circle, number))[0].status_code == 404
    given = StepGiven({"statement": "x"})
    actions.save_step(circle, by=where.leader, step=circle.step, given=given)
