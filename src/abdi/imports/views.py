"""Pages of imports: bring a list in, check it, apply it, see what changed, take it back."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from abdi.imports import actions, queries, wording
from abdi.imports.choices import Fate, Fault, Field
from abdi.imports.forms import EDITED, KindForm, ListForm, RowForm
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.permissions import importing
from abdi.imports.rules import repair_of, told_issues
from abdi.people import queries as people
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.exchange import LARGEST_UPLOAD, BadFile, write_xlsx
from abdi.platform.labels import label
from abdi.platform.once import once, run_once
from abdi.platform.pages import done, page
from abdi.platform.text import BadInput

SHOWN: Final = 100
WAITING: Final = (Fate.BLOCKED, Fate.REVIEW)


@guard("people.profile", "create")
@require_http_methods(["GET", "POST"])
def home(request: Request) -> HttpResponse:
    """Drafts and applied lists, and the form for the next."""
    if request.method == "POST":
        return _bring(request)
    return _home(request, ListForm())


def _home(request: Request, form: ListForm, status: int = 200) -> HttpResponse:
    drafts = list(queries.open_drafts(request.actor)[:10])
    context = {
        "form": form,
        "drafts": [(draft, queries.counts_of(draft)) for draft in drafts],
        "runs": list(queries.visible_runs(request.actor)[:10]),
    }
    return page(request, "imports/home.html", context, status=status)


def _bring(request: Request) -> HttpResponse:
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form, 422)
    upload = form.cleaned_data["file"]
    data = upload.read(LARGEST_UPLOAD + 1)
    try:
        with queries.open_list(data, str(upload.name)[:150], is_upload=True) as opened:
            rows = list(opened)
    except (BadFile, BadInput) as problem:
        form.refuse({"file": str(problem)})
        return _home(request, form, 422)

    def keep() -> HttpResponse:
        reach = importing(request.actor)
        agency_id = None if reach.all else min(reach.agency_ids, default=0)
        agency = None if agency_id is None else get_object_or_404(people.units(), pk=agency_id)
        draft = actions.start_draft(agency, by=request.actor, opened=opened, rows=rows)
        return done(request, reverse("imports:check", args=[draft.pk]))

    return run_once(request, "imports.home", keep)


def _draft(request: Request, pk: int) -> ImportDraft:
    row: ImportDraft = get_object_or_404(queries.open_drafts(request.actor), pk=pk)
    return row


@guard("people.profile", "create")
def check(request: Request, pk: int) -> HttpResponse:
    """What is ready and what waits: by kind with one press, and row by row."""
    draft = _draft(request, pk)
    counts = queries.counts_of(draft)
    rows = DraftRow.objects.filter(draft=draft).order_by("line")
    shows_all = request.GET.get("semua") == "1"
    shown = rows if shows_all else rows.filter(fate__in=WAITING)
    context = {
        "draft": draft,
        "counts": counts,
        "groups": _groups(draft),
        "rows": [_shown(row) for row in shown[:SHOWN]],
        "shows_all": shows_all,
        "title": _title(counts),
    }
    return page(request, "imports/check.html", context)


def _title(counts: queries.Counts) -> str:
    text = ngettext(
        "%(ready)s row ready, %(blocked)s to repair",
        "%(ready)s rows ready, %(blocked)s to repair",
        counts.ready,
    )
    return text % {"ready": f"{counts.ready:,}".replace(",", "."), "blocked": counts.blocked}


def _groups(draft: ImportDraft) -> list[dict[str, Any]]:
    """The kinds of findings, those that hold rows back first; each with its repair."""
    found: Counter[str] = Counter()
    first: dict[str, Any] = {}
    rows = DraftRow.objects.filter(draft=draft, fate__in=WAITING).only("line", "issues", "accepted")
    for row in rows.order_by("line").iterator(2_000):
        for issue in told_issues(row.line, row.issues):
            if issue.code not in row.accepted:
                found[str(issue.code)] += 1
                first.setdefault(str(issue.code), issue)
    groups = []
    for code, count in found.most_common():
        fault, issue = Fault(code), first[code]
        repair = repair_of(fault)
        groups.append(
            {
                "code": code,
                "count": count,
                "title": label(fault),
                "example": wording.sentence(issue),
                "tone": "red" if issue.blocks else "amber",
                "button": _(repair.label) if repair else "",
                "stands": fault in actions.LET_STAND,
            }
        )
    return sorted(groups, key=lambda group: group["tone"] != "red")


def _shown(row: DraftRow) -> dict[str, Any]:
    issues = told_issues(row.line, row.issues)
    wrong = {str(one.field): one for one in issues if one.field}
    cells = []
    for field in EDITED:
        issue = wrong.get(str(field))
        value = row.values.get(str(field), "") or (issue.value if issue else "")
        if field is Field.SEX:
            value = {"male": "L", "female": "P"}.get(value, value)
        cells.append(
            {
                "name": str(field),
                "label": label(field),
                "value": value,
                "problem": wording.sentence(issue) if issue else "",
            }
        )
    return {"row": row, "cells": cells, "notes": [wording.sentence(one) for one in issues]}


@guard("people.profile", "create")
@require_POST
@once
def repair(request: Request, pk: int) -> HttpResponse:
    """Repair a kind of finding with one press, or let it stand."""
    draft = _draft(request, pk)
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
def row(request: Request, pk: int) -> HttpResponse:
    """Write a row anew, or leave it out."""
    draft = _draft(request, pk)
    form = RowForm(request.POST)
    form.is_valid()
    given: dict[str, str] = form.cleaned_data
    if form.errors or not given["line"].isdecimal():
        raise Invalid(_("This text is too long or holds hidden characters."), field="line")
    line = int(given["line"])
    if "leave_out" in request.POST:
        actions.leave_out(draft, by=request.actor, line=line)
    else:
        texts = {field: given[str(field)] for field in EDITED if str(field) in request.POST}
        seen = int(given["version"]) if given["version"].isdecimal() else None
        actions.edit_row(draft, by=request.actor, line=line, texts=texts, seen=seen)
    return done(request, reverse("imports:check", args=[draft.pk]), _("Saved in the draft."))


@guard("people.profile", "create")
def problems(request: Request, pk: int) -> HttpResponse:
    """The rows that wait, as a workbook with a note beside each."""
    draft = _draft(request, pk)
    rows = DraftRow.objects.filter(draft=draft, fate__in=WAITING).order_by("line")
    heads = [*draft.headings, _("Note")]
    width = len(draft.headings)
    lines = (
        [
            *(one.cells + [""] * width)[:width],
            "; ".join(wording.sentence(issue) for issue in told_issues(one.line, one.issues)),
        ]
        for one in rows
    )
    answer = HttpResponse(
        write_xlsx({_("Problem rows"): (heads, lines)}),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="masalah-{draft.pk}.xlsx"'
    return answer


@guard("people.profile", "create")
@require_POST
@once
def apply(request: Request, pk: int) -> HttpResponse:
    """Let the ready rows count."""
    seen = request.POST.get("version", "")
    valid = seen.isascii() and seen.isdigit() and len(seen) < 10
    draft = _draft(request, pk)
    run = actions.apply_ready(draft, by=request.actor, seen=int(seen) if valid else None)
    text = ngettext("%(n)s row was applied.", "%(n)s rows were applied.", run.row_count)
    return done(request, reverse("imports:result", args=[run.pk]), text % {"n": run.row_count})


@guard("people.profile", "create")
def result(request: Request, pk: int) -> HttpResponse:
    """What an applied list changed, person by person."""
    run = get_object_or_404(queries.visible_runs(request.actor), pk=pk)
    changes = [(one, _told(one.data)) for one in queries.changes_of(run)[:SHOWN]]
    return page(request, "imports/result.html", {"run": run, "changes": changes})


def _told(data: dict[str, Any]) -> list[str]:
    before, after = data.get("before", {}), data.get("after", {})
    told = [f"{before[name] or '–'} → {value}" for name, value in after.items()]
    if data.get("seat_after"):
        told.append(f"{data.get('seat_before', '–')} → {data['seat_after']}")
    return [*told, data["rank_code"]] if data.get("rank_code") else told


@guard("people.profile", "create")
@require_POST
@once
def undo(request: Request, pk: int) -> HttpResponse:
    """Take an applied list back."""
    run = get_object_or_404(queries.visible_runs(request.actor), pk=pk)
    actions.undo_run(run, by=request.actor)
    return done(request, reverse("imports:result", args=[run.pk]), _("The list was taken back."))
