"""A shared duty PC is locked after a minute, and what one person left behind is his."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from abdi.people import actions
from abdi.people.testing import PASSWORD, a_person, actor_for
from abdi.people.testing_consoles import sign_in_whole
from abdi.platform import clock
from abdi.platform.access import Refused, law
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as
from abdi.reports.models import Report
from abdi.reports.tests.control_room import BOARD, DOOR, Room, stands_at_the_board, strict

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def room():
    return Room()


def test_a_minute_without_input_ends_the_session_and_polling_is_no_input(room):
    pc = room.pc()
    start = clock.now()
    room.step_in(pc, room.dewi)
    for seconds in (30, 59):
        with clock.at(start + seconds * SECOND):
            assert pc.get("/antrean/baru", HTTP_X_POLL="1").status_code in (200, 304)
    old = pc.session.session_key
    with clock.at(start + 60 * SECOND):
        assert stands_at_the_board(pc)
        assert not Session.objects.filter(session_key=old).exists()
        assert pc.get(BOARD).status_code == 200


def test_typing_is_input_where_no_page_is_asked_for(room):
    pc = room.pc()
    start = clock.now()
    room.step_in(pc, room.dewi)
    for seconds in (40, 80, 120):
        with clock.at(start + seconds * SECOND):
            assert pc.post("/konsol/masukan").status_code == 204
    with clock.at(start + 179 * SECOND):
        assert pc.get("/antrean").status_code == 200


def test_twelve_hours_are_the_end_whatever_is_typed(room):
    pc = room.pc()
    start = clock.now()
    room.step_in(pc, room.dewi)
    session = pc.session
    session["console_input"] = (start + timedelta(hours=12) - SECOND).timestamp()
    session["seen"] = time.time() + 20
    session.save()
    with clock.at(start + timedelta(hours=12) - SECOND):
        assert pc.get("/antrean").status_code == 200
    with clock.at(start + timedelta(hours=12)):
        assert stands_at_the_board(pc)


def test_the_whole_sign_in_at_a_console_is_locked_after_a_minute_too(room):
    pc = room.pc()
    start = clock.now()
    sign_in_whole(pc, room.dewi)
    assert pc.get("/antrean").status_code == 200
    with clock.at(start + 60 * SECOND):
        assert stands_at_the_board(pc)


def test_elsewhere_nothing_is_locked_after_a_minute(room):
    client = sign_in_as(room.dewi)
    with clock.at(clock.now() + 61 * SECOND):
        assert client.get("/antrean").status_code == 200


# ------------------------------------------------------------------ what is left behind


def csrf_of(client):
    page = client.get("/laporan/catat").content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def stepped_in(room, client, who):
    page = client.get(DOOR).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert room.step_in(client, who, csrfmiddlewaretoken=token).status_code == 302


def test_a_form_of_the_one_before_is_refused_with_a_sentence_and_does_nothing(room):
    pc = strict(room.token)
    stepped_in(room, pc, room.dewi)
    form = {"csrfmiddlewaretoken": csrf_of(pc), "category": "street_light_out", "text": "Lampu"}
    stepped_in(room, pc, room.budi)
    before = Entry.objects.count()
    answer = pc.post("/laporan/catat", form)
    assert answer.status_code == 403
    assert "draf" in answer.content.decode()
    assert "Budi Antrean" in answer.content.decode(), "who acts now stands on top here, too"
    assert Report.objects.count() == 0
    assert Entry.objects.count() == before
    fresh = {**form, "csrfmiddlewaretoken": csrf_of(pc)}
    assert pc.post("/laporan/catat", fresh).status_code != 403, "his own form goes through"


def test_a_form_left_open_past_the_lock_does_nothing(room):
    pc = strict(room.token)
    start = clock.now()
    stepped_in(room, pc, room.dewi)
    form = {"csrfmiddlewaretoken": csrf_of(pc), "category": "street_light_out", "text": "Lampu"}
    with clock.at(start + 60 * SECOND):
        answer = pc.post("/laporan/catat", form)
        assert answer.status_code == 401
        assert "draf" in answer.content.decode()
        assert pc.post("/laporan/catat", form).status_code == 403, "its token is void as well"
    assert Report.objects.count() == 0


def test_two_tabs_have_one_session_and_drafts_one_owner(room):
    pc = room.pc()
    room.step_in(pc, room.dewi)
    first = pc.get("/laporan/catat").content.decode()
    assert pc.get("/antrean").content.decode().count("Dewi Antrean")
    room.step_in(pc, room.budi)
    second = pc.get("/laporan/catat").content.decode()
    assert "Dewi Antrean" not in second
    assert mark_of(first) != mark_of(second)
    room.step_in(pc, room.dewi)
    assert mark_of(pc.get("/laporan/catat").content.decode()) == mark_of(first)


def mark_of(page):
    return page.split('data-whose="')[1].split('"')[0]


def test_the_back_button_finds_no_kept_page(room):
    pc = room.pc()
    room.step_in(pc, room.dewi)
    assert pc.get("/antrean")["Cache-Control"] == "no-store"
    assert pc.get(BOARD)["Cache-Control"] == "no-store"
    pc.post("/konsol/kunci")
    assert SESSION_KEY not in pc.session
    assert stands_at_the_board(pc)


def test_a_persons_session_carried_away_from_the_console_is_over(room):
    pc = room.pc()
    room.step_in(pc, room.dewi)
    away = Client()
    away.cookies["abdi_session"] = pc.cookies["abdi_session"].value
    assert away.get("/antrean")["Location"].startswith("/masuk")
    assert stands_at_the_board(pc), "and the session is gone at the server"


def test_a_console_actor_has_one_cell_of_the_whole_file(room):
    pc = room.pc()
    actor = pc.get(BOARD).wsgi_request.actor
    held = {
        (c.resource, c.action) for c in law().cells.values() if actor.holds(c.resource, c.action)
    }
    assert held == {("reports.dispatch", "view")}
    assert actor.ref == f"people.console:{room.console.pk}"


def test_no_action_lets_a_console_act(room):
    actor = room.pc().get(BOARD).wsgi_request.actor
    with pytest.raises(Refused):
        actions.revoke_console(room.console, by=actor, reason="apa saja boleh")
    assert actor_for(a_person(room.agency)).console_id is None


def test_a_pin_sets_no_second_factor_up_without_the_password(room):
    pc = room.pc()
    room.step_in(pc, room.dewi)
    answer = pc.get("/profil/kode")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/ulang")
    pc.post("/masuk/ulang", {"password": PASSWORD})
    assert pc.get("/profil/kode").status_code == 200
