"""Freeze, teams, skills and the preview of an act in a real browser: every width, both themes."""

from __future__ import annotations

from datetime import date

import pytest

from abdi.people import actions
from abdi.people.testing import a_city, a_unit, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing.browser import holds_on_every_device, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.looks
def test_the_pages_of_the_organisation_hold_on_every_device(open_page, live_server):
    city, today = a_city(), clock.today()
    window = actions.set_freeze(
        by=SYSTEM,
        name="Pemilihan wali kota 2026",
        designation_on=date(2026, 7, 22),
        term_ends_on=date(2027, 2, 20),
        source="Keputusan KPU 5/2026",
    )
    team = actions.make_team(
        city.agency,
        by=SYSTEM,
        name="Tim Alun-alun",
        leader=city.head,
        start_on=today,
        decree="SK 1",
    )
    actions.add_to_team(team, by=SYSTEM, person=city.crew, start_on=today)
    me = actor_for(city.crew)
    actions.say_skill(city.crew, by=me, kind="language", name="Bahasa isyarat", grade="good")
    other = a_unit(city.agency, name="Seksi Taman")
    given = actions.ActGiven(kind="merge", on=today, decree="Perwali 7", units=[city.section])
    act = actions.prepare_act(other, by=an_actor("organisation_office"), given=given)
    office = [
        "/atur/beku",
        f"/atur/beku/{window.pk}",
        "/tim-kerja",
        f"/tim-kerja/{team.pk}",
        "/pegawai/keahlian",
        f"/unit/perubahan/{act.pk}",
    ]
    page = open_page(width=390)
    _hold(page, live_server.url, me, ["/profil/keahlian"])
    _hold(page, live_server.url, an_actor("personnel_office"), office)


def _hold(page, address, actor, paths):
    sign_in(page, address, actor)
    for path in paths:
        page.goto(address + path)
        holds_on_every_device(page)
