"""What competence keeps for a post goes on at the post that continues it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from abdi.competence import events, queries
from abdi.competence.choices import StandardState
from abdi.competence.models import Result, Standard, StandardLevel, StandardRequest
from abdi.competence.permissions import only_other_modules
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import Entry, record

if TYPE_CHECKING:
    from abdi.people.models import Position


@action(allowed=only_other_modules)
def carry_standard(
    before: Position, after: Position, *, by: Actor, on: date, cause: Entry | None = None
) -> int:
    """A post continues as another one: its standard, its draft and a request go along.

    The standard in force counts for the successor from `on`; the old post keeps its own, so that
    every day has the levels it had. Returns how many came; a second run brings none.
    """
    rows = queries.standards_to_carry(before, after)
    for row in rows:
        _copy(row, after, on)
    request = queries.request_to_carry(before, after)
    if request is not None:
        StandardRequest.objects.create(
            position=after, asked_at=request.asked_at, asked_by_id=request.asked_by_id
        )
    fact = events.StandardCarried(position_id=before.pk, successor_id=after.pk, standards=len(rows))
    record(fact, by=by, about=after, cause=cause)
    return len(rows)


def _copy(row: Standard, after: Position, on: date) -> None:
    lasting = row.state == StandardState.IN_FORCE
    made = Standard.objects.create(
        position=after,
        state=row.state,
        decree_number=row.decree_number,
        decree_on=row.decree_on,
        author_id=row.author_id,
        made_at=row.made_at,
        start_on=max(on, row.start_on or on) if lasting else None,
    )
    StandardLevel.objects.bulk_create(
        StandardLevel(standard=made, competency=one.competency, level=one.level)
        for one in StandardLevel.objects.filter(standard=row)
    )


@action(allowed=only_other_modules)
def place_results(*, by: Actor, cause: Entry | None = None) -> int:
    """Levels people hold stand at the post, unit and agency of today after an act; idempotent."""
    posts = people.posts_that_continue(clock.today())
    count = 0
    for before_id, after_id, unit_id in posts.values_list("predecessor_id", "id", "unit_id"):
        rows = Result.objects.filter(position_id=before_id, is_current=True)
        count += rows.update(position_id=after_id, unit_id=unit_id)
    agency = people.all_units().filter(pk=OuterRef("unit_id")).values("agency_id")[:1]
    count += queries.results_elsewhere().update(agency_id=Subquery(agency))
    record(events.ResultsPlaced(count=count), by=by, about="competence.result", cause=cause)
    return count
