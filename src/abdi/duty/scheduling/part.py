"""The linear program over schedules: some persons free within a window, the others as they stand.

One variable per schedule of a person; a person takes one schedule; each shift of each day has its
people, the missing and the extra ones at their weights. Solved by GLOP, which goes on from the last
basis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from abdi.duty.scheduling.arrays import OFF, Floats, Ints
from abdi.duty.scheduling.crew import Crew, Found

UNSET = -2
"""A day of a person that is not decided."""


@dataclass(frozen=True)
class Priced:
    """An optimum of the linear program."""

    value: float
    prices: Floats
    """[day of the window, shift] what one more person there would save, as the dual of its row."""


class Part:
    """The linear program of a crew; schedules are added as they are found."""

    def __init__(self, crew: Crew, rows: Ints) -> None:
        self.crew, self.task, self.window = crew, crew.task, crew.window
        task, days = self.task, slice(crew.window.start, crew.window.end)
        self.people = crew.people
        others = crew.kept
        self.wanted = (task.cover[0] - task.standing(others))[days]
        outside = np.ones(task.days, dtype=bool)
        outside[days] = False
        self.constant = task.cost_of_days(others, outside) + sum(
            task.row_cost(person, others[person]) for person in range(len(task.people))
        )
        self.program = pywraplp.Solver.CreateSolver("GLOP")
        self.goal = self.program.Objective()
        self.goal.SetMinimization()
        self._make_rows(days)
        self.variables: list[pywraplp.Variable] = []
        self.owner: list[int] = []
        self.schedules: list[Ints] = []
        self.known: set[tuple[int, bytes]] = set()
        self.shut: set[int] = set()
        for person in self.people:
            first, last = crew.span[person]
            row = np.full(crew.window.days, OFF, dtype=np.int64)
            row[first:last] = rows[person, days][first:last]
            self.add(Found(person, row))

    def _make_rows(self, days: slice) -> None:
        program, infinity = self.program, self.program.infinity()
        _, under, over = (part[days] for part in self.task.cover)
        self.rows: dict[tuple[int, int], pywraplp.Constraint] = {}
        for day, shift in np.argwhere((under > 0) | (over > 0)).tolist():
            wanted = float(self.wanted[day, shift])
            row = program.Constraint(wanted, wanted)
            for sign, weight in ((1, under), (-1, over)):
                variable = program.NumVar(0.0, infinity, "")
                row.SetCoefficient(variable, sign)
                self.goal.SetCoefficient(variable, float(weight[day, shift]))
            self.rows[day, shift] = row
        self.takes_one: dict[int, pywraplp.Constraint] = {}
        for person in self.people:
            row = program.Constraint(1.0, 1.0)
            variable = program.NumVar(0.0, infinity, "")
            row.SetCoefficient(variable, 1.0)
            self.goal.SetCoefficient(variable, self.task.dear)
            self.takes_one[person] = row

    def add(self, found: Found) -> bool:
        """Take in a schedule; False where it is known."""
        key = found.person, found.row.tobytes()
        if key in self.known:
            return False
        self.known.add(key)
        variable = self.program.NumVar(0.0, self.program.infinity(), "")
        cost = self.task.row_cost(found.person, found.row, self.window.start)
        self.goal.SetCoefficient(variable, cost)
        self.takes_one[found.person].SetCoefficient(variable, 1.0)
        for day in np.nonzero(found.row >= 0)[0].tolist():
            row = self.rows.get((day, int(found.row[day])))
            if row is not None:
                row.SetCoefficient(variable, 1.0)
        self.variables.append(variable)
        self.owner.append(found.person)
        self.schedules.append(found.row)
        return True

    def keep_to(self, fixed: Ints) -> None:
        """Shut out schedules that differ from what is decided [person, day of the window]."""
        asked = fixed[self.owner]
        fits = ((asked == UNSET) | (asked == np.array(self.schedules))).all(axis=1)
        for number in np.nonzero(~fits)[0].tolist():
            if number not in self.shut:
                self.shut.add(number)
                self.variables[number].SetUb(0.0)

    def solve(self, seconds: float) -> Priced | None:
        """The optimum; None where the solver found none in time."""
        self.program.set_time_limit(max(1, int(seconds * 1000)))
        if self.program.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        prices = np.zeros(self.wanted.shape)
        for place, row in self.rows.items():
            prices[place] = row.dual_value()
        return Priced(self.goal.Value() + self.constant, prices)

    def shares(self) -> tuple[Floats, dict[int, tuple[float, Ints]]]:
        """[person, day, shift or off as the last] the share of each assignment in the optimum, and
        the schedule of each person with the largest share."""
        shape = len(self.task.people), self.window.days, len(self.task.lengths) + 1
        shares = np.zeros(shape)
        best: dict[int, tuple[float, Ints]] = {}
        days = np.arange(self.window.days)
        for variable, person, row in zip(self.variables, self.owner, self.schedules, strict=True):
            share = variable.solution_value()
            if share > 1e-7:
                shares[person, days, row] += share
                if share > best.get(person, (0.0, row))[0]:
                    best[person] = share, row
        return shares, best


def place(rows: Ints, crew: Crew, chosen: dict[int, Ints]) -> Ints:
    """The roster with the chosen schedules put into the free days."""
    placed = rows.copy()
    for person, row in chosen.items():
        first, last = crew.span[person]
        start = crew.window.start
        placed[person, start + first : start + last] = row[first:last]
    return placed
