"""Citizens' pages stay light: they are opened on cheap phones over weak networks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from abdi.platform.testing.weight import (
    CITIZEN_BYTES,
    CITIZEN_REQUESTS,
    CITIZEN_SCRIPT_BYTES,
    weigh,
)
from abdi.reports.testing import a_report_city, a_resolved_report, an_assigned_report, token_of

pytestmark = pytest.mark.django_db


def test_no_page_of_a_citizen_is_heavier_than_sixty_kilobytes():
    city = a_report_city()
    for _n in range(5):
        an_assigned_report(city)
    token = token_of(a_resolved_report(city))
    pages = [
        "/",
        "/lapor/lampu",
        "/lapor/lain",
        "/lapor/kebakaran",
        "/janji-layanan",
        "/lacak",
        reverse("reports:track", args=[token]),
        reverse("reports:result", args=[token]),
    ]
    found = {path: weigh(path) for path in pages}
    heavy = {
        path: weight
        for path, weight in found.items()
        if weight.bytes > CITIZEN_BYTES
        or weight.script_bytes > CITIZEN_SCRIPT_BYTES
        or weight.requests > CITIZEN_REQUESTS
    }
    assert heavy == {}
