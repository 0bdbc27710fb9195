"""Who works in each of several units, their heads apart; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from abdi.people import rules
from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Unit
from abdi.people.models.paths import below
from abdi.people.queries.lines import holders_in
from abdi.platform import clock


def crews_of(unit_ids: Iterable[int], on: date | None = None) -> dict[int, list[int]]:
    """Ids of who holds a definite post in each unit or below it, its head apart; three queries.

    Who is leaving stands in his unit until the evening of his last day, but is left out.
    """
    day = on or clock.today()
    paths = dict(Unit.objects.filter(pk__in=list(unit_ids)).values_list("id", "path"))
    if not paths:
        return {}
    inside = reduce(or_, (below(path, "position__unit__path") for path in paths.values()))
    held = Assignment.objects.on(day).filter(
        inside, kind=AssignmentKind.DEFINITE, person__left_on__isnull=True
    )
    seats = list(held.values_list("person_id", "position__unit__path"))
    heads = {
        unit_id: rules.head_among(holders) for unit_id, holders in holders_in(paths, day).items()
    }
    return {
        unit_id: sorted(
            {
                person_id
                for person_id, at in seats
                if at.startswith(path) and person_id != _person_of(heads.get(unit_id))
            }
        )
        for unit_id, path in paths.items()
    }


def _person_of(head: rules.Holder | None) -> int | None:
    return head.person_id if head is not None else None
