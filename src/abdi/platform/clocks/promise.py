"""A promise in steps: each step its clock, and one set of pauses that stops some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from abdi.platform.clocks.hours import Hours
from abdi.platform.clocks.running import Clock, Pause, Reading, Thaw, due_of, reading

Stops = Mapping[str, frozenset[str]]
"""For each reason of a pause the steps whose clock it stops."""


@dataclass(frozen=True)
class Term:
    """So many counted minutes for a step; `hours` names which minutes count."""

    step: str
    minutes: int
    hours: str


@dataclass(frozen=True)
class Rules:
    """What holds for every promise of a kind: the hours by name, the pauses, the thaw rule.

    Reasons that `stops` does not name stop nothing: waiting for material is the city's matter.
    """

    hours: Mapping[str, Hours]
    stops: Stops = field(default_factory=dict)
    thaw: Thaw = field(default_factory=Thaw)


@dataclass(frozen=True)
class Promise:
    """Steps promised from one start on. `done` tells when a step was done."""

    start: datetime
    terms: tuple[Term, ...]
    rules: Rules
    pauses: tuple[Pause, ...] = ()
    done: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[str, ...]:
        """The promised steps in their order."""
        return tuple(term.step for term in self.terms)

    def clock(self, step: str) -> Clock:
        """The clock of a step with the pauses that stop it. Raises KeyError for no such step."""
        term = next((one for one in self.terms if one.step == step), None)
        if term is None:
            raise KeyError(step)
        stopping = (one for one in self.pauses if step in self.rules.stops.get(one.reason, ()))
        return Clock(
            start=self.start,
            minutes=term.minutes,
            hours=self.rules.hours[term.hours],
            pauses=tuple(stopping),
            thaw=self.rules.thaw,
            done_at=self.done_at(step),
        )

    def done_at(self, step: str) -> datetime | None:
        """When a step was done: with a later step those before it are done as well."""
        later = self.steps[self.steps.index(step) :]
        return min((self.done[one] for one in later if one in self.done), default=None)

    def dues(self) -> dict[str, datetime | None]:
        """When each step breaks, None while it is stopped; no step later than one after it."""
        return in_order({step: due_of(self.clock(step)) for step in self.steps})

    def readings(self, at: datetime) -> dict[str, Reading]:
        """What each clock says at a moment."""
        return {step: reading(self.clock(step), at) for step in self.steps}


def in_order(dues: Mapping[str, datetime | None]) -> dict[str, datetime | None]:
    """Dues of steps in their order, each cut to the earliest that is known of the later ones."""
    found: dict[str, datetime | None] = {}
    soonest: datetime | None = None
    for step in reversed(list(dues)):
        due = dues[step]
        if due is not None and soonest is not None:
            due = min(due, soonest)
        soonest = due if due is not None else soonest
        found[step] = due
    return {step: found[step] for step in dues}


def stops_of(table: Mapping[str, Sequence[str]]) -> Stops:
    """A table of a norm (reason: steps) as `Stops`."""
    return {str(reason): frozenset(map(str, steps)) for reason, steps in table.items()}
