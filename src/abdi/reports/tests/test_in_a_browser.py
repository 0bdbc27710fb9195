"""The citizen's way in a real browser: three taps, tracking, confirming; on every device."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse

from abdi.platform.testing.browser import (
    Steps,
    axe,
    holds_on_every_device,
    holds_with_wide_text,
    shot,
)
from abdi.reports import actions
from abdi.reports.choices import PhotoKind, Status
from abdi.reports.models import Report
from abdi.reports.testing import (
    LAT,
    LNG,
    a_closed_report,
    a_report,
    a_report_city,
    a_started_report,
    a_stored_photo,
    an_assigned_report,
    token_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HERE = {"latitude": LAT / 1e6, "longitude": LNG / 1e6}


@pytest.fixture
def city():
    return a_report_city()


def test_a_dead_street_light_takes_three_taps_and_no_typing(city, open_page, live_server, tmp_path):
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(a_stored_photo().data)
    page = open_page(width=390, geolocation=HERE, permissions=["geolocation"])
    page.goto(live_server.url + "/")
    steps = Steps(page)
    steps.press("text=Lampu jalan mati")
    page.locator("[data-place]", has_text="Posisi Anda sudah diketahui").wait_for()
    steps.photo("input[type=file]", picture)
    page.locator("[data-preview]").wait_for()
    steps.press("text=Kirim laporan")
    page.locator(".ref b.num").wait_for()
    assert steps.count <= 3
    assert steps.fields == 0
    report = Report.objects.get()
    assert abs(report.lat_e6 - LAT) <= 1
    assert page.locator(".ref b.num").inner_text() == report.number
    shot(page, "lacak-baru-390")


def test_a_similar_report_is_offered_and_followed_with_one_tap(city, open_page, live_server):
    first = a_report()
    page = open_page(width=390, geolocation=HERE, permissions=["geolocation"])
    page.goto(live_server.url + "/lapor/lampu")
    page.get_by_role("button", name="Ya, ikut pantau").click()
    page.get_by_text(first.number).wait_for()
    first.refresh_from_db()
    assert first.joined_count == 1


def test_without_script_a_street_is_enough(city, open_page, live_server):
    page = open_page(width=390, java_script_enabled=False)
    page.goto(live_server.url + "/lapor/lampu")
    page.get_by_label("Nama jalan").fill("Jl. Kenanga")
    page.get_by_role("button", name="Kirim laporan").click()
    assert Report.objects.get().place_text == "Jl. Kenanga"
    assert Report.objects.get().number in page.locator(".ref").inner_text()


def test_one_tap_says_it_is_lit(city, open_page, live_server):
    report = with_photos(city)
    page = open_page(width=390)
    page.goto(live_server.url + reverse("reports:result", args=[token_of(report)]))
    page.get_by_role("button", name="Sudah menyala").click()
    page.get_by_text("Terima kasih").first.wait_for()
    report.refresh_from_db()
    assert report.status == Status.CLOSED


def with_photos(city):
    """A report whose work is done, with real pictures before and after."""
    report = a_started_report(city)
    actions.add_photo(
        report, by=city.officer, given=a_stored_photo("#1b2730").given, kind=PhotoKind.BEFORE
    )
    actions.add_photo(
        report, by=city.officer, given=a_stored_photo("#d9a441").given, kind=PhotoKind.AFTER
    )
    return actions.propose_done(report, by=city.officer)


def pages(city):
    """Every page of a citizen in its richest state."""
    for _n in range(6):
        a_closed_report(city)
    working = an_assigned_report(city)
    actions.start(working, by=city.officer)
    actions.send_message(working, by=city.dispatcher, text="Regu berangkat dari Jl. Pahlawan.")
    done = with_photos(city)
    an_assigned_report(city, category="pothole", place_text="Jl. Merpati depan pasar")
    return {
        "lapor": "/",
        "lapor-kirim": "/lapor/lampu",
        "lapor-lain": "/lapor/lain",
        "lapor-kantor": "/lapor/kantor",
        "kebakaran": "/lapor/kebakaran",
        "lacak": reverse("reports:track", args=[token_of(working)]),
        "lacak-umum": reverse("reports:track", args=[working.number]),
        "hasil": reverse("reports:result", args=[token_of(done)]),
        "cari": "/lacak",
        "janji": "/janji-layanan",
    }


@pytest.mark.looks
def test_every_page_holds_on_every_device(city, open_page, live_server):
    for name, path in pages(city).items():
        page = open_page(width=390, geolocation=HERE, permissions=["geolocation"])
        page.goto(live_server.url + path)
        shot(page, f"{name}-390")
        holds_on_every_device(page)
        holds_with_wide_text(page)
        page.context.close()


@pytest.mark.looks
@pytest.mark.skipif("SHOTS" not in os.environ, reason="for the eye: SHOTS names their folder")
def test_pictures_of_every_page(city, open_page, live_server):
    for name, path in pages(city).items():
        for width, dark in ((1280, False), (1280, True), (390, True)):
            page = open_page(width=width, dark=dark)
            page.goto(live_server.url + path)
            shot(page, f"{name}-{width}{'-gelap' if dark else ''}")
            page.context.close()


def test_an_error_at_a_field_is_announced_and_reached(city, open_page, live_server):
    page = open_page(width=390)
    page.goto(live_server.url + "/lapor/lampu")
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("alert").wait_for()
    page.complaints.clear()
    assert axe(page) == []
    page.get_by_role("link", name="Kami belum tahu tempatnya").click()
    assert page.evaluate("document.activeElement.id") == "id_place"
