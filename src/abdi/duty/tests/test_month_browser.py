"""A month in a real browser: worked out, one turn explained, edited, put in force; then mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.duty import rules
from abdi.duty.models import Roster, Shift
from abdi.duty.testing import a_coverage, a_crew
from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.jobs import run_due_jobs
from abdi.platform.notices.models import Notice
from abdi.platform.testing.browser import holds_on_every_device, shot, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)


def worked_out(page, words):
    """The worker takes the plan; the open page shows by itself what was found."""
    run_due_jobs("duty.work_out_plans")
    page.get_by_role("heading", name=words).wait_for(timeout=60_000)


def test_an_officer_rosters_a_month_explains_a_turn_edits_it_and_puts_it_in_force(
    open_page, live_server
):
    city = a_city()
    a_crew(city.section, 6)
    a_coverage(city.section)
    monday = rules.week_start(clock.today()) + timedelta(days=14)
    page = open_page(width=1280)
    sign_in(page, live_server.url, city.commander)
    week = live_server.url + f"/piket?pekan={monday}&unit={city.section.pk}"
    page.goto(week)
    worked_out_and_taken(page, monday)
    explained(page)
    edited(page)
    put_in_force(page)
    mended(page, week)


def worked_out_and_taken(page, monday):
    page.get_by_role("link", name="Bulan").click()
    page.locator("input[name=first_on]").fill(monday.isoformat())
    page.locator("input[name=weeks]").fill("1")
    page.get_by_role("button", name="Susun").click()
    page.get_by_role("heading", name="sedang disusun").wait_for()
    worked_out(page, "Semua giliran dapat terisi")
    holds_on_every_device(page, PHONE_AND_DESK)
    shot(page, "piket-susunan-1280")
    page.get_by_role("button", name="Jadikan rancangan").click()
    page.get_by_text("14 giliran diberikan.").first.wait_for()
    holds_on_every_device(page, PHONE_AND_DESK)
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, "piket-bulan-1280")


def explained(page):
    page.locator("table.turns a.blk.m").first.click()
    page.get_by_text("Siapa lagi yang bisa").first.wait_for()
    holds_on_every_device(page, PHONE_AND_DESK)
    shot(page, "piket-mengapa-320")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Ke giliran ini").click()


def edited(page):
    before = set(Shift.objects.values_list("turn_id", "person_id"))
    page.locator("#giliran").get_by_role("button", name="Lepas").first.click()
    page.get_by_text("tempat kosong 1 → 0").first.wait_for()
    holds_on_every_device(page, PHONE_AND_DESK)
    shot(page, "piket-giliran-1280")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#giliran").get_by_role("button", name="Minta").last.click()
    page.get_by_text("mendapat giliran ini").first.wait_for()
    assert len(set(Shift.objects.values_list("turn_id", "person_id")) - before) == 1
    assert not Notice.objects.exists()


def put_in_force(page):
    page.get_by_role("link", name="Bulan").click()
    page.get_by_role("button", name="Berlakukan bulan ini").click()
    page.get_by_text("Satu pekan berlaku.").first.wait_for()
    assert Roster.objects.get().is_published
    standing = Shift.objects.values("person_id").distinct().count()
    assert Notice.objects.count() == standing


def mended(page, week):
    """A leave came later: the red note of the week, the preview, applied."""
    told = Notice.objects.count()
    shift = Shift.objects.filter(is_by_hand=False).order_by("starts_at").last()
    start = clock.local(shift.starts_at).replace(hour=0, minute=0)
    people_actions.take_time(
        shift.person,
        start=start,
        end=start + timedelta(days=2),
        kind=TimeKind.LEAVE,
        about="presence.leave:1",
        by=SYSTEM,
    )
    page.goto(week)
    page.get_by_role("button", name="Isi dengan perubahan paling sedikit").click()
    page.get_by_role("heading", name="sedang disusun").wait_for()
    worked_out(page, "mengisi semua giliran")
    holds_on_every_device(page, PHONE_AND_DESK)
    shot(page, "piket-perbaikan-320")
    page.get_by_role("button", name="Terapkan").click()
    page.get_by_text("diberikan.").first.wait_for()
    assert not Shift.objects.filter(pk=shift.pk).exists()
    assert Notice.objects.count() > told
