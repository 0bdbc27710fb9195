"""A calendar feed as an iCalendar file (RFC 5545): what stands, what moved, what was cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from abdi.duty.choices import FeedKind
from abdi.duty.rules.feeds import Kept, Told
from abdi.platform import clock
from abdi.platform.labels import label

ASK_AGAIN: Final = "PT1H"


def calendar_file(name: str, told: Sequence[Kept]) -> bytes:
    """The file: the same for the same events, so that its hash can serve as an ETag."""
    made = Calendar()
    made.add("prodid", "-//Abdi//Piket//ID")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", str(clock.zone()))
    made.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"}, encode=False)
    made.add("x-published-ttl", ASK_AGAIN, encode=False)
    for one in told:
        made.add_component(_event(one))
    if told:
        first = min(one.told.starts_at for one in told).date()
        last = max(one.told.ends_at for one in told).date()
        made.add_missing_timezones(first_date=first, last_date=last)
    return bytes(made.to_ical())


def _event(one: Kept) -> Event:
    told, event = one.told, Event()
    event.add("uid", f"{told.uid}@abdi")
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    start: Any = told.starts_at
    end: Any = told.ends_at
    if told.is_whole_days:
        start, end = start.date(), end.date()
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _summary(told))
    event.add("status", "CANCELLED" if one.cancelled_at is not None else "CONFIRMED")
    return event


def _summary(told: Told) -> str:
    """The kind and the name of the turn; never a reason, never a person."""
    word = label(told.kind, FeedKind)
    if not told.name:
        return word
    if told.needed:
        words = {"turn": told.name, "taken": told.taken, "needed": told.needed}
        return _("%(turn)s (%(taken)s of %(needed)s)") % words
    return _("%(word)s: %(turn)s") % {"word": word, "turn": told.name}
