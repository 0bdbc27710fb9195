"""The pages of citizens: three taps, tracking, confirming; and what they refuse."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from abdi.platform import clock, files
from abdi.platform.testing import sign_in_as
from abdi.reports import actions, links
from abdi.reports.models import Photo, Report, ReporterContact
from abdi.reports.testing import (
    LAT,
    LNG,
    a_report,
    a_report_city,
    token_of,
)

pytestmark = pytest.mark.django_db
LAMP = "/lapor/lampu"
HERE = {"lat": f"{LAT / 1e6:.6f}", "lon": f"{LNG / 1e6:.6f}"}


@pytest.fixture
def city():
    return a_report_city()


@pytest.fixture
def phone():
    """A citizen's browser."""
    return Client()


def a_jpeg(colour="navy", size=(800, 600), exif=b""):
    target = io.BytesIO()
    picture = Image.new("RGB", size, colour)
    if exif:
        picture.save(target, "JPEG", exif=exif)
    else:
        picture.save(target, "JPEG")
    target.seek(0)
    target.name = "foto.jpg"
    return target


def key_in(answer):
    return re.search(r'name="_once" value="(\w+)"', answer.text)[1]


def sent(phone, **told):
    return phone.post(LAMP, {**HERE, **told})


def only_report():
    return Report.objects.get()


# ------------------------------------------------------------------ three taps


def test_the_first_page_shows_eight_tiles_and_the_emergency_number(city, phone):
    text = phone.get("/").text
    assert text.count('class="tile"') == 8
    assert 'href="tel:112"' in text
    assert "/lapor/lain" in text


def test_three_taps_without_a_word_lead_to_the_link_of_the_reporter(city, phone):
    form = phone.get(LAMP)
    answer = phone.post(LAMP, {**HERE, "_once": key_in(form)})
    report = only_report()
    assert answer.status_code == 302
    assert links.hash_of(answer.url.rsplit("/", 1)[-1]) == report.token_hash
    assert report.number in phone.get(answer.url).text
    assert (report.lat_e6, report.lng_e6) == (LAT, LNG)


def test_a_double_tap_is_one_report_and_the_same_link(city, phone):
    key = key_in(phone.get(LAMP))
    first = phone.post(LAMP, {**HERE, "_once": key})
    second = phone.post(LAMP, {**HERE, "_once": key})
    assert first.url == second.url
    assert Report.objects.count() == 1


def test_the_same_key_with_other_words_says_so_and_keeps_them(city, phone):
    key = key_in(phone.get(LAMP))
    phone.post(LAMP, {**HERE, "_once": key})
    answer = phone.post(LAMP, {**HERE, "_once": key, "note": "Dua tiang"})
    assert answer.status_code == 422
    assert "Dua tiang" in answer.text


def test_without_point_and_street_the_place_is_asked_for_and_the_words_stay(city, phone):
    answer = phone.post(LAMP, {"note": "Gelap sekali"})
    assert answer.status_code == 422
    assert "Kami belum tahu tempatnya" in answer.text
    assert "Gelap sekali" in answer.text
    assert not Report.objects.exists()


def test_a_street_is_enough_where_there_is_no_script(city, phone):
    assert phone.post(LAMP, {"place": "Jl. Kenanga"}).status_code == 302
    assert only_report().place_text == "Jl. Kenanga"


@pytest.mark.parametrize(
    ("typed", "phone_kept", "mail_kept"),
    [("0812 3456 7890", "+6281234567890", ""), ("wito@example.org", "", "wito@example.org")],
)
def test_a_contact_is_a_number_or_an_address(city, phone, typed, phone_kept, mail_kept):
    sent(phone, contact=typed)
    contact = ReporterContact.objects.get()
    assert (contact.phone, contact.email) == (phone_kept, mail_kept)


@pytest.mark.parametrize("typed", ["12", "a@", "bukan nomor"])
def test_a_contact_that_is_neither_is_refused_at_its_field(city, phone, typed):
    answer = sent(phone, contact=typed)
    assert answer.status_code == 422
    assert 'id="id_contact-error"' in answer.text


def test_another_kind_of_the_same_tile_can_be_chosen_but_none_of_another(city, phone):
    assert sent(phone, kind="pole_live").status_code == 302
    assert only_report().category.code == "pole_live"
    assert sent(phone, kind="pothole").status_code == 422


