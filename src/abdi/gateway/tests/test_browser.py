"""A key is made, used and ended; the pages hold on every device."""

import pytest
from django.test import Client

from abdi.gateway.testing import a_keeper, a_key
from abdi.people.testing import a_city
from abdi.platform.testing.browser import holds_on_every_device, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 390, 1280)


def test_a_key_is_made_used_and_ended(open_page, live_server):
    keeper = a_keeper(a_city().section)
    a_key(keeper, name="Absensi")
    page = open_page()
    sign_in(page, live_server.url, keeper)
    page.goto(f"{live_server.url}/atur/integrasi")
    holds_on_every_device(page, WIDTHS)
    page.get_by_label("Program apa").fill("SIMPEG")
    page.get_by_label("Untuk apa kunci diperlukan").fill("sinkronisasi unit")
    page.get_by_text("Membaca unit dan jabatan", exact=True).last.click()
    page.get_by_text("90 hari").click()
    page.get_by_role("button", name="Buat kunci").click()
    page.get_by_text("Kunci hanya ditampilkan sekali ini").wait_for()
    holds_on_every_device(page, WIDTHS)
    token = page.locator("p.mono").inner_text().strip()
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/units").status_code == 200
    page.get_by_role("link", name="Sudah saya simpan").click()
    assert token not in page.content()
    page.get_by_role("row", name="SIMPEG").get_by_role("button", name="Akhiri kunci").click()
    page.get_by_text("Kunci sudah tidak membuka apa pun.").wait_for()
    assert program.get("/api/v1/units").status_code == 401
    page.goto(f"{live_server.url}/api")
    holds_on_every_device(page, WIDTHS)
