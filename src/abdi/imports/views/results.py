"""What an applied list changed, person by person; taking it back."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.imports import actions, queries
from abdi.imports.choices import Field
from abdi.platform.access import Request, guard
from abdi.platform.labels import label
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

PER_PAGE: Final = 50
_NAMES: Final = {
    "name": Field.NAME, "title_prefix": Field.TITLE_PREFIX, "title_suffix": Field.TITLE_SUFFIX,
    "employee_number": Field.NUMBER, "employment": Field.EMPLOYMENT, "sex": Field.SEX,
    "birth_on": Field.BIRTH_ON, "phone": Field.PHONE, "email": Field.EMAIL,
    "education": Field.EDUCATION,
}  # fmt: skip


@guard("people.profile", "create")
def result(request: Request, pk: int) -> HttpResponse:
    """What an applied list changed."""
    run = get_object_or_404(queries.visible_runs(request.actor), pk=pk)
    total = run.made_count + run.changed_count
    found = page_of(queries.changes_of(run), request, per_page=PER_PAGE, total=total)
    shown = [one.person_number for one in found.rows]
    if shown:
        actions.note_changes_read(run, by=request.actor, people=shown)
    context = {
        "run": run,
        "page": found,
        "changes": [(one, _told(one.data)) for one in found.rows],
        "waiting": queries.counts_of(run.draft).waiting if run.draft else 0,
    }
    return page(request, "imports/result.html", context)


def _told(data: dict[str, Any]) -> list[str]:
    """Each changed fact with what stood there before."""
    before, after = data.get("before", {}), data.get("after", {})
    told = [
        f"{label(_NAMES[name]) if name in _NAMES else name}: {before.get(name) or '–'} → {value}"
        for name, value in after.items()
    ]
    if data.get("seat_after"):
        seat = f"{data.get('seat_before', '–')} → {data['seat_after']}"
        told.append(f"{label(Field.POSITION)}: {seat}")
    if data.get("rank_code"):
        told.append(f"{label(Field.RANK)}: {data['rank_code']}")
    return told


@guard("people.profile", "create")
@require_POST
@once
def undo(request: Request, pk: int) -> HttpResponse:
    """Take an applied list back."""
    run = get_object_or_404(queries.visible_runs(request.actor), pk=pk)
    actions.undo_run(run, by=request.actor)
    return done(request, reverse("imports:result", args=[run.pk]), _("The list was taken back."))
