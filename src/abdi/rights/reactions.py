"""A rank that stands in the record closes the promotion that waited for it."""

from __future__ import annotations

from abdi.people import events as people_events
from abdi.people import queries as people
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.journal import Entry, reacts_to
from abdi.rights import actions, queries


@reacts_to(people_events.RankEntered)
def close_promotion(event: people_events.RankEntered, *, cause: Entry) -> None:
    """Note a waiting promotion as given on the day the rank counts from."""
    waiting = queries.stale_promotions().filter(person_id=event.person_id, what=event.rank)
    held = [row for row in people.ranks_of([event.person_id]) if row.rank == event.rank]
    for right in waiting:
        try:
            if held:
                actions.close_by_record(right, by=SYSTEM, given_on=held[0].start_on)
        except Conflict:
            continue
