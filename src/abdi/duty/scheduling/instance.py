"""A scheduling task in memory: days, shifts, people, wishes and cover.

Terms follow Curtois and Qu (2014), "Computational results on new staff scheduling benchmark
instances".
Days count from 0, and day 0 is a Monday. Times are minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Roster = Sequence[Sequence[str]]
"""Per person (in the order of the instance) and day the name of a shift, or "" for a day off."""


@dataclass(frozen=True)
class ShiftType:
    """A kind of work on one day."""

    name: str
    minutes: int
    no_next: frozenset[str] = frozenset()
    """Shifts that must not stand on the day after."""


@dataclass(frozen=True)
class Person:
    """One member of staff and the rules of the contract."""

    name: str
    limits: dict[str, int]
    """Shift → how often at most in the whole horizon."""
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Wish:
    """A person asks for a shift on a day, or asks not to have it."""

    person: int
    day: int
    shift: str
    weight: int


@dataclass(frozen=True)
class Cover:
    """How many people one shift of one day wants, and what each missing or extra one costs."""

    day: int
    shift: str
    wanted: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """One whole task."""

    name: str
    days: int
    shifts: tuple[ShiftType, ...]
    people: tuple[Person, ...]
    cover: tuple[Cover, ...]
    wants: tuple[Wish, ...] = ()
    avoids: tuple[Wish, ...] = ()
    shift_index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {shift.name: number for number, shift in enumerate(self.shifts)}
        object.__setattr__(self, "shift_index", index)
