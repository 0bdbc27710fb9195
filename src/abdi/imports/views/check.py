"""What is ready and what waits: by kind with one press, row by row; then the ready rows count."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.imports import actions, queries
from abdi.imports.choices import Fault
from abdi.imports.forms import FixesForm, KindForm
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.views.reading import draft_of, note_rows
from abdi.imports.views.shown import groups_of, shown_row
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.labels import label
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.formats import number
from abdi.platform.pages.tables import asked, page_of

PER_PAGE: Final = 25


@guard("people.profile", "create")
def check(request: Request, pk: int) -> HttpResponse:
    """The draft: counts, problem groups, the table of rows."""
    return show_check(request, draft_of(request, pk))


def show_check(
    request: Request, draft: ImportDraft, fixes: FixesForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a draft; `fixes` is the form of a refused workbook."""
    counts = queries.counts_of(draft)
    kind = _kind(request)
    shows_all = request.GET.get("semua") == "1"
    rows = _rows(draft, kind, shows_all=shows_all)
    total = None if kind else counts.total if shows_all else counts.waiting
    found = page_of(rows, request, per_page=PER_PAGE, total=total)
    shown = [shown_row(row) for row in found.rows]
    note_rows(request, draft, found.rows)
    context: dict[str, Any] = {
        "draft": draft,
        "counts": counts,
        "order": queries.order_of(draft),
        "groups": groups_of(draft),
        "rows": shown,
        "page": found,
        "kind": kind,
        "kind_title": label(Fault(kind)) if kind else "",
        "shows_all": shows_all,
        "fixes": fixes or FixesForm(),
        "title": _title(counts),
    }
    return page(request, "imports/check.html", context, status=status)


def _kind(request: Request) -> str:
    """The kind of finding the address asks for; empty where it asks for none."""
    code = asked(request, "jenis", 30)
    return code if code in {str(fault) for fault in Fault} else ""


def _rows(draft: ImportDraft, kind: str, *, shows_all: bool) -> QuerySet[DraftRow]:
    if kind:
        return queries.rows_with(draft, Fault(kind))
    return queries.rows_of(draft) if shows_all else queries.waiting_rows(draft)


def _title(counts: queries.Counts) -> str:
    if not counts.total:
        return _("No person was found in this list")
    ready, blocked = number(counts.ready), number(counts.blocked)
    if not counts.waiting:
        text = ngettext("%(ready)s row ready", "%(ready)s rows ready", counts.ready)
        return text % {"ready": ready}
    text = ngettext(
        "%(ready)s row ready, %(blocked)s to repair",
        "%(ready)s rows ready, %(blocked)s to repair",
        counts.ready,
    )
    return text % {"ready": ready, "blocked": blocked}


@guard("people.profile", "create")
@require_POST
@once
def repair(request: Request, pk: int) -> HttpResponse:
    """Repair a kind of finding with one press, or let it stand."""
    draft = draft_of(request, pk)
    form = KindForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Please choose one of the list."), field="code")
    act = actions.let_stand if form.cleaned_data["stand"] else actions.repair_kind
    count = act(draft, by=request.actor, code=form.cleaned_data["code"])
    text = ngettext("%(n)s row was changed.", "%(n)s rows were changed.", count) % {"n": count}
    return done(request, reverse("imports:check", args=[draft.pk]), text)


@guard("people.profile", "create")
@require_POST
@once
def apply(request: Request, pk: int) -> HttpResponse:
    """Let the ready rows count."""
    seen = request.POST.get("version", "")
    valid = seen.isascii() and seen.isdigit() and len(seen) < 10
    draft = draft_of(request, pk)
    version = int(seen) if valid else None
    if queries.order_of(draft) or queries.counts_of(draft).ready > actions.AT_ONCE:
        order = actions.ask_apply(draft, by=request.actor, seen=version)
        return done(request, reverse("imports:applying", args=[order.pk]))
    run = actions.apply_ready(draft, by=request.actor, seen=version)
    text = ngettext("%(n)s row was applied.", "%(n)s rows were applied.", run.row_count)
    return done(request, reverse("imports:result", args=[run.pk]), text % {"n": run.row_count})
