"""Every page that a role can reach by links: it answers, complains of nothing, and all can use it.

The demo city is walked like a visitor would, from the first page of each role along the links.
Of the links of one kind, those of a table's rows, a page's first few are followed.
The first page of a route is looked at closely in the browser: axe in both themes on a phone and on
a desk, no sideways scroll at 320 px, nothing on the console; so is every role's first page. Each
page that is read is weighed: citizens' pages stay below 60 KB, those of staff below 150 KB.
"""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from abdi.platform.testing.browser import until, what_breaks
from abdi.platform.testing.weight import too_heavy, weight_of
from tests.architecture.tree import expect_none

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("demo"),
    pytest.mark.looks,
]

VISITOR = "pengunjung"
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
# A link, and what a page fetches by itself once it is open.
LINK = re.compile(r"""<a\b[^>]*?\shref="([^"#][^"]*)"|\shx-get="([^"]+)"[^>]*?hx-trigger="load""")
NOT_WALKED = {"people:sign_out"}  # it ends the walk
OF_A_KIND = 2
QUIET = "document.readyState == 'complete' && !document.querySelector('.htmx-request')"
looked_at: set[str] = set()


def route_of(path):
    """The name of the route behind a path; nothing for files and outside addresses."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def kind_of(path):
    """What the rows of one table have in common: the route and what is asked of it, not the row."""
    if route_of(path) is None:  # a file, or nothing at all
        return (path,)
    given, asked = resolve(urlsplit(path).path), parse_qs(urlsplit(path).query)
    return given.view_name, given.kwargs.get("slug"), *sorted(asked)


def links_in(text, path):
    """The paths on a page that lead further on this site, each once."""
    found = (html.unescape(link or fetched) for link, fetched in LINK.findall(text))
    paths = (urljoin(path, href).partition("#")[0] for href in found)
    return [each for each in dict.fromkeys(paths) if re.match("/(?!/)", each)]


class Walk:
    """One reader's way through the program."""

    def __init__(self, page, demo, login):
        self.page, self.demo, self.login = page, demo, login
        self.wrong = []

    def look_at(self, path):
        """Open the page in the browser and note what it gets wrong on a phone or a desk."""
        self.page.complaints.clear()
        self.page.goto(f"{self.demo.address}{path}")
        until(self.page, QUIET)
        self.wrong += what_breaks(self.page, WIDTHS)
        self.wrong += [f"{path}: {text}" for text in self.page.complaints]
        self.page.complaints.clear()

    def read(self, path, source):
        """Ask for one page; the links on it. Downloads are answered, not read."""
        answer = self.page.request.get(f"{self.demo.address}{path}")
        if answer.status >= 400:
            self.wrong.append(f"{path} from {source}: {answer.status}")
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            return []
        here = urlsplit(answer.url).path
        if route_of(here) not in looked_at and "<html" in answer.text():
            looked_at.add(route_of(here))
            self.look_at(path)
        if "<html" in answer.text():
            load = weight_of(answer.body())
            if too_heavy(load, citizen=self.login == VISITOR):
                self.wrong.append(f"{path} is too heavy: {load}")
        return links_in(answer.text(), here)

    def along_the_links(self, start):
        """Everything that can be reached from here."""
        waiting, met, followed = deque([(start, "")]), {start}, Counter()
        while waiting:
            path, source = waiting.popleft()
            for link in self.read(path, source):
                pair = kind_of(path), kind_of(link)
                if link in met or followed[pair] == OF_A_KIND or route_of(link) in NOT_WALKED:
                    continue
                met.add(link)
                followed[pair] += 1
                waiting.append((link, path))


@pytest.mark.parametrize("login", LOGINS)
def test_every_page_of_a_role(login, demo, open_page):
    page = open_page()
    start = "/"
    if login != VISITOR:
        demo.sign_in(page, login)
        start = urlsplit(page.url).path
    walk = Walk(page, demo, login)
    walk.look_at(start)
    walk.along_the_links(start)
    expect_none(walk.wrong)
