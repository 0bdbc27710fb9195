"""The desk and the crew in a real browser: how many keys and taps a practised person needs."""

import pytest

from abdi.duty.testing import a_shift
from abdi.platform.testing.browser import holds_on_every_device, sign_in
from abdi.reports.choices import Status
from abdi.reports.models import Report
from abdi.reports.testing import LAT, LNG, a_report, a_report_city, an_assigned_report

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def where():
    found = a_report_city()
    a_shift(found.crew, found.city.section)
    return found


def test_a_new_report_is_triaged_with_two_keys(where, live_server, open_page):
    report = a_report(text="Lampu jalan padam, gelap")
    page = open_page()
    sign_in(page, live_server.url, where.dispatcher)
    page.goto(f"{live_server.url}/antrean?pilih={report.number}")
    with page.expect_navigation():
        page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("t")
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert report.person_id == where.crew.pk


def test_a_double_is_joined_with_one_key_and_j_and_k_move(where, live_server, open_page):
    first = a_report(text="tiang gelap di kenanga")
    a_report(text="lampu mati kenanga", lat_e6=LAT + 200, lng_e6=LNG)
    page = open_page()
    sign_in(page, live_server.url, where.dispatcher)
    page.goto(f"{live_server.url}/antrean?pilih={first.number}")
    with page.expect_navigation():
        page.keyboard.press("j")
    assert first.number not in page.url
    with page.expect_navigation():
        page.keyboard.press("k")
    assert first.number in page.url
    with page.expect_navigation():
        page.keyboard.press("g")
    assert Report.objects.filter(joined_to=first).count() == 1


def test_a_job_is_declared_not_possible_in_three_taps(where, live_server, open_page):
    report = an_assigned_report(where)
    page = open_page(width=390)
    sign_in(page, live_server.url, where.officer)
    page.goto(f"{live_server.url}/tugas/{report.number}")
    page.get_by_role("button", name="Terima tugas").click()
    page.get_by_role("link", name="Belum bisa").click()
    page.locator("#belum label.o").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Kirim alasan").click()
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    assert report.version > 2


@pytest.mark.looks
def test_the_staff_pages_hold_on_every_device(where, live_server, open_page):
    report = a_report(text="Lampu jalan padam, gelap")
    page = open_page()
    sign_in(page, live_server.url, where.dispatcher)
    for path in (f"/antrean?pilih={report.number}", f"/laporan/{report.number}", "/laporan/catat"):
        page.goto(live_server.url + path)
        holds_on_every_device(page, (320, 1280))
