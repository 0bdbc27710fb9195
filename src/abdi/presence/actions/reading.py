"""What was looked at."""

from __future__ import annotations

from collections.abc import Iterable

from abdi.people.permissions import role_for
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record
from abdi.presence import events
from abdi.presence.permissions import may_read_others


@action(allowed=may_read_others)
def note_reading(people: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows others, with their ids."""
    ids = ",".join(str(pk) for pk in sorted(set(people)))
    fact = events.PresenceRead(people=ids, role=role_for(by, "people.leave"))
    record(fact, by=by, about="presence.presenceday")
