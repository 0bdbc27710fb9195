"""Whose rows a reach covers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Reach


def seated_in(agency_ids: frozenset[int]) -> Any:
    """Ids of the persons who hold a definite post in these agencies today, as a subquery."""
    rows = people.mart_rows().filter(position__unit__agency_id__in=agency_ids)
    return rows.order_by().values_list("person_id", flat=True)


def of_reach(reach: Reach, name: str = "person_id") -> Q:
    """The filter of rows about persons inside a reach."""
    if reach.all:
        return Q()
    wanted = set(reach.team_ids)
    if reach.self_id is not None:
        wanted.add(reach.self_id)
    found = Q(**{f"{name}__in": wanted})
    if reach.agency_ids:
        found |= Q(**{f"{name}__in": seated_in(reach.agency_ids)})
    return found


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The first moment of the first day and the first moment after the last, in the own zone."""
    zone = clock.zone()
    return (
        datetime.combine(first, time(), tzinfo=zone),
        datetime.combine(last + timedelta(days=1), time(), tzinfo=zone),
    )
