"""One turn of the loop in a real browser: from a gap and a citizen's tap to the Putaran page.

Arranged are only the people of the city, a duty turn and an open assessment round; everything
after that is done on pages, and what follows by itself is left to the worker.
"""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from abdi.competence.testing import a_round
from abdi.duty.testing import a_shift
from abdi.people.testing import actor_for, an_actor
from abdi.platform import clock
from abdi.platform.jobs import run_due_jobs
from abdi.platform.journal import deliver_due, seal_new_entries, verify_chain
from abdi.platform.testing.browser import sign_in
from abdi.reports.testing import a_report_city
from tests.fixtures import A_MONDAY_MORNING

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PLACE = {"latitude": -7.6298, "longitude": 111.5239}


def a_photo(colour):
    """A small picture as a phone would send it."""
    target = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(target, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


class Walk:
    """A city and its people at their browsers."""

    def __init__(self, open_page, address):
        self.where = a_report_city()
        self.city = self.where.city
        self.address = address
        self.open_page = open_page
        self.pages = {}

    def at(self, actor, path):
        """The page of one person at an address."""
        key = actor.account_id if actor else None
        if key not in self.pages:
            page = self.open_page(width=390 if actor is None else 1280, geolocation=PLACE)
            if actor is not None:
                sign_in(page, self.address, actor)
            self.pages[key] = page
        page = self.pages[key]
        page.goto(self.address + path)
        return page

    @staticmethod
    def press(page, action):
        """Send the form with this action."""
        page.locator(f"form[action*='{action}'] button[type=submit]").first.click()
        page.wait_for_load_state()

    @staticmethod
    def work():
        """What the worker does between two clicks."""
        while deliver_due():
            pass
        seal_new_entries()


@pytest.fixture
def walk(open_page, live_server):
    """On a Monday morning, so that somebody's turn is running whenever the test runs."""
    with clock.at(A_MONDAY_MORNING):
        yield Walk(open_page, live_server.url)


def test_the_loop_turns_once(walk):
    crew = actor_for(walk.city.crew)
    head = actor_for(walk.city.head)
    a_round()
    a_shift(walk.city.crew, walk.city.section)

    # 1 · both sides answer, the office settles: the standard shows where the person stands
    answer_all(walk, crew, "/kompetensi/nilai")
    answer_all(walk, head, f"/kompetensi/tim/{walk.city.crew.code}")
    office = an_actor("personnel_office", None, unit=walk.city.agency)
    walk.press(walk.at(office, "/kompetensi"), "/kompetensi/tetapkan")
    walk.work()

    # 2 · a citizen reports a dead street light, the person on duty goes, the citizen rates
    link = report_a_lamp(walk)
    number = send_somebody(walk)
    repair(walk, number)
    confirm(walk, link)
    walk.work()

    # 3 · the result is credited as evidence, traceable to the report
    assert number in walk.at(crew, "/kinerja/bukti").content()

    # 4 · the Putaran page shows the numbers with their rows two clicks away
    run_due_jobs(only="insight.refresh_figures")
    page = walk.at(head, f"/putaran/unit/{walk.city.section.code}")
    page.locator("table a", has_text="Selesai tepat waktu").click()
    page.wait_for_load_state()
    page.locator(f"a[href$='/laporan/{number}']").first.click()
    page.wait_for_load_state()
    assert page.url.endswith(number)
    assert number in page.content()
    walk.work()
    assert verify_chain().whole


def answer_all(walk, actor, path):
    """Nine questions, one a page; then look over and send."""
    begin = walk.at(actor, path).locator("main form[method=post] button[type=submit].pri")
    if begin.count():
        begin.first.click()
        walk.pages[actor.account_id].wait_for_load_state()
    for number in range(1, 10):
        page = walk.at(actor, f"{path}/{number}")
        page.locator("main input[type=radio]").first.check(force=True)
        page.locator("main form button[type=submit].pri").last.click()
        page.wait_for_load_state()
    walk.press(walk.at(actor, f"{path}/periksa"), f"{path}/kirim")


def report_a_lamp(walk):
    """Three taps, no account; gives back the secret link."""
    page = walk.at(None, "/")
    page.locator("a[href='/lapor/lampu']").first.click()
    page.wait_for_load_state()
    page.locator("input[name=place]").fill("Jl. Kenanga depan SDN 2")
    page.locator("textarea[name=note]").fill("Lampu jalan mati, gelap sekali")
    page.locator("input[name=photos]").set_input_files(a_photo("navy"))
    page.locator(".sendbar button[type=submit]").click()
    page.wait_for_url(re.compile(r".*/l/.+"))
    return page.url


def send_somebody(walk):
    """The dispatcher takes the suggestion and gives the job to who is on duty."""
    page = walk.at(walk.where.dispatcher, "/antrean")
    number = re.search(r"/laporan/([A-Z]{2}-\w{3}-\d{3})", page.content())[1]
    if page.locator("form[action$='/jenis'] [data-key=a]").count():
        page.locator("form[action$='/jenis'] [data-key=a]").click()
        page.wait_for_load_state()
        page = walk.at(walk.where.dispatcher, f"/antrean?pilih={number}")
    page.locator("form[action$='/tugaskan'] button[data-key=t]").first.click()
    page.wait_for_load_state()
    return number


def repair(walk, number):
    """The person on duty accepts, arrives, takes two photos, finishes."""
    page = walk.at(walk.where.officer, f"/tugas/{number}")
    walk.press(page, "/terima")
    walk.press(page, "/tiba")
    page.locator("#id_photo_before").set_input_files(a_photo("black"))
    walk.press(page, "/foto")
    page.locator("#id_photo_after").set_input_files(a_photo("yellow"))
    page.locator("button[form=selesai]").click()
    page.wait_for_load_state()


def confirm(walk, link):
    """The citizen says it is fixed and gives five stars."""
    path = link.removeprefix(walk.address).split("?")[0].rstrip("/")
    page = walk.at(None, f"{path}/hasil")
    page.locator("input[name=stars][value='5']").check(force=True)
    page.locator("button[name=answer][value=yes]").click()
    page.wait_for_load_state()
