"""Rules of the chain: which steps count, in which order, which are passed over, when is next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from abdi.duty.choices import AlertChannel, Hours, Severity, SkipReason, Whom

MAX_TRIES: Final = 8
MOST_STEPS: Final = 60
BACKWARDS: Final = timedelta(seconds=30)
"""A clock that stands so far before what it said last has been set back."""


@dataclass(frozen=True)
class Step:
    """A step as the commander set it: whom, how long until the next, and when it counts.

    No severities and no area: any. `delay_seconds` is how long the next step waits.
    """

    whom: Whom
    delay_seconds: int
    hours: Hours = Hours.ALWAYS
    severities: tuple[str, ...] = ()
    area: str = ""
    role: str = ""
    person_id: int | None = None


@dataclass(frozen=True)
class Level:
    """A unit on the way up, with its own steps; without any the common ones count."""

    unit_id: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A step of one call: fixed when the call begins, so that nothing moves under it."""

    number: int
    whom: Whom
    unit_id: int
    delay_seconds: int
    role: str = ""
    person_id: int | None = None


@dataclass(frozen=True)
class Found:
    """Who a step reaches at this moment; with nobody, why."""

    person_ids: tuple[int, ...] = ()
    reason: SkipReason = SkipReason.NOBODY


@dataclass(frozen=True)
class Advance:
    """What happens now: steps passed over with the reason, then the one that tells people."""

    skipped: tuple[tuple[Planned, SkipReason], ...]
    told: Planned | None
    person_ids: tuple[int, ...] = ()


def common_steps(norms: Mapping[str, Any], *, lowest: bool) -> tuple[Step, ...]:
    """The steps of a unit without a chain of its own; above the lowest unit only its head.

    Duty and commander are looked for in the whole agency, so asking again above finds nobody new.
    """
    waits = norms["chain_seconds"]
    head = Step(Whom.HEAD, int(waits["head"]))
    if not lowest:
        return (head,)
    return (
        Step(Whom.ON_DUTY, int(waits["on_duty"])),
        Step(Whom.STANDBY, int(waits["standby"])),
        Step(Whom.COMMANDER, int(waits["commander"])),
        head,
    )


def kinds_of_time(
    local: datetime, *, works: bool, office: Iterable[tuple[time, time]], norms: Mapping[str, Any]
) -> frozenset[Hours]:
    """What a local moment is: office hours or outside, night, day off.

    `works`: whether the office works that day; `office`: its hours from the first to the last.
    """
    spans = list(office)
    at = local.time()
    inside = works and bool(spans) and spans[0][0] <= at < spans[-1][1]
    begins, ends = norms["night"]["begins"], norms["night"]["ends"]
    found = {Hours.ALWAYS, Hours.OFFICE if inside else Hours.OUTSIDE}
    if local.hour >= begins or local.hour < ends:
        found.add(Hours.NIGHT)
    if not works:
        found.add(Hours.HOLIDAY)
    return frozenset(found)


def counts(step: Step, severity: Severity, area: str, kinds: frozenset[Hours]) -> bool:
    """Whether a step counts for this severity, place and time."""
    if step.hours not in kinds:
        return False
    if step.severities and severity not in step.severities:
        return False
    return not step.area or step.area.casefold() == area.casefold()


def plan(
    levels: Sequence[Level],
    *,
    severity: Severity,
    area: str,
    kinds: frozenset[Hours],
    norms: Mapping[str, Any],
    first: Step | None = None,
) -> tuple[Planned, ...]:
    """The whole chain of one call, from the unit upwards; the control room always stands last.

    `levels` begins with the unit it happened in. `first`: who was given the job already.
    A chain of a unit's own of which nothing counts now gives way to the common steps.
    """
    steps: list[tuple[int, Step]] = []
    if first is not None:
        steps.append((levels[0].unit_id, first))
    for n, level in enumerate(levels):
        own = [step for step in level.steps if counts(step, severity, area, kinds)]
        steps += [(level.unit_id, step) for step in own or common_steps(norms, lowest=n == 0)]
    last = Step(Whom.CONTROL_ROOM, int(norms["chain_seconds"]["control_room"]))
    steps = [*steps[: MOST_STEPS - 1], (levels[-1].unit_id, last)]
    return tuple(
        Planned(number, step.whom, unit_id, step.delay_seconds, step.role, step.person_id)
        for number, (unit_id, step) in enumerate(steps, start=1)
    )


def advance(
    chain: Sequence[Planned], number: int, find: Callable[[Planned], Found], told: Iterable[int]
) -> Advance:
    """From step `number` on: pass over what reaches nobody, stop at the first that does.

    Nobody is called by two steps: who was told before is left out (`told`). An empty step costs
    no time at all. `told` of the answer is None where the chain is at its end.
    """
    before = set(told)
    skipped: list[tuple[Planned, SkipReason]] = []
    for step in chain[number - 1 :]:
        found = find(step)
        fresh = tuple(one for one in dict.fromkeys(found.person_ids) if one not in before)
        if fresh:
            return Advance(tuple(skipped), step, fresh)
        known = bool(found.person_ids)
        skipped.append((step, SkipReason.TOLD_BEFORE if known else found.reason))
    return Advance(tuple(skipped), None)


def next_due(taken_at: datetime, step: Planned | None, chain: Sequence[Planned]) -> datetime | None:
    """When the step after this one is due; None after the last."""
    if step is None or step.number >= len(chain):
        return None
    return taken_at + timedelta(seconds=step.delay_seconds)


def is_set_back(last_at: datetime, now: datetime) -> bool:
    """Whether the clock stands before what was written last: it was set back."""
    return now + BACKWARDS < last_at


def seconds_before_try(tries: int) -> int:
    """How long a failed message waits: 5 s, doubled each time, at most 2 minutes."""
    return min(int(5 * 2 ** max(tries - 1, 0)), 120)


def channels_in_order(
    wanted: Sequence[str],
    possible: Iterable[AlertChannel],
    *,
    quiet: bool,
) -> list[AlertChannel]:
    """The channels of a person in the order they are tried.

    `wanted`: his own order; what he left out follows. `quiet`: only what does not ring.
    """
    can = set(possible)
    order = [AlertChannel(one) for one in wanted if one in AlertChannel.outside()]
    order += [one for one in AlertChannel.outside() if one not in order]
    found = [one for one in order if one in can]
    silent: list[AlertChannel] = [one for one in found if one == AlertChannel.EMAIL]
    return silent if quiet and silent else found


def is_quiet(severity: Severity, kinds: frozenset[Hours], *, asked: bool) -> bool:
    """Whether a person's wish for quiet nights counts: never for what is urgent."""
    return asked and Hours.NIGHT in kinds and severity in (Severity.P3, Severity.P4)
