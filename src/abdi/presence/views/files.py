"""Pages of files: bring one in, see what it would do, apply it, take the problem rows along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid, Refused
from abdi.platform.exchange import BadFile, read_table, write_csv
from abdi.platform.labels import label
from abdi.platform.once import once, run_once
from abdi.platform.pages import done, page
from abdi.presence import actions, queries
from abdi.presence.choices import FileKind, RowProblem
from abdi.presence.forms import FileForm
from abdi.presence.models import CityFile
from abdi.presence.permissions import bringing, may_bring
from abdi.presence.reading import read_file

MOST_SHOWN = 100


@guard("people.presence", "create")
@require_http_methods(["GET", "POST"])
def home(request: Request) -> HttpResponse:
    """The files brought in so far, and the form for the next."""
    if request.method == "POST":
        return _bring(request)
    return page(request, "presence/files.html", _context(request, FileForm()))


def _context(request: Request, form: FileForm) -> dict[str, Any]:
    files = list(queries.visible_files(request.actor)[:50])
    return {
        "form": form,
        "files": [(file, queries.fates_of(file)) for file in files[:10]],
        "older": [(file, None) for file in files[10:]],
    }


def _bring(request: Request) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, "presence/files.html", _context(request, form), status=422)
    kind, upload = FileKind(form.cleaned_data["kind"]), form.cleaned_data["file"]
    if not may_bring(request.actor, kind):
        raise Refused("not_allowed", resource=f"people.{kind}", act="create")
    now = clock.now()
    try:
        read = read_file(kind, read_table(upload), bringing(request.actor, kind), now)
    except (BadFile, Invalid) as problem:
        form.refuse({"file": str(problem.message)})
        return page(request, "presence/files.html", _context(request, form), status=422)

    def keep() -> HttpResponse:
        file = actions.take_file(
            kind, by=request.actor, name=str(upload.name), read=read, fetched_at=now
        )
        return done(request, reverse("presence:file", args=[file.pk]))

    return run_once(request, "presence.files", keep)


def _visible(request: Request, pk: int) -> CityFile:
    return get_object_or_404(queries.visible_files(request.actor), pk=pk)


@guard("people.presence", "create")
def one(request: Request, pk: int) -> HttpResponse:
    """What a file would do: nothing yet; problems grouped by kind."""
    file = _visible(request, pk)
    fates = queries.fates_of(file)
    rows = list(queries.problem_rows(file)[:MOST_SHOWN])
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.problem, []).append(row)
    context = {
        "file": file,
        "fates": fates,
        "groups": [(label(code, RowProblem), found) for code, found in groups.items()],
        "shown": len(rows),
        "title": _title(file, fates),
    }
    return page(request, "presence/file.html", context)


def _title(file: CityFile, fates: queries.Fates) -> str:
    if file.state == "applied":
        text = ngettext("%(n)s row was applied", "%(n)s rows were applied", file.changed_count)
        return text % {"n": file.changed_count}
    if file.state == "discarded":
        return _("This file was put away")
    if not fates.ready:
        return _("This file changes nothing")
    text = ngettext(
        "%(n)s row would change something", "%(n)s rows would change something", fates.ready
    )
    return text % {"n": fates.ready}


@guard("people.presence", "create")
@require_POST
@once
def apply(request: Request, pk: int) -> HttpResponse:
    """Let the ready rows count."""
    file = _visible(request, pk)
    seen = request.POST.get("version", "")
    valid = seen.isascii() and seen.isdigit() and len(seen) < 10
    file = actions.apply_file(file, by=request.actor, seen=int(seen) if valid else None)
    message = _("%(n)s rows count from now on.") % {"n": file.changed_count}
    return done(request, reverse("presence:file", args=[file.pk]), message)


@guard("people.presence", "create")
@require_POST
@once
def discard(request: Request, pk: int) -> HttpResponse:
    """Put a draft away."""
    actions.discard_file(_visible(request, pk), by=request.actor)
    return done(request, reverse("presence:files"), _("Put away. Nothing of it counts."))


@guard("people.presence", "create")
def problems(request: Request, pk: int) -> HttpResponse:
    """Only the problem rows as CSV, with the sentence beside each; to mend and bring in again."""
    file = _visible(request, pk)
    rows = list(queries.problem_rows(file))
    actions.note_reading([row.person_id for row in rows if row.person_id], by=request.actor)
    headings = [*file.columns.get("headings", []), _("Line"), _("Note")]
    width = len(headings) - 2
    lines = (
        [
            *(row.cells + [""] * width)[:width],
            row.line,
            label(row.problem, RowProblem),
        ]
        for row in rows
    )
    answer = HttpResponse(write_csv(headings, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="masalah-{file.pk}.csv"'
    return answer
