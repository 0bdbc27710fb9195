"""Looking at the learning of others leaves a line."""

from __future__ import annotations

from collections.abc import Iterable

from abdi.people.permissions import role_for
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record
from abdi.training import events
from abdi.training.permissions import may_read_hours


@action(allowed=may_read_hours)
def note_reading(people: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows learning hours of others, with their ids."""
    ids = ",".join(str(pk) for pk in sorted(people))
    fact = events.HoursRead(people=ids, role=role_for(by, "training.enrolment"))
    record(fact, by=by, about="training.hours")
