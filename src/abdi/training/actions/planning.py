"""The year's plan: proposals from gaps, needs from other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.competence.choices import Competency
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record
from abdi.training import events
from abdi.training.choices import NeedReason, ProposalState
from abdi.training.models import Candidate, Need, Proposal
from abdi.training.permissions import may_change_plan, only_other_modules

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

REASON_LEAST = 10


@action(allowed=only_other_modules)
def propose(
    agency: Unit,
    person: Person,
    *,
    by: Actor,
    competency: str,
    level: int,
    held: int,
    cause: Entry | None = None,
) -> Proposal:
    """Ask for a place in a class for one person; one open proposal per agency and need.

    The same person twice changes nothing but the level he holds; a proposal already opened as
    a class is followed by a new one.
    """
    if competency not in Competency.codes():
        raise Invalid(_("This competency is not in the dictionary."), field="competency")
    _leave_other_levels(agency, person, competency, level)
    row, _made = Proposal.objects.get_or_create(
        agency=agency,
        competency=competency,
        level=level,
        state=ProposalState.PROPOSED,
        defaults={"made_at": clock.now()},
    )
    Candidate.objects.update_or_create(
        proposal=row,
        person=person,
        defaults={"held": held, "closed_at": None, "cause_entry": cause.pk if cause else None},
    )
    fact = events.ClassProposed(
        proposal_id=row.pk, person_id=person.pk, competency=competency, level=level
    )
    record(fact, by=by, about=row, cause=cause)
    return row


def _leave_other_levels(agency: Unit, person: Person, competency: str, level: int) -> None:
    """A person whose need changed is counted once: in the newest proposal only."""
    others = Candidate.objects.filter(
        person=person,
        closed_at__isnull=True,
        proposal__competency=competency,
        proposal__state=ProposalState.PROPOSED,
    ).exclude(proposal__agency=agency, proposal__level=level)
    others.update(closed_at=clock.now())


@action(allowed=only_other_modules)
def withdraw_candidate(
    person: Person, *, by: Actor, competency: str, cause: Entry | None = None
) -> int:
    """Take a person out of open proposals once his gap is closed; the number of proposals."""
    count = Candidate.objects.filter(
        person=person, closed_at__isnull=True, proposal__competency=competency
    ).update(closed_at=clock.now())
    fact = events.CandidateWithdrawn(person_id=person.pk, competency=competency, count=count)
    record(fact, by=by, about=person, cause=cause)
    return count


@action(allowed=only_other_modules)
def suggest_need(
    *,
    unit: Unit,
    competency: str,
    reason_code: NeedReason | str,
    about: str,
    by: Actor,
    cause: Entry | None = None,
) -> Need:
    """Note that people of a unit should learn something; the same twice changes nothing."""
    if competency not in Competency.codes() or reason_code not in NeedReason.codes():
        raise Invalid(_("This competency is not in the dictionary."), field="competency")
    row, _made = Need.objects.get_or_create(
        unit=unit,
        competency=competency,
        about=about,
        defaults={"reason_code": reason_code, "made_at": clock.now()},
    )
    fact = events.NeedSuggested(need_id=row.pk, unit_id=unit.pk, competency=competency)
    record(fact, by=by, about=row, cause=cause)
    return row


@action(allowed=may_change_plan)
def cost_proposal(
    proposal: Proposal, *, by: Actor, hours: int, cost_rupiah: int, version: int | None = None
) -> Proposal:
    """Estimate lesson hours and cost, so that proposals can be compared."""
    row = _open(proposal)
    guard_version(row, version)
    row.hours = hours
    row.cost_rupiah = cost_rupiah
    row.save(update_fields=["hours", "cost_rupiah"])
    record(events.ProposalCosted(proposal_id=row.pk), by=by, about=row)
    return row


@action(allowed=may_change_plan)
def dismiss_proposal(
    proposal: Proposal, *, by: Actor, reason: str, version: int | None = None
) -> Proposal:
    """Set a proposal aside, with a reason of ten characters or more."""
    row = _open(proposal)
    if len(reason.strip()) < REASON_LEAST:
        raise Invalid(_("Please give a reason of at least ten characters."), field="reason")
    guard_version(row, version)
    row.state = ProposalState.DISMISSED
    row.reason = reason
    row.save(update_fields=["state", "reason"])
    record(events.ProposalDismissed(proposal_id=row.pk), by=by, about=row)
    return row


def _open(proposal: Proposal) -> Proposal:
    row = lock(proposal)
    if row.state != ProposalState.PROPOSED:
        raise Conflict(_("This proposal was decided meanwhile."))
    return row
