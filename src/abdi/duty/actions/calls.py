"""Call-outs: somebody was sent out, on turn or from home, and is done with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from abdi.duty import events
from abdi.duty.models import CallOut
from abdi.duty.permissions import only_other_modules
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.presence import actions as presence

if TYPE_CHECKING:
    from abdi.people.models import Person

LONGEST_WAY = timedelta(hours=2)
"""Between saying yes and setting out; more is another matter."""


@action(allowed=only_other_modules)
def count_call_out(
    person: Person, *, about: str, at: datetime, by: Actor, accepted_at: datetime | None = None
) -> CallOut:
    """Note that a person was sent out, on turn or called from home; the same twice counts once.

    It begins when he said yes (`accepted_at`), unless that lies hours back or belongs to an
    earlier call-out for the same thing that has ended. A call at night excuses being late the
    morning after it.
    """
    start = at
    if accepted_at is not None and at - LONGEST_WAY <= accepted_at <= at:
        ended = CallOut.objects.filter(
            person=person, about=about, at__gte=accepted_at, ended_at__isnull=False
        )
        start = at if ended.exists() else accepted_at
    row, _made = CallOut.objects.get_or_create(person=person, about=about, at=start)
    presence.write_dispensation(person, about=about, at=start, by=by)
    record(events.CalledOut(person_id=person.pk, about=about), by=by, about=row)
    return row


@action(allowed=only_other_modules)
def end_call_out(person: Person, *, about: str, at: datetime, by: Actor) -> CallOut | None:
    """Note that a person is done with what he was called out for.

    His rest counts from here. Nothing happens (None) where he was not called out for it, is done
    already, or so long ago that nobody can say when it ended.
    """
    longest = timedelta(hours=norms("duty", on=clock.local(at).date())["longest_shift_hours"])
    row = (
        CallOut.objects.filter(
            person=person, about=about, ended_at__isnull=True, at__lte=at, at__gte=at - longest
        )
        .order_by("-at")
        .first()
    )
    if row is None:
        return None
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    presence.write_dispensation(person, about=about, at=row.at, ended_at=at, by=by)
    record(events.CallOutEnded(person_id=person.pk, about=about), by=by, about=row)
    return row
