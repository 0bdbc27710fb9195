"""The map of gaps, its table, its file, and the people behind a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import F
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.competence import actions, queries
from abdi.people import queries as staff
from abdi.platform.access import Refused, Request, guard
from abdi.platform.exchange import write_csv
from abdi.platform.pages import page
from abdi.platform.pages.tables import asked, page_of

if TYPE_CHECKING:
    from abdi.people.models import Unit

CSV = "text/csv; charset=utf-8"
WAYS = ("perangkat", "unit", "jabatan")


@guard("competence.gap", "view")
def gap_map(request: Request) -> HttpResponse:
    """Units by competencies: how many people hold less than their position asks for."""
    found, by, agency = _map(request)
    names = {text.code: text.name for text in queries.competencies()}
    kept = {"perangkat": agency.code} if agency else {}
    linked = not found.only_totals
    context = {
        "map": found,
        "by": by,
        "agency": agency,
        "agencies": _agencies(request),
        "names": names,
        "heads": list(names.values()),
        "rows": [_row(row, {**kept, by: row.key}, names, linked=linked) for row in found.rows],
        "totals": [_text(cell) for cell in found.total],
        "title": _title(found, names),
        "text": _text_of(found, names, agency),
        "as_table": request.GET.get("tampil") == "tabel",
        "ways": _ways(request),
    }
    return page(request, "competence/map.html", context)


@guard("competence.gap", "view")
def gap_map_file(request: Request) -> HttpResponse:
    """The same map as a file."""
    found, _by, _agency = _map(request)
    heads = [_("Group"), _("People"), *(text.name for text in queries.competencies())]
    rows = [
        [row.label, _number(row.people), *(_number(cell.below) for cell in row.cells)]
        for row in found.rows
    ]
    name = 'attachment; filename="kesenjangan.csv"'
    body = write_csv(heads, rows)
    return HttpResponse(body, content_type=CSV, headers={"Content-Disposition": name})


@guard("competence.gap", "view")
def people(request: Request) -> HttpResponse:
    """The people behind one cell, for who may see rows."""
    competency = queries.competency_of(asked(request, "kompetensi"))
    if competency is None or not _sees_rows(request):
        raise Http404
    rows = queries.people_below(
        request.actor,
        competency.code,
        unit_code=asked(request, "unit"),
        agency_code=asked(request, "perangkat"),
        title=asked(request, "jabatan", 200),
    )
    found = page_of(rows, request)
    if found.rows:
        actions.note_reading([row.person_id for row in found.rows], by=request.actor)
    context = {"competency": competency, "page": found, "team": request.actor.team_ids}
    return page(request, "competence/people.html", context)


def _sees_rows(request: Request) -> bool:
    reach = request.actor.reach("competence.gap", "view")
    return reach.all or bool(reach.agency_ids or reach.team_ids)


def _map(request: Request) -> tuple[queries.HeatMap, str, Unit | None]:
    totals = request.actor.reach("competence.gap", "view_totals")
    if not _sees_rows(request) and totals.nothing:
        raise Refused("no_reach", resource="competence.gap", act="view")
    by = request.GET.get("baris", "")
    by = by if by in _ways(request) else _ways(request)[0]
    agency = None
    code = asked(request, "perangkat")
    if code and _sees_rows(request):
        agency = staff.units().filter(code=code).first()
        if agency is None:
            raise Http404
        by = by if by != "perangkat" else "unit"
    found = queries.heat_map(request.actor, by=by, agency_id=agency.pk if agency else None)
    return found, found.by, agency


def _ways(request: Request) -> tuple[str, ...]:
    reach = request.actor.reach("competence.gap", "view")
    if not _sees_rows(request):
        return ("perangkat",)
    return WAYS if reach.all or len(reach.agency_ids) > 1 else WAYS[1:]


def _agencies(request: Request) -> list[Unit]:
    reach = request.actor.reach("competence.gap", "view")
    rows = staff.units().order_by("name")
    if reach.all:
        return list(rows.filter(agency_id=F("id"))[:200])
    if len(reach.agency_ids) > 1:
        return list(rows.filter(id__in=reach.agency_ids))
    return []


def _row(
    row: queries.HeatRow, kept: dict[str, str], names: dict[str, str], *, linked: bool
) -> dict[str, object]:
    small = ""
    if row.people is not None:
        small = ngettext("%(count)s person", "%(count)s people", row.people) % {"count": row.people}
    cells = []
    for cell in row.cells:
        query = urlencode({**kept, "kompetensi": cell.competency})
        opens = linked and bool(cell.below)
        cells.append(
            {
                "text": _text(cell),
                "step": cell.step,
                "url": f"{reverse('competence:people')}?{query}" if opens else "",
                "label": _spoken(row.label, names[cell.competency], cell),
            }
        )
    return {"label": row.label, "small": small, "cells": cells}


def _spoken(label: str, name: str, cell: queries.Cell) -> str:
    if cell.below is None:
        return _("%(group)s, %(name)s: fewer than five people, not shown") % {
            "group": label,
            "name": name,
        }
    return _("%(group)s, %(name)s: %(below)s of %(people)s below standard") % {
        "group": label,
        "name": name,
        "below": cell.below,
        "people": cell.people,
    }


def _text(cell: queries.Cell) -> str:
    if cell.below is None:
        return "<5"
    return str(cell.below) if cell.below else "–"


def _number(value: int | None) -> int | str:
    return "<5" if value is None else value


def _title(found: queries.HeatMap, names: dict[str, str]) -> str:
    worst = [names[cell.competency] for cell in found.worst]
    if not found.rows:
        return _("Nobody has been assessed yet")
    if not worst:
        return _("Everybody reaches the standard")
    if len(worst) == 1:
        return _("%(first)s lacks most") % {"first": worst[0]}
    both = {"first": worst[0], "second": worst[1].lower()}
    return _("%(first)s and %(second)s lack most") % both


def _text_of(found: queries.HeatMap, names: dict[str, str], agency: Unit | None) -> str:
    if not found.worst:
        return ""
    cell = found.worst[0]
    where = agency.name if agency else _("All units you may see")
    return _(
        "%(where)s: %(below)s of %(people)s people do not reach the standard of %(name)s yet."
    ) % {
        "where": where,
        "below": cell.below,
        "people": cell.people,
        "name": names[cell.competency].lower(),
    }
