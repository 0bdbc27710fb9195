"""The rows that wait, as a workbook to fill in; and that workbook brought back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.imports import actions, queries, wording
from abdi.imports.actions import Written
from abdi.imports.choices import Field
from abdi.imports.forms import FixesForm
from abdi.imports.models import DraftRow, ImportDraft
from abdi.imports.rules import told_issues
from abdi.imports.views.check import show_check
from abdi.imports.views.reading import draft_of, note_rows
from abdi.imports.views.rows import LONGEST, told
from abdi.imports.views.shown import text_of
from abdi.platform.access import Request, guard
from abdi.platform.exchange import LARGEST_UPLOAD, BadFile, write_xlsx
from abdi.platform.labels import label
from abdi.platform.once import run_once
from abdi.platform.pages import done
from abdi.platform.text import BadInput, BadText, clean_text

if TYPE_CHECKING:
    from abdi.imports.reading import Reading

MARK: Final = "abdi"
"""Heads the hidden column that says which row of which draft a line is."""

Columns = list[tuple[int, list[Field]]]


@dataclass(frozen=True)
class Mark:
    """Which row a line of the workbook is, as it was when it was downloaded."""

    draft: int
    line: int
    version: int

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """A mark from its cell; None where it is none."""
        parts = text.strip().split("-")
        if len(parts) != 3 or not all(one.isascii() and one.isdigit() for one in parts):
            return None
        if max(map(len, parts)) > 9:
            return None
        return cls(*map(int, parts))


@guard("people.profile", "create")
def problems(request: Request, pk: int) -> HttpResponse:
    """The rows that wait, as a workbook with a note beside each."""
    draft = draft_of(request, pk)
    rows = list(queries.waiting_rows(draft))
    note_rows(request, draft, rows)
    columns = _columns(draft)
    heads = [*_heads(draft, columns), _("Note"), MARK]
    lines = ([*_cells(draft, row, columns), _note(row), _mark(row)] for row in rows)
    answer = HttpResponse(
        write_xlsx({_("Problem rows"): (heads, lines)}, hidden=(MARK,)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="masalah-{draft.pk}.xlsx"'
    return answer


def _mark(row: DraftRow) -> str:
    return f"{row.draft_id}-{row.line}-{row.version}"


def _note(row: DraftRow) -> str:
    found = told_issues(row.line, row.issues)
    return "; ".join(wording.sentence(one) for one in found if str(one.code) not in row.accepted)


def _columns(draft: ImportDraft) -> Columns:
    """The fields of each column of the list, by column."""
    fields: dict[int, list[Field]] = {}
    for name, at in draft.mapping.items():
        fields.setdefault(at, []).append(Field(name))
    return sorted(fields.items())


def _heads(draft: ImportDraft, columns: Columns) -> list[str]:
    heads = list(draft.headings)
    for at, fields in columns:
        if at < len(heads) and not heads[at]:
            heads[at] = " / ".join(str(label(one)) for one in fields)
    return heads


def _cells(draft: ImportDraft, row: DraftRow, columns: Columns) -> list[str]:
    """The cells of a row as its list had them, with what was put right since."""
    width = len(draft.headings)
    cells = ([*row.cells] + [""] * width)[:width]
    for at, fields in columns:
        if len(fields) == 1 and at < width and fields[0] is not Field.LINE_NUMBER:
            is_as_written = fields[0] is Field.NAME and row.version == 1
            cells[at] = cells[at] if is_as_written else _told(row, fields[0])
    return cells


def _told(row: DraftRow, field: Field) -> str:
    """What a row says in a field; a name with its titles."""
    text = text_of(row, field)
    if field is not Field.NAME or not text:
        return text
    before = row.values.get(Field.TITLE_PREFIX, "")
    after = row.values.get(Field.TITLE_SUFFIX, "")
    return ", ".join(filter(None, [f"{before} {text}".strip(), after]))


@guard("people.profile", "create")
@require_POST
def take_fixes(request: Request, pk: int) -> HttpResponse:
    """A workbook of problem rows, filled in: matched by its marks, checked at once."""
    draft = draft_of(request, pk)
    form = FixesForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_check(request, draft, form, 422)
    upload = form.cleaned_data["fixes"]
    try:
        written, unmarked = _read(draft, upload.read(LARGEST_UPLOAD + 1), str(upload.name)[:150])
    except (BadFile, BadInput) as problem:
        form.refuse({"fixes": str(problem)})
        return show_check(request, draft, form, 422)

    def keep() -> HttpResponse:
        outcome = actions.edit_rows(draft, by=request.actor, written=written)
        text = told(outcome)
        if unmarked:
            text += " " + ngettext(
                "%(n)s row without a mark was left alone.",
                "%(n)s rows without a mark were left alone.",
                unmarked,
            ) % {"n": unmarked}  # fmt: skip
        return done(request, reverse("imports:check", args=[draft.pk]), text)

    return run_once(request, "imports.fixes", keep)


def _read(draft: ImportDraft, data: bytes, name: str) -> tuple[list[Written], int]:
    """What a workbook says otherwise than the draft, and how many of its lines have no mark.

    Raises BadInput where it is no workbook of this draft.
    """
    with queries.open_list(data, name, line=1, is_upload=True) as opened:
        lines = list(opened.lines())
        heads = [" ".join(one.split()) for one in opened.headings]
    at = _mark_at(opened, heads)
    marked: dict[int, tuple[Mark, Sequence[object]]] = {}
    unmarked = 0
    for cells in lines:
        mark = Mark.read(_text(cells, at))
        if mark is not None and mark.draft != draft.pk:
            raise BadInput(_("This file belongs to another draft."), "draft")
        if mark is not None:
            marked[mark.line] = (mark, cells)
        else:
            unmarked += any(cell not in (None, "") for cell in cells)
    return list(_compared(draft, marked, heads)), unmarked


def _mark_at(opened: Reading, heads: list[str]) -> int:
    if MARK not in heads:
        raise BadInput(
            _("This file has no row marks. Download the problem rows here and fill that file in."),
            "mark",
        )
    return heads.index(MARK)


def _compared(
    draft: ImportDraft, marked: dict[int, tuple[Mark, Sequence[object]]], heads: list[str]
) -> Iterator[Written]:
    columns = _columns(draft)
    places = _places(_heads(draft, columns), heads)
    for row in queries.rows_of(draft).filter(line__in=marked):
        mark, cells = marked[row.line]
        before = _cells(draft, row, columns)
        texts: dict[Field, str] = {}
        for at, fields in columns:
            if at in places and at < len(before):
                text = _clean(_text(cells, places[at]), row.line)
                if text.split() != before[at].split():
                    texts |= queries.facts_of_cell(text, fields)
        if texts:
            yield Written(row.line, mark.version, texts)


def _places(wanted: list[str], there: list[str]) -> dict[int, int]:
    """Where each column of the list stands in the workbook: in its place, else by its heading."""
    places = {}
    for at, heading in enumerate(wanted):
        plain = " ".join(heading.split())
        if at < len(there) and there[at] == plain:
            places[at] = at
        elif plain and plain in there:
            places[at] = there.index(plain)
    return places


def _text(cells: Sequence[object], at: int) -> str:
    cell = cells[at] if at < len(cells) else None
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return "" if cell is None else str(cell)


def _clean(text: str, line: int) -> str:
    try:
        return clean_text(text, LONGEST, lines=True).strip()
    except BadText as problem:
        where = _("Row %(row)s") % {"row": line}
        raise BadInput(f"{where}: {problem}", problem.code) from problem
