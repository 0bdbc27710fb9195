"""The whole task for CP-SAT: proves small ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from abdi.duty.scheduling.arrays import Ints, Task
from abdi.duty.scheduling.model import GROUPS, Rules

THREADS = 8
"""More threads than processors: CP-SAT runs a strategy on each, and the mix wins."""


class _Told(cp_model.CpSolverSolutionCallback):
    """Hands each better roster on."""

    def __init__(self, rules: list[Rules], tell: Callable[[Ints, float], None]) -> None:
        super().__init__()
        self.rules, self.tell = rules, tell

    def on_solution_callback(self) -> None:
        """Called by CP-SAT."""
        rows = [rules.row(self.boolean_value) for rules in self.rules]
        self.tell(np.array(rows, dtype=np.int64), self.best_objective_bound)


def prove(
    task: Task, hint: Ints | None, seconds: float, tell: Callable[[Ints, float], None]
) -> float:
    """Search and prove for some seconds; each better roster is told. Returns the lower bound."""
    model = cp_model.CpModel()
    rules = [Rules(task, number, GROUPS, model) for number in range(len(task.people))]
    terms = _wishes(task, rules)
    wanted, under, over = task.cover
    for day, shift in np.argwhere((under > 0) | (over > 0)).tolist():
        need = int(wanted[day, shift])
        missing = model.new_int_var(0, need, "")
        extra = model.new_int_var(0, len(rules), "")
        model.add(sum(one.stands[day][shift] for one in rules) + missing - extra == need)
        terms += [missing * int(under[day, shift]), extra * int(over[day, shift])]
    model.minimize(sum(terms) + int(task.constant))
    if hint is not None:
        for one, row in zip(rules, hint.tolist(), strict=True):
            for day, shift in enumerate(row):
                for number, variable in enumerate(one.stands[day]):
                    model.add_hint(variable, number == shift)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = THREADS
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    solver.solve(model, _Told(rules, tell))
    return float(solver.best_objective_bound)


def _wishes(task: Task, rules: list[Rules]) -> list[cp_model.LinearExprT]:
    places = np.argwhere(task.wishes != 0).tolist()
    return [
        rules[person].stands[day][shift] * int(task.wishes[person, day, shift])
        for person, day, shift in places
    ]
