"""Pages of coaching: two people, nobody else."""

from __future__ import annotations

import pytest

from abdi.culture import actions
from abdi.culture.choices import CoachingState
from abdi.culture.models import Coaching
from abdi.culture.testing import a_coaching, a_proposal, day
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform.journal import Entry
from abdi.platform.testing import counted_queries, sign_in_as

pytestmark = pytest.mark.django_db
HOSTILE = ["<script>alert(1)</script>", "{{ 7*7 }}", "Ω 👩‍👩‍👧 ﷽", "%s %(name)s"]


@pytest.fixture
def city():
    return a_city()


def plan(**more):
    return {
        "kind": "guidance",
        "goal": "Menutup pada hari yang sama",
        "help_text": "Ditemani",
        "check_on": day(30).isoformat(),
        **more,
    }


def test_the_list_of_a_superior_and_of_an_employee(city):
    a_proposal(city.crew, city.head)
    text = sign_in_as(actor_for(city.head)).get("/pembinaan").content.decode()
    assert "1 usulan pembinaan menunggu keputusan Anda" in text
    assert "Bayu Petugas" in text
    text = sign_in_as(actor_for(city.crew)).get("/pembinaan").content.decode()
    assert "Tidak ada pembinaan untuk Anda" in text


def test_a_proposal_shows_its_quarters_and_is_opened_with_a_plan(city):
    row = a_proposal(city.crew, city.head)
    client = sign_in_as(actor_for(city.head))
    text = client.get(f"/tim/pembinaan/{row.pk}").content.decode()
    assert "Triwulan 2 tahun 2026" in text
    assert "Butuh Perbaikan" in text
    assert client.post(f"/tim/pembinaan/{row.pk}/buka", plan(goal="")).status_code == 422
    past = plan(check_on=day(-1).isoformat())
    assert client.post(f"/tim/pembinaan/{row.pk}/buka", past).status_code == 422
    assert client.post(f"/tim/pembinaan/{row.pk}/buka", plan(seen=9)).status_code == 409
    assert client.post(f"/tim/pembinaan/{row.pk}/buka", plan(seen=1)).status_code == 302
    row.refresh_from_db()
    assert row.state == CoachingState.OPEN


def test_not_now_takes_a_reason_that_the_person_can_read(city):
    row = a_proposal(city.crew, city.head)
    client = sign_in_as(actor_for(city.head))
    path = f"/tim/pembinaan/{row.pk}/nanti"
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Beban dibagi ulang dulu."}).status_code == 302
    text = sign_in_as(actor_for(city.crew)).get(f"/tim/pembinaan/{row.pk}").content.decode()
    assert "Beban dibagi ulang dulu." in text


def test_nobody_else_finds_a_case(city):
    row = a_coaching(city.crew, city.head)
    others = [
        actor_for(city.second_crew),
        actor_for(city.agency_head),
        an_actor("agency_hr", city.agency),
        an_actor("executive"),
    ]
    for by in others:
        assert sign_in_as(by).get(f"/tim/pembinaan/{row.pk}").status_code in (403, 404)
    for path in ("buka", "nanti", "rencana", "catatan", "tutup"):
        answer = sign_in_as(actor_for(city.agency_head)).post(f"/tim/pembinaan/{row.pk}/{path}")
        assert answer.status_code == 404
    assert sign_in_as(actor_for(city.crew)).post(
        f"/tim/pembinaan/{row.pk}/catatan"
    ).status_code in (
        403,
        404,
    )


def test_each_reading_is_one_line_of_the_journal(city):
    row = a_coaching(city.crew, city.head)
    client = sign_in_as(actor_for(city.head))
    with counted_queries(at_most=40):
        client.get(f"/tim/pembinaan/{row.pk}")
    assert Entry.objects.filter(kind="culture.CoachingRead", about=row.ref).count() == 1


def test_a_superior_writes_a_plan_of_his_own_accord(city):
    client = sign_in_as(actor_for(city.head))
    path = f"/tim/pembinaan/baru/{city.crew.code}"
    assert client.get(path).status_code == 200
    assert client.post(path, plan(goal="")).status_code == 422
    assert client.post(path, plan()).status_code == 302
    assert client.post(path, plan()).status_code == 422
    assert Coaching.objects.get().coach == city.head
    assert client.get(f"/tim/pembinaan/baru/{city.agency_head.code}").status_code == 404
    crew = sign_in_as(actor_for(city.crew))
    assert crew.get(f"/tim/pembinaan/baru/{city.second_crew.code}").status_code == 403


@pytest.mark.parametrize("text", HOSTILE)
def test_a_case_is_led_to_its_end(city, text):
    row = a_coaching(city.crew, city.head)
    client = sign_in_as(actor_for(city.head))
    base = f"/tim/pembinaan/{row.pk}"
    talk = {"on": day(0).isoformat(), "note": text, "agreed": text}
    assert client.post(f"{base}/catatan", talk).status_code == 302
    assert client.post(f"{base}/catatan", {**talk, "on": day(1).isoformat()}).status_code == 422
    assert client.post(f"{base}/catatan", {**talk, "note": ""}).status_code == 422
    assert client.post(f"{base}/rencana", plan(goal=text)).status_code == 302
    assert client.post(f"{base}/rencana", plan(check_on="kapan")).status_code == 422
    assert client.post(f"{base}/tutup", {"outcome": ""}).status_code == 422
    shown = client.get(base).content.decode()
    assert "<script>alert" not in shown
    end = {"outcome": "reached", "note": text, "competency": "M.3"}
    assert client.post(f"{base}/tutup", end).status_code == 302
    assert client.get(base).status_code == 200
    assert sign_in_as(actor_for(city.crew)).get(base).status_code == 200
    assert client.post(f"{base}/tutup", end).status_code == 409


def test_a_case_decided_by_somebody_else_meanwhile_is_a_conflict(city):
    row = a_proposal(city.crew, city.head)
    by = actor_for(city.head)
    actions.decline_coaching(row, by=by, reason="Belum perlu.")
    answer = sign_in_as(by).post(f"/tim/pembinaan/{row.pk}/buka", plan())
    assert answer.status_code == 409
