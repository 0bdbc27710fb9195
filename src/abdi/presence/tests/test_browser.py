"""Leave and presence in a real browser: a week asked on a phone, decided, seen in the calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.testing.browser import Steps, holds_on_every_device, shot, sign_in
from abdi.presence import actions
from abdi.presence.models import CityFile, Leave, PresenceDay
from abdi.presence.testing import a_file, applied

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)
NIP = "199002152015032007"


@pytest.fixture
def city():
    return a_city()


def next_week():
    """Monday and Friday of the week after next."""
    today = clock.today()
    monday = today + timedelta(days=14 - today.weekday())
    return monday, monday + timedelta(days=4)


def visit(open_page, live_server, person, path, width=390):
    page = open_page(width=width)
    sign_in(page, live_server.url, actor_for(person))
    page.goto(live_server.url + path)
    return page


def test_a_week_is_asked_on_a_phone_decided_by_the_head_and_seen_in_the_calendar(
    city, open_page, live_server
):
    monday, friday = next_week()
    page = visit(open_page, live_server, city.crew, "/cuti")
    steps = Steps(page)
    steps.press("a:has-text('Minta cuti')")
    page.get_by_text("Cuti tahunan", exact=True).first.click()
    page.locator("input[name=first_on]").fill(monday.isoformat())
    page.locator("input[name=last_on]").fill(friday.isoformat())
    holds_on_every_device(page, PHONE_AND_DESK)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_text("Cuti tahunan", exact=True).first.click()
    page.locator("input[name=first_on]").fill(monday.isoformat())
    page.locator("input[name=last_on]").fill(friday.isoformat())
    page.locator("main form button.pri").click()
    page.get_by_text("Terkirim.").wait_for()
    shot(page, "cuti-diminta-390")
    row = Leave.objects.get()

    head = visit(open_page, live_server, city.head, "/beranda", 1280)
    head.get_by_role("link", name="Putuskan").first.click()
    holds_on_every_device(head, PHONE_AND_DESK)
    head.locator("label:has-text('Disetujui')").first.click()
    head.get_by_role("button", name="Putuskan cuti ini").click()
    head.get_by_text("Diputuskan.").wait_for()
    row.refresh_from_db()
    assert row.state == "approved"

    page.goto(f"{live_server.url}/kalender?bulan={monday:%Y-%m}")
    holds_on_every_device(page, PHONE_AND_DESK)
    assert page.locator("main li:has-text('Cuti')").count() >= 1
    shot(page, "kalender-390")


@pytest.mark.looks
def test_pages_of_leave_and_presence_hold_on_every_device(city, open_page, live_server):
    person = a_person(city.section, name="Rina", number=NIP)
    day = clock.today() - timedelta(days=1)
    office = an_actor("personnel_office")
    applied(f"nip,tanggal,status\n{NIP},{day:%d-%m-%Y},alpa\n", office)
    row = PresenceDay.objects.get()
    actions.object_to_day(row, by=actor_for(person), words="Saya dinas luar ke provinsi")
    for path in ("/cuti", "/kehadiran", f"/kehadiran/{row.pk}"):
        page = visit(open_page, live_server, person, path)
        holds_on_every_device(page, PHONE_AND_DESK)


def test_the_officer_brings_a_file_in_and_applies_what_is_ready(city, open_page, live_server):
    a_person(city.section, name="Rina", number=NIP)
    day = clock.today() - timedelta(days=1)
    hr = an_actor("agency_hr", city.agency)
    text = f"nip;tanggal;status\n{NIP};{day:%d-%m-%Y};hadir\n1,9E+17;{day:%d-%m-%Y};hadir\n"
    page = open_page(width=1280)
    sign_in(page, live_server.url, hr)
    page.goto(f"{live_server.url}/kehadiran/berkas")
    holds_on_every_device(page, PHONE_AND_DESK)
    page.locator("input[name=file]").set_input_files(
        {"name": "absen.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.locator("label:has-text('Kehadiran')").first.click()
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_text("Excel membulatkan NIP ini").first.wait_for()
    holds_on_every_device(page, PHONE_AND_DESK)
    page.get_by_role("button", name="Terapkan 1 baris").click()
    page.get_by_text("1 baris sudah diterapkan").first.wait_for()
    assert CityFile.objects.get().state == "applied"
    a_file(text, hr)
    page.goto(f"{live_server.url}/kehadiran")
    holds_on_every_device(page, PHONE_AND_DESK)
