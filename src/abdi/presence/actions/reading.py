"""What was looked at and what left the program."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action
from abdi.platform.journal import record
from abdi.presence import events
from abdi.presence.choices import FileKind
from abdi.presence.permissions import may_read_others, may_take_list

SHORTEST_REASON = 10


@action(allowed=may_read_others)
def note_reading(people: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows others, with their ids."""
    ids = ",".join(str(pk) for pk in sorted(set(people)))
    record(events.PresenceRead(people=ids), by=by, about="presence.presenceday")


@action(allowed=may_take_list)
def take_list(kind: FileKind | str, *, by: Actor, count: int, reason: str) -> None:
    """Note that a list leaves the program; raises Invalid without a reason of ten letters."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Say in ten letters or more what the list is for."), field="reason")
    record(events.ListTaken(kind_code=str(kind), count=count), by=by, about=f"presence.{kind}")
