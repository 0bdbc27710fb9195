"""What a calendar feed tells: a person's own time, or the turns of a unit."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime
from typing import Final

from abdi.duty.choices import FeedKind, RosterState
from abdi.duty.models import CalendarFeed, FeedEvent, Shift, Turn
from abdi.duty.rules.feeds import Kept, Told, window
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock

KINDS: Final = {
    TimeKind.CLASS.value: FeedKind.CLASS.value,
    TimeKind.MEETING.value: FeedKind.MEETING.value,
    TimeKind.LEAVE.value: FeedKind.LEAVE.value,
}


def hash_of(token: str) -> str:
    """What is stored of the secret part of an address."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def feed_at(token: str) -> CalendarFeed | None:
    """The feed of an address, or None: unknown, revoked, or its person has left."""
    rows = CalendarFeed.objects.active().select_related("person", "unit")
    found: CalendarFeed | None = rows.filter(token_hash=hash_of(token)).first()
    if found is None or (found.person is not None and found.person.left_on is not None):
        return None
    return found


def feed_of_person(person_id: int | None) -> CalendarFeed | None:
    """The active feed of a person."""
    return CalendarFeed.objects.active().filter(person_id=person_id or 0).first()


def feeds_of_units(unit_ids: list[int]) -> dict[int, CalendarFeed]:
    """The active feeds of these units, by unit."""
    rows = CalendarFeed.objects.active().filter(unit_id__in=unit_ids)
    return {row.unit_id: row for row in rows if row.unit_id is not None}


def kept_of(feed: CalendarFeed) -> list[Kept]:
    """What this feed told last; one query."""
    return [
        Kept(
            Told(
                row.uid,
                row.kind,
                row.name,
                clock.local(row.starts_at),
                clock.local(row.ends_at),
                row.taken_count,
                row.needed_count,
            ),
            row.sequence,
            row.changed_at,
            row.cancelled_at,
        )
        for row in FeedEvent.objects.filter(feed=feed).order_by("starts_at", "uid")
    ]


def present_of(feed: CalendarFeed, now: datetime) -> dict[str, Told]:
    """What this feed has to tell now, by its lasting mark; one or two queries."""
    first, last = window(now)
    if feed.unit_id is not None:
        return _of_unit(feed.unit_id, first, last)
    return _of_person(feed.person_id or 0, first, last)


def _of_unit(unit_id: int, first: datetime, last: datetime) -> dict[str, Told]:
    rows = Turn.objects.filter(
        roster__unit_id=unit_id,
        roster__state=RosterState.PUBLISHED,
        ends_at__gt=first,
        starts_at__lt=last,
    )
    found = [
        Told(
            _uid(f"turn:{turn.pk}"),
            FeedKind.SHIFT.value,
            turn.name,
            clock.local(turn.starts_at),
            clock.local(turn.ends_at),
            turn.taken_count,
            turn.needed_count,
        )
        for turn in rows
    ]
    return {one.uid: one for one in found}


def _of_person(person_id: int, first: datetime, last: datetime) -> dict[str, Told]:
    shifts = (
        Shift.objects.in_force()
        .filter(person_id=person_id, ends_at__gt=first, starts_at__lt=last)
        .select_related("turn")
    )
    found = [
        Told(
            _uid(f"turn:{shift.turn_id}:{person_id}"),
            FeedKind.STANDBY.value if shift.is_standby else FeedKind.SHIFT.value,
            shift.turn.name,
            clock.local(shift.starts_at),
            clock.local(shift.ends_at),
        )
        for shift in shifts
    ]
    found += _other_time(person_id, first, last)
    return {one.uid: one for one in found}


def _other_time(person_id: int, first: datetime, last: datetime) -> list[Told]:
    """Classes, meetings and leave: the kind and the hours only."""
    found = []
    seen: Counter[str] = Counter()
    for row in people.busy([person_id], first, last):
        if row.kind not in KINDS:
            continue
        seen[row.about] += 1
        mark = _uid(f"busy:{row.about}:{seen[row.about]}:{person_id}")
        begin, finish = clock.local(row.start_at), clock.local(row.end_at)
        found.append(Told(mark, KINDS[row.kind], "", begin, finish))
    return found


def _uid(text: str) -> str:
    """A mark that stays the same as long as the thing is the same, and says nothing about it."""
    return hashlib.sha256(f"abdi.duty|{text}".encode()).hexdigest()[:40]
