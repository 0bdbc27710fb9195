"""Standards of positions: written by one, put in force by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.competence import events
from abdi.competence.choices import StandardState
from abdi.competence.models import Standard, StandardLevel, StandardRequest
from abdi.competence.permissions import (
    may_approve_standard,
    may_ask_for_standard,
    may_draft_standard,
)
from abdi.competence.queries import CODES
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Position


@action(allowed=may_draft_standard)
def draft_standard(
    position: Position,
    *,
    by: Actor,
    levels: Mapping[str, int],
    decree_number: str = "",
    decree_on: date | None = None,
) -> Standard:
    """Write the standard of a position, or write its draft anew; in force only once approved.

    Raises Invalid for an unknown competency or a level outside 1 to 5.
    """
    for code, level in levels.items():
        if code not in CODES or not 1 <= level <= 5:
            raise Invalid(_("Please choose a level of the list."), field="levels")
    if not levels:
        raise Invalid(_("Please choose at least one level."), field="levels")
    row, made = Standard.objects.get_or_create(
        position=position, state=StandardState.DRAFT, defaults={"made_at": clock.now()}
    )
    row.author_id = by.person_id
    row.decree_number = decree_number
    row.decree_on = decree_on
    row.made_at = clock.now()
    row.save(update_fields=["author", "decree_number", "decree_on", "made_at"])
    if not made:
        guard_version(row, None)
        StandardLevel.objects.filter(standard=row).delete()
    StandardLevel.objects.bulk_create(
        [StandardLevel(standard=row, competency=code, level=n) for code, n in levels.items()]
    )
    fact = events.StandardDrafted(standard_id=row.pk, position_id=position.pk)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_approve_standard)
def approve_standard(
    standard: Standard, *, by: Actor, start_on: date | None = None, version: int | None = None
) -> Standard:
    """Put a draft in force from a day on; the one before ends the day before.

    Raises Conflict where it is no draft any more, Invalid where its decree is missing.
    """
    row = lock(standard)
    if row.state != StandardState.DRAFT:
        raise Conflict(_("This standard is no longer a draft."))
    if not row.decree_number or row.decree_on is None:
        raise Invalid(_("Fill in the number and date of the decree first."), field="decree_number")
    guard_version(row, version)
    day = start_on or clock.today()
    for before in Standard.objects.filter(
        position_id=row.position_id, state=StandardState.IN_FORCE
    ):
        before.state = StandardState.ENDED
        before.end_on = max(day - timedelta(days=1), before.start_on or day)
        before.save(update_fields=["state", "end_on"])
    row.state = StandardState.IN_FORCE
    row.start_on = day
    row.save(update_fields=["state", "start_on"])
    StandardRequest.objects.filter(position_id=row.position_id).delete()
    fact = events.StandardApproved(standard_id=row.pk, position_id=row.position_id)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_ask_for_standard)
def ask_for_standard(position: Position, *, by: Actor) -> StandardRequest:
    """Tell the organisation office that a position has no standard; twice changes nothing."""
    row, _made = StandardRequest.objects.get_or_create(
        position=position, defaults={"asked_at": clock.now(), "asked_by_id": by.person_id}
    )
    record(events.StandardMissing(position_id=position.pk), by=by, about=position)
    return row
