"""Forms on pages without a referrer are taken from our own site only."""

from collections import Counter

import pytest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, _does_token_match
from django.test import Client, RequestFactory

from abdi.platform.csrf import csrf_token_of, random_letters

pytestmark = pytest.mark.django_db


def send(**headers):
    client = Client(enforce_csrf_checks=True)
    client.get("/masuk")
    token = client.cookies["abdi_csrf"].value
    told = {"login": "x", "password": "y", "csrfmiddlewaretoken": token}
    return client.post("/masuk", told, headers=headers).status_code


def test_a_form_of_a_page_without_referrer_is_taken_from_our_own_site():
    assert send(origin="null", **{"sec-fetch-site": "same-origin"}) == 422


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_a_form_of_another_site_is_not(site):
    assert send(origin="null", **{"sec-fetch-site": site}) == 403


def test_another_origin_is_refused_whatever_it_claims():
    assert send(origin="https://jahat.test", **{"sec-fetch-site": "same-origin"}) == 403


def test_the_token_is_one_that_django_takes():
    asked = RequestFactory().get("/")
    asked.META["CSRF_COOKIE"] = secret = random_letters(32)
    token = csrf_token_of(asked)
    assert csrf_token_of(asked) == token, "one for the whole page"
    assert asked.META["CSRF_COOKIE_NEEDS_UPDATE"]
    assert _does_token_match(token, secret)
    other = RequestFactory().get("/")
    other.META["CSRF_COOKIE"] = secret
    assert csrf_token_of(other) != token, "masked anew on each page"


def test_a_new_visitor_gets_a_secret_with_his_token():
    asked = RequestFactory().get("/")
    token = csrf_token_of(asked)
    assert _does_token_match(token, asked.META["CSRF_COOKIE"])


def test_letters_are_drawn_evenly():
    drawn = Counter(random_letters(62 * 2_000))
    assert set(drawn) == set(CSRF_ALLOWED_CHARS)
    assert 1_700 < min(drawn.values()) <= max(drawn.values()) < 2_300
