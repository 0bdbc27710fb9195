"""A periodic raise announces itself: nobody asks, the officer finds it, the person reads it."""

from __future__ import annotations

import pytest

from abdi.people.rules import months_later
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.testing.browser import holds_on_every_device, shot, sign_in
from abdi.rights import jobs
from abdi.rights.models import Right
from abdi.rights.testing import a_ranked_person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)


def test_a_raise_announces_itself_to_the_officer_and_to_the_person(open_page, live_server):
    city = a_city()
    month = clock.today().replace(day=1)
    start = months_later(month, -23)[0]
    person = a_ranked_person(city.section, ("III/a", start), name="Rina Kartika")
    assert jobs.announce_rights() == 1
    jobs.tell_people()

    page = open_page(width=390)
    sign_in(page, live_server.url, actor_for(person))
    page.goto(f"{live_server.url}/beranda")
    page.get_by_text("kenaikan gaji berkala").first.wait_for()
    page.goto(f"{live_server.url}/hak")
    page.get_by_text("Kenaikan gaji berkala").first.wait_for()
    holds_on_every_device(page, PHONE_AND_DESK)

    desk = open_page(width=1280)
    sign_in(desk, live_server.url, an_actor("agency_hr", city.agency))
    desk.goto(f"{live_server.url}/hak")
    holds_on_every_device(desk, PHONE_AND_DESK)
    desk.set_viewport_size({"width": 1280, "height": 900})
    shot(desk, "hak-1280")
    desk.locator("main table a").first.click()
    desk.get_by_text("Dari mana tanggal ini").wait_for()
    holds_on_every_device(desk, PHONE_AND_DESK)
    desk.get_by_role("button", name="Konsep suratnya").click()
    desk.get_by_role("link", name="Lihat suratnya").click()
    desk.locator("main a[href^='/surat/']:has-text('Kenaikan gaji')").first.click()
    desk.locator("main article", has_text="Rina Kartika").wait_for()
    desk.goto(f"{live_server.url}/hak/{Right.objects.get(kind='raise').pk}")
    desk.get_by_role("button", name="Catat sudah diberikan").click()
    desk.get_by_text("Diberikan. Tercatat").wait_for()
    assert Right.objects.get(kind="raise").state == "given"
