"""An instance as arrays for the search: persons × days × shifts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from abdi.duty.scheduling.instance import Instance, Person, Roster

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEVER = 1e12
"""Cost of what must not be; far above any sum of weights that decides."""
OFF = -1
"""A day off in an array of shift numbers."""


@dataclass(frozen=True)
class Task:
    """The numbers of one instance."""

    instance: Instance

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return self.instance.days

    @property
    def people(self) -> tuple[Person, ...]:
        """The staff."""
        return self.instance.people

    @cached_property
    def lengths(self) -> Ints:
        """Minutes of each shift."""
        return np.array([shift.minutes for shift in self.instance.shifts], dtype=np.int64)

    @cached_property
    def spans(self) -> Ints:
        """[person, 2] minutes of the shortest and the longest shift that the person may work."""
        long, short = int(self.lengths.max()), int(self.lengths.min())
        can = self.limits > 0
        least = np.where(can, self.lengths, long).min(axis=1)
        return np.stack([least, np.where(can, self.lengths, short).max(axis=1)], axis=1)

    @cached_property
    def may_follow(self) -> Flags:
        """[before, after] may the second shift stand on the day after the first."""
        shifts = self.instance.shifts
        return np.array(
            [[after.name not in before.no_next for after in shifts] for before in shifts]
        )

    @cached_property
    def limits(self) -> Ints:
        """[person, shift] how often at most."""
        names = [shift.name for shift in self.instance.shifts]
        rows = [[person.limits[name] for name in names] for person in self.people]
        return np.array(rows, dtype=np.int64)

    @cached_property
    def wishes(self) -> Floats:
        """[person, day, shift] what an assignment adds to the cost; below 0 if it is wanted."""
        cost = np.zeros((len(self.people), self.days, len(self.instance.shifts)))
        for sign, list_ in ((-1, self.instance.wants), (1, self.instance.avoids)):
            for wish in list_:
                shift = self.instance.shift_index[wish.shift]
                cost[wish.person, wish.day, shift] += sign * wish.weight
        return cost

    @cached_property
    def allowed(self) -> Flags:
        """[person, day, shift] False on days off and for shifts the person never works."""
        allowed = np.broadcast_to(self.limits[:, None, :] > 0, self.wishes.shape).copy()
        for number, person in enumerate(self.people):
            allowed[number, sorted(person.days_off)] = False
        return allowed

    @cached_property
    def base(self) -> Floats:
        """[person, day, shift] wishes, and NEVER where the assignment is not allowed."""
        return np.where(self.allowed, self.wishes, NEVER)

    @cached_property
    def constant(self) -> float:
        """The cost of nobody getting the shift asked for."""
        return float(sum(wish.weight for wish in self.instance.wants))

    @cached_property
    def cover(self) -> tuple[Ints, Floats, Floats]:
        """[day, shift] people wanted, weight of one missing, weight of one extra."""
        shape = (self.days, len(self.instance.shifts))
        wanted, under, over = np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape)
        for row in self.instance.cover:
            place = row.day, self.instance.shift_index[row.shift]
            wanted[place], under[place], over[place] = row.wanted, row.under, row.over
        return wanted, under, over

    @cached_property
    def dear(self) -> float:
        """More than any schedule of one person is worth; the price of having none."""
        weights = [*(wish.weight for wish in (*self.instance.wants, *self.instance.avoids))]
        covers = [row.under + row.over for row in self.instance.cover]
        return float(self.days * (max(weights, default=0) * 2 + max(covers, default=0) + 1))

    def standing(self, rows: Ints) -> Ints:
        """[day, shift] how many of the rows [person, day] stand there."""
        count = len(self.instance.shifts)
        return np.stack([(rows == shift).sum(axis=0) for shift in range(count)], axis=1)

    def cover_cost(self, standing: Ints, days: Flags | None = None) -> float:
        """Cost of missing and extra people, on all days or some [day]."""
        wanted, under, over = self.cover
        short = wanted - standing
        cost = np.maximum(short, 0) * under + np.maximum(-short, 0) * over
        return float((cost if days is None else cost[days]).sum())

    def cost_of_days(self, rows: Ints, days: Flags) -> float:
        """What is fixed by the days [day] outside a window: the constant and their cover."""
        return self.constant + self.cover_cost(self.standing(rows), days)

    def marginal(self, standing: Ints) -> Floats:
        """[day, shift] what one more person changes in the cost of cover."""
        wanted, under, over = self.cover
        return np.where(standing < wanted, -under, over)

    def row_cost(self, person: int, row: Ints, start: int = 0) -> float:
        """Cost of the wishes of one person for a row of days that begins on a day."""
        days = np.nonzero(row >= 0)[0]
        return float(self.wishes[person, days + start, row[days]].sum())

    def cost(self, rows: Ints) -> float:
        """The whole cost of a roster [person, day]."""
        wishes = sum(self.row_cost(person, row) for person, row in enumerate(rows))
        return self.constant + wishes + self.cover_cost(self.standing(rows))

    def roster(self, rows: Ints) -> Roster:
        """Names instead of numbers."""
        names = [*(shift.name for shift in self.instance.shifts), ""]
        return [[names[shift] for shift in row] for row in rows.tolist()]

    def rows(self, roster: Roster) -> Ints:
        """Numbers instead of names."""
        index = {**self.instance.shift_index, "": OFF}
        return np.array([[index[name] for name in row] for row in roster], dtype=np.int64)
