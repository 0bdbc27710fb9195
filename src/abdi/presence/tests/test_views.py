"""Pages of leave and presence: opened by their cells, hostile input gets a sentence."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from abdi.people.queries import own_data
from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.platform.testing import sign_in_as
from abdi.presence.models import CityFile, Leave, PresenceDay
from abdi.presence.testing import MONDAY, a_leave, applied

pytestmark = pytest.mark.django_db
NIP = "199002152015032007"
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def hr(city):
    return sign_in_as(an_actor("agency_hr", city.agency))


def ask(client, **more):
    asked = {"kind": "annual", "first_on": MONDAY, "last_on": FRIDAY, **more}
    return client.post(reverse("presence:ask"), asked)


def test_a_week_is_asked_decided_and_seen_in_the_calendar(city):
    mine, head = sign_in_as(actor_for(city.crew)), sign_in_as(actor_for(city.head))
    assert ask(mine, reason="Keluarga", stand_in=city.second_crew.code).status_code == 302
    row = Leave.objects.get()
    assert (row.days, row.stand_in_id) == (5, city.second_crew.pk)
    assert city.crew.name in head.get(reverse("presence:leaves")).content.decode()
    page = head.get(reverse("presence:leave", args=[row.pk])).content.decode()
    assert "Keluarga" in page
    answer = head.post(reverse("presence:decide", args=[row.pk]), {"state": "approved"})
    assert answer.status_code == 302
    page = mine.get(reverse("presence:calendar") + "?bulan=2026-03").content.decode()
    assert page.count("Cuti") > 4
    feed = mine.get(reverse("presence:calendar_file")).content.decode()
    assert "DTSTART;VALUE=DATE:20260309" in feed
    assert "Keluarga" not in feed


@pytest.mark.parametrize(
    "bad",
    [
        {"first_on": "kemarin"},
        {"last_on": "2026-03-01"},
        {"kind": "rahasia"},
        {"reason": "x" * 501},
        {"reason": "a\x00b"},
        {"stand_in": "' OR 1=1"},
        {"last_on": "2026-12-31"},
        {"first_on": "9999-12-31", "last_on": "9999-12-31"},
    ],
)
def test_a_request_that_cannot_be_keeps_what_was_typed_and_says_why(city, bad):
    answer = ask(sign_in_as(actor_for(city.crew)), **bad)
    assert answer.status_code == 422
    assert "errsum" in answer.content.decode() or "alert" in answer.content.decode()
    assert not Leave.objects.exists()


def test_a_stranger_sees_no_leave_and_decides_none(city):
    row = a_leave(city.crew)
    other = sign_in_as(actor_for(city.second_crew))
    assert other.get(reverse("presence:leave", args=[row.pk])).status_code == 404
    answer = other.post(reverse("presence:decide", args=[row.pk]), {"state": "approved"})
    assert answer.status_code in (403, 404)
    assert other.post(reverse("presence:cancel", args=[row.pk])).status_code == 404


def test_refusing_without_words_comes_back_with_a_sentence(city):
    row = a_leave(city.crew)
    head = sign_in_as(actor_for(city.head))
    url = reverse("presence:decide", args=[row.pk])
    assert head.post(url, {"state": "refused"}).status_code == 422
    assert head.post(url, {"state": "requested"}).status_code == 422
    assert head.post(url, {"state": "approved", "version": "99"}).status_code == 409


def test_taking_back_frees_the_days(city):
    row = a_leave(city.crew, approved=True)
    mine = sign_in_as(actor_for(city.crew))
    assert mine.post(reverse("presence:cancel", args=[row.pk])).status_code == 302
    assert mine.post(reverse("presence:cancel", args=[row.pk])).status_code == 409


def test_an_officer_asks_for_somebody_of_the_agency_and_for_nobody_else(city, hr):
    url = reverse("presence:ask")
    assert hr.get(f"{url}?untuk={city.crew.code}").status_code == 200
    elsewhere = a_person(a_city().section)
    assert hr.get(f"{url}?untuk={elsewhere.code}").status_code == 404
    mine = sign_in_as(actor_for(city.second_crew))
    assert mine.get(f"{url}?untuk={city.crew.code}").status_code == 404


def upload(client, text, kind="presence"):
    file = SimpleUploadedFile("absen.csv", text.encode() if isinstance(text, str) else text)
    return client.post(reverse("presence:files"), {"kind": kind, "file": file})


def test_a_file_is_read_applied_and_its_problem_rows_taken_along(city, hr):
    a_person(city.section, number=NIP)
    text = f"nip;tanggal;status\n{NIP};02-03-2026;hadir\n=cmd|1;02-03-2026;hadir\n"
    assert upload(hr, text).status_code == 302
    file = CityFile.objects.get()
    page = hr.get(reverse("presence:file", args=[file.pk])).content.decode()
    assert "1 baris" in page
    taken = hr.get(reverse("presence:problems", args=[file.pk])).content
    assert b"'=cmd" in taken
    assert hr.post(reverse("presence:apply", args=[file.pk])).status_code == 302
    assert PresenceDay.objects.count() == 1
    assert hr.post(reverse("presence:apply", args=[file.pk])).status_code == 409
    assert hr.post(reverse("presence:discard", args=[file.pk])).status_code == 409
    assert hr.get(reverse("presence:file", args=[file.pk])).status_code == 200


@pytest.mark.parametrize(
    "content",
    ["", "a,b\n1,2\n", b"%PDF-1.7", b"PK\x03\x04broken", b"\x00\xff\xfe", "nip\n" * 3],
)
def test_a_hostile_file_gets_a_sentence(hr, content):
    answer = upload(hr, content)
    assert answer.status_code == 422
    assert not CityFile.objects.exists()


def test_only_the_offices_bring_files_in(city):
    mine = sign_in_as(actor_for(city.crew))
    assert mine.get(reverse("presence:files")).status_code == 403
    assert upload(mine, "x").status_code == 403


def test_a_day_is_contested_and_answered_on_the_page(city, hr):
    person = a_person(city.section, number=NIP)
    applied(f"nip,tanggal,status\n{NIP},02-03-2026,alpa\n", an_actor("personnel_office"))
    day = PresenceDay.objects.get()
    mine = sign_in_as(actor_for(person))
    assert mine.get(reverse("presence:presence")).status_code == 200
    url = reverse("presence:object", args=[day.pk])
    assert mine.post(url, {"words": ""}).status_code == 422
    assert mine.post(url, {"words": "Saya dinas luar"}).status_code == 302
    page = hr.get(reverse("presence:presence")).content.decode()
    assert "Saya dinas luar" in page
    from abdi.presence.models import Objection

    objection = Objection.objects.get()
    answer_url = reverse("presence:answer", args=[objection.pk])
    assert hr.post(answer_url, {"answer": "", "status": ""}).status_code == 422
    done = hr.post(answer_url, {"answer": "Surat tugas ada", "status": "duty_outside"})
    assert done.status_code == 302
    after = PresenceDay.objects.current().get()
    assert mine.get(reverse("presence:day", args=[after.pk])).status_code == 200
    correct = reverse("presence:correct", args=[after.pk])
    assert hr.post(correct, {"status": "sick", "reason": "pendek"}).status_code == 422
    assert hr.post(correct, {"status": "sick", "reason": "Surat dokter ada"}).status_code == 302
    other = sign_in_as(actor_for(city.second_crew))
    assert other.get(reverse("presence:day", args=[after.pk])).status_code == 404


def test_a_head_opens_the_month_of_his_team_and_of_nobody_else(city):
    head = sign_in_as(actor_for(city.head))
    url = reverse("presence:presence")
    assert head.get(f"{url}?siapa={city.crew.code}").status_code == 200
    assert head.get(f"{url}?siapa={city.agency_head.code}").status_code == 404
    assert head.get(f"{url}?bulan=9999-99&siapa=").status_code == 200


def test_the_page_of_leave_asks_a_fixed_number_of_questions(city):
    head = actor_for(city.head)
    client = sign_in_as(head)
    client.get(reverse("presence:leaves"))
    a_leave(city.crew)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("presence:leaves"))
    a_leave(city.second_crew)
    a_leave(city.crew, date(2026, 4, 6))
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("presence:leaves"))
    assert len(more) <= len(one)


def test_totals_are_for_the_offices(city):
    a_leave(city.crew, date(2026, 3, 3), 2, approved=True)
    office = sign_in_as(an_actor("organisation_office"))
    assert city.agency.name in office.get(reverse("presence:leaves")).content.decode()
    assert sign_in_as(actor_for(city.head)).get(reverse("presence:balance")).status_code == 200


def test_opening_somebodys_month_stands_on_his_page_with_role_and_reason(city, hr):
    hr.get(f"/kehadiran?siapa={city.crew.code}")
    (look,) = own_data.looks_at(city.crew)
    assert (look.role, look.what) == ("agency_hr", "your presence or leave")
    assert look.why == "presence, kept apart from results"
    assert own_data.looks_at(city.second_crew) == []


def test_an_address_that_only_takes_forms_leads_to_its_page_when_opened_by_hand(city):
    row = a_leave(city.crew)
    answer = sign_in_as(actor_for(city.head)).get(reverse("presence:decide", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (302, f"/cuti/{row.pk}")


def test_another_leave_in_these_days_is_said_at_the_first_day(city):
    mine = sign_in_as(actor_for(city.crew))
    ask(mine)
    again = ask(mine)
    assert again.status_code == 422
    assert 'id="id_first_on-error"' in again.content.decode()


def test_a_day_long_past_is_refused_and_kept_in_the_form(city):
    day = MONDAY - timedelta(days=700)
    answer = ask(sign_in_as(actor_for(city.crew)), first_on=day, last_on=day)
    assert answer.status_code == 422
    assert day.isoformat() in answer.content.decode()
