"""Improving a roster by small moves: one person takes another's turn, or two exchange turns.

Where a unit is large this evens out better in seconds than the exact search in a minute; the
exact search then starts from it. The cost is the same as the model's. Sets of turns, days and
nights are bits of whole numbers, so that one check is a handful of machine operations.
"""

from __future__ import annotations

import math
import random
import time
from typing import Any

from abdi.duty.solving.model import (
    BORROWED,
    MINUTES_WEIGHT,
    STEPS,
    WEIGHTS,
    Roster,
    amount_of,
    clash,
)

Values = dict[tuple[int, int], int]
Move = tuple[int, int, int, int | None]
KINDS = (*WEIGHTS, "minutes")
WARM, COLD = 40.0, 0.3
LOOK_AT_CLOCK = 256
DAYS_BEFORE = 16
"""Days before the first of the plan lie on bits too."""


class Moves:
    """A roster with what is needed to try a move in microseconds."""

    def __init__(self, roster: Roster, values: Values) -> None:
        sheet = roster.sheet
        self.turns, self.people, self.rules = roster.turns, roster.people, sheet["rules"]
        self.may = [0] * len(self.people)
        for p, t in roster.x:
            self.may[p] |= 1 << t
        self.clash = [
            sum(
                1 << b
                for b, other in enumerate(self.turns)
                if b != t and clash(one, other, self.rules)
            )
            for t, one in enumerate(self.turns)
        ]
        self.nights = [_bits(turn["nights"]) for turn in self.turns]
        self.days = [_bits([turn["day"]]) for turn in self.turns]
        self.wish = [dict(map(tuple, one["wishes"])) for one in self.people]
        self._measure(sheet)
        self.own = [0] * len(self.people)
        self.at: list[list[int]] = [[] for _turn in self.turns]
        for (p, t), value in values.items():
            if value and (p, t) in roster.x:
                self.own[p] |= 1 << t
                self.at[t].append(p)
        self.cost = [self._cost(p, self.own[p]) for p in range(len(self.people))]

    def _measure(self, sheet: dict[str, Any]) -> None:
        """Amounts of each turn, and for each kind where a fair share lies."""
        length = [turn["end"] - turn["start"] for turn in self.turns]
        part = math.gcd(*length)
        unit = max(one // part for one in length)
        self.length = length
        self.amounts = {kind: [amount_of(turn, kind) for turn in self.turns] for kind in WEIGHTS}
        self.amounts["minutes"] = [one // part for one in length]
        self.past = {kind: list(sheet["past"][kind]) for kind in WEIGHTS}
        self.past["minutes"] = [one // part for one in sheet["past"]["minutes"]]
        self.weight = {kind: weight * unit for kind, weight in WEIGHTS.items()}
        self.weight["minutes"] = MINUTES_WEIGHT
        self.step = {**dict.fromkeys(WEIGHTS, 1), "minutes": unit}
        self.borrowed = BORROWED * unit
        self.wish_part = 1 / (sum(len(one) for one in self.wish) + 1)
        self.mean: dict[str, int] = {}
        for kind in KINDS:
            among = [p for p, one in enumerate(self.people) if not self._left_out(kind, one)]
            before = 0
            for p in among:
                self.past[kind][p] += sum(self.amounts[kind][t] for t in self.people[p]["fixed"])
                before += self.past[kind][p]
            coming = sum(turn["free"] * self.amounts[kind][t] for t, turn in enumerate(self.turns))
            self.mean[kind] = (before + coming) // max(len(among), 1)

    @staticmethod
    def _left_out(kind: str, person: dict[str, Any]) -> bool:
        return kind == "nights" and bool(person["day_only"])

    def _cost(self, p: int, own: int) -> float:
        turns = _turns_of(own)
        total = 0.0
        for kind in KINDS:
            if self._left_out(kind, self.people[p]):
                continue
            amounts = self.amounts[kind]
            over = self.past[kind][p] - self.mean[kind]
            for t in turns:
                over += amounts[t]
            step = self.step[kind]
            total += self.weight[kind] * sum(max(over - n * step, 0) for n in STEPS)
        for t in turns:
            platoon = self.turns[t]["platoon"]
            if platoon is not None and platoon != self.people[p]["platoon"]:
                total += self.borrowed
            if t in self.wish[p]:
                total -= self.wish[p][t] * self.wish_part
        return total

    def fits(self, p: int, own: int) -> bool:
        """Whether the rules let a person stand this set of turns."""
        nights = days = 0
        for t in _turns_of(own):
            if own & self.clash[t]:
                return False
            nights |= self.nights[t]
            days |= self.days[t]
        person = self.people[p]
        for stand in person["stands"]:
            nights |= _bits(stand["nights"])
            days |= _bits([stand["day"]])
        if _run_over(nights, self.rules["nights"]) or _run_over(days, self.rules["days"]):
            return False
        return self._hours_fit(p, own)

    def _hours_fit(self, p: int, own: int) -> bool:
        person = self.people[p]
        turns = [*_turns_of(own), *person["fixed"]]
        budget = person["budget"]
        if budget is not None and sum(self.length[t] for t in turns) > budget:
            return False
        if person["week_budget"] is None:
            return True
        weeks: dict[int, int] = {}
        for t in turns:
            week = self.turns[t]["week"]
            weeks[week] = weeks.get(week, 0) + self.length[t]
        return bool(max(weeks.values(), default=0) <= person["week_budget"])

    def skilled(self, t: int, people: list[int], before: list[int]) -> bool:
        """Whether a turn keeps as much of the wanted skills as it had."""
        for need, wanted in self.turns[t]["needs"]:
            had = sum(need in self.people[p]["has"] for p in before)
            has = sum(need in self.people[p]["has"] for p in people)
            if has < min(had, wanted):
                return False
        return True

    def change(self, move: Move, heat: float, chance: float) -> bool:
        """`q` takes turn `t` of `p`, and gives him `u`; done if good enough for this heat."""
        p, q, t, u = move
        mine = self.own[p] ^ (1 << t)
        other = self.own[q] | (1 << t)
        if u is not None:
            mine |= 1 << u
            other ^= 1 << u
        a, b = self._cost(p, mine), self._cost(q, other)
        worse = a + b - self.cost[p] - self.cost[q]
        if worse > 0 and chance >= math.exp(-worse / heat):
            return False
        if not (self.fits(q, other) and (u is None or self.fits(p, mine))):
            return False
        if not self._put(p, q, t, u):
            return False
        self.own[p], self.own[q], self.cost[p], self.cost[q] = mine, other, a, b
        return True

    def _put(self, p: int, q: int, t: int, u: int | None) -> bool:
        new = [q if one == p else one for one in self.at[t]]
        if not self.skilled(t, new, self.at[t]):
            return False
        if u is not None:
            newer = [p if one == q else one for one in self.at[u]]
            if not self.skilled(u, newer, self.at[u]):
                return False
            self.at[u] = newer
        self.at[t] = new
        return True


def improved(roster: Roster, values: Values, seconds: float, seed: int = 1) -> Values:
    """A roster of the same cover that is more even; the same one where nothing helps."""
    moves = Moves(roster, values)
    dice = random.Random(seed)  # noqa: S311 - a search, no secret
    people = range(len(moves.people))
    busy = [t for t, at in enumerate(moves.at) if at]
    best, best_cost = list(moves.own), sum(moves.cost)
    began, tries, heat = time.monotonic(), 0, WARM
    while busy and len(people) > 1:
        tries += 1
        if tries % LOOK_AT_CLOCK == 0:
            spent = (time.monotonic() - began) / seconds
            if spent >= 1:
                break
            heat = WARM * (COLD / WARM) ** spent
            cost = sum(moves.cost)
            if cost < best_cost:
                best, best_cost = list(moves.own), cost
        t = dice.choice(busy)
        p, q = dice.choice(moves.at[t]), dice.choice(people)
        if p != q and moves.may[q] >> t & 1 and not moves.own[q] >> t & 1:
            moves.change((p, q, t, _back(moves, p, q, dice)), heat, dice.random())
    if sum(moves.cost) < best_cost:
        best = moves.own
    return {(p, t): 1 for p in people for t in _turns_of(best[p])}


def _back(moves: Moves, p: int, q: int, dice: random.Random) -> int | None:
    """A turn of the other one to take in exchange, in two of three tries."""
    if dice.random() < 1 / 3:
        return None
    wanted = _turns_of(moves.own[q] & moves.may[p] & ~moves.own[p])
    return dice.choice(wanted) if wanted else None


def _bits(days: list[int]) -> int:
    return sum(1 << (day + DAYS_BEFORE) for day in days if day + DAYS_BEFORE >= 0)


def _turns_of(own: int) -> list[int]:
    found = []
    while own:
        low = own & -own
        found.append(low.bit_length() - 1)
        own ^= low
    return found


def _run_over(bits: int, most: int) -> bool:
    """Whether more than `most` bits stand one after the other."""
    for _step in range(most):
        bits &= bits >> 1
    return bool(bits)
