"""What culture does about low results."""

from __future__ import annotations

from abdi.culture import actions, queries
from abdi.people import queries as people
from abdi.performance import events as performance
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, reacts_to


@reacts_to(performance.ResultLow)
def suggest_coaching(event: performance.ResultLow, *, cause: Entry) -> None:
    """Propose coaching where several low quarters make a pattern; one alone proposes nothing."""
    person = people.visible_people(SYSTEM).filter(pk=event.person_id).first()
    coach = people.superior(event.person_id)
    if person is None or coach is None:
        return
    if queries.is_answered(event.person_id, coach.pk, cause.pk):
        return
    basis = queries.basis_of(event.person_id, clock.today())
    if basis is not None:
        actions.propose_coaching(person, by=SYSTEM, coach=coach, basis=basis, cause=cause)
