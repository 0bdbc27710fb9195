"""Pages of discipline: what absence proposes, and the decision of a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.integrity import actions, queries
from abdi.integrity.choices import ProposalState
from abdi.integrity.forms import SettleForm
from abdi.integrity.permissions import may_settle
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of


@guard("integrity.discipline", "view")
def home(request: Request) -> HttpResponse:
    """Proposals from absence: figures, table, decision. The program sanctions nobody."""
    return _shown(request)


def _shown(request: Request, form: SettleForm | None = None, status: int = 200) -> HttpResponse:
    rows = page_of(queries.visible_proposals(request.actor), request)
    others = {row.person_id for row in rows.rows} - {request.actor.person_id}
    if others:
        actions.note_reading_proposals(others, by=request.actor)
    waiting = [row for row in rows.rows if row.state == ProposalState.OPEN]
    title = _("No absence waits for a decision")
    if waiting:
        text = ngettext("%(n)s absence to look at", "%(n)s absences to look at", len(waiting))
        title = text % {"n": len(waiting)}
    context = {
        "rows": rows,
        "title": title,
        "form": form or SettleForm(),
        "choices": [("ya", _("An examination begins")), ("tidak", _("It is not followed"))],
        "settles": {row.pk for row in waiting if may_settle(request.actor, row)},
    }
    return page(request, "integrity/discipline.html", context, status=status)


@guard("integrity.discipline", "create")
@require_POST
@once
def settle(request: Request, pk: int) -> HttpResponse:
    """Decide whether an examination begins."""
    row = get_object_or_404(queries.visible_proposals(request.actor), pk=pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        seen = request.POST.get("version", "")
        try:
            actions.settle_proposal(
                row,
                by=request.actor,
                take_up=form.cleaned_data["take_up"] == "ya",
                words=form.cleaned_data["words"],
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None,
            )
        except Invalid as problem:
            form.refuse({problem.field: problem.message})
        else:
            return done(request, reverse("integrity:discipline"), _("Decided and kept."))
    return _shown(request, form, 422)