def test_a_kind_without_tile_does_not_exist(city, phone):
    assert phone.get("/lapor/emas").status_code == 404


def test_fire_asks_to_call_first_and_the_form_second(city, phone):
    first = phone.get("/lapor/kebakaran").text
    assert "Ada api sekarang?" in first
    assert "<form" not in re.sub(r'<form class="langs.*?</form>', "", first, flags=re.S)
    assert "Kirim laporan" in phone.get("/lapor/kebakaran?lanjut=1").text


def test_a_machine_that_fills_the_hidden_field_writes_nothing(city, phone):
    assert sent(phone, website="http://spam.example").status_code == 422
    assert not Report.objects.exists()


def test_the_sixth_report_in_ten_minutes_has_to_wait_and_loses_no_word(city, phone):
    phone.get("/")
    for n in range(5):
        assert sent(phone, note=f"Nomor {n}").status_code == 302
    answer = sent(phone, note="Yang keenam")
    assert answer.status_code == 429
    assert "Yang keenam" in answer.text
    with clock.at(clock.now() + timedelta(minutes=21)):
        assert sent(phone, note="Yang keenam").status_code == 302


def test_a_signed_in_person_reports_as_himself(city):
    client = sign_in_as(city.officer)
    assert client.post(LAMP, HERE).status_code == 302


# ------------------------------------------------------------------ photos


def test_photos_are_kept_without_place_and_device(city, phone):
    exif = Image.Exif()
    exif[0x010F] = "Merek"
    sent(phone, photos=[a_jpeg(exif=exif.tobytes()), a_jpeg("red")])
    assert Photo.objects.count() == 2
    kept = Image.open(io.BytesIO(files.read(Photo.objects.first().key)))
    assert not kept.getexif()


@pytest.mark.parametrize("count", [4, 10])
def test_more_than_three_photos_are_refused_before_they_are_read(city, phone, count):
    answer = sent(phone, photos=[a_jpeg() for _n in range(count)])
    assert answer.status_code == 422
    assert not Photo.objects.exists()


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(city, phone):
    fake = io.BytesIO(b"MZ not a photo")
    fake.name = "foto.jpg"
    answer = sent(phone, photos=[fake])
    assert answer.status_code == 422
    assert "foto" in answer.text.lower()
    assert not Report.objects.exists()


def test_a_photo_is_shown_to_its_reporter_and_to_others_after_a_look(city, phone):
    token = sent(phone, photos=[a_jpeg()]).url.rsplit("/", 1)[-1]
    report, photo = only_report(), Photo.objects.get()
    mine = reverse("reports:photo", args=[token, photo.pk])
    public = reverse("reports:photo", args=[report.number, photo.pk])
    assert b"".join(phone.get(mine).streaming_content).startswith(b"\xff\xd8")
    assert phone.get(public).status_code == 404
    actions.categorise(report, by=city.dispatcher, category=report.category)
    answer = phone.get(public)
    assert b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_photo_of_another_report_is_not_found_by_a_foreign_link(city, phone):
    sent(phone, photos=[a_jpeg()])
    photo = Photo.objects.get()
    other = a_report()
    assert phone.get(reverse("reports:photo", args=[token_of(other), photo.pk])).status_code == 404


# ------------------------------------------------------------------ near


def test_a_similar_report_near_by_can_be_followed_with_one_tap(city, phone):
    report = a_report()
    part = phone.get(f"{LAMP}/dekat", HERE).text
    assert "ikut pantau" in part
    follow = reverse("reports:follow", args=[report.number])
    assert follow in part
    answer = phone.post(follow, {"_once": "f" * 32})
    report.refresh_from_db()
    assert report.joined_count == 1
    page = phone.get(answer.url).text
    assert report.number in page
    assert phone.post(follow, {"_once": "f" * 32}).url == answer.url


@pytest.mark.parametrize("point", [{}, {"lat": "x", "lon": "y"}, {"lat": "999", "lon": "0"}])
def test_without_a_readable_point_nothing_is_near(city, phone, point):
    a_report()
    answer = phone.get(f"{LAMP}/dekat", point)
    assert answer.status_code == 200
    assert "ikut pantau" not in answer.text


def test_a_protected_case_is_near_to_nobody(city, phone):
    a_report("violence_women_child")
    assert (
        "dup" not in phone.get("/lapor/lain/dekat", {**HERE, "kind": "violence_women_child"}).text
    )
