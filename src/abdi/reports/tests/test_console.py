"""A shared duty PC: who acts is always who stepped in; a room without anybody reads the board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from abdi.duty.testing import a_shift
from abdi.people import actions
from abdi.people.models import Account, ConsolePin
from abdi.people.testing import a_city, a_person, an_actor, an_agency
from abdi.people.testing_consoles import (
    OTHER_PIN,
    PIN,
    a_card,
    a_console,
    at_console,
    sign_in_whole,
)
from abdi.people.tests.soft_key import SoftKey
from abdi.people.tests.test_passkeys import HERE, made
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.consoles import cookie_name, keep_cookie
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as
from abdi.reports.models import Report
from abdi.reports.testing import a_report
from abdi.reports.tests.control_room import BOARD, DOOR, Room, stands_at_the_board

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def room():
    return Room()


# ------------------------------------------------------------------ the machine


def test_a_pc_becomes_a_console_by_a_code_that_works_once(inside_institution):
    city = a_city()
    admin = sign_in_as(an_actor("sysadmin"))
    given = {"name": "PC 1", "unit": city.agency.pk, "reason": "ruang kendali baru"}
    answer = admin.post("/atur/konsol", given)
    code = answer.context_data["code"]
    assert answer["Cache-Control"] == "no-store"
    pc, other = Client(), Client()
    assert pc.post("/konsol/daftar", {"code": code.lower()})["Location"] == BOARD
    cookie = pc.cookies[cookie_name()]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in str(list(answer.context_data["row"].__class__.objects.values()))
    assert pc.get(BOARD).status_code == 200
    assert other.post("/konsol/daftar", {"code": code}).status_code == 422
    assert "PC 1" in admin.get("/atur/konsol").content.decode()


def test_the_cookie_is_bound_to_this_host_where_there_is_https(settings):
    settings.ABDI_PLAIN_HTTP = False
    answer = HttpResponse()
    keep_cookie(answer, "x" * 43)
    cookie = answer.cookies["__Host-konsol"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_a_code_is_over_after_half_an_hour():
    _row, code = actions.make_console(
        a_city().agency, by=SYSTEM, name="PC", is_city_wide=False, reason="ruang kendali"
    )
    with clock.at(clock.now() + timedelta(minutes=30)):
        assert Client().post("/konsol/daftar", {"code": code}).status_code == 422


def test_a_cookie_of_an_own_making_is_no_console():
    assert at_console("x" * 43).get(BOARD)["Location"].startswith("/masuk")
    assert at_console("x").get(DOOR)["Location"] == "/masuk"


def test_a_revoked_machine_opens_nothing_from_the_next_request_on(room):
    pc, idle = room.pc(), room.pc()
    room.step_in(pc, room.dewi)
    assert pc.get("/antrean").status_code == 200
    assert idle.get(BOARD).status_code == 200
    admin = sign_in_as(an_actor("sysadmin"))
    address = f"/atur/konsol/{room.console.pk}/cabut"
    assert admin.post(address, {"reason": "pendek"}).status_code == 422
    assert admin.post(address, {"reason": "PC dipindah ke gudang"}).status_code == 302
    for client in (pc, idle):
        assert client.get("/antrean")["Location"].startswith("/masuk")
        assert client.get(BOARD)["Location"].startswith("/masuk")
    assert room.step_in(pc, room.dewi)["Location"] == "/masuk"
    assert not ConsolePin.objects.exists()


# ------------------------------------------------------------------ nobody has stepped in


def test_the_board_shows_the_work_and_nobodys_data(room):
    report = a_report(text="Nama saya Siti, 0812555000", place_text="Depan rumah Siti")
    Report.objects.update(area="Kelurahan Melati")
    page = room.pc().get(BOARD)
    text = page.content.decode()
    assert report.number in text
    assert "Kelurahan Melati" in text
    assert "Siti" not in text
    assert "0812555000" not in text
    assert page["Cache-Control"] == "no-store"
    Report.objects.update(published_at=clock.now())
    assert "Depan rumah Siti" in room.pc().get(BOARD).content.decode()
    Report.objects.update(is_confidential=True)
    assert "Depan rumah Siti" not in room.pc().get(BOARD).content.decode()


def test_the_board_reads_two_queries_of_reports(room, django_assert_num_queries):
    for n in range(3):
        a_report(key=f"kunci-{n:032}")
    pc = room.pc()
    pc.get(BOARD)
    with django_assert_num_queries(5):  # session, machine, two of the board, the handover
        pc.get(BOARD)


def test_a_room_reads_the_rows_of_its_own_agency_only(room):
    report = a_report()
    _console, token = a_console(an_agency("Dinas lain"))
    assert report.number not in at_console(token).get(BOARD).content.decode()


def test_fragments_forms_and_the_api_answer_401(room):
    pc = room.pc()
    assert pc.get("/antrean/baru", HTTP_HX_REQUEST="true").status_code == 401
    assert pc.post("/laporan/catat", {"text": "x"}).status_code == 401
    assert pc.get("/api/v1/people").status_code == 401
    assert pc.get("/")["Location"].startswith(DOOR)


def test_a_console_session_ends_with_the_shift_and_opens_anew_by_itself(room):
    shift = a_shift(a_person(room.agency), room.agency)
    pc = room.pc()
    pc.get(BOARD)
    first = pc.session.session_key
    assert pc.session["console_until"] == shift.ends_at.timestamp()
    with clock.at(shift.ends_at - SECOND):
        pc.get(BOARD)
        assert pc.session.session_key == first
    with clock.at(shift.ends_at):
        assert pc.get(BOARD).status_code == 200
        assert pc.session.session_key != first
    assert not Session.objects.filter(session_key=first).exists()


def test_without_a_roster_a_console_session_lives_twelve_hours(room):
    pc = room.pc()
    pc.get(BOARD)
    first = pc.session.session_key
    assert pc.session["console_until"] == (clock.now() + timedelta(hours=12)).timestamp()
    with clock.at(clock.now() + timedelta(hours=12)):
        pc.get(BOARD)
    assert pc.session.session_key != first


def test_a_console_session_carried_to_another_machine_is_nobodys(room):
    pc = room.pc()
    pc.get(BOARD)
    thief = Client()
    thief.cookies["abdi_session"] = pc.cookies["abdi_session"].value
    assert thief.get(BOARD)["Location"].startswith("/masuk")


# ------------------------------------------------------------------ stepping in


def test_a_card_and_the_pin_open_a_session_and_the_name_stands_on_top(room):
    pc = room.pc()
    pc.get(BOARD)
    console_session = pc.session.session_key
    answer = room.step_in(pc, room.dewi)
    assert answer["Location"] == "/antrean"
    page = pc.get("/antrean").content.decode()
    assert '<strong class="acts-here">Dewi Antrean</strong>' in page
    assert pc.session.session_key != console_session
    assert not Session.objects.filter(session_key=console_session).exists()
    entry = Entry.objects.filter(kind="people.SteppedIn").get()
    assert entry.by == room.dewi.ref


def test_the_next_one_replaces_the_session_and_acts_carry_his_name(room):
    report = a_report()
    pc = room.pc()
    room.step_in(pc, room.dewi)
    old = pc.session.session_key
    room.step_in(pc, room.budi)
    assert pc.session.session_key != old
    assert not Session.objects.filter(session_key=old).exists()
    pc.post(f"/laporan/{report.number}/jenis", {"category": "street_light_out", "version": 1})
    newest = Entry.objects.filter(about=report.ref).order_by("-id").first()
    assert newest.by == room.budi.ref


def test_a_pin_alone_opens_nothing_and_every_wrong_answer_is_the_same(room):
    pc = room.pc()
    known = room.step_in(pc, room.dewi, pin="999000")
    alone = pc.post(DOOR, {"card": "", "pin": PIN})
    unknown = pc.post(DOOR, {"card": "CARD999999", "pin": PIN})
    sentences = {
        answer.context_data["form"].non_field_errors()[0] for answer in (known, alone, unknown)
    }
    assert len(sentences) == 1
    assert {known.status_code, alone.status_code, unknown.status_code} == {422}
    assert PIN not in alone.content.decode()
    assert stands_at_the_board(pc)


def test_a_pin_counts_on_its_own_machine_only(room):
    _other, token = a_console(room.agency)
    assert room.step_in(at_console(token), room.dewi).status_code == 422
    assert room.step_in(room.pc(), room.dewi).status_code == 302


def test_after_five_wrong_tries_the_pin_is_dead_until_the_whole_sign_in(room):
    pc = room.pc()
    for _try in range(5):
        assert room.step_in(pc, room.dewi, pin="999000").status_code == 422
    assert room.step_in(pc, room.dewi).status_code == 422
    assert room.step_in(pc, room.budi).status_code == 302, "another's PIN lives on"
    pc.post("/konsol/kunci")
    sign_in_whole(pc, room.dewi)
    given = {"pin": OTHER_PIN, "again": OTHER_PIN}
    assert pc.post("/profil/konsol", given)["Location"] == "/profil/konsol"
    pc.post("/konsol/kunci")
    assert room.step_in(pc, room.dewi, pin=OTHER_PIN).status_code == 302


def test_wrong_tries_on_one_pc_slow_down(room):
    pc = room.pc()
    for _try in range(10):
        pc.post(DOOR, {"card": "CARD999999", "pin": PIN})
    assert room.step_in(pc, room.dewi).status_code == 422
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert room.step_in(pc, room.dewi).status_code == 302


def test_a_pin_is_set_by_its_owner_after_the_whole_sign_in_there(room):
    pc = room.pc()
    room.step_in(pc, room.dewi)
    ConsolePin.objects.all().delete()
    pc.post("/profil/konsol", {"pin": OTHER_PIN, "again": OTHER_PIN})
    elsewhere = sign_in_as(room.dewi)
    elsewhere.post("/profil/konsol", {"pin": OTHER_PIN, "again": OTHER_PIN})
    assert not ConsolePin.objects.exists()
    pc.post("/konsol/kunci")
    sign_in_whole(pc, room.dewi)
    for pin, again in (("123456", "123456"), ("70016", "70016"), (OTHER_PIN, PIN), ("٧٣٠١٦٤",) * 2):
        assert pc.post("/profil/konsol", {"pin": pin, "again": again}).status_code == 422
    assert not ConsolePin.objects.exists()


def test_a_card_has_one_owner_and_can_be_taken_away(room):
    pc = room.pc()
    sign_in_whole(pc, room.budi)
    assert pc.post("/profil/konsol", {"card": room.cards[room.dewi]}).status_code == 422
    assert pc.post("/profil/konsol", {"card": "04 a2 c9 77"}).status_code == 302
    assert pc.post("/profil/konsol", {"take_away": "1"}).status_code == 302
    pc.post("/konsol/kunci")
    assert pc.post(DOOR, {"card": "04A2C977", "pin": PIN}).status_code == 422


def test_a_passkey_and_the_pin_open_too_and_the_name_must_be_its_owners(room, settings):
    settings.ABDI_PUBLIC_URL = HERE
    key = SoftKey(HERE)
    made(sign_in_as(room.dewi), key=key)
    pc = room.pc()

    def proved(**more):
        options = pc.post("/masuk/passkey/tantangan").json()
        return pc.post(DOOR, {"credential": key.prove(options), "pin": PIN, **more})

    assert proved(pin="999000").status_code == 422
    assert proved(person=room.budi.person_id).status_code == 422
    assert proved(person=room.dewi.person_id)["Location"] == "/antrean"


def test_the_door_lists_who_stands_in_the_room_by_name_alone(room):
    person = a_person(room.agency, name="Rani Piket", number="199001012020121001")
    a_shift(person, room.agency)
    text = room.pc().get(DOOR).content.decode()
    assert "Rani Piket" in text
    assert "199001012020121001" not in text


def test_somebody_disabled_does_not_get_in(room):
    Account.objects.filter(pk=room.dewi.account_id).update(is_active=False)
    assert room.step_in(room.pc(), room.dewi).status_code == 422


def test_step_up_still_asks(room):
    admin = an_actor("sysadmin")
    room.cards[admin] = a_card(admin, room.console)
    pc = room.pc()
    room.step_in(pc, admin)
    assert pc.get("/atur/konsol")["Location"].startswith("/masuk/ulang")
