"""Competence in a real browser: answering, saving by itself, every page on every device."""

from __future__ import annotations

import pytest

from abdi.competence.models import Assessment, SelfAnswer
from abdi.competence.testing import (
    a_round,
    a_sent_assessment,
    an_agreed_assessment,
    an_evidence,
    settled,
)
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform.testing.browser import holds_on_every_device, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)


@pytest.fixture
def city():
    a_round()
    return a_city()


def test_nine_questions_take_two_presses_each_on_a_phone(city, open_page, live_server):
    page = open_page(width=390)
    sign_in(page, live_server.url, actor_for(city.crew))
    page.goto(f"{live_server.url}/kompetensi/nilai")
    page.get_by_role("button", name="Mulai dari pertanyaan pertama").click()
    presses = 0
    for _question in range(9):
        page.locator("label.lev").nth(1).click()
        page.locator(".stepnav button").click()
        presses += 2
    page.wait_for_url("**/periksa")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.wait_for_url("**/kompetensi/saya")
    assert presses <= 18
    assert Assessment.objects.get().state == "sent"


def test_a_choice_is_saved_without_pressing_anything_else(city, open_page, live_server):
    page = open_page()
    sign_in(page, live_server.url, actor_for(city.crew))
    page.goto(f"{live_server.url}/kompetensi/nilai")
    page.get_by_role("button", name="Mulai dari pertanyaan pertama").click()
    page.locator("label.lev").nth(2).click()
    page.get_by_text("Tersimpan pukul").wait_for(timeout=8_000)
    assert SelfAnswer.objects.get().level == 3


@pytest.mark.looks
def test_a_persons_pages_hold_on_every_device(city, open_page, live_server):
    an_evidence(city.second_crew, "M.1")
    settled(city.head)
    for person, path in (
        (city.head, "/kompetensi/saya"),
        (city.second_crew, "/kompetensi/nilai"),
        (city.second_crew, "/kompetensi/standar"),
    ):
        page = open_page()
        sign_in(page, live_server.url, actor_for(person))
        page.goto(live_server.url + path)
        holds_on_every_device(page, PHONE_AND_DESK)


@pytest.mark.looks
def test_the_superiors_and_the_offices_pages_hold_on_every_device(city, open_page, live_server):
    a_sent_assessment(city.crew)
    an_agreed_assessment(city.second_crew, {"M.3": 4}, {"M.3": 2})
    settled(city.head)
    office = an_actor("personnel_office", unit=city.agency)
    for actor, path in (
        (actor_for(city.head), "/kompetensi/tim"),
        (actor_for(city.head), f"/kompetensi/tim/{city.second_crew.code}"),
        (actor_for(city.head), f"/kompetensi/tim/{city.crew.code}/1"),
        (office, "/kompetensi"),
        (office, "/kompetensi/peta?baris=unit"),
    ):
        page = open_page()
        sign_in(page, live_server.url, actor)
        page.goto(live_server.url + path)
        holds_on_every_device(page, PHONE_AND_DESK)
