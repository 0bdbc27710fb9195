"""Every page that a role can reach by links: it answers, complains of nothing, and all can use it.

The demo city is walked like a visitor would, from the first page of each role along the links. The
first page of a route is looked at closely: axe in both themes on a phone and on a desk, no
sideways scroll at 320 px, nothing on the console. For further roles the route only has to answer.
"""

from __future__ import annotations

import os
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from abdi.platform.testing.browser import holds_on_every_device
from tests.architecture.tree import expect_none

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="pages look the same there"),
    pytest.mark.skipif(
        not os.environ.get("WALK"),
        reason="what it found is still being mended: python3 dev.py walk",
    ),
]

VISITOR = ""
LOGINS = (
    VISITOR,
    "dispatcher",
    "komandan",
    "petugas",
    "atasan",
    "pegawai",
    "kepegawaian-opd",
    "pelatihan",
    "bkpsdm",
    "organisasi",
    "fasilitator",
    "integritas",
    "inspektorat",
    "walikota",
    "operator",
)
WIDTHS = (320, 390, 1280)
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
# Leaving, and files that are no pages.
NOT_WALKED = {"people:sign_out"}
looked_at: set[str] = set()


def route_of(path):
    """The name of the route behind a path; nothing for files and outside addresses."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def links_on(page):
    """The paths on this page that lead further inside the program."""
    return [href for href in page.evaluate(LINKS) if href.startswith("/") and route_of(href)]


def what_breaks(page, path):
    """What the look of the open page gets wrong on a phone or a desk, light or dark."""
    try:
        holds_on_every_device(page, WIDTHS)
    except AssertionError as problem:
        yield str(problem).splitlines()[0]
    yield from (f"{path}: {text}" for text in page.complaints)


def look_at(page, demo, path):
    """Open one page; the links on it and what is wrong."""
    page.complaints.clear()
    answer = page.goto(f"{demo.address}{path}")
    if answer is None or answer.status >= 400:
        return [], [f"{path}: {answer.status if answer else 'no answer'}"]
    page.wait_for_load_state("networkidle")
    links, wrong = links_on(page), []
    if route_of(path) not in looked_at:
        looked_at.add(route_of(path))
        wrong = list(what_breaks(page, path))
    page.complaints.clear()
    return links, wrong


def is_a_file(page, demo, path):
    """Downloads are answered, not opened."""
    answer = page.request.head(f"{demo.address}{path}")
    return "text/html" not in answer.headers.get("content-type", "text/html")


@pytest.mark.parametrize("login", LOGINS)
def test_every_page_of_a_role(login, demo, open_page):
    page = open_page()
    start = "/"
    if login:
        demo.sign_in(page, login)
        start = urlsplit(page.url).path
        page.complaints.clear()
    waiting, met, wrong = deque([start]), {route_of(start)} | NOT_WALKED, []
    while waiting:
        path = waiting.popleft()
        links, found = look_at(page, demo, path)
        wrong += found
        for link in links:
            if route_of(link) not in met and not is_a_file(page, demo, link):
                met.add(route_of(link))
                waiting.append(link)
    expect_none(wrong)
