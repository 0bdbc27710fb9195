"""The year's plan: what gaps ask for, ranked by what each closes for its money."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.competence import queries as competence
from abdi.people import queries as people
from abdi.platform.access import Refused, Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import asked
from abdi.training import actions, queries
from abdi.training.forms import CostForm, ReasonForm
from abdi.training.models import Proposal

MOST_LINES = 60


@guard("training.plan", "view")
def plan(request: Request) -> HttpResponse:
    """Proposals from gaps, first what closes most; needs of other parts of the work."""
    reach = request.actor.reach("training.plan", "view")
    if not (reach.all or reach.agency_ids):
        raise Refused("no_reach", resource="training.plan", act="view")
    lines = queries.ranked_proposals(request.actor, _agency_id(request))
    context = {
        "lines": lines[:MOST_LINES],
        "count": len(lines),
        "people": sum(line.people for line in lines),
        "cost": sum(line.proposal.cost_rupiah or 0 for line in lines),
        "uncosted": sum(1 for line in lines if line.proposal.cost_rupiah is None),
        "most": max((line.people for line in lines), default=1),
        "needs": list(queries.open_needs(request.actor)[:MOST_LINES]),
        "names": {text.code: text.name for text in competence.competencies()},
        "opens": request.actor.holds("training.catalogue", "create"),
    }
    return page(request, "training/plan.html", context)


@guard("training.plan", "view")
def top_proposals(request: Request) -> HttpResponse:
    """A piece of the gap map: the three proposals that close most."""
    reach = request.actor.reach("training.plan", "view")
    lines = []
    if reach.all or reach.agency_ids:
        lines = queries.ranked_proposals(request.actor, _agency_id(request))
    context = {
        "lines": lines[:3],
        "most": max((line.people for line in lines), default=1),
        "names": {text.code: text.name for text in competence.competencies()},
    }
    return page(request, "training/_proposals.html", context)


def _agency_id(request: Request) -> int | None:
    code = asked(request, "perangkat")
    if not code:
        return None
    found = people.units().filter(code=code).values_list("id", flat=True).first()
    if found is None:
        raise Http404
    return found


@guard("training.plan", "update")
@require_POST
@once
def cost(request: Request, pk: int) -> HttpResponse:
    """Estimate hours and cost of a proposal."""
    form = CostForm(request.POST)
    if not form.is_valid():
        raise Invalid(form.problems[0].message)
    actions.cost_proposal(_proposal(request, pk), by=request.actor, **form.cleaned_data)
    return done(request, reverse("training:plan"), _("The estimate is saved."))


@guard("training.plan", "update")
@require_POST
@once
def dismiss(request: Request, pk: int) -> HttpResponse:
    """Set a proposal aside."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(form.problems[0].message, field="reason")
    actions.dismiss_proposal(
        _proposal(request, pk), by=request.actor, reason=form.cleaned_data["reason"]
    )
    return done(request, reverse("training:plan"), _("The proposal is set aside."))


def _proposal(request: Request, pk: int) -> Proposal:
    found = queries.visible_proposals(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
