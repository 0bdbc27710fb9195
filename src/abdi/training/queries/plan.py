"""The year's plan: proposals from gaps, what each closes and costs, needs of other modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from abdi.platform.access import Actor
from abdi.training import rules
from abdi.training.choices import ProposalState
from abdi.training.models import Candidate, Need, Proposal

if TYPE_CHECKING:
    from abdi.people.models import Person


@dataclass(frozen=True)
class ProposalLine:
    """One proposal with the people it would help."""

    proposal: Proposal
    people: int

    @property
    def closes_per_million(self) -> int | None:
        """Gaps closed for each million rupiah in hundredths; None while the cost is open."""
        if self.proposal.cost_rupiah is None:
            return None
        return rules.closes_per_million(self.people, self.proposal.cost_rupiah)


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Open proposals this actor may see."""
    reach = actor.reach("training.plan", "view")
    rows = Proposal.objects.filter(state=ProposalState.PROPOSED)
    if not reach.all:
        rows = rows.filter(agency_id__in=reach.agency_ids)
    return rows.select_related("agency")


def ranked_proposals(actor: Actor, agency_id: int | None = None) -> list[ProposalLine]:
    """Open proposals, first the ones that close most for their money."""
    rows = visible_proposals(actor).annotate(
        people=Count("candidates", filter=Q(candidates__closed_at__isnull=True))
    )
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    lines = [ProposalLine(row, row.people) for row in rows.filter(people__gt=0).order_by("id")]
    return sorted(
        lines, key=lambda line: rules.rank_of_proposal(line.people, line.proposal.cost_rupiah)
    )


def open_needs(actor: Actor) -> QuerySet[Need]:
    """What other parts of the work asked for and no class answers yet."""
    reach = actor.reach("training.plan", "view")
    rows = Need.objects.filter(answered_by__isnull=True)
    if not reach.all:
        rows = rows.filter(unit__agency_id__in=reach.agency_ids)
    return rows.select_related("unit").order_by("-made_at", "-id")


def candidates_of(proposal: Proposal) -> list[tuple[Person, int]]:
    """The people a proposal would help and the level each holds, by name."""
    rows = (
        Candidate.objects.filter(proposal=proposal, closed_at__isnull=True)
        .select_related("person")
        .order_by("held", "person__name")
    )
    return [(row.person, row.held) for row in rows]
