"""Training in a real browser: a seat by two presses, every page on every device."""

from __future__ import annotations

import pytest

from abdi.competence import testing as competence
from abdi.people.testing import a_city, actor_for, an_actor
from abdi.platform.access import SYSTEM
from abdi.platform.testing.browser import (
    THEMES,
    holds_on_every_device,
    shot,
    sign_in,
    use_theme,
)
from abdi.training import actions
from abdi.training.models import Enrolment
from abdi.training.testing import a_class, a_passed_class, an_enrolment, attended

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)


@pytest.fixture
def city():
    return a_city()


def days_from_now(count):
    import datetime as dt

    from abdi.platform import clock

    day = clock.today() + dt.timedelta(days=count)
    return {"start_on": day, "end_on": day}


def test_a_person_finds_what_fits_his_gap_and_takes_a_seat(city, open_page, live_server):
    competence.settled(city.head)
    klass = a_class(**days_from_now(9))
    page = open_page(width=390)
    sign_in(page, live_server.url, actor_for(city.head))
    page.goto(f"{live_server.url}/kompetensi/saya")
    page.get_by_role("link", name=klass.title).click()
    page.get_by_role("button", name="Daftar", exact=True).click()
    page.get_by_text("Anda mendapat kursi").wait_for()
    assert Enrolment.objects.get().state == "enrolled"


@pytest.mark.looks
def test_pages_of_people_and_citizens_hold_on_every_device(city, open_page, live_server):
    klass = a_class(**days_from_now(9))
    an_enrolment(klass, city.crew)
    for path in ("/pelatihan", f"/pelatihan/{klass.code}", "/pelatihan/saya"):
        page = open_page()
        sign_in(page, live_server.url, actor_for(city.crew))
        page.goto(live_server.url + path)
        holds_on_every_device(page, PHONE_AND_DESK)


@pytest.mark.looks
def test_the_hours_of_a_unit_hold_on_every_device(city, open_page, live_server):
    a_passed_class(a_class(hours=20, **days_from_now(0)), city.crew)
    page = open_page()
    sign_in(page, live_server.url, actor_for(city.head))
    page.goto(f"{live_server.url}/pelatihan/orang")
    holds_on_every_device(page, PHONE_AND_DESK)
    for theme in THEMES:
        use_theme(page, theme)
        shot(page, f"hours-{theme}")


@pytest.mark.looks
def test_the_organisers_pages_hold_on_every_device(city, open_page, live_server):
    organiser = an_actor("organiser", unit=city.agency)
    klass = a_class(organiser, **days_from_now(0))
    rows = [an_enrolment(klass, person) for person in (city.crew, city.second_crew)]
    passed = actions.complete(attended(rows[0]), by=organiser)
    paper = actions.issue_certificate(passed, by=organiser)
    actions.propose(city.agency, city.head, by=SYSTEM, competency="M.3", level=2, held=1)
    for path in (
        "/pelatihan/rencana",
        "/pelatihan/kelas/baru",
        f"/pelatihan/kelas/{klass.code}/hadir",
        f"/pelatihan/kelas/{klass.code}/nilai",
        "/pelatihan/sertifikat",
        f"/sertifikat/{paper.code}",
    ):
        page = open_page()
        sign_in(page, live_server.url, organiser)
        page.goto(live_server.url + path)
        holds_on_every_device(page, PHONE_AND_DESK)
