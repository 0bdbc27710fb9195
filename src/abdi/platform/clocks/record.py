"""What was known when: a promise told as events, and the promises that broke on the way.

Events are only ever added. An event says when it became known and from when it holds, so a pause
or another class that is written down later moves the dues of today; a promise that had broken by
what was known then stays on record, with what was known last as its cause. The same events give
the same record in whatever order they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from abdi.platform.clocks.promise import Promise, Rules, Term
from abdi.platform.clocks.running import Pause, broke_at


class Kind(StrEnum):
    """What an event says; the order is that of events that became known together."""

    BEGUN = "begun"
    CHANGED = "changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    DONE = "done"
    UNDONE = "undone"


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Event:
    """Something about a promise: known since `known_at`, true since `at`.

    `step` belongs to done and undone, `reason` to paused and resumed, `terms` to begun and changed.
    A second begun event corrects the start.
    """

    known_at: datetime
    kind: Kind
    at: datetime
    step: str = ""
    reason: str = ""
    terms: tuple[Term, ...] = ()

    def sort_key(self) -> tuple[object, ...]:
        """Puts events in the one order in which they are read."""
        terms = tuple((one.step, one.minutes, one.hours) for one in self.terms)
        return (self.known_at, _RANK[self.kind], self.at, self.step, self.reason, terms)


@dataclass(frozen=True)
class Broken:
    """A promise that broke: the step, when, and what was known last before it."""

    step: str
    due: datetime
    cause: Kind


@dataclass(frozen=True)
class Record:
    """The promise by what is known now, and every first break by what was known then."""

    promise: Promise | None
    broken: tuple[Broken, ...]

    def first_broken(self, step: str) -> Broken | None:
        """The break of a step, if it ever broke."""
        return next((one for one in self.broken if one.step == step), None)


def replay(events: Iterable[Event], rules: Rules, at: datetime) -> Record:
    """The record at a moment from all events known by then, in whatever order they come."""
    known = sorted((one for one in events if one.known_at <= at), key=Event.sort_key)
    groups = [list(group) for _when, group in groupby(known, key=lambda one: one.known_at)]
    untils = [*(group[0].known_at for group in groups[1:]), at][: len(groups)]
    promise: Promise | None = None
    broken: dict[str, Broken] = {}
    for group, until in zip(groups, untils, strict=True):
        for event in group:
            promise = _with(promise, event, rules)
        for found in _breaks(promise, until, group[-1].kind):
            broken.setdefault(found.step, found)
    return Record(promise, tuple(broken.values()))


def _breaks(promise: Promise | None, until: datetime, cause: Kind) -> Iterator[Broken]:
    if promise is None:
        return
    for step in promise.steps:
        due = broke_at(promise.clock(step), until)
        if due is not None:
            yield Broken(step, due, cause)


def _with(promise: Promise | None, event: Event, rules: Rules) -> Promise | None:
    """The promise after one more event; what comes before any begun event says nothing."""
    if event.kind is Kind.BEGUN:
        if promise is None:
            return Promise(event.at, event.terms, rules)
        return replace(promise, start=event.at, terms=event.terms or promise.terms)
    if promise is None:
        return None
    if event.kind is Kind.CHANGED:
        return replace(promise, terms=event.terms)
    if event.kind is Kind.PAUSED:
        return replace(promise, pauses=(*promise.pauses, Pause(event.at, None, event.reason)))
    if event.kind is Kind.RESUMED:
        return replace(promise, pauses=tuple(_ended(promise.pauses, event)))
    return replace(promise, done=_done(promise, event))


def _ended(pauses: tuple[Pause, ...], event: Event) -> Iterator[Pause]:
    for pause in pauses:
        lasts = pause.end is None and pause.reason == event.reason and pause.start <= event.at
        yield replace(pause, end=event.at) if lasts else pause


def _done(promise: Promise, event: Event) -> dict[str, datetime]:
    done = dict(promise.done)
    if event.kind is Kind.UNDONE:
        done.pop(event.step, None)
    elif event.step not in done or event.at < done[event.step]:
        done[event.step] = event.at
    return done
