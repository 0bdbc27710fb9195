"""Column generation and diving: a good whole-number roster from the linear program over schedules.

After each optimum the assignments that stand nearly whole are fixed, new schedules that agree with
them are priced, and the program is solved again, until every person has one schedule. After
Strandmark, Qu and Curtois (2020), "First-order linear programming in a column generation-based
heuristic approach to the nurse rostering problem"; prices are smoothed as Wentges (1997) does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from abdi.duty.scheduling.arrays import NEVER, OFF, Floats, Ints
from abdi.duty.scheduling.part import UNSET, Part

NEARLY = 0.9
"""A share from which an assignment is fixed."""
HALF_SURE = 0.75
CLOSE = 0.3
"""The program and its bound are this close: no better prices are worth the time."""
LP_SECONDS = 20.0
FREE_RISE = 0.0005
"""Fixing that raises the cost by less than this share was free: more is fixed next time."""
MOST_PACE = 0.3


@dataclass
class Climb:
    """One dive: the program, its prices, what is fixed, and when to give up."""

    part: Part
    prices: Floats
    """[day of the window, shift], from where the search for prices goes on."""
    seconds_left: Callable[[], float]
    cut: float = np.inf
    """Rosters that cost this or more are of no use."""
    smoothing: float = 0.5
    bound: float = -np.inf
    """Lower bound of the program with what is fixed."""
    value: float = np.inf

    def __post_init__(self) -> None:
        shape = len(self.part.task.people), self.part.window.days
        self.fixed = np.full(shape, UNSET, dtype=np.int64)

    def generate(self, rounds: int) -> bool:
        """Price and solve until no better schedule is found; False where the dive is lost."""
        part, cost = self.part, self._cost()
        open_people = [number for number in part.people if (self.fixed[number] == UNSET).any()]
        best, centre, asked, idle = -np.inf, self.prices, self.prices, 0
        for _ in range(rounds):
            found, least = part.crew.price(cost - asked[None], open_people)
            lower = self._lower(least, asked, open_people)
            if lower > best:
                best, centre = lower, asked
            fresh = sum(part.add(one) for one in found if self._agrees(one.person, one.row))
            solved = part.solve(min(LP_SECONDS, max(0.3, self.seconds_left())))
            if solved is None:
                return False
            self.value, self.prices, self.bound = solved.value, solved.prices, best
            idle = 0 if fresh else idle + 1
            if (
                best >= self.cut
                or solved.value - best < CLOSE
                or idle > 1
                or self.seconds_left() <= 0
            ):
                break
            share = self.smoothing if not idle else 0.0
            asked = share * centre + (1 - share) * solved.prices
        return best < self.cut

    def dive(self, rounds: int, chance: np.random.Generator, pace: float) -> dict[int, Ints] | None:
        """Fix and solve until all is whole: person → schedule. None if too dear; if too late the
        schedules of the largest shares where any roster is welcome, that is, without a cut."""
        part, least_pace, best = self.part, pace, dict[int, tuple[float, Ints]]()
        while self.seconds_left() > 0:
            before = self.value
            shares, best = part.shares()
            split = np.abs(shares - np.round(shares)).max(axis=(1, 2))
            if split[part.people].max(initial=0.0) < 1e-4:
                return _rows(best) if len(best) == len(part.people) else None
            self._fix(shares, chance, pace)
            part.keep_to(self.fixed)
            if not self.generate(rounds) or self.value >= self.cut + self._hope():
                return None if np.isfinite(self.cut) else _rows(best)
            is_free = self.value < before + FREE_RISE * max(1.0, abs(before))
            pace = min(pace * 1.5, MOST_PACE) if is_free else max(least_pace, pace / 2)
        return None if np.isfinite(self.cut) else _rows(best)

    def _hope(self) -> float:
        """How far above the cut a program may stand that better schedules may still bring down."""
        return max(5.0, 0.004 * abs(self.cut)) if np.isfinite(self.cut) else 0.0

    def _fix(self, shares: Floats, chance: np.random.Generator, pace: float) -> None:
        """Fix what is nearly whole, and at least one assignment more."""
        on = np.where((self.fixed == UNSET)[:, :, None], shares[:, :, :-1], 0.0)
        sure = np.argwhere(on >= NEARLY)
        for person, day, shift in sure.tolist():
            self.fixed[person, day] = shift
        noisy = (on + chance.random(on.shape) * 0.02 * (on > 0)).ravel()
        most = max(2, math.ceil(float(on.sum() - on[on >= NEARLY].sum()) * pace))
        top = np.argpartition(-noisy, min(len(noisy) - 1, most + len(sure)))[: most + len(sure)]
        done = 0
        for place in top[np.argsort(-noisy[top])].tolist():
            person, day, shift = (int(part) for part in np.unravel_index(place, on.shape))
            share = on[person, day, shift]
            if share < 1e-3 or done >= most or (share < HALF_SURE and done >= max(1, most // 4)):
                break
            if self.fixed[person, day] == UNSET:
                self.fixed[person, day] = shift
                done += 1
        if not done and not len(sure):
            rest = np.where((self.fixed == UNSET)[:, :, None], shares, 0.0)
            rest[rest > 1 - 1e-4] = 0.0
            person, day, shift = (int(part) for part in np.unravel_index(rest.argmax(), rest.shape))
            self.fixed[person, day] = shift if shift < on.shape[2] else OFF

    def _agrees(self, person: int, row: Ints) -> bool:
        fixed = self.fixed[person]
        return bool(((fixed == UNSET) | (fixed == row)).all())

    def _cost(self) -> Floats:
        """[person, day, shift] base cost; a bonus draws in what is fixed, the rest is shut out."""
        part, window = self.part, self.part.window
        cost = part.task.base[:, window.start : window.end].copy()
        people, days = np.nonzero(self.fixed != UNSET)
        shifts = self.fixed[people, days]
        cost[people, days] = NEVER
        on = shifts >= 0
        place = people[on], days[on], shifts[on]
        cost[place] = (
            part.task.base[people[on], days[on] + window.start, shifts[on]] - part.task.dear
        )
        return cost

    def _lower(self, least: Floats, asked: Floats, open_people: list[int]) -> float:
        """The Lagrangian bound of the prices asked."""
        part = self.part
        bonus = (self.fixed[open_people] >= 0).sum() * part.task.dear
        total = float((asked * part.wanted).sum() + least[open_people].sum() + bonus)
        for person in part.people:
            row = self.fixed[person]
            if (row != UNSET).all():
                days = np.nonzero(row >= 0)[0]
                total += part.task.row_cost(person, row, part.window.start)
                total -= float(asked[days, row[days]].sum())
        return total + part.constant


def _rows(best: dict[int, tuple[float, Ints]]) -> dict[int, Ints]:
    return {person: row for person, (_, row) in best.items()}
