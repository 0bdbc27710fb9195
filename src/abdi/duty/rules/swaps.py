"""Rules of swaps and wishes: what an exchange does to both, how long it waits, how many wishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from abdi.duty.choices import LapseCause, Problem, SwapState, WishKind
from abdi.duty.rules.turns import (
    DAYS_A_WEEK,
    MINUTE,
    Candidate,
    Norms,
    Stand,
    nights_of,
    problems,
)

STILL_OPEN: Final = (SwapState.OPEN, SwapState.AGREED)
DAY: Final = timedelta(days=1)
NEAR: Final = timedelta(days=DAYS_A_WEEK)
STRONGEST: Final = 3


@dataclass(frozen=True)
class Bound:
    """What a swap is tied to: whose turn it was when asked, from when to when."""

    person_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Effect:
    """What a turn does to a person who takes it.

    `rest_minutes`: the shorter of the rests before and after, None where no other turn lies
    within a week. `nights`: how many nights in a row there are then, 0 for a turn by day.
    """

    problems: tuple[Problem, ...]
    rest_minutes: int | None
    nights: int

    @property
    def fits(self) -> bool:
        """Nothing speaks against it."""
        return not self.problems

    @property
    def is_taken(self) -> bool:
        """The time is taken: no reason can break that."""
        return Problem.OVERLAP in self.problems or Problem.BUSY in self.problems


def has_moved(asked: Bound, now: Bound | None) -> bool:
    """Whether a turn is no longer the one that was asked about; None: it is gone."""
    return asked != now


def effect_of(
    new: Stand, person: Candidate, norms: Norms, *, without: Stand | None = None
) -> Effect:
    """What taking `new` does to a person who gives `without` away for it.

    Only what lies within a week before and after the turn counts.
    """
    own = [
        stand
        for stand in person.stands
        if stand != without and stand.start < new.end + NEAR and stand.end > new.start - NEAR
    ]
    found = problems(new, own, norms, busy=person.busy)
    found.sort(key=lambda problem: problem not in (Problem.BUSY, Problem.OVERLAP))
    return Effect(tuple(found), _least_rest(new, own), _night_run(new, own, norms))


def _least_rest(new: Stand, own: Sequence[Stand]) -> int | None:
    before = [new.start - stand.end for stand in own if stand.end <= new.start]
    after = [stand.start - new.end for stand in own if stand.start >= new.end]
    return min((rest // MINUTE for rest in before + after), default=None)


def _night_run(new: Stand, own: Iterable[Stand], norms: Norms) -> int:
    """How many nights in a row there are around this turn once it is taken."""
    new_nights = nights_of(new, norms)
    if not new_nights:
        return 0
    nights = {night for stand in (new, *own) for night in nights_of(stand, norms)}
    first = last = new_nights[0]
    while first - DAY in nights:
        first -= DAY
    while last + DAY in nights:
        last += DAY
    return (last - first).days + 1


def answer_by(starts: Sequence[datetime], *, of_one: bool, norms: Norms) -> datetime:
    """Until when a swap may be answered.

    One colleague has until some hours before the first of the turns begins; what is offered to
    everybody stays open until then.
    """
    begins = min(starts)
    return begins - timedelta(hours=norms["swap_answer_hours"]) if of_one else begins


def may_be_taken_now(start: datetime, at: datetime, norms: Norms) -> bool:
    """Whether an offered turn may be taken over without waiting for the commander."""
    return at < start <= at + timedelta(hours=norms["swap_take_now_hours"])


def wish_room(kinds: Sequence[tuple[WishKind, int]], norms: Norms) -> dict[str, int]:
    """How many wishes of a month are left, by kind and for those of full strength.

    `kinds` are the wishes the month has already: kind and strength.
    """
    limits = norms["wish_limits"]
    left = {
        str(kind): int(limits[str(kind)]) - sum(one == kind for one, _strength in kinds)
        for kind in WishKind
    }
    strong = sum(strength == STRONGEST for _kind, strength in kinds)
    return {**left, "strong": int(limits["strong"]) - strong}


def lapse_cause(
    state: SwapState, *, moved: bool, gone: bool, late: bool, begun: bool
) -> LapseCause | None:
    """Why an open swap ends by itself now; None where it goes on.

    `late`: the time to answer is over; `begun`: the first of its turns has begun.
    """
    if begun:
        return LapseCause.UNDECIDED if state == SwapState.AGREED else LapseCause.UNANSWERED
    if gone:
        return LapseCause.GONE
    if moved:
        return LapseCause.MOVED
    return LapseCause.UNANSWERED if late and state == SwapState.OPEN else None
