"""Solving a sheet: cover first, then as few changes as asked, then fairness and wishes.

What cannot be covered is solved again with one rule loosened at a time: what that fills is
counted, not guessed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from ortools.sat.python import cp_model

from abdi.duty.solving.improve import improved
from abdi.duty.solving.model import Roster, Sheet

WORKERS = 8
STALL_SECONDS = 8.0
MOVES_FROM = 1_500
"""Possible placings from which on small moves go before the exact search."""
MOVES_SECONDS = 10.0
LOOSEN_SECONDS = 12.0
"""For all loosenings together; what was not tried by then is not named."""
ONE_LOOSENING_SECONDS = 3.0
LEAST_REST = 8 * 60
MORE_PEOPLE = (1, 2, 3, 5, 8)
Tell = Callable[[dict[str, Any]], None]


def solve(
    sheet: Sheet,
    seconds: float,
    tell: Tell = lambda _fact: None,
    *,
    loosens: bool = True,
) -> dict[str, Any]:
    """Who stands what: `placed` [[person, turn]] beside what is fixed, and how good it is.

    `open` and `lacking` count what stays empty, `changes` the people who get a turn they did not
    have, `proven` says for each aim that nothing better exists, `loosened` what each rule would
    fill (`loosens`). `seconds` is the longest time for everything but the loosening.
    """
    began = time.monotonic()
    search = _Search(Roster(sheet), began + seconds, tell)
    placed = search.run()
    answer = {**search.summary(), "placed": placed, "loosened": []}
    if loosens and (answer["open"] or answer["lacking"]):
        tell({"phase": "loosen", "open": answer["open"]})
        answer["loosened"] = loosened(sheet, answer["open"], answer["lacking"])
    answer["seconds"] = round(time.monotonic() - began, 2)
    return answer


class _Search:
    """One aim after the other on the same model; each is kept while the next is sought."""

    def __init__(self, roster: Roster, until: float, tell: Tell) -> None:
        self.roster = roster
        self.until = until
        self.tell = tell
        self.values: dict[tuple[int, int], int] = {}
        self.proven: dict[str, bool] = {}
        self.counts = (0, 0)

    def run(self) -> list[list[int]]:
        """The pairs [person, turn] of the best roster found."""
        roster = self.roster
        for p, t in roster.sheet["hint"]:
            self.values[p, t] = 1
        aims = [("cover", roster.cover_aim())]
        if roster.sheet["keeps_people"]:
            aims.append(("changes", roster.change_aim()))
        aims.append(("fairness", roster.fairness_aim()))
        for n, (name, aim) in enumerate(aims):
            if name == "fairness":
                self._improve()
            value = self._seek(name, aim, last=n == len(aims) - 1)
            if value is not None:
                roster.model.add(aim <= value)
        return sorted([p, t] for (p, t), value in self.values.items() if value)

    def _improve(self) -> None:
        if self.roster.sheet["keeps_people"] or len(self.roster.x) < MOVES_FROM:
            return
        self.tell({"phase": "moves"})
        seconds = min(MOVES_SECONDS, (self.until - time.monotonic()) / 3)
        if seconds > 0:
            self.values = improved(self.roster, self.values, seconds)

    def _seek(self, name: str, aim: Any, *, last: bool) -> int | None:
        left = self.until - time.monotonic()
        model = self.roster.model
        model.clear_hints()  # type: ignore[no-untyped-call]
        for pair, one in self.roster.x.items():
            model.add_hint(one, self.values.get(pair, 0))
        model.minimize(aim)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = 1
        share = left if last else left / 2
        if last and self.roster.sheet["keeps_people"]:
            share = min(share, 1.0)  # little is free any more once the changes are fewest
        solver.parameters.max_time_in_seconds = max(share, 1.0)
        watch = _Watch(solver, name, self.tell)
        status = solver.solve(model, watch)
        watch.end()
        self.proven[name] = status == cp_model.OPTIMAL
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.values = {} if name == "cover" else self.values
            return None
        self.values = {pair: solver.value(one) for pair, one in self.roster.x.items()}
        self.counts = (
            sum(solver.value(one) for one in self.roster.open),
            sum(solver.value(one) for one in self.roster.lacking),
        )
        return round(solver.objective_value)

    def summary(self) -> dict[str, Any]:
        """What was reached."""
        held = {(p, t) for p, one in enumerate(self.roster.people) for t in one["held"]}
        new = [pair for pair, value in self.values.items() if value and pair not in held]
        return {
            "open": self.counts[0],
            "lacking": self.counts[1],
            "changes": len(new),
            "proven": self.proven,
        }


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells of each better roster, and ends the search when none came for a while."""

    def __init__(self, solver: cp_model.CpSolver, phase: str, tell: Tell) -> None:
        super().__init__()
        self.phase = phase
        self.tell_ = tell
        self.timer: threading.Timer | None = None
        self.solver = solver
        self.found = 0

    def on_solution_callback(self) -> None:
        """A better roster."""
        self.found += 1
        self.tell_({"phase": self.phase, "found": self.found, "value": self.objective_value})
        self.end()
        self.timer = threading.Timer(STALL_SECONDS, self.solver.stop_search)
        self.timer.daemon = True
        self.timer.start()

    def end(self) -> None:
        """No more waiting."""
        if self.timer is not None:
            self.timer.cancel()


