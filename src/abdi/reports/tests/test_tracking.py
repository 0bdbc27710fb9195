"""What became of it: the pages behind a number and behind the secret link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries
from abdi.reports import actions
from abdi.reports.choices import Obstacle, PhotoKind, Status
from abdi.reports.models import Message, Photo
from abdi.reports.testing import (
    a_closed_report,
    a_report,
    a_report_city,
    a_resolved_report,
    a_started_report,
    an_assigned_report,
    reporter_of,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_report_city()


@pytest.fixture
def phone():
    """A citizen's browser."""
    return Client()


# ------------------------------------------------------------------ the promise


def test_a_stopped_clock_is_told_with_its_reason_to_the_reporter_and_to_everybody(city, phone):
    report = a_report()
    actions.send_message(report, by=city.dispatcher, text="Nomor berapa?", is_question=True)
    with clock.at(report.due_at + timedelta(hours=3)):
        mine = phone.get(reverse("reports:track", args=[token_of(report)])).text
        theirs = phone.get(reverse("reports:track", args=[report.number])).text
    assert ": menunggu jawaban Anda" in mine
    assert ": menunggu jawaban pelapor" in theirs
    assert "lewat" not in theirs


def test_a_broken_promise_is_told_with_its_cause_and_stays(city, phone):
    report = an_assigned_report(city)
    with clock.at(report.due_at + timedelta(hours=3)):
        actions.postpone(report, by=city.officer, reason=Obstacle.MATERIAL)
        actions.break_promise(report, by=SYSTEM)
        address = reverse("reports:track", args=[report.number])
        assert "Janji kami 24 jam lewat 3 jam. Penyebab: bahan habis." in phone.get(address).text
        report = actions.arrive(report, by=city.officer)
        actions.propose_done(report, by=city.officer, is_photo_later=True)
    with clock.at(report.due_at + timedelta(hours=30)), counted_queries(8):
        assert "Janji kami 24 jam lewat 3 jam." in phone.get(address).text


# ------------------------------------------------------------------ tracking


def test_the_public_view_keeps_words_and_street_until_somebody_looked(city, phone):
    report = a_report(text="Bu Sri di nomor 4 jatuh", place_text="Jl. Kenanga 4")
    address = reverse("reports:track", args=[report.number])
    before = phone.get(address).text
    assert "Bu Sri" not in before
    assert "Jl. Kenanga" not in before
    assert "Lampu jalan mati" in before
    actions.assign(report, city.crew, by=city.dispatcher)
    after = phone.get(address).text
    assert "Jl. Kenanga" in after
    assert "Diteruskan ke Seksi Lampu Jalan" in after


def test_the_reporter_reads_his_own_words_and_everybody_the_deadline(city, phone):
    report = a_report(text="Dua tiang gelap")
    text = phone.get(reverse("reports:track", args=[token_of(report)])).text
    assert "Dua tiang gelap" in text
    assert "Selasa, 3 Maret 2026" in text


def test_the_public_page_speaks_to_nobody_in_particular(city, phone):
    report = a_resolved_report(city)
    public = phone.get(reverse("reports:track", args=[report.number])).text
    mine = phone.get(reverse("reports:track", args=[token_of(report)])).text
    assert "menunggu konfirmasi Anda" not in public
    assert "Pelapor memastikan hasilnya" in public
    assert "menunggu konfirmasi Anda" in mine


def test_no_name_of_staff_stands_on_the_public_page(city, phone):
    report = a_started_report(city)
    assert "Bayu" not in phone.get(reverse("reports:track", args=[report.number])).text


def test_tracking_pages_are_neither_stored_nor_indexed_nor_told_to_others(city, phone):
    answer = phone.get(reverse("reports:track", args=[token_of(a_report())]))
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert 'content="noindex"' in answer.text


def test_unknown_hidden_and_protected_numbers_answer_alike(city, phone):
    protected = a_report("suicide_attempt")
    answers = [
        phone.get(f"/l/{code}") for code in ("CD-222-222", protected.number, "x" * 60, "..", "'")
    ]
    assert {answer.status_code for answer in answers} == {404}
    personal = r'/l/[^"]*|name="csrfmiddlewaretoken" value="[^"]*"'
    assert len({re.sub(personal, "", answer.text) for answer in answers}) == 1


