"""The personnel office: rounds, results to settle, levels with new evidence."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from abdi.competence import actions, queries
from abdi.competence.forms import ConfirmForm, RoundForm
from abdi.competence.models import Assessment
from abdi.platform.access import Request, guard
from abdi.platform.actions import Conflict
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of

MOST_AT_ONCE = 50
MOST_LISTED = 5_000


@guard("competence.result", "finalise")
def office(request: Request) -> HttpResponse:
    """What waits to be settled, and gaps for which something happened."""
    return _office(request, RoundForm())


def _office(request: Request, form: RoundForm, status: int = 200) -> HttpResponse:
    rows = queries.assessments_to_settle(request.actor)
    proofs = queries.levels_with_new_evidence(request.actor)
    names = {text.code: text.name for text in queries.competencies()}
    context = {
        "page": page_of(rows, request, per_page=MOST_AT_ONCE, total=rows.count()),
        "proofs": proofs,
        "names": names,
        "round": queries.open_round(),
        "form": form,
    }
    return page(request, "competence/office.html", context, status=status)


@guard("competence.result", "finalise")
@require_POST
@once
def settle(request: Request) -> HttpResponse:
    """Settle the chosen results, each with its own entry."""
    chosen = set(request.POST.getlist("id"))
    waiting = queries.assessments_to_settle(request.actor)[:MOST_LISTED]
    rows = [row for row in waiting if str(row.pk) in chosen][:MOST_AT_ONCE]
    settled = sum(_settled(row, request) for row in rows)
    words = ngettext("%(count)s result settled.", "%(count)s results settled.", settled) % {
        "count": settled
    }
    return done(request, reverse("competence:settle"), words)


def _settled(row: Assessment, request: Request) -> int:
    try:
        actions.settle(row, by=request.actor, version=row.version)
    except Conflict:
        return 0
    return 1


@guard("competence.result", "finalise")
@require_POST
@once
def confirm(request: Request, pk: int) -> HttpResponse:
    """Raise one level on evidence."""
    form = ConfirmForm(request.POST)
    proofs = queries.levels_with_new_evidence(request.actor)
    found = next((proof for proof in proofs if proof.result.pk == pk), None)
    if found is None or not form.is_valid() or form.cleaned_data["evidence"] != found.evidence.pk:
        raise Http404
    actions.confirm_level(
        found.result, by=request.actor, level=form.cleaned_data["level"], evidence=found.evidence
    )
    return done(request, reverse("competence:settle"), _("The level is confirmed."))


@guard("competence.result", "finalise")
@require_POST
@once
def open_round(request: Request) -> HttpResponse:
    """Set the dates of a round."""
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _office(request, form, status=422)
    actions.open_round(by=request.actor, **form.cleaned_data)
    return done(request, reverse("competence:settle"), _("The round is set."))
