"""What rights do by themselves: announce ahead, tell people, take back what the record answers."""

from __future__ import annotations

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.checks import reconciliation
from abdi.platform.jobs import job
from abdi.rights import actions, queries

MOST = 5_000
CHUNK = 500


@job("daily 04.10")
def announce_rights() -> int:
    """Announce what falls due in the months ahead, of everybody; returns how many are new."""
    ids = list(people.persons().active().order_by("id").values_list("id", flat=True))
    count = 0
    for start in range(0, len(ids), CHUNK):
        count += _announce(ids[start : start + CHUNK])
        if count >= MOST:
            break
    return count


def _announce(person_ids: list[int]) -> int:
    known = queries.known_rights(person_ids)
    found = queries.dues(person_ids)
    persons = people.persons().in_bulk(list(found))
    count = 0
    for person_id, dues in found.items():
        for due in dues:
            if (person_id, due.kind, due.due_on) in known:
                continue
            try:
                actions.announce(persons[person_id], by=SYSTEM, due=due)
            except Conflict:
                continue
            count += 1
    return count


@job("daily 05.10")
def tell_people() -> int:
    """Tell everybody whose right falls due within 60 days, once; returns how many."""
    count = 0
    for row in queries.to_tell(clock.today())[:MOST]:
        try:
            actions.tell_person(row, by=SYSTEM)
        except Conflict:
            continue
        count += 1
    return count


@reconciliation
def promotions_the_record_has_already() -> int:
    """Open promotions of people who hold that rank meanwhile."""
    rows = list(queries.stale_promotions()[:2_000])
    ranks = people.ranks_of([row.person_id for row in rows])
    held = {(one.person_id, one.rank) for one in ranks}
    return sum((row.person_id, row.what) in held for row in rows)