def test_the_number_is_found_whatever_its_case_and_spaces(city, phone):
    report = a_report()
    answer = phone.post("/lacak", {"code": f" {report.number.lower()} "})
    assert answer.url == reverse("reports:track", args=[report.number])
    assert phone.post("/lacak", {"code": ""}).status_code == 422


def test_the_reporter_writes_and_a_number_writes_nothing(city, phone):
    report = a_report()
    mine = reverse("reports:message", args=[token_of(report)])
    assert phone.post(mine, {"text": "Masih gelap", "_once": "m" * 32}).status_code == 302
    assert phone.post(mine, {"text": "Masih gelap", "_once": "m" * 32}).status_code == 302
    assert Message.objects.count() == 1
    theirs = reverse("reports:message", args=[report.number])
    assert phone.post(theirs, {"text": "Halo"}).status_code == 404
    assert phone.post(mine, {"text": " "}).status_code == 422


# ------------------------------------------------------------------ is it fixed?


def test_it_is_lit_closes_and_keeps_the_stars(city, phone):
    report = a_resolved_report(city)
    address = reverse("reports:result", args=[token_of(report)])
    page = phone.get(address).text
    assert "Sudah menyala" in page
    assert "Masih mati" in page
    told = {"answer": "yes", "stars": 5, "words": "Cepat", "version": report.version}
    assert phone.post(address, told).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.CLOSED
    assert "5 bintang" in phone.get(address).text


def test_still_dark_reopens_the_same_number(city, phone):
    report = a_resolved_report(city)
    address = reverse("reports:result", args=[token_of(report)])
    assert phone.post(address, {"answer": "no", "version": report.version}).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.REOPENED


def test_an_answer_to_an_older_state_is_told_and_changes_nothing(city, phone):
    report = a_resolved_report(city)
    address = reverse("reports:result", args=[token_of(report)])
    answer = phone.post(address, {"answer": "yes", "version": report.version - 1})
    assert answer.status_code == 409
    report.refresh_from_db()
    assert report.status == Status.RESOLVED


def test_stars_can_follow_later_but_once(city, phone):
    report = a_closed_report(city)
    address = reverse("reports:result", args=[token_of(report)])
    assert phone.post(address, {"answer": "stars", "stars": 4}).status_code == 302
    assert phone.post(address, {"answer": "stars", "stars": 1}).status_code == 409


@pytest.mark.parametrize("stars", ["0", "6", "-1", "4.5", "banyak"])
def test_other_numbers_of_stars_are_refused(city, phone, stars):
    report = a_closed_report(city)
    address = reverse("reports:result", args=[token_of(report)])
    assert phone.post(address, {"answer": "stars", "stars": stars}).status_code == 422


def test_a_number_confirms_nothing(city, phone):
    report = a_resolved_report(city)
    address = reverse("reports:result", args=[report.number])
    assert phone.get(address).status_code == 200
    assert phone.post(address, {"answer": "yes"}).status_code == 404


def test_the_result_shows_before_and_after(city, phone):
    report = a_resolved_report(city)
    photo = Photo.objects.get(report=report, kind=PhotoKind.AFTER)
    text = phone.get(reverse("reports:result", args=[token_of(report)])).text
    assert reverse("reports:photo", args=[token_of(report), photo.pk]) in text


# ------------------------------------------------------------------ promises


def test_the_promises_show_what_was_kept_and_no_protected_kind(city, phone):
    a_closed_report(city)
    with clock.at(clock.now() + timedelta(minutes=1)):
        text = phone.get("/janji-layanan").text
        assert "Laporan selesai tepat waktu" in phone.get("/").text
    assert "1 dari 1" in text
    assert "Lampu jalan mati" in text
    assert "Kekerasan" not in text


@pytest.mark.parametrize(("path", "most"), [("/", 6), ("/lapor/lampu", 4), ("/janji-layanan", 4)])
@pytest.mark.parametrize("rows", [10, 40])
def test_pages_ask_the_database_a_fixed_number_of_times(city, phone, path, most, rows):
    for _n in range(rows):
        an_assigned_report(city)
    phone.get(path)
    with counted_queries(most):
        assert phone.get(path).status_code == 200


def test_the_tracking_page_asks_a_fixed_number_of_times(city, phone):
    report = a_resolved_report(city)
    for n in range(20):
        actions.send_message(report, by=reporter_of(report), text=f"Pesan {n}")
    with counted_queries(7):
        phone.get(reverse("reports:track", args=[token_of(report)]))
