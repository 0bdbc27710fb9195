"""A first valid roster: one person after the other takes the schedule that helps the cover most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from abdi.duty.scheduling.arrays import NEVER, OFF, Ints, Task
from abdi.duty.scheduling.crew import FIRST_MINUTE, MOST_WORK, TOO_MUCH, Crew, Shop, Window
from abdi.duty.scheduling.pricing import FREE, Needs, Terms

if TYPE_CHECKING:
    from abdi.duty.scheduling.model import Answer

CHUNK = 28
"""Days that are planned at once where the whole horizon is too long for that."""


TOGETHER = 8
"""Persons who are given their first schedule at once."""
MONTHS_TRIED = 5
"""How often months are put together for a person, each time at prices a little otherwise."""
FIRST_TRIES = 16
"""How often a person is priced anew for the first roster."""


class NoScheduleError(ValueError):
    """Some persons cannot be given any valid schedule."""

    def __init__(self, conflicts: dict[int, tuple[str, ...]]) -> None:
        super().__init__("the rules exclude every schedule")
        self.conflicts = conflicts
        """Person → groups of rules that cannot be kept together."""


def fits_whole(shop: Shop) -> bool:
    """True where the whole horizon can be priced at once."""
    task = shop.task
    return max(shop.work_of(number, task.days) for number in range(len(task.people))) <= MOST_WORK


def first_roster(
    shop: Shop, chance: np.random.Generator, seconds_left: Callable[[], float]
) -> Ints:
    """A valid roster. Raises NoScheduleError with everybody who cannot be given a schedule."""
    task = shop.task
    rows = np.full((len(task.people), task.days), OFF, dtype=np.int64)
    conflicts: dict[int, tuple[str, ...]] = {}
    whole = (
        Crew(shop, Window(0, task.days), None, range(len(task.people)))
        if fits_whole(shop)
        else None
    )
    if whole:
        whole.tries = FIRST_TRIES
    standing = task.standing(rows)
    order = chance.permutation(len(task.people)).tolist()
    for begin in range(0, len(order), TOGETHER):
        some = order[begin : begin + TOGETHER]
        known = _whole_rows(whole, some, standing, chance) if whole else {}
        for number in some:
            cost = task.base[number] + task.marginal(standing)
            row = known.get(number)
            if row is None and whole is None:
                row = _months(shop, number, cost, chance)
            if row is None:
                answer = _by_rules(task, number, max(2.0, seconds_left() / 4))
                row = answer.row
                if row is None:
                    conflicts[number] = answer.conflict
                    continue
            rows[number] = row
            standing = standing + task.standing(row[None])
    if conflicts:
        raise NoScheduleError(conflicts)
    return rows


def _by_rules(task: Task, number: int, seconds: float) -> Answer:
    """By CP-SAT, which takes a second to load and is seldom needed."""
    from abdi.duty.scheduling import model

    return model.schedule(task, number, seconds)


def _whole_rows(
    crew: Crew, some: list[int], standing: Ints, chance: np.random.Generator
) -> dict[int, Ints]:
    """Schedules of some persons at once; each sees the cover a little otherwise than the others."""
    task = crew.task
    costs = np.zeros((len(task.people), *standing.shape))
    for number in some:
        seen = chance.uniform(0.5, 1.0, standing.shape) if len(some) > 1 else 1.0
        costs[number] = task.base[number] + task.marginal(standing) * seen
    found, _ = crew.price(costs, some)
    return {one.person: one.row for one in found}


def _months(shop: Shop, number: int, cost: np.ndarray, chance: np.random.Generator) -> Ints | None:
    """Months put together, at prices a little otherwise where that failed."""
    for attempt in range(MONTHS_TRIED):
        seen = chance.uniform(1 - attempt / 10, 1, cost.shape)
        row = _chunks(shop, number, cost * seen)
        if row is not None:
            return row
    return None


def _chunks(shop: Shop, number: int, cost: np.ndarray) -> Ints | None:
    """Month after month, each with its share of minutes and weekends; None where none fits."""
    task, person = shop.task, shop.task.people[number]
    row = np.full(task.days, OFF, dtype=np.int64)
    longest = int(task.lengths.max())
    for start in range(0, task.days, CHUNK):
        end = min(start + CHUNK, task.days)
        worked = np.nonzero(row >= 0)[0]
        minutes = int(task.lengths[row[worked]].sum())
        weekends = len({int(day) // 7 for day in worked if day % 7 >= 5})
        aim = (person.min_minutes + person.max_minutes) / 2 * end / task.days - minutes
        is_last = end == task.days
        part = None
        for slack in (1, 4):
            least = person.min_minutes - minutes if is_last else int(aim - slack * longest)
            most = person.max_minutes - minutes if is_last else int(aim + longest / 2)
            free = person.max_weekends * end // task.days - weekends
            window = Window(start, end)
            part = (
                part
                if part is not None
                else _chunk(shop, number, cost, window, (least, most, free))
            )
        if part is None:
            return None
        row[start:end] = part
    counts = np.bincount(row[row >= 0], minlength=len(task.lengths))
    return row if (counts <= task.limits[number]).all() else None


def _chunk(
    shop: Shop, number: int, cost: np.ndarray, window: Window, room: tuple[int, int, int]
) -> Ints | None:
    task, person = shop.task, shop.task.people[number]
    least, most, weekends = room
    longest = int(task.lengths.max())
    if shop.work_of(number, window.days) > TOO_MUCH:
        return None
    worth = int(task.spans[number, 0]) if shop.counts else 1
    step = 1 if shop.counts else longest
    terms = Terms(
        days=window.days,
        max_run=person.max_run,
        min_run=person.min_run,
        min_off=person.min_off,
        minutes=_rounded(
            person.max_minutes // worth * window.days // task.days + 3 * step, 2 * step
        ),
        weekends=min((window.days + 6) // 7, person.max_weekends * window.days // task.days + 1),
        opens=window.start == 0,
        closes=window.end == task.days,
        counts=shop.counts,
    )
    short, long = task.spans[number].tolist() if shop.counts else (1, 1)
    needs = Needs(
        least_minutes=np.array([-(-least // long)]),
        most_minutes=np.array([most // short]),
        weekends=np.array([weekends]),
        tracked=np.zeros((1, 0), dtype=np.int64),
        entry=np.array([FREE]),
        leave=np.array([window.days]),
    )
    return _tried(shop, number, (terms, needs), cost[window.start : window.end], (least, most))


def _tried(
    shop: Shop, number: int, asked_of: tuple[Terms, Needs], cost: np.ndarray, band: tuple[int, int]
) -> Ints | None:
    """A schedule within its share of each shift and its minutes; prices are learnt on the way."""
    (terms, needs), (least, most), task = asked_of, band, shop.task
    share = np.ceil(task.limits[number] * terms.days / task.days)
    asked = np.where(share > 0, cost, NEVER)
    minute = 0.0
    for _ in range(6):
        price = shop.extra[number] + minute * task.lengths
        solved = shop.pricer(terms).solve((asked + price)[None], needs)
        low = high = 0
        for states in solved.cheapest(6 if shop.counts else 1):
            state = int(states[0])
            if state < 0:
                break
            row = solved.schedule(0, state)
            over = np.bincount(row[row >= 0], minlength=len(share)) > share
            minutes = int(task.lengths[row[row >= 0]].sum())
            low, high = low + (minutes < least), high + (minutes > most)
            if least <= minutes <= most and not over.any():
                return row
            shop.extra[number, over] = np.maximum(10.0, shop.extra[number, over] * 3)
        if high != low:
            minute = (abs(minute) * 3 + FIRST_MINUTE) * (1 if high > low else -1)
    return None


def _rounded(value: int, step: int) -> int:
    """The next multiple, so that persons much alike share a pricer."""
    return -(-value // step) * step
