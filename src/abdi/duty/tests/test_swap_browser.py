"""A swap in a real browser: asked on a phone, agreed on another, approved at a desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from abdi.duty import actions
from abdi.duty.models import Swap
from abdi.duty.rules import week_start
from abdi.duty.tests.test_swaps import Squad
from abdi.people.testing import actor_for
from abdi.platform import clock
from abdi.platform.testing.browser import Steps, holds_on_every_device, shot, sign_in, use_theme

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE_AND_DESK = (320, 390, 1280)


@pytest.fixture
def squad(inside_institution):
    with translation.override("id"):
        yield Squad(week_start(clock.today()) + timedelta(days=7))


def visit(open_page, live_server, actor, path, width=390):
    page = open_page(width=width)
    sign_in(page, live_server.url, actor)
    page.goto(live_server.url + path)
    return page


def look(page, name):
    """The page holds; pictures of phone and desk, the desk by night too."""
    shot(page, f"{name}-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, f"{name}-1280")
    use_theme(page, "gelap")
    shot(page, f"{name}-1280-gelap")
    use_theme(page, "terang")
    holds_on_every_device(page, PHONE_AND_DESK)
    use_theme(page, "terang")
    page.set_viewport_size({"width": 390, "height": 844})


def test_a_crew_member_swaps_on_a_phone_a_colleague_agrees_the_commander_approves(
    squad, open_page, live_server
):
    asker = visit(open_page, live_server, actor_for(squad.dedi), "/piket/saya")
    look(asker, "piket-saya")
    steps = Steps(asker)
    steps.press("a:has-text('Tukar'):not(:has-text('giliran'))")
    asker.get_by_text("2 rekan dapat mengambil giliran ini").first.wait_for()
    look(asker, "piket-tukar-minta")
    steps.press(f"button[value^='{squad.bayu.code}:']")
    asker.get_by_text("Terkirim.").wait_for()
    assert steps.count == 2, "open the turn, ask the colleague"

    other = visit(open_page, live_server, actor_for(squad.bayu), "/piket/tukar")
    look(other, "piket-tukar-diminta")
    answers = Steps(other)
    answers.press("main button:has-text('Setuju')")
    other.get_by_text("Anda setuju.").first.wait_for()
    assert answers.count == 1
    actions.ask_swap(squad.shift(squad.eko), by=actor_for(squad.eko))

    head = visit(
        open_page, live_server, squad.commander, f"/piket?pekan={squad.roster.week_start_on}"
    )
    look(head, "piket-komandan")
    head.goto(live_server.url + "/piket/tukar")
    look(head, "piket-tukar-komandan")
    decides = Steps(head)
    decides.press("main button:has-text('Setujui')")
    head.get_by_text("Disetujui.").first.wait_for()
    assert decides.count == 1
    assert Swap.objects.get(giver=squad.dedi).state == "done"
    assert squad.shift(squad.bayu).letter == "M"
    head.get_by_role("link", name="Pilihkan").first.click()
    look(head, "piket-tukar-pilihkan")