# ------------------------------------------------------------------ which rule would fill what


def loosened(sheet: Sheet, open_: int, lacking: int) -> list[dict[str, Any]]:
    """For each rule the smallest loosening that fills most: rule, was, to, places and skills."""
    found = []
    until = time.monotonic() + LOOSEN_SECONDS
    for rule, steps in _steps(sheet).items():
        best: dict[str, Any] | None = None
        for was, to, changed in steps:
            if time.monotonic() > until:
                break
            left_open, left_lacking = cover_of(changed)
            fills, skills = open_ - left_open, lacking - left_lacking
            if fills + skills <= (best["fills"] + best["skills"] if best else 0):
                continue
            best = {"rule": rule, "was": was, "to": to, "fills": fills, "skills": skills}
            if not left_open and not left_lacking:
                break
        if best:
            found.append(best)
    return sorted(found, key=lambda one: (-one["fills"], -one["skills"], one["rule"]))


def cover_of(sheet: Sheet) -> tuple[int, int]:
    """Places and skills that stay empty at best, within a few seconds."""
    until = time.monotonic() + 2 * ONE_LOOSENING_SECONDS
    search = _Search(Roster(sheet), until, lambda _fact: None)
    for p, t in sheet["hint"]:
        search.values[p, t] = 1
    search._seek("cover", search.roster.cover_aim(), last=False)
    return search.counts


def _steps(sheet: Sheet) -> dict[str, list[tuple[int, int, Sheet]]]:
    """The loosenings that are tried, in minutes, nights, days or people."""
    rules = sheet["rules"]
    rest, nights, days = rules["rest"], rules["nights"], rules["days"]
    found = {
        "people": [(0, n, _with_people(sheet, n)) for n in MORE_PEOPLE],
        "rest": [
            (rest, to, _ruled(sheet, rest=to)) for to in range(rest - 60, LEAST_REST - 1, -60)
        ],
        "nights": [(nights, nights + n, _ruled(sheet, nights=nights + n)) for n in (1, 2)],
        "days": [(days, days + n, _ruled(sheet, days=days + n)) for n in (1, 2)],
    }
    if rules["after_night"] > rest:
        found["after_night"] = [(rules["after_night"], rest, _ruled(sheet, after_night=rest))]
    budgets = [one["budget"] for one in sheet["people"] if one["budget"] is not None]
    if budgets:
        found["hours"] = [(100, 100 + n, _with_hours(sheet, n)) for n in (10, 20, 30, 50)]
    return found


def _ruled(sheet: Sheet, **figures: int) -> Sheet:
    return {**sheet, "rules": {**sheet["rules"], **figures}}


def _with_hours(sheet: Sheet, more: int) -> Sheet:
    people = deepcopy(sheet["people"])
    for one in people:
        for name in ("budget", "week_budget"):
            if one[name] is not None:
                one[name] = one[name] * (100 + more) // 100
    return {**sheet, "people": people}


def _with_people(sheet: Sheet, count: int) -> Sheet:
    """The sheet with more people who can do everything and are free."""
    budgets = [one["budget"] for one in sheet["people"]]
    weeks = [one["week_budget"] for one in sheet["people"]]
    new = {
        "can": list(range(len(sheet["turns"]))),
        "stands": [],
        "fixed": [],
        "held": [],
        "has": list(range(len(sheet["needs"]))),
        "platoon": None,
        "budget": None if None in budgets else max(budgets, default=0),
        "week_budget": None if None in weeks else max(weeks, default=0),
        "day_only": False,
        "wishes": [],
    }
    return {**sheet, "people": [*sheet["people"], *([new] * count)]}
