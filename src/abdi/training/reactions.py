"""What training does about gaps."""

from __future__ import annotations

from abdi.competence import events as competence
from abdi.people import queries as people
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, reacts_to
from abdi.training import actions
from abdi.training.models import Candidate


@reacts_to(competence.GapFound)
def propose_class(event: competence.GapFound, *, cause: Entry) -> None:
    """Propose a place in a class for who lacks something; the same cause counts once."""
    if Candidate.objects.filter(person_id=event.person_id, cause_entry=cause.pk).exists():
        return
    unit = people.units().select_related("agency").get(pk=event.unit_id)
    actions.propose(
        unit.agency or unit,
        people.persons().get(pk=event.person_id),
        by=SYSTEM,
        competency=event.competency,
        level=event.required,
        held=event.held,
        cause=cause,
    )


@reacts_to(competence.GapClosed)
def drop_candidate(event: competence.GapClosed, *, cause: Entry) -> None:
    """Count a person no longer once the gap is closed."""
    open_ones = Candidate.objects.filter(
        person_id=event.person_id,
        closed_at__isnull=True,
        proposal__competency=event.competency,
    )
    if open_ones.exists():
        actions.withdraw_candidate(
            people.persons().get(pk=event.person_id),
            by=SYSTEM,
            competency=event.competency,
            cause=cause,
        )
