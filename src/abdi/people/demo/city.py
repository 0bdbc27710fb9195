"""What every floor of the demo city builds upon: who sits where, chance, and moments."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from abdi.people.models import Service, Unit
from abdi.platform import clock
from abdi.platform.tenancy import Institution

SCALE = {"small": 1, "city": 3, "province": 25}


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in his definite post, without any names."""

    person_id: int
    position_id: int
    unit_id: int
    agency_id: int
    title: str
    tier: str
    is_head: bool
    is_civil_servant: bool
    start_on: date


@dataclass
class DemoCity:
    """What the other floors need to build theirs upon it."""

    institution: Institution
    size: str
    rng: random.Random
    units: dict[str, Unit] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)
    accounts: dict[int, int] = field(default_factory=dict)
    sign_ins: list[tuple[str, str, str]] = field(default_factory=list)
    logins: dict[str, int] = field(default_factory=dict)
    by_id: dict[int, Unit] = field(default_factory=dict)

    @property
    def scale(self) -> int:
        """How many times the work of the small city this one has."""
        return SCALE[self.size]

    def chance(self, name: str) -> random.Random:
        """Chance of its own for one part, so that no part disturbs another."""
        return random.Random(f"cendana {self.size} {name}")  # noqa: S311 - a demo

    def people_of(self, code: str) -> list[int]:
        """Ids of the members of a unit (or of its first group), its head not among them."""
        unit = self.units[code]
        return self.members[unit.pk] or self.members[self.units[f"{code}-k1"].pk]

    def head_of(self, code: str) -> int:
        """Id of the head of a unit."""
        return self.heads[self.units[code].pk]

    def superior_of(self, person_id: int) -> int | None:
        """Id of who leads a person: the head of his unit, or of the next one above."""
        unit: Unit | None = self.by_id[self.seats[person_id].unit_id]
        while unit is not None:
            head = self.heads.get(unit.pk)
            if head is not None and head != person_id:
                return head
            unit = self.by_id[unit.parent_id] if unit.parent_id else None
        return None

    def below(self, code: str) -> list[Unit]:
        """A unit and all below it."""
        path = self.units[code].path
        return [unit for unit in self.units.values() if unit.path.startswith(path)]

    def seats_below(self, codes: Iterable[str]) -> list[Seat]:
        """Everybody who sits in these units or below them."""
        inside = {unit.pk for code in codes for unit in self.below(code)}
        return [seat for seat in self.seats.values() if seat.unit_id in inside]

    def by(self, person_id: int | None) -> str:
        """How the journal names a person."""
        return f"people.account:{self.accounts[person_id]}" if person_id else "system"


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the wall clock of the city."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.zone())


def in_hours(rng: random.Random, day: date) -> datetime:
    """Some moment of a day in office hours."""
    return moment(day, 7, 30) + timedelta(minutes=rng.randrange(8 * 60))


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
