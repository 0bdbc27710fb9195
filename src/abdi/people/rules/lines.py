"""Who leads whom: which holder of a head's post counts, and the first one above a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LEADING: Final = ("plh", "definite", "additional", "plt")
"""A stand-in goes before the absent holder; whoever leads ex officio before an acting head."""
APPRAISING: Final = ("definite", "additional", "plt")
"""A daily stand-in rates nobody (facts/permissions, daily_powers)."""

APPRAISED_RESOURCES: Final = frozenset(
    {
        "performance.plan",
        "performance.rating",
        "performance.objection",
        "performance.formal_guidance",
    }
)
"""What the appraiser decides where somebody else than the superior is it."""
SHARED_RESOURCES: Final = frozenset({"performance.progress"})
"""What both the superior and the appraiser write."""


@dataclass(frozen=True)
class Holder:
    """Somebody in a head's post on a day."""

    person_id: int
    kind: str
    start_on: date
    row_id: int = 0


@dataclass(frozen=True)
class Held:
    """A post a person holds on a day."""

    unit_id: int
    kind: str
    is_head: bool
    start_on: date
    row_id: int = 0


def head_among(holders: Iterable[Holder], kinds: Sequence[str] = LEADING) -> Holder | None:
    """The holder who leads: the first kind that is there, of two the newer one."""
    counting = [holder for holder in holders if holder.kind in kinds]
    newest = sorted(counting, key=lambda row: (row.start_on, row.row_id), reverse=True)
    return min(newest, key=lambda row: kinds.index(row.kind), default=None)


def own_post(posts: Iterable[Held]) -> Held | None:
    """The post a person's line begins at: the definite one, else the newest other."""
    newest = sorted(posts, key=lambda row: (row.start_on, row.row_id), reverse=True)
    return min(newest, key=lambda row: row.kind != "definite", default=None)


def leader_above(
    person_id: int,
    levels: Iterable[Sequence[Holder]],
    *,
    leads_first: bool,
    kinds: Sequence[str] = LEADING,
) -> int | None:
    """The direct superior: the head of the unit, or of the next one above that has another.

    `levels` are the holders of the head's post of the person's unit, of the next above, and so
    on; who holds the head's post of his own unit (`leads_first`) is led from above. Never himself.
    """
    for number, holders in enumerate(levels):
        if number == 0 and leads_first:
            continue
        head = head_among(holders, kinds)
        if head is not None and head.person_id != person_id:
            return head.person_id
    return None
