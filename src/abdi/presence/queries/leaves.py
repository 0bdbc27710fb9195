"""Leave: one's own, the team's, who is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import date

from django.db.models import QuerySet

from abdi.people import queries as people
from abdi.platform.access import Actor
from abdi.platform.cells import publish_cells
from abdi.presence.choices import LeaveState
from abdi.presence.models import Leave, LeaveStep
from abdi.presence.queries.scope import of_reach


def visible_leaves(actor: Actor) -> QuerySet[Leave]:
    """Leave whose reason this actor may see."""
    reach = actor.reach("people.leave", "view")
    return Leave.objects.filter(of_reach(reach)).select_related("person", "stand_in", "decided_by")


def leaves_of(person_id: int) -> QuerySet[Leave]:
    """Leave of one person, newest first."""
    return Leave.objects.filter(person_id=person_id).order_by("-first_on", "-id")


def waiting_for(actor: Actor) -> QuerySet[Leave]:
    """Requests this actor may decide, oldest first; never one's own."""
    reach = actor.reach("people.leave", "decide")
    rows = Leave.objects.filter(of_reach(reach), state=LeaveState.REQUESTED)
    rows = rows.exclude(person_id=actor.person_id or 0)
    return rows.select_related("person").order_by("first_on", "id")


def steps_of(leave_id: int) -> QuerySet[LeaveStep]:
    """The states a leave came to, oldest first."""
    return LeaveStep.objects.filter(leave_id=leave_id).order_by("at", "id")


def away_between(actor: Actor, first: date, last: date) -> QuerySet[Leave]:
    """Approved leave whose dates this actor may see; dates only, not the reason."""
    reach = actor.reach("people.leave", "view")
    dates = actor.reach("people.leave", "view_dates")
    rows = Leave.objects.approved().touching(first, last)
    if not (reach.all or dates.all):
        rows = rows.filter(of_reach(reach) | of_reach(dates))
    return rows.select_related("person").order_by("first_on", "person__name", "id")


def away_totals(first: date, last: date) -> list[tuple[str, int | None]]:
    """How many people of each agency are away, small groups hidden: (agency, count or None)."""
    gone = set(Leave.objects.approved().touching(first, last).values_list("person_id", flat=True))
    seats = people.seating(gone, first)
    names = {unit.pk: unit.name for unit in people.agencies(first)}
    counts = Counter(seat.position.unit.agency_id for seat in seats.values())
    cells: dict[Hashable, int] = {
        names[key]: count for key, count in counts.items() if key in names
    }
    shown = publish_cells(cells)
    return [(name, shown.count(name)) for name in sorted(map(str, cells))]
