"""One clock: a start, a term in minutes, the pauses that stop it, and what that comes to.

A pause gives back what was left when it began. The thaw rule adds: a clock that runs again has at
least `Thaw.floor` left, so it does not break the moment it thaws; a short pause gives no more on
top than its own length. What was broken before the pause stays broken. Pauses that touch or
overlap are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from abdi.platform.clocks.hours import NOTHING, Hours

MINUTE: Final = timedelta(minutes=1)


class State(StrEnum):
    """Where a clock stands."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"


class Turn(StrEnum):
    """What happens to a clock next."""

    BEGINS = "begins"
    BREAKS = "breaks"
    RUNS_AGAIN = "runs_again"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Thaw:
    """How much a clock has left at least when it runs again."""

    share: int = 0
    """Percent of the term."""
    fewest: int = 0
    """Minutes."""

    def floor(self, term: timedelta) -> timedelta:
        """The larger of both, in counted time; never more than the term itself."""
        return min(term, max(self.fewest * MINUTE, term * self.share // 100))

    def left_after(self, left: timedelta, paused: timedelta, term: timedelta) -> timedelta:
        """What is left after a pause: the floor, but no more than the pause itself is given on top.

        So a clock stopped and let run again at once has what it had.
        """
        return max(left, min(self.floor(term), left + paused))


@dataclass(frozen=True)
class Pause:
    """A stretch in which a clock stands still, `start` included; without `end` it lasts."""

    start: datetime
    end: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Clock:
    """A promise of so many counted minutes from a moment on."""

    start: datetime
    minutes: int
    hours: Hours
    pauses: tuple[Pause, ...] = ()
    thaw: Thaw = Thaw()
    done_at: datetime | None = None
    seconds: int = 0
    """Beyond the minutes, where a target was named to the second."""

    @property
    def term(self) -> timedelta:
        """What was promised, in counted time."""
        return self.minutes * MINUTE + timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Reading:
    """What a clock says at a moment. Minutes are whole, counted ones and never negative."""

    state: State
    used: int
    left: int
    late: int
    share: int
    """Used of used and left, in ten-thousandths."""
    due: datetime | None
    """When it breaks; None while a pause lasts."""
    turn: Turn
    turn_at: datetime | None


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, those that touch or overlap as one; empty ones are dropped."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        if pause.end is not None and pause.end <= pause.start:
            continue
        before = found[-1] if found else None
        if before is None or (before.end is not None and before.end < pause.start):
            found.append(pause)
        elif before.end is not None and (pause.end is None or pause.end > before.end):
            found[-1] = replace(before, end=pause.end)
    return found


@dataclass(frozen=True)
class _Stretch:
    """A stretch of running: from `begin`, with `left` then, until a pause or for ever."""

    begin: datetime
    left: timedelta
    until: Pause | None


def _stretches(clock: Clock) -> Iterator[_Stretch]:
    begin, left = clock.start, clock.term
    for pause in merged(clock.pauses):
        if pause.end is not None and pause.end <= begin:
            continue
        yield _Stretch(begin, left, pause)
        ran = clock.hours.between(begin, pause.start)
        if ran >= left or pause.end is None:
            return
        paused = clock.hours.between(pause.start, pause.end)
        begin, left = pause.end, clock.thaw.left_after(left - ran, paused, clock.term)
    yield _Stretch(begin, left, None)


def due_of(clock: Clock) -> datetime | None:
    """The last moment at which the promise is kept; None while a pause without end stops it."""
    for stretch in _stretches(clock):
        pause = stretch.until
        if pause is None or clock.hours.between(stretch.begin, pause.start) >= stretch.left:
            return clock.hours.add(stretch.begin, stretch.left)
    return None


def broke_at(clock: Clock, at: datetime) -> datetime | None:
    """The due moment, where it has passed by `at` and nothing was done until then; else None."""
    due = due_of(known_by(clock, at))
    done = clock.done_at
    if due is None or due >= (at if done is None else min(done, at)):
        return None
    return due


def known_by(clock: Clock, at: datetime) -> Clock:
    """The clock as it stood at a moment: what came later is not known yet."""
    pauses = tuple(
        replace(one, end=None) if one.end is not None and one.end > at else one
        for one in clock.pauses
        if one.start <= at
    )
    done = clock.done_at if clock.done_at is not None and clock.done_at <= at else None
    return replace(clock, pauses=pauses, done_at=done)


def reading(clock: Clock, at: datetime) -> Reading:
    """What the clock says at a moment, by what is known then."""
    known = known_by(clock, at)
    due = due_of(known)
    stop = at if known.done_at is None else known.done_at
    used, left = _used_left(known, stop)
    late = known.hours.between(due, stop) if due is not None else NOTHING
    state = _state(known, at, due)
    turn, turn_at = _turn(clock, state, due, at)
    whole = used + left
    return Reading(
        state=state,
        used=used // MINUTE,
        left=left // MINUTE,
        late=late // MINUTE if state is State.BROKEN else 0,
        share=used * 10_000 // whole if whole else 10_000,
        due=due,
        turn=turn,
        turn_at=turn_at,
    )


def _used_left(clock: Clock, at: datetime) -> tuple[timedelta, timedelta]:
    """Counted time used and left at a moment that lies in the past of all pauses' starts."""
    used, left = NOTHING, clock.term
    for stretch in _stretches(clock):
        end = at if stretch.until is None else min(at, stretch.until.start)
        ran = clock.hours.between(stretch.begin, end)
        if ran >= stretch.left:  # broken: what follows stops nothing
            return used + clock.hours.between(stretch.begin, at), NOTHING
        used, left = used + ran, stretch.left - ran
        if end == at:
            break
    return used, left


def _state(clock: Clock, at: datetime, due: datetime | None) -> State:
    if clock.done_at is not None:
        return State.KEPT if due is None or clock.done_at <= due else State.BROKEN
    if at < clock.start:
        return State.NOT_BEGUN
    if due is None:
        return State.PAUSED
    return State.BROKEN if due < at else State.RUNNING


def _turn(
    clock: Clock, state: State, due: datetime | None, at: datetime
) -> tuple[Turn, datetime | None]:
    if state is State.NOT_BEGUN:
        return Turn.BEGINS, clock.start
    if state is State.RUNNING:
        return Turn.BREAKS, due
    if state is State.PAUSED:
        ends = [one.end for one in merged(clock.pauses) if one.end is None or one.end > at]
        return Turn.RUNS_AGAIN, ends[0] if ends else None
    return Turn.NOTHING, None


def thawed(due: datetime, pause: Pause, minutes: int, hours: Hours, thaw: Thaw) -> datetime:
    """The new due moment once a pause has ended; the same as counting the whole clock anew.

    `due` is what it was when the pause began, `minutes` the whole term. A pause that began after
    it changes nothing. Raises ValueError for a pause that lasts.
    """
    if pause.end is None:
        raise ValueError("the pause has not ended")
    if due <= pause.start or pause.end <= pause.start:
        return due
    left = hours.between(pause.start, due)
    paused = hours.between(pause.start, pause.end)
    return hours.add(pause.end, thaw.left_after(left, paused, minutes * MINUTE))
