"""How a leave comes to a state: its step, its days in the calendar, its journal entry."""

from __future__ import annotations

from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.journal import record
from abdi.presence import events, rules
from abdi.presence.choices import LeaveState
from abdi.presence.models import Leave, LeaveStep
from abdi.presence.queries.scope import bounds


def change_state(row: Leave, state: LeaveState, by: Actor, words: str = "") -> None:
    """Write the state, its step, the calendar and the journal; inside an action only."""
    was_approved = row.state == LeaveState.APPROVED
    row.state = state
    row.decided_by_id = by.person_id
    row.decided_at = clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    write_step(row, by.ref, words)
    if state == LeaveState.APPROVED:
        keep_time(row, by)
    elif was_approved:
        people_actions.free_time(row.ref, by=by)
    fact = events.LeaveDecided(
        leave_id=row.pk,
        person_id=row.person_id,
        kind_code=row.kind,
        state=str(state),
        first_on=row.first_on.isoformat(),
        last_on=row.last_on.isoformat(),
    )
    record(fact, by=by, about=row)


def write_step(row: Leave, by: str, words: str = "") -> None:
    """One line of the history of a leave."""
    LeaveStep.objects.create(leave=row, state=row.state, at=clock.now(), by=by, words=words[:500])


def keep_time(row: Leave, by: Actor) -> None:
    """Enter the days of a leave in the calendar; long ones in pieces the calendar can hold."""
    for start, end in rules.pieces(*bounds(row.first_on, row.last_on)):
        people_actions.take_time(
            row.person, start=start, end=end, kind=TimeKind.LEAVE, about=row.ref, by=by
        )
