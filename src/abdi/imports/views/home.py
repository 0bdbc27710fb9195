"""The first page: a file or pasted cells come in; drafts and applied lists wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.imports import actions, queries, wording
from abdi.imports.forms import ListForm
from abdi.imports.permissions import importing
from abdi.imports.views.reading import draft_of, opened_as_known
from abdi.people import queries as people
from abdi.platform.access import Request, guard
from abdi.platform.exchange import LARGEST_UPLOAD, BadFile
from abdi.platform.once import once, run_once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.platform.text import BadInput
from abdi.platform.too_big import too_big_answer

if TYPE_CHECKING:
    from abdi.people.models import Unit

LISTED: Final = 10


def _too_long(request: HttpRequest) -> HttpResponse:
    """More was pasted than the server takes in: said at the field."""
    form = ListForm({})
    form.errors.clear()
    sentence = _("Too much to paste at once. Save the sheet as a file and choose it.")
    form.add_error("text", sentence)
    return _home(cast("Request", request), form, 422)


@guard("people.profile", "create")
@too_big_answer(_too_long)
@require_http_methods(["GET", "POST"])
def home(request: Request) -> HttpResponse:
    """Drafts and applied lists, and the form for the next."""
    if request.method == "POST":
        return _bring(request)
    return _home(request, ListForm())


def _home(request: Request, form: ListForm, status: int = 200) -> HttpResponse:
    drafts = page_of(queries.open_drafts(request.actor), request, per_page=LISTED, key="draf")
    counts = queries.counts_of_each(drafts.rows)
    context = {
        "form": form,
        "draft_page": drafts,
        "drafts": [(draft, counts[draft.pk]) for draft in drafts.rows],
        "run_page": page_of(queries.visible_runs(request.actor), request, per_page=LISTED),
    }
    return page(request, "imports/home.html", context, status=status)


def _bring(request: Request) -> HttpResponse:
    """Read outside the transaction, keep inside it; a source known by its columns is not asked."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _home(request, form, 422)
    upload = form.cleaned_data["file"]
    where = "file" if upload else "text"
    name = str(upload.name)[:150] if upload else _("Pasted cells")
    try:
        data = upload.read(LARGEST_UPLOAD + 1) if upload else form.cleaned_data["text"].encode()
        opened, is_known = opened_as_known(data, name)
        with opened:
            rows = list(opened)
            others = wording.other_lists(opened)
    except (BadFile, BadInput) as problem:
        form.refuse({where: str(problem)})
        return _home(request, form, 422)

    def keep() -> HttpResponse:
        draft = actions.start_draft(
            _agency(request), by=request.actor, opened=opened, rows=rows, content=data
        )
        if not is_known:
            return done(request, reverse("imports:columns", args=[draft.pk]))
        text = _("The columns are read as you chose for this source.")
        return done(request, reverse("imports:check", args=[draft.pk]), f"{text} {others}".strip())

    return run_once(request, "imports.home", keep)


def _agency(request: Request) -> Unit | None:
    """Whose people these are: the whole city's, or those of the agency this actor serves."""
    reach = importing(request.actor)
    if reach.all:
        return None
    return get_object_or_404(people.units(), pk=min(reach.agency_ids, default=0))


@guard("people.profile", "create")
@require_POST
@once
def put_away(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away, with its rows and its file."""
    actions.put_away(draft_of(request, pk), by=request.actor)
    return done(request, reverse("imports:home"), _("The draft was thrown away."))
