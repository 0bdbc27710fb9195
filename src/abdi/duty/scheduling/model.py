"""The rules of one person for CP-SAT: a schedule where quick ways find none, or why none exists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from abdi.duty.scheduling.arrays import OFF, Ints, Task

GROUPS = (
    "day_off", "follower", "limit", "max_minutes", "min_minutes", "max_run", "min_run", "min_off",
    "weekends",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """A schedule, or the groups of rules that exclude each other; neither where time ran out."""

    row: Ints | None = None
    conflict: tuple[str, ...] = ()


@dataclass
class Rules:
    """The rules of one person in a model; each group of rules can be left out."""

    task: Task
    number: int
    groups: Collection[str]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        task, model = self.task, self.model
        shifts = range(len(task.lengths))
        self.stands = [[model.new_bool_var("") for _ in shifts] for _ in range(task.days)]
        self.works = [model.new_bool_var("") for _ in range(task.days)]
        for day, works in enumerate(self.works):
            model.add(sum(self.stands[day]) == works)
        for group in self.groups:
            getattr(self, f"_{group}")()

    def row(self, is_true: Callable[[cp_model.IntVar], bool]) -> Ints:
        """The schedule that the values of a solution say."""
        row = np.full(self.task.days, OFF, dtype=np.int64)
        for day, stands in enumerate(self.stands):
            for shift, variable in enumerate(stands):
                if is_true(variable):
                    row[day] = shift
        return row

    def _day_off(self) -> None:
        for day in self.task.people[self.number].days_off:
            self.model.add(self.works[day] == 0)

    def _follower(self) -> None:
        for before, after in np.argwhere(~self.task.may_follow).tolist():
            for day in range(self.task.days - 1):
                pair = [self.stands[day][before].negated(), self.stands[day + 1][after].negated()]
                self.model.add_bool_or(pair)

    def _limit(self) -> None:
        for shift, most in enumerate(self.task.limits[self.number].tolist()):
            self.model.add(sum(day[shift] for day in self.stands) <= most)

    def _minutes(self) -> cp_model.LinearExpr:
        lengths = self.task.lengths.tolist()
        return cp_model.LinearExpr.sum(
            [
                length * stands
                for day in self.stands
                for length, stands in zip(lengths, day, strict=True)
            ]
        )

    def _max_minutes(self) -> None:
        self.model.add(self._minutes() <= self.task.people[self.number].max_minutes)

    def _min_minutes(self) -> None:
        self.model.add(self._minutes() >= self.task.people[self.number].min_minutes)

    def _max_run(self) -> None:
        most = self.task.people[self.number].max_run
        for start in range(self.task.days - most):
            self.model.add(sum(self.works[start : start + most + 1]) <= most)

    def _min_run(self) -> None:
        self._least(self.task.people[self.number].min_run, self.works)

    def _min_off(self) -> None:
        off = [works.negated() for works in self.works]
        self._least(self.task.people[self.number].min_off, off)

    def _least(self, least: int, kind: Sequence[Any]) -> None:
        """No run of one kind between two days of the other is shorter than `least`."""
        for length in range(1, least):
            for start in range(1, self.task.days - length):
                run = [day.negated() for day in kind[start : start + length]]
                self.model.add_bool_or([*run, kind[start - 1], kind[start + length]])

    def _weekends(self) -> None:
        worked = []
        for saturday in range(5, self.task.days, 7):
            worked.append(self.model.new_bool_var(""))
            for works in self.works[saturday : saturday + 2]:
                self.model.add_implication(works, worked[-1])
        self.model.add(sum(worked) <= self.task.people[self.number].max_weekends)


def schedule(task: Task, number: int, seconds: float) -> Answer:
    """Any valid schedule of a person, or a least set of rule groups that exclude all."""
    status, row = _solve(task, number, GROUPS, seconds)
    if status == cp_model.INFEASIBLE:
        return Answer(None, _conflict(task, number, seconds))
    return Answer(row)


def _solve(
    task: Task, number: int, groups: Collection[str], seconds: float
) -> tuple[cp_model.CpSolverStatus, Ints | None]:
    person = Rules(task, number, groups)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    status = solver.solve(person.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return status, None
    return status, person.row(solver.boolean_value)


def _conflict(task: Task, number: int, seconds: float) -> tuple[str, ...]:
    """Drop one group after the other while what is left still excludes every schedule."""
    left = list(GROUPS)
    for group in GROUPS:
        rest = [other for other in left if other != group]
        status, _ = _solve(task, number, rest, seconds / len(GROUPS))
        if status == cp_model.INFEASIBLE:
            left = rest
    return tuple(left)
