"""All reports of the reader's reach, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.labels import label
from abdi.platform.pages import formats, page
from abdi.platform.pages.tables import asked, page_of
from abdi.reports.queries import listing
from abdi.reports.queries.listing import Line, View
from abdi.reports.views import staff_words as words

LONGEST_NUMBER = 12


@guard("reports.dispatch", "view")
def report_list(request: Request) -> HttpResponse:
    """The list with its views and the search by number."""
    view = next((one for one in View if one.value == request.GET.get("lihat")), View.ALL)
    number = asked(request, "nomor", LONGEST_NUMBER).upper()
    found = page_of(listing.listed(request.actor, view, number), request)
    own = reverse("reports:list")
    context = {
        "number": number,
        "view": view.value,
        "views": [(label(one), _address(own, one), one == view, None, "") for one in View],
        "page": found,
        "rows": _rows(found.rows, reverse("reports:report", args=["NUMBER"])),
    }
    return page(request, "reports/list.html", context)


def _address(own: str, view: View) -> str:
    return f"{own}?{urlencode({'lihat': view.value})}" if view.value else own


def _rows(lines: Any, address: str) -> Sequence[tuple[str, ...]]:
    """Cells as text, formatted once: address, number, kind, place, unit, state, tone, moment."""
    english, zone, lang = words.lang() == "en", clock.zone(), words.lang()
    rows: list[tuple[str, ...]] = []
    for one in map(Line._make, lines):
        kind = (one.kind_en or one.kind) if english else one.kind
        moment = formats.moment_short(one.received_at, zone, lang)
        tone = "" if one.in_time is None else "green" if one.in_time else "red"
        rows.append(
            (
                address.replace("NUMBER", one.number),
                one.number,
                kind,
                one.place or one.area,
                one.unit,
                words.status_of(one.status),
                tone,
                moment,
            )
        )
    return rows
