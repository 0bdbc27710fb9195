"""Rules of calendar feeds: what moved since the last answer, what is gone, what is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

BEHIND: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=180)
"""A feed tells what ends in the last month and begins in the coming half year."""
CANCELLED_FOR: Final = timedelta(days=60)
"""So long a removed turn is told as cancelled; then every calendar has asked."""


@dataclass(frozen=True)
class Told:
    """An event as a feed tells it."""

    uid: str
    kind: str
    name: str
    starts_at: datetime
    ends_at: datetime
    taken: int = 0
    needed: int = 0

    @property
    def is_whole_days(self) -> bool:
        """From midnight to midnight, as leave is; in the zone its moments carry."""
        ends = (self.starts_at, self.ends_at)
        return all((one.hour, one.minute, one.second) == (0, 0, 0) for one in ends)


@dataclass(frozen=True)
class Kept:
    """An event as it was told last, with how often it changed."""

    told: Told
    sequence: int
    changed_at: datetime
    cancelled_at: datetime | None = None


def window(now: datetime) -> tuple[datetime, datetime]:
    """From when to when a feed tells."""
    return now - BEHIND, now + AHEAD


def brought_up_to_date(
    kept: Sequence[Kept], present: Mapping[str, Told], now: datetime
) -> list[Kept]:
    """What the feed tells now, by the order of beginning.

    What is new has sequence 0; what moved or came back one more than before; what is gone although
    its time has not fallen out of the window is cancelled with one more, and forgotten after
    `CANCELLED_FOR`. What only grew old is forgotten without a word.
    """
    first, _last = window(now)
    before = {one.told.uid: one for one in kept}
    found = [_present(told, before.get(told.uid), now) for told in present.values()]
    for uid, one in before.items():
        if uid not in present:
            found += _gone(one, first, now)
    return sorted(found, key=lambda one: (one.told.starts_at, one.told.uid))


def _present(told: Told, before: Kept | None, now: datetime) -> Kept:
    if before is None:
        return Kept(told, 0, now)
    if before.told == told and before.cancelled_at is None:
        return before
    return Kept(told, before.sequence + 1, now)


def _gone(one: Kept, first: datetime, now: datetime) -> list[Kept]:
    if one.cancelled_at is not None:
        return [one] if one.cancelled_at > now - CANCELLED_FOR else []
    if one.told.ends_at <= first:
        return []
    return [replace(one, sequence=one.sequence + 1, changed_at=now, cancelled_at=now)]
