"""Forms on pages without a referrer are taken from our own site only."""

import pytest
from django.test import Client

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
