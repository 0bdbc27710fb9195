"""The board of the control room: stays on, also where nobody has stepped in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.consoles import on_console
from abdi.platform.headers import personal
from abdi.platform.pages import page
from abdi.reports.models import Report
from abdi.reports.queries import board as queries
from abdi.reports.queries import handover
from abdi.reports.views import staff_words as words


@on_console
@personal
@guard("reports.dispatch", "view")
@require_safe
def board(request: Request) -> HttpResponse:
    """Open work of the room: number, kind, street, state and clock."""
    return page(request, "reports/board.html", _context(request))


@on_console
@personal
@guard("reports.dispatch", "view")
@require_safe
def board_rows(request: Request) -> HttpResponse:
    """The same rows, asked for every few seconds."""
    return page(request, "reports/_board.html", _context(request))


def _context(request: Request) -> dict[str, Any]:
    now = clock.now()
    found = queries.board(request.actor, now)
    return {
        "heading": _heading(found),
        "rows": [_row(report, now) for report in found.rows],
        "rest": found.total - len(found.rows),
        "handover": handover.unsigned_since(request.actor),
        "nobody": request.actor.console_id is not None,
        "room": request.actor.name if request.actor.console_id is not None else "",
    }


def _heading(found: queries.Board) -> str:
    if not found.total:
        return _("No report is open")
    parts = [ngettext("%(n)d report is open", "%(n)d reports are open", found.total)]
    counts = {"n": found.total, "late": found.late}
    if found.late:
        parts.append(
            ngettext("%(late)d past its promise", "%(late)d past their promise", found.late)
        )
    return ", ".join(parts) % counts


def _row(report: Report, now: Any) -> dict[str, Any]:
    return {
        "number": report.number,
        "kind": words.kind_of(report),
        "icon": report.category.icon,
        "place": queries.street_of(report),
        "state": words.status_of(report.status),
        "left": words.left_of(report, now),
    }
