"""The model of a unit's weeks for CP-SAT: whole numbers in, who stands what out.

Only the solver's own process imports this; it knows sheets (`rules.sheets`), no tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

Sheet = dict[str, Any]
Terms = list[Any]
WEIGHTS = {"nights": 6, "weekends": 4, "holidays": 4}
MINUTES_WEIGHT = 3
BORROWED = 60
"""Points of fairness it costs to take somebody out of his platoon's rhythm."""
STEPS = (-1, 0, 1, 2, 3)
OPEN, LACKING = 2, 1
"""Points of an empty place, and of a person with the wanted skill who is missing."""


class Roster:
    """Variables, rules and aims of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.turns: list[dict[str, Any]] = sheet["turns"]
        self.people: list[dict[str, Any]] = sheet["people"]
        self.model = cp_model.CpModel()
        self.cliques = _cliques(self.turns, sheet["rules"])
        self.x: dict[tuple[int, int], Any] = {
            (p, t): self.model.new_bool_var(f"x{p}_{t}")
            for p, person in enumerate(self.people)
            for t in _free_turns(person, self.turns, sheet["rules"])
        }
        self.open: Terms = []
        self.lacking: Terms = []
        self._cover()
        for p in range(len(self.people)):
            self._keep_rules(p)

    def _of(self, p: int, turns: Iterable[int]) -> Terms:
        return [self.x[p, t] for t in turns if (p, t) in self.x]

    def _cover(self) -> None:
        for t, turn in enumerate(self.turns):
            placed = [self.x[p, t] for p in range(len(self.people)) if (p, t) in self.x]
            open_ = self.model.new_int_var(0, turn["free"], f"open{t}")
            self.model.add(sum(placed) + open_ == turn["free"])
            self.open.append(open_)
            for need, wanted in turn["needs"]:
                having = [
                    self.x[p, t]
                    for p, person in enumerate(self.people)
                    if (p, t) in self.x and need in person["has"]
                ]
                lack = self.model.new_int_var(0, wanted, f"lack{t}_{need}")
                self.model.add(sum(having) + lack >= wanted)
                self.lacking.append(lack)

    def _keep_rules(self, p: int) -> None:
        person, rules = self.people[p], self.sheet["rules"]
        for clique in self.cliques:
            own = self._of(p, clique)
            if len(own) > 1:
                self.model.add_at_most_one(own)
        nights = [set(turn["nights"]) for turn in self.turns]
        days = [{turn["day"]} for turn in self.turns]
        stood = [set(stand["nights"]) for stand in person["stands"]]
        self._runs(p, nights, set().union(*stood) if stood else set(), rules["nights"])
        self._runs(p, days, {stand["day"] for stand in person["stands"]}, rules["days"])
        self._hours(p, person["budget"], range(len(self.turns)))
        for week in {turn["week"] for turn in self.turns}:
            within = [t for t, turn in enumerate(self.turns) if turn["week"] == week]
            self._hours(p, person["week_budget"], within)

    def _runs(self, p: int, touches: list[set[int]], stood: set[int], most: int) -> None:
        """No more than so many days (or nights) one after the other."""
        by_day: dict[int, list[int]] = {}
        for t, days in enumerate(touches):
            for day in days if (p, t) in self.x else ():
                by_day.setdefault(day, []).append(t)
        marks = {day: self._touched(p, turns) for day, turns in by_day.items()}
        for first in {day - back for day in marks for back in range(most + 1)}:
            window = range(first, first + most + 1)
            const = sum(day in stood for day in window)
            free = [marks[day] for day in window if day in marks and day not in stood]
            if free and const + len(free) > most:
                self.model.add(sum(free) <= max(most - const, 0))

    def _touched(self, p: int, turns: list[int]) -> Any:
        own = self._of(p, turns)
        rules = self.sheet["rules"]
        if all(clash(self.turns[a], self.turns[b], rules) for a, b in combinations(turns, 2)):
            return sum(own)
        mark = self.model.new_bool_var("")
        for one in own:
            self.model.add_implication(one, mark)
        return mark

    def _hours(self, p: int, budget: int | None, turns: Iterable[int]) -> None:
        if budget is None:
            return
        fixed = set(self.people[p]["fixed"])
        length = [turn["end"] - turn["start"] for turn in self.turns]
        among = list(turns)
        const = sum(length[t] for t in among if t in fixed)
        own = [length[t] * self.x[p, t] for t in among if (p, t) in self.x]
        if own:
            self.model.add(sum(own) <= max(budget - const, 0))

    # -------------------------------------------------------------- aims, the first goes before

    def cover_aim(self) -> Any:
        """Empty places, and people with a wanted skill who are missing."""
        return OPEN * sum(self.open) + LACKING * sum(self.lacking)

    def change_aim(self) -> Any:
        """People who get a turn they do not have; then those who lose one."""
        held = [(p, t) for p, person in enumerate(self.people) for t in person["held"]]
        kept = {pair for pair in held if pair in self.x}
        new = sum(one for pair, one in self.x.items() if pair not in kept)
        return 1000 * new + len(kept) - sum(self.x[pair] for pair in kept)

    def fairness_aim(self) -> Any:
        """What people stand above their fair share, steeper the more it is; then wishes."""
        length = [turn["end"] - turn["start"] for turn in self.turns]
        part = math.gcd(*length) if length else 1
        unit = max((one // part for one in length), default=1)
        cost: Any = 0
        for kind, weight in WEIGHTS.items():
            heavy = [amount_of(turn, kind) for turn in self.turns]
            cost += weight * unit * self._uneven(kind, heavy, self.sheet["past"][kind], 1)
        minutes = [one // part for one in length]
        past = [one // part for one in self.sheet["past"]["minutes"]]
        cost += MINUTES_WEIGHT * self._uneven("minutes", minutes, past, unit)
        cost += BORROWED * unit * sum(self._borrowed())
        points = [
            worth * self.x[p, t]
            for p, person in enumerate(self.people)
            for t, worth in person["wishes"]
            if (p, t) in self.x
        ]
        return cost * (len(points) + 1) - sum(points)

    def _uneven(self, kind: str, amounts: list[int], past: list[int], unit: int) -> Any:
        """Sum over people of what lies above steps around the mean: even is cheapest."""
        among = [
            p for p, one in enumerate(self.people) if not (kind == "nights" and one["day_only"])
        ]
        if len(among) < 2 or not any(amounts):
            return 0
        before = {p: past[p] + sum(amounts[t] for t in self.people[p]["fixed"]) for p in among}
        coming = sum(turn["free"] * amounts[t] for t, turn in enumerate(self.turns))
        mean = (sum(before.values()) + coming) // len(among)
        most = max(before.values()) + sum(amounts) + unit
        cost: Any = 0
        for p in among:
            load = before[p] + sum(
                amounts[t] * self.x[p, t]
                for t in range(len(self.turns))
                if amounts[t] and (p, t) in self.x
            )
            for step in STEPS:
                over = self.model.new_int_var(0, most, "")
                self.model.add(over >= load - mean - step * unit)
                cost += over
        return cost

    def _borrowed(self) -> Terms:
        return [
            one
            for (p, t), one in self.x.items()
            if self.turns[t]["platoon"] is not None
            and self.people[p]["platoon"] != self.turns[t]["platoon"]
        ]


def amount_of(turn: dict[str, Any], kind: str) -> int:
    """Nights, weekends or holidays of a turn."""
    return len(turn["nights"]) if kind == "nights" else int(turn[kind])


def clash(a: dict[str, Any], b: dict[str, Any], rules: dict[str, int]) -> bool:
    """Whether one person cannot stand both: they overlap, or rest between them is too short."""
    first, later = (a, b) if a["start"] <= b["start"] else (b, a)
    rest = later["start"] - first["end"]
    if rest < rules["rest"]:
        return True
    return bool(first["nights"] and not later["nights"] and rest < rules["after_night"])


def _free_turns(
    person: dict[str, Any], turns: list[dict[str, Any]], rules: dict[str, int]
) -> list[int]:
    return [
        t
        for t in person["can"]
        if turns[t]["free"] and not any(clash(turns[t], one, rules) for one in person["stands"])
    ]


def _cliques(turns: list[dict[str, Any]], rules: dict[str, int]) -> list[list[int]]:
    """Sets of turns of which a person stands one at most; together they say every clash."""
    order = sorted(range(len(turns)), key=lambda t: (turns[t]["start"], turns[t]["end"]))
    found: list[list[int]] = []
    farthest = max(rules["rest"], rules["after_night"])
    for n, a in enumerate(order):
        clique = [a]
        for b in order[n + 1 :]:
            if turns[b]["start"] - turns[a]["end"] >= farthest:
                break
            if not clash(turns[a], turns[b], rules):
                continue
            if all(clash(turns[c], turns[b], rules) for c in clique[1:]):
                clique.append(b)
            else:
                found.append([a, b])
        if len(clique) > 1:
            found.append(clique)
    return found
