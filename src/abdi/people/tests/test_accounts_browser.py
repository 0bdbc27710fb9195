"""The pages of one's own account in a real browser: every width, both themes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people import actions
from abdi.people.testing import a_city
from abdi.platform import clock
from abdi.platform.testing.browser import holds_on_every_device, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.looks
@pytest.mark.parametrize("path", ["/profil", "/profil/wakil", "/profil/sandi"])
def test_the_page_holds_on_every_device(open_page, live_server, path):
    city = a_city()
    today = clock.today()
    actions.hand_over(
        city.head, by=city.commander, power="duty", start_on=today,
        end_on=today + timedelta(days=3), reason="cuti tahunan",
    )  # fmt: skip
    page = open_page(width=390)
    sign_in(page, live_server.url, city.commander)
    page.goto(live_server.url + path)
    holds_on_every_device(page)
