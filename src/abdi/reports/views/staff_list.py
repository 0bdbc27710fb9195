"""All reports of the reader's reach, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.labels import label
from abdi.platform.pages import formats
from abdi.platform.pages.environment import url
from abdi.platform.pages.lists import list_page
from abdi.platform.pages.tables import asked, page_of
from abdi.reports.queries import listing
from abdi.reports.queries.listing import Line, View
from abdi.reports.views import staff_words as words

LONGEST_NUMBER = 12
VIEWS = {one.value: one for one in View}
TONES = {None: "", True: "green", False: "red"}


@guard("reports.dispatch", "view")
def report_list(request: Request) -> HttpResponse:
    """The list with its views and the search by number."""
    view = VIEWS.get(request.GET.get("lihat", ""), View.ALL)
    number = asked(request, "nomor", LONGEST_NUMBER).upper()
    found = page_of(listing.Lines(request.actor, view, number), request)
    facts = {
        "number": number,
        "view": view.value,
        "views": _views(words.lang(), url("reports:list"), view),
        "page": found.shown,
    }
    return list_page(request, "reports/list.html", facts, _rows(found.rows))


@lru_cache(maxsize=64)
def _views(_language: str, own: str, chosen: View) -> tuple[tuple[Any, ...], ...]:
    return tuple((label(one), _address(own, one), one == chosen, None, "") for one in View)


def _address(own: str, view: View) -> str:
    return f"{own}?{urlencode({'lihat': view.value})}" if view.value else own


def _rows(lines: Iterable[Line]) -> list[tuple[Any, ...]]:
    """Cells as text, formatted once: address, number, kind, place, unit, state, moment."""
    zone, lang = clock.zone(), words.lang()
    before, _number, after = url("reports:report", "NUMBER").partition("NUMBER")
    return [
        (
            f"{before}{number}{after}",
            number,
            (kind_en or kind) if lang == "en" else kind,
            place or area or "–",
            unit,
            (_stands(lang, status), TONES[in_time]),
            formats.moment_short(received_at, zone, lang),
        )
        for number, kind, kind_en, place, area, unit, status, received_at, in_time in lines
    ]


@lru_cache(maxsize=64)
def _stands(_language: str, status: str) -> str:
    return words.status_of(status)
