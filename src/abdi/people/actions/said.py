"""What the record says already, in plain values: rows of a list that change nothing are passed by.

A list that comes back is mostly what the record says. Comparing values costs a quarter of making
persons, seats and ranks of them; only rows that differ are worked with under their lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q

from abdi.people import rules
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Person, Position, RankHold
from abdi.people.rules import Listed
from abdi.platform.db.among import Among

FACTS: Final = (
    "name", "title_prefix", "title_suffix", "employee_number", "employment", "sex", "birth_on",
    "phone", "email", "education",
)  # fmt: skip
_PLACE: Final = {name: at for at, name in enumerate(FACTS, start=1)}


def different_rows(rows: Sequence[Listed], today: date) -> list[Listed]:
    """The rows that say something else than the record, or name somebody it has not; four queries.

    A person is compared by every fact the row tells, by the post he holds in the unit, and by the
    rank with its day.
    """
    ids = [row.person_id for row in rows if row.person_id is not None]
    if not ids:
        return list(rows)
    rows_held = Person.objects.filter(Among("pk", ids)).values_list("pk", *FACTS)
    held = {one[0]: one for one in rows_held}
    seats = {seat[0]: (seat[5], seat[6]) for seat in seats_held(ids, today)}
    ranks = ranks_held(ids)
    return [
        row
        for row in rows
        if (pk := row.person_id) is None
        or (person := held.get(pk)) is None
        or any(_is_new(person[_PLACE[name]], told) for name, told in row.facts.items())
        or _sits_elsewhere(row, seats.get(pk))
        or (row.rank and row.rank_since and (row.rank, row.rank_since) not in ranks[pk])
    ]


def ranks_held(ids: Sequence[int]) -> dict[int, set[tuple[str, date]]]:
    """Every rank of these people with its first day; one query."""
    found: dict[int, set[tuple[str, date]]] = defaultdict(set)
    rows = RankHold.objects.filter(Among("person_id", ids))
    for person_id, rank, start_on in rows.values_list("person_id", "rank", "start_on"):
        found[person_id].add((rank, start_on))
    return found


def seats_held(ids: Sequence[int], today: date) -> list[tuple[Any, ...]]:
    """The definite seats of these people that have not ended, the newest last; two queries.

    Each is person, id, first and last day, position, its unit and title. Seats and positions are
    put together here: a planner that has not counted a table since a large list joins row by row.
    """
    open_end = Q(end_on__isnull=True) | Q(end_on__gte=today)
    rows = Assignment.objects.filter(
        open_end, Among("person_id", ids), kind=AssignmentKind.DEFINITE
    )
    columns = ("person_id", "id", "start_on", "end_on", "position_id")
    seats = list(rows.order_by("start_on").values_list(*columns))
    posts = Position.objects.filter(Among("pk", {seat[4] for seat in seats}))
    places = {pk: place for pk, *place in posts.values_list("pk", "unit_id", "title")}
    return [(*seat, *places[seat[4]]) for seat in seats]


def _is_new(held: object, told: object) -> bool:
    return held != told and rules.differs(held, told)


def _sits_elsewhere(row: Listed, seat: tuple[int, str] | None) -> bool:
    if row.unit_id is None or not row.title:
        return False
    if seat is None or seat[0] != row.unit_id:
        return True
    return seat[1] != row.title and not rules.told_alike(seat[1], row.title)
