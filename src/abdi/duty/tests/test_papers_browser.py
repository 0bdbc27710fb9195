"""What leaves the roster, in a real browser: its pages hold on phone and desk, and one press."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.models import Shift
from abdi.duty.testing import a_coverage, a_crew, a_roster
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing.browser import holds_on_every_device, sign_in
from abdi.presence.models import PresenceDay

pytestmark = [pytest.mark.slow, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (390, 1280)
NIGHT = datetime(2026, 3, 2, 2, 10, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def city():
    found = a_city()
    a_coverage(found.section)
    a_crew(found.section, 4)
    a_roster(found.section)
    a_roster(found.section, date(2026, 2, 2))
    for shift in Shift.objects.filter(starts_at__lt=clock.now()).order_by("starts_at")[2:]:
        PresenceDay.objects.get_or_create(
            person_id=shift.person_id, on=clock.local(shift.starts_at).date(), is_current=True,
            defaults={"status": "present", "came_at": time(6), "fetched_at": clock.now(),
                      "made_by": "uji", "made_at": clock.now()},
        )  # fmt: skip
    actions.count_call_out(found.crew, about="x:1", at=NIGHT, by=SYSTEM)
    return found


def test_its_pages_hold_on_every_device(city, open_page, live_server):
    unit = f"?unit={city.section.pk}"
    pages = {
        city.commander: [
            "/piket", f"/piket/neraca{unit}", f"/piket/neraca/{city.crew.code}{unit}",
            f"/piket/mutu{unit}",
        ],
        an_actor("personnel_office"): [f"/piket/jam{unit}&bulan=2026-02"],
        actor_for(city.crew): ["/piket/saya", "/piket/neraca", "/piket/jam?bulan=2026-02"],
    }  # fmt: skip
    for actor, paths in pages.items():
        for path in paths:
            page = open_page()
            sign_in(page, live_server.url, actor)
            page.goto(live_server.url + path)
            holds_on_every_device(page, PHONE_AND_DESK)


def test_one_press_draws_up_the_order_and_an_address_is_shown_once(city, open_page, live_server):
    page = open_page(width=390)
    sign_in(page, live_server.url, city.commander)
    page.goto(live_server.url + "/piket")
    page.get_by_role("button", name="Cetak SPT: Seksi Lampu Jalan").click()
    page.get_by_role("heading", name="Melaksanakan piket di Seksi Lampu Jalan").wait_for()
    holds_on_every_device(page, PHONE_AND_DESK)
    page.goto(live_server.url + "/piket")
    page.get_by_role("button", name="Langganan: Seksi Lampu Jalan").click()
    page.get_by_role("heading", name="Salin alamat ini sekarang").wait_for()
    assert "/kalender/langganan/" in page.locator(".hash").inner_text()
    holds_on_every_device(page, PHONE_AND_DESK)
