"""An incident goes up through an empty step to the next person, who answers on his phone."""

from datetime import timedelta

import pytest

from abdi.duty import jobs
from abdi.duty.testing import a_call, a_coverage, a_shift
from abdi.people.testing import a_city, actor_for, an_account
from abdi.platform import clock
from abdi.platform.testing.browser import holds_on_every_device, shot, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1280)


def test_a_call_goes_through_an_empty_step_to_the_next_person(open_page, live_server):
    city = a_city()
    a_coverage(city.section)
    a_shift(city.crew, city.section)
    an_account(city.crew)
    alert = a_call(city.section)

    asleep = open_page(width=390)
    sign_in(asleep, live_server.url, actor_for(city.crew))
    asleep.goto(f"{live_server.url}/piket/dering")
    holds_on_every_device(asleep, WIDTHS)
    shot(asleep, "dering")

    with clock.at(clock.now() + timedelta(seconds=301)):
        assert jobs.go_on_with_calls() == 1
        page = open_page(width=390)
        sign_in(page, live_server.url, city.commander)
        page.goto(f"{live_server.url}/piket/siaga/{alert.pk}")
        page.get_by_text("Kosong, langsung dilewati").first.wait_for()
        holds_on_every_device(page, WIDTHS)
        shot(page, "siaga")
        page.get_by_role("button", name="Saya tangani").click()
        page.get_by_role("heading", name=city.commander.name).wait_for()
        page.goto(f"{live_server.url}/piket/siaga?unit={city.section.pk}")
        page.get_by_text("kosong, dilewati").first.wait_for()
        holds_on_every_device(page, WIDTHS)
        shot(page, "rantai")

        asleep.goto(f"{live_server.url}/piket/siaga/{alert.pk}")
        asleep.get_by_role("heading", name=city.commander.name).wait_for()
        assert asleep.get_by_role("button", name="Saya tangani").count() == 0
