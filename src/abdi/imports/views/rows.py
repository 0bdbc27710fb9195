"""Rows of a draft written anew: those of a page together, or one with all its cells."""

from __future__ import annotations

import re
from typing import Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from abdi.imports import actions, queries
from abdi.imports.actions import Written
from abdi.imports.choices import Fault, Field
from abdi.imports.forms import RowForm
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.views.reading import draft_of, note_rows
from abdi.imports.views.shown import text_of, whole_row
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page, safe_next
from abdi.platform.text import clean_text

_CELL: Final = re.compile(r"v-([1-9]\d{0,8})-([a-z_]{1,20})")
_PRESS: Final = re.compile(r"([1-9]\d{0,8}):([a-z_]{1,30})")
LONGEST: Final = 250
_FIELDS: Final = {str(field): field for field in Field}


@guard("people.profile", "create")
@require_POST
@once
def save_rows(request: Request, pk: int) -> HttpResponse:
    """Save what was typed in the table, also where it was a press beside a row that sent it."""
    draft = draft_of(request, pk)
    home = reverse("imports:check", args=[draft.pk])
    back = safe_next(request, request.POST.get("back", ""), home)
    written = [one for one in _written(request, draft) if one.texts]
    texts = []
    if written:
        texts.append(told(actions.edit_rows(draft, by=request.actor, written=written)))
    for name in ("fix", "stand"):
        if pressed := _PRESS.fullmatch(request.POST.get(name, "")):
            texts.append(_press(request, draft, name, pressed))
    return done(request, back, " ".join(texts) or _("Nothing was changed."))


def _press(request: Request, draft: ImportDraft, name: str, pressed: re.Match[str]) -> str:
    line, code = int(pressed[1]), pressed[2]
    if code not in {str(fault) for fault in Fault}:
        raise Invalid(_("Please choose one of the list."), field="code")
    act = actions.let_stand if name == "stand" else actions.repair_kind
    count = act(draft, by=request.actor, code=code, line=line)
    return _("Saved in the draft.") if count else _("This row cannot be repaired by itself.")


def _written(request: Request, draft: ImportDraft) -> list[Written]:
    """The cells of the form that say something else than the row does."""
    typed: dict[int, dict[Field, str]] = {}
    for name, value in request.POST.items():
        cell = _CELL.fullmatch(name)
        if cell and cell[2] in _FIELDS:
            text = clean_text(value, LONGEST, lines=False).strip()
            typed.setdefault(int(cell[1]), {})[_FIELDS[cell[2]]] = text
    rows = {row.line: row for row in queries.rows_of(draft).filter(line__in=typed)}
    return [
        Written(line, _seen(request, line), _changed(rows.get(line), texts))
        for line, texts in typed.items()
    ]


def _seen(request: Request, line: int) -> int:
    text = request.POST.get(f"s-{line}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _changed(row: DraftRow | None, texts: dict[Field, str]) -> dict[Field, str]:
    if row is None:
        return texts
    return {field: text for field, text in texts.items() if text != text_of(row, field)}


def told(outcome: actions.Outcome) -> str:
    """What became of rows that were written, in a sentence."""
    text = ngettext(
        "%(n)s row saved, %(ready)s of it ready.", "%(n)s rows saved, %(ready)s of them ready.",
        outcome.count,
    ) % {"n": outcome.count, "ready": outcome.ready}  # fmt: skip
    if outcome.passed_by:
        lines = ", ".join(map(str, outcome.passed_by[:10]))
        text += " " + _("Somebody changed these rows meanwhile, look again: %(lines)s.") % {
            "lines": lines
        }
    return text


@guard("people.profile", "create")
@require_http_methods(["GET", "POST"])
def one_row(request: Request, pk: int, line: int) -> HttpResponse:
    """All cells of one row."""
    draft = draft_of(request, pk)
    row = queries.rows_of(draft).filter(line=line).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        return _save_row(request, pk, line)
    note_rows(request, draft, [row])
    context = {
        "draft": draft,
        "row": row,
        "cells": whole_row(row),
        "following": queries.next_waiting(draft, line),
    }
    return page(request, "imports/row.html", context)


@once
def _save_row(request: Request, pk: int, line: int) -> HttpResponse:
    draft = draft_of(request, pk)
    row = queries.rows_of(draft).filter(line=line).first()
    form = RowForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("This text is too long or holds hidden characters."), field="line")
    if "leave_out" in request.POST:
        actions.leave_out(draft, by=request.actor, line=line)
    else:
        texts = {
            field: form.cleaned_data[name]
            for name, field in _FIELDS.items()
            if name in request.POST
        }
        seen = form.cleaned_data["version"]
        actions.edit_row(
            draft, by=request.actor, line=line, texts=_changed(row, texts),
            seen=int(seen) if seen.isdecimal() else None,
        )  # fmt: skip
    following = queries.next_waiting(draft, line) if "onward" in request.POST else None
    where = reverse("imports:one_row", args=[pk, following]) if following else reverse(
        "imports:check", args=[pk]
    )  # fmt: skip
    return done(request, where, _("Saved in the draft."))
