"""The promise of a report step by step: what is due, what broke and why, what a pause stops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from abdi.platform.clocks import (
    Pause,
    Promise,
    Rules,
    State,
    Thaw,
    Works,
    reading,
    stops_of,
    terms_of_category,
    toward,
)
from abdi.reports.choices import Cause, Obstacle, PauseReason, Priority, Status, Step
from abdi.reports.rules.deadlines import hours_of

Norms = Mapping[str, Any]
LAST: Final = (Step.RESOLVE, Step.MAKE_SAFE)
"""The step that is the promise itself: solved, or made safe where nothing is promised beyond."""

_CAUSES: Final[Mapping[Status, Cause]] = {
    Status.RECEIVED: Cause.NOT_SEEN,
    Status.VERIFIED: Cause.NOBODY_SENT,
    Status.REOPENED: Cause.NOBODY_SENT,
    Status.FORWARDED: Cause.NOT_SET_OUT,
    Status.ON_THE_WAY: Cause.ON_THE_WAY,
    Status.WAITING_REPORTER: Cause.WAITED,
}
_ENDS: Final = frozenset(
    {
        Status.ON_THE_WAY,
        Status.IN_PROGRESS,
        Status.RESOLVED,
        Status.CLOSED,
        Status.REJECTED,
        Status.REOPENED,
    }
)


def promise_rules(works: Works, zone: tzinfo, norms: Norms) -> Rules:
    """What holds for the clocks of reports: hours, what stops which step, the thaw rule."""
    thaw = norms["thaw"]
    return Rules(
        hours=hours_of(works, zone),
        stops=stops_of(norms["pause_reasons"]),
        thaw=Thaw(share=int(thaw["percent"]), fewest=int(thaw["fewest_minutes"])),
    )


def promised(
    category: str, received: datetime, rules: Rules, norms: Norms, pauses: Iterable[Pause] = ()
) -> Promise:
    """The promise of a category from the moment a report was heard, in the institution's zone."""
    return Promise(received, terms_of_category(category, norms), rules, tuple(pauses))


def last_step(steps: Iterable[str]) -> str:
    """The step that is the promise itself. Raises ValueError where nothing is promised."""
    known = list(steps)
    if not known:
        raise ValueError("nothing is promised")
    return next((step for step in LAST if step in known), known[-1])


@dataclass(frozen=True)
class StepNow:
    """A step of a report as it stands: due, done, stopped, and whether its break is known."""

    step: Step
    due: datetime | None
    done: datetime | None = None
    is_stopped: bool = False
    is_known: bool = False
    is_last: bool = False

    def broke_by(self, at: datetime) -> bool:
        """Whether it was not done by its moment, and the moment has passed."""
        if self.due is None or self.is_stopped:
            return False
        return self.due < (at if self.done is None else min(self.done, at))


def news(steps: Iterable[StepNow], at: datetime) -> list[StepNow]:
    """The steps that broke by a moment and are not on record yet."""
    return [one for one in steps if not one.is_known and one.broke_by(at)]


def next_check(steps: Iterable[StepNow]) -> datetime | None:
    """From when on the clock must look: the first moment at which a step before the last breaks.

    What is on record, done in time or stopped needs no look.
    """
    waiting = (
        one.due
        for one in steps
        if one.due is not None
        and not (one.is_last or one.is_known or one.is_stopped)
        and (one.done is None or one.done > one.due)
    )
    return min(waiting, default=None)


def cause_of(status: Status | str, obstacle: str) -> Cause:
    """Why a promise broke: what the crew said last, else what had not happened yet."""
    if obstacle and obstacle in Obstacle.codes():
        return Cause(obstacle)
    return _CAUSES.get(Status(status), Cause.WORK_LONGER)


def verdict(received: datetime, due: datetime, done: datetime) -> bool:
    """Whether a promise that named its target was kept, in whole seconds, by its clock."""
    return reading(toward(received, due, done), max(received, done)).state is State.KEPT


def stops(reason: PauseReason | str, step: str, norms: Norms) -> bool:
    """Whether a reason stops the clock of a step."""
    return step in norms["pause_reasons"].get(str(reason), ())


def ends_pause(reason: PauseReason | str, to: Status | str) -> bool:
    """Whether a clock runs again with a new state: somebody works, or it has ended.

    A clock that waits for the reporter runs again with any state but that of waiting.
    """
    if reason == PauseReason.WAITING_REPORTER:
        return Status(to) is not Status.WAITING_REPORTER
    return Status(to) in _ENDS


def is_urgent(priority: Priority | str) -> bool:
    """Whether a broken promise of this priority cannot wait for the end of the hour."""
    return priority in (Priority.P1, Priority.P2)


def hour_of(at: datetime) -> tuple[datetime, datetime]:
    """The full hour a moment lies in: from, until (which belongs to the next one)."""
    start = at.replace(minute=0, second=0, microsecond=0)
    return start, start + timedelta(hours=1)
