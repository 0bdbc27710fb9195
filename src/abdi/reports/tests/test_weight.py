"""Citizens' pages stay light: they are opened on cheap phones over weak networks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from abdi.platform.testing.weight import too_heavy, weigh
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
    heavy = {path: load for path, load in found.items() if too_heavy(load, citizen=True)}
    assert heavy == {}
