"""Hostile strings through every form and address of citizens: a clear answer, never a 500."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abdi.platform.ratelimit import Tally
from abdi.reports.forms.citizens import CodeForm, MessageForm, ReportForm, ResultForm
from abdi.reports.models import Report
from abdi.reports.testing import a_report, a_report_city, a_resolved_report, token_of

pytestmark = pytest.mark.django_db
KINDS = [("street_light_out", "Lampu jalan mati")]
OWN = [
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202egnirts",
    "👩‍👩‍👧",
    "a" * 5_000,
    "é" * 600,
    "'; DROP TABLE reports_report; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "%s%n%x",
    "1e309",
    "NaN",
    "-0",
    "٣٤",
    "\r\nSet-Cookie: a=b",
]


def big_list():
    """The big list of naughty strings, where its folder lies beside the checkout."""
    folder = Path(os.environ.get("ABDI_SHARED", Path(__file__).resolve().parents[4] / "../shared"))
    listed = folder / "data/hostile/blns.json"
    return json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else []


WORDS = [
    pytest.param(lambda: OWN, id="ours"),
    pytest.param(big_list, id="big list", marks=pytest.mark.slow),
]


def answered(phone, method, address, **data):
    answer = getattr(phone, method)(address, data)
    if getattr(answer, "streaming", False):
        b"".join(answer.streaming_content)
    return answer.status_code


def fits(text):
    """What a browser can send at all."""
    return text.encode("utf-8", "ignore").decode("utf-8")


@pytest.mark.parametrize("words", WORDS)
def test_no_word_in_any_form_of_a_citizen_ends_in_an_error(words):
    a_report_city()
    phone = Client()
    report, done = a_report(), a_resolved_report(a_report_city())
    message = reverse("reports:message", args=[token_of(report)])
    result = reverse("reports:result", args=[token_of(done)])
    follow = reverse("reports:follow", args=[report.number])
    here = {"lat": "-7.62", "lon": "111.52"}
    codes = {}
    for text in map(fits, words()):
        Tally.objects.all().delete()
        asked = [
            answered(phone, "post", "/lapor/lampu", **here, note=text),
            answered(phone, "post", "/lapor/lampu", place=text, contact=text, _once=text),
            answered(phone, "post", "/lapor/lampu", lat=text, lon=text, kind=text),
            answered(phone, "get", "/lapor/lampu", lat=text, lon=text, place=text, kind=text),
            answered(phone, "get", "/lapor/lampu/dekat", lat=text, lon=text, kind=text),
            answered(phone, "post", "/lacak", code=text),
            answered(phone, "post", message, text=text, _once=text),
            answered(phone, "post", result, answer=text, stars=text, words=text, version=text),
            answered(phone, "post", follow, contact=text, _once=text),
        ]
        codes[text] = [code for code in asked if code not in {200, 302, 404, 409, 422, 429}]
    assert {text: found for text, found in codes.items() if found} == {}


@pytest.mark.parametrize("words", WORDS)
def test_no_code_in_an_address_ends_in_an_error(words):
    a_report()
    phone = Client()
    codes = {}
    for text in words():
        part = quote(fits(text), safe="")
        if not part or len(part) > 2_000:
            continue
        asked = [
            answered(phone, "get", address)
            for address in (f"/l/{part}", f"/l/{part}/hasil", f"/l/{part}/foto/1", f"/lapor/{part}")
        ]
        codes[text] = [code for code in asked if code not in {200, 302, 404}]
    assert {text: found for text, found in codes.items() if found} == {}


def test_what_was_typed_comes_back_as_text_never_as_markup():
    a_report_city()
    phone = Client()
    text = '"><script>alert(1)</script>'
    answer = phone.post("/lapor/lampu", {"note": text})
    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;" in answer.text
    report = a_report(text=text, place_text=text)
    assert "<script>alert(1)" not in phone.get(f"/l/{token_of(report)}").text


def test_markup_in_a_stored_report_stays_text():
    a_report_city()
    phone = Client()
    phone.post("/lapor/lampu", {"place": "<b>Jl. Kenanga</b>"})
    assert Report.objects.get().place_text == "<b>Jl. Kenanga</b>"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=600), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_taken_clean_or_refused_with_a_sentence(note, place, number):
    forms = [
        ReportForm(
            {"note": note, "place": place, "lat": number, "lon": number, "contact": number},
            kinds=KINDS,
        ),
        MessageForm({"text": note}),
        ResultForm({"answer": "yes", "stars": number, "words": note, "version": number}),
        CodeForm({"code": place}),
    ]
    for form in forms:
        if not form.is_valid():
            assert form.problems
    if forms[0].is_valid():
        told = forms[0].given([])
        assert told.lat_e6 is None or -90_000_000 <= told.lat_e6 <= 90_000_000
        assert "\x00" not in told.text + told.place_text + told.phone + told.email
