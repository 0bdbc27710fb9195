"""Scheduling tasks with a roster planted in them, close in style to the public ones.

Sizes are those published for the family; every number of a contract, of the wishes and of the cover
is drawn around what the five public instances beside the code show. The planted roster keeps every
rule, so its cost is an upper bound of the optimum. Nothing here is shared with the search.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import count

SIZES = {
    4: (28, 10, 2), 5: (28, 16, 2), 6: (28, 18, 3), 7: (28, 20, 3), 9: (28, 36, 4),
    11: (28, 50, 6), 12: (28, 60, 10), 13: (28, 120, 18), 14: (42, 32, 4), 15: (42, 45, 6),
    16: (56, 20, 3), 17: (56, 32, 4), 18: (84, 22, 3), 19: (84, 40, 5), 20: (182, 50, 6),
    21: (182, 100, 8), 22: (364, 50, 10), 23: (364, 100, 16), 24: (364, 150, 32),
}  # fmt: skip
"""Number of a public instance → days, staff, kinds of shift."""
LENGTHS = {
    "equal": (480,),
    "mixed": (480, 480, 600),
    "hours": (480, 480, 360, 540, 600, 720, 420),
    "quarters": (480, 450, 495, 525, 570, 585),
    "minutes": (480, 481, 479, 487, 599, 613),
}
WEEK = 7
MONTH = 28
REST = 14 * 60
"""Minutes of rest below which an earlier shift must not follow."""


@dataclass(frozen=True)
class Kind:
    """A kind of shift."""

    name: str
    start: int
    length: int


@dataclass(frozen=True)
class Contract:
    """What people of one contract have in common: minutes and weekends of four weeks."""

    most: int
    slack: int
    run: int
    least: int
    off: int
    weekends: int


FULL = Contract(8640, 1080, 5, 2, 2, 2)
CONTRACTS = (
    (FULL, 0.55),
    (Contract(8640, 1080, 6, 2, 3, 2), 0.75),
    (Contract(8160, 1080, 5, 2, 2, 2), 0.85),
    (Contract(5160, 960, 5, 1, 2, 3), 0.95),
    (Contract(3420, 960, 5, 1, 1, 3), 1.0),
)


def planted(days: int, staff: int, shifts: int, lengths: str, seed: int) -> tuple[str, list[str]]:
    """An instance as text, and the lines of the planted roster."""
    chance = random.Random(f"{days}-{staff}-{shifts}-{lengths}-{seed}")
    kinds = _kinds(shifts, LENGTHS[lengths], chance)
    contracts = [_contract(number / staff) for number in range(staff)]
    people = [_Plan(f"P{n}", one, kinds, days, chance) for n, one in enumerate(contracts)]
    lines = ["# planted", "SECTION_HORIZON", str(days), "", "SECTION_SHIFTS"]
    lines += [f"{kind.name},{kind.length},{'|'.join(_forbidden(kind, kinds))}" for kind in kinds]
    lines += ["", "SECTION_STAFF", *(plan.staff_line(kinds) for plan in people)]
    lines += ["", "SECTION_DAYS_OFF", *(plan.days_off() for plan in people)]
    lines += ["", "SECTION_SHIFT_ON_REQUESTS"]
    lines += [line for plan in people for line in plan.wants(kinds)]
    lines += ["", "SECTION_SHIFT_OFF_REQUESTS"]
    lines += [line for plan in people for line in plan.avoids(kinds)]
    lines += ["", "SECTION_COVER", *_cover(people, kinds, days, chance)]
    return "\n".join(lines) + "\n", ["\t".join(plan.row) for plan in people]


def _kinds(number: int, lengths: tuple[int, ...], chance: random.Random) -> list[Kind]:
    starts = sorted(round(6 * 60 + place * 16 * 60 / number) for place in range(number))
    return [
        Kind(f"{'edln'[min(3, 4 * n // number)]}{n}", start, chance.choice(lengths))
        for n, start in enumerate(starts)
    ]


def _forbidden(kind: Kind, kinds: list[Kind]) -> list[str]:
    return [
        other.name
        for other in kinds
        if other.start < kind.start and other.start + 1440 - kind.start - kind.length < REST
    ]


def _contract(place: float) -> Contract:
    return next(contract for contract, upto in CONTRACTS if place < upto or upto >= 1.0)


class _Plan:
    """One person and the schedule planted for them."""

    def __init__(
        self, name: str, contract: Contract, kinds: list[Kind], days: int, chance: random.Random
    ) -> None:
        self.name, self.contract, self.days, self.chance = name, contract, days, chance
        self.can = _learnt(kinds, chance)
        self.scarce = {kind.name for kind in self.can if kind.start > 20 * 60 or kind.name == "d1"}
        self.most = contract.most * days // MONTH
        self.least = self.most - contract.slack * max(2, days // MONTH) // 2
        self.weekends = max(1, contract.weekends * days // MONTH)
        while True:
            self.works = list[int]()
            for start in range(-(-days % MONTH), days, MONTH):
                self.works += self._month(max(0, start), start + MONTH)
            if self._fill(kinds):
                return

    def _month(self, start: int, end: int) -> list[int]:
        """Days of work: blocks after days off, quota and weekends kept; tried until it fits."""
        one, chance = self.contract, self.chance
        days = end - start
        mean = sum(kind.length for kind in self.can) / len(self.can)
        wanted = (self.least + self.most) / 2 / mean - len(self.works)
        aim = wanted * days / (self.days - start)
        spare = max(0, round(2 * (3.5 * (days / aim - 1) - one.off - 1)))
        for attempt in count():
            at = chance.randint(0, 3) if not start else chance.randint(one.off, one.off + 1)
            works: list[int] = []
            while at + one.least <= days:
                length = chance.randint(max(one.least, one.run - 3), one.run)
                works += range(at, min(at + length, days))
                at += length + one.off + (chance.random() < 0.2)
                at += chance.randint(0, spare)
            tail = len(works) - works.index(_run_start(works)) if works else 0
            weekends = len({day // WEEK for day in works if day % WEEK > 4})
            allowed = one.weekends * days / MONTH
            if (
                tail >= one.least
                and abs(len(works) - aim) < 1 + attempt / 3000
                and weekends <= allowed
            ):
                return [start + day for day in works]
        raise AssertionError

    def _fill(self, kinds: list[Kind]) -> bool:
        forbidden = {kind.name: set(_forbidden(kind, kinds)) for kind in kinds}
        for _ in range(200):
            self.row = [""] * self.days
            total, last, before = 0, self.can[0], -2
            for day in self.works:
                fits = [k for k in self.can if k.name not in forbidden[last.name]]
                if before != day - 1:
                    last = self.chance.choice(self.can)
                elif self.chance.random() < 0.25:
                    last = self.chance.choice(fits)
                self.row[day], before = last.name, day
                total += last.length
            if self.least <= total <= self.most:
                return True
        return False

    def staff_line(self, kinds: list[Kind]) -> str:
        """The line of SECTION_STAFF: zero for what is not learnt, tight for what is scarce."""
        names = {kind.name for kind in self.can}
        limits = {kind.name: self.days if kind.name in names else 0 for kind in kinds}
        for name in self.scarce:
            limits[name] = max(self.row.count(name), 5 * self.days // MONTH)
        words = "|".join(f"{name}={most}" for name, most in limits.items())
        one = self.contract
        rest = f"{self.most},{self.least},{one.run},{one.least},{one.off},{self.weekends}"
        return f"{self.name},{words},{rest}"

    def days_off(self) -> str:
        """Two days off in four weeks, from those the planted schedule has free."""
        free = [day for day in range(self.days) if not self.row[day]]
        some = self.chance.sample(free, max(1, 2 * self.days // MONTH))
        return ",".join(map(str, [self.name, *sorted(some)]))

    def wants(self, kinds: list[Kind]) -> list[str]:
        """Runs of wishes; most are as planted."""
        return self._wishes(kinds, 1.6, 0.75, wanted=True)

    def avoids(self, kinds: list[Kind]) -> list[str]:
        """Runs of shifts not wanted; the planted schedule grants most."""
        return self._wishes(kinds, 1.1, 0.9, wanted=False)

    def _wishes(self, kinds: list[Kind], runs: float, granted: float, *, wanted: bool) -> list[str]:
        chance, lines, taken = self.chance, [], set[int]()
        for _ in range(round(runs * self.days / MONTH + chance.random() - 0.5)):
            start, length = chance.randrange(self.days), chance.randint(1, 5)
            kind, weight = chance.choice(self.can), chance.randint(1, 3)
            for day in range(start, min(start + length, self.days)):
                here = self.row[day]
                if wanted and chance.random() < granted and here:
                    kind = next(k for k in kinds if k.name == here)
                if not wanted and kind.name == here and chance.random() < granted:
                    continue
                if day not in taken:
                    lines.append(f"{self.name},{day},{kind.name},{weight}")
                taken.add(day)
        return lines


def _learnt(kinds: list[Kind], chance: random.Random) -> list[Kind]:
    """Kinds that a person can work, about eight hours long in the mean."""
    while True:
        can = [kind for kind in kinds if chance.random() < 0.65]
        if can and 440 <= sum(kind.length for kind in can) / len(can) <= 600:
            return can


def _run_start(works: list[int]) -> int:
    start = works[-1]
    while start - 1 in works:
        start -= 1
    return start


def _cover(people: list[_Plan], kinds: list[Kind], days: int, chance: random.Random) -> list[str]:
    """As planted, with one more or less here and there."""
    lines = []
    for day in range(days):
        standing = [plan.row[day] for plan in people]
        for kind in kinds:
            wanted = standing.count(kind.name)
            if chance.random() < 0.05:
                wanted = max(0, wanted + chance.choice((-1, 1)))
            lines.append(f"{day},{kind.name},{wanted},100,1")
    return lines
