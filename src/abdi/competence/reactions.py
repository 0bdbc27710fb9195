"""What competence does when posts and units change: standards and levels follow them."""

from __future__ import annotations

from datetime import date

from abdi.competence import actions, queries
from abdi.people import events as people_events
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, reacts_to


@reacts_to(people_events.PositionSucceeded)
def carry_standard(event: people_events.PositionSucceeded, *, cause: Entry) -> None:
    """A post continues in another unit: what it asks for goes along."""
    before, after = people.post(event.position_id), people.post(event.successor_id)
    if before is None or after is None:
        return
    if queries.standards_to_carry(before, after) or queries.request_to_carry(before, after):
        day = date.fromisoformat(event.on)
        actions.carry_standard(before, after, by=SYSTEM, on=day, cause=cause)


@reacts_to(people_events.OrganisationChanged)
def place_results(event: people_events.OrganisationChanged, *, cause: Entry) -> None:
    """An act is in force: the maps of gaps show people where they sit now."""
    if queries.results_at_old_posts(clock.today()).exists() or (
        queries.results_elsewhere().exists()
    ):
        actions.place_results(by=SYSTEM, cause=cause)
