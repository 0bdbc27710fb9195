"""Which sheet, which heading, what each column tells: guessed, shown, changed, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from abdi.imports import actions, queries
from abdi.imports.choices import Field
from abdi.imports.forms import ColumnsForm
from abdi.imports.models import ImportDraft
from abdi.imports.reading.opening import SHOWN
from abdi.imports.rules import Column
from abdi.imports.views.reading import draft_of, note_rows
from abdi.imports.wording import other_lists, shortened
from abdi.platform.access import Request, guard
from abdi.platform.exchange import BadFile
from abdi.platform.once import run_once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import asked
from abdi.platform.text import BadInput

if TYPE_CHECKING:
    from abdi.imports.reading import Reading

SAMPLES: Final = 3
SAMPLE_LENGTH: Final = 40
LINES_OFFERED: Final = 20
MOST_UNUSED: Final = 250
LONGEST_LINE: Final = 70


@dataclass(frozen=True)
class Place:
    """The sheet and the line of the heading that were asked for; empty as they were found."""

    sheet: str
    line: int

    @property
    def is_chosen(self) -> bool:
        """Whether a person said where the heading is."""
        return self.line > 0


@dataclass(frozen=True)
class Seen:
    """The file as it is read now: from where, and how such a list is known before one chooses."""

    place: Place
    opened: Reading
    found_key: str


@guard("people.profile", "create")
@require_http_methods(["GET", "POST"])
def columns(request: Request, pk: int) -> HttpResponse:
    """The columns of a list with samples; each may be read as something else."""
    draft = draft_of(request, pk)
    if not draft.content:
        return page(request, "imports/no_file.html", {"draft": draft})
    try:
        seen = _open(request, draft)
    except (BadFile, BadInput) as problem:
        return page(
            request, "imports/no_file.html", {"draft": draft, "problem": str(problem)}, status=422
        )
    with seen.opened:
        if request.method == "POST":
            return _choose(request, draft, seen)
        return _show(request, draft, seen, ColumnsForm(seen.opened.header.columns))


def _open(request: Request, draft: ImportDraft) -> Seen:
    """The file as it is asked for, read as the draft is where nothing else is asked."""
    data, name = bytes(draft.content), draft.name
    asked_place = _place(request)
    found = queries.open_list(data, name, is_upload=True)
    found_key = found.source_key
    place = asked_place or _kept_place(draft, found)
    if place.is_chosen:
        found.close()
        found = queries.open_list(data, name, sheet=place.sheet, line=place.line, is_upload=True)
    headings = [" ".join(one.split())[:200] for one in found.headings]
    if (found.sheet[:80], headings) == (draft.sheet, draft.headings):
        found.choose({Field(name): at for name, at in draft.mapping.items()})
    return Seen(place, found, found_key)


def _place(request: Request) -> Place | None:
    if request.method == "POST":
        sheet, line = request.POST.get("sheet", ""), request.POST.get("line", "")
    else:
        sheet, line = request.GET.get("lembar", ""), request.GET.get("baris", "")
        sheet = sheet and asked(request, "lembar")
    if not (line.isascii() and line.isdigit() and len(line) < 5):
        return None
    return Place(sheet[:100], int(line))


def _kept_place(draft: ImportDraft, found: Reading) -> Place:
    """A draft that was read elsewhere than where the heading was found stays there."""
    if (draft.sheet, draft.header_row) == (found.sheet[:80], found.header_row):
        return Place("", 0)
    return Place(draft.sheet, draft.header_row)


def _choose(request: Request, draft: ImportDraft, seen: Seen) -> HttpResponse:
    opened = seen.opened
    form = ColumnsForm(opened.header.columns, request.POST)
    if not form.is_valid():
        return _show(request, draft, seen, form, 422)
    opened.choose(form.mapping)
    rows = None if _is_read_so(draft, opened) else list(opened)

    def keep() -> HttpResponse:
        actions.choose_columns(
            draft,
            by=request.actor,
            opened=opened,
            rows=rows,
            found_key=seen.found_key,
            is_moved=seen.place.is_chosen,
        )
        return done(request, reverse("imports:check", args=[draft.pk]))

    return run_once(request, "imports.columns", keep)


def _is_read_so(draft: ImportDraft, opened: Reading) -> bool:
    mapping = {str(field): at for field, at in opened.mapping.items()}
    kept = (draft.sheet, draft.header_row, draft.mapping)
    return kept == (opened.sheet[:80], opened.header_row, mapping)


def _show(
    request: Request, draft: ImportDraft, seen: Seen, form: ColumnsForm, status: int = 200
) -> HttpResponse:
    opened = seen.opened
    note_rows(request, draft, queries.rows_of(draft)[:SHOWN])
    shown = [_shown(column, opened, form) for column in opened.header.columns]
    used = [one for one in shown if one["is_read"]]
    context = {
        "draft": draft,
        "form": form,
        "place": seen.place,
        "sheet": opened.sheet,
        "other_lists": other_lists(opened),
        "sheets": [(one, one) for one in (opened.sheet, *opened.other_sheets) if one],
        "header_row": opened.header_row,
        "lines": _lines(opened),
        "used": used,
        "unused": [one for one in shown if not one["is_read"]][:MOST_UNUSED],
        "counts": queries.counts_of(draft),
        "title": _("%(used)s of %(all)s columns are read") % {"used": len(used), "all": len(shown)},
    }
    return page(request, "imports/columns.html", context, status=status)


def _shown(column: Column, opened: Reading, form: ColumnsForm) -> dict[str, Any]:
    cells = (row[column.index] for row in opened.preview if column.index < len(row))
    texts = dict.fromkeys(shortened(str(cell)) for cell in cells if cell not in (None, ""))
    samples = [text[:SAMPLE_LENGTH] for text in list(texts)[:SAMPLES]]
    field = form[f"col-{column.index}"]
    return {
        "heading": " ".join(column.heading.split()) or _("Column %(n)s") % {"n": column.index + 1},
        "samples": samples,
        "field": field,
        "is_read": bool(field.value()) or bool(field.errors),
    }


def _lines(opened: Reading) -> list[tuple[int, str]]:
    """The first lines of the sheet, to choose the heading from."""
    lines = []
    for number, row in enumerate(opened.head.rows[:LINES_OFFERED], 1):
        text = " · ".join(str(cell) for cell in row if cell not in (None, ""))
        if text:
            lines.append((number, f"{number}: {shortened(text)[:LONGEST_LINE]}"))
    if opened.header_row > LINES_OFFERED:
        lines.append((opened.header_row, f"{opened.header_row}: {opened.headings[0]}"))
    return lines
