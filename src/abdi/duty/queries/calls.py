"""Call-outs of a person as he sees them: from when to when, and what the morning after is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from abdi.duty.models import CallOut
from abdi.platform import clock
from abdi.presence import queries as presence

SHOWN = timedelta(days=14)


@dataclass(frozen=True)
class CallLine:
    """A call-out in local time; `excused_until` where it excuses the morning of `excused_on`."""

    at: datetime
    ended_at: datetime | None
    excused_on: date | None = None
    excused_until: datetime | None = None
    is_today: bool = False


def recent_calls(person_id: int | None, now: datetime) -> list[CallLine]:
    """The call-outs of a person in the last two weeks, newest first; two queries."""
    if person_id is None:
        return []
    today = clock.local(now).date()
    rows = CallOut.objects.filter(person_id=person_id, at__gt=now - SHOWN, at__lte=now)
    excuses = {
        (one.about, one.called_at): one
        for one in presence.excuses_of(person_id, today - SHOWN, today + timedelta(days=1))
    }
    found = []
    for row in rows.order_by("-at"):
        excuse = excuses.get((row.about, row.at))
        found.append(
            CallLine(
                row.at,
                row.ended_at,
                excuse.on if excuse else None,
                excuse.excused_until if excuse else None,
                is_today=excuse is not None and excuse.on == today,
            )
        )
    return found
