"""The pages of settings in a real browser: every width, both themes, a figure set."""

from datetime import timedelta

import pytest

from abdi.people.testing import an_actor
from abdi.platform import clock
from abdi.platform.norms import entering
from abdi.platform.norms.records import DatedNorm
from abdi.platform.testing.browser import holds_on_every_device, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/atur",
    "/atur/norma",
    "/atur/norma/reports",
    "/atur/norma/reports/priorities",
    "/atur/norma/reports/priorities/ubah?bagian=P1:ack_minutes",
)


def two_figures(by):
    """One figure planned, one whose first day was today."""
    given = {"source": "Perwal 12/2026", "reason": "our own decree says so", "by": by}
    today = clock.today()
    entering.enter_norm("reports", "priorities:P1:ack_minutes", value="3", since=today, **given)
    later = today + timedelta(days=30)
    entering.enter_norm("reports", "priorities:P2:ack_minutes", value="20", since=later, **given)


@pytest.mark.looks
@pytest.mark.parametrize("path", PAGES)
def test_the_page_holds_on_every_device(open_page, live_server, path):
    by = an_actor("sysadmin")
    two_figures(by)
    page = open_page(width=390)
    sign_in(page, live_server.url, by)
    page.goto(live_server.url + path)
    holds_on_every_device(page)


def test_a_figure_is_set_with_five_fields_and_a_wrong_one_is_told_at_its_field(
    open_page, live_server
):
    by = an_actor("sysadmin")
    page = open_page(width=1280)
    sign_in(page, live_server.url, by)
    page.goto(live_server.url + "/atur/norma/reports/verify_days")
    page.locator("a", has_text="Ubah").first.click()
    page.fill("[name=value]", "lima")
    page.fill("[name=since]", (clock.today() + timedelta(days=1)).isoformat())
    page.fill("[name=source]", "Perwal 12/2026")
    page.fill("[name=reason]", "sesuai keputusan wali kota")
    page.locator("main button[type=submit]").last.click()
    assert "bilangan bulat" in page.locator("main").inner_text()
    page.complaints.clear()  # the browser tells of the 422 it was sent
    page.fill("[name=value]", "5")
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url("**/atur/norma/reports/verify_days")
    assert DatedNorm.objects.get().value == 5
