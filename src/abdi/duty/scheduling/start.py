"""A first valid roster: one person after the other takes the schedule that helps the cover most."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from abdi.duty.scheduling import model
from abdi.duty.scheduling.arrays import NEVER, OFF, Ints, Task
from abdi.duty.scheduling.crew import MOST_WORK, Crew, Shop, Window
from abdi.duty.scheduling.pricing import FREE, Needs, Terms

CHUNK = 28
"""Days that are planned at once where the whole horizon is too long for that."""


class NoScheduleError(ValueError):
    """Some persons cannot be given any valid schedule."""

    def __init__(self, conflicts: dict[int, tuple[str, ...]]) -> None:
        super().__init__("the rules exclude every schedule")
        self.conflicts = conflicts
        """Person → groups of rules that cannot be kept together."""


def work_of(task: Task, number: int, days: int) -> int:
    """About how many elements the pricing of a person over so many days goes through."""
    person = task.people[number]
    unit, longest, shortest = (
        int(np.gcd.reduce(task.lengths)),
        task.lengths.max(),
        task.lengths.min(),
    )
    most_run = min(person.max_run, days)
    spread = int(longest - shortest) // unit
    uses = sum(min(length * spread + 1, 8 * length) for length in range(1, most_run + 1))
    minutes = min(person.max_minutes, days * int(longest)) // (unit if spread else int(longest)) + 1
    return days * uses * minutes * (min(person.max_weekends, (days + 6) // 7) + 1)


def fits_whole(task: Task) -> bool:
    """True where the whole horizon can be priced at once."""
    return max(work_of(task, number, task.days) for number in range(len(task.people))) <= MOST_WORK


def first_roster(
    shop: Shop, chance: np.random.Generator, seconds_left: Callable[[], float]
) -> Ints:
    """A valid roster. Raises NoScheduleError with everybody who cannot be given a schedule."""
    task = shop.task
    rows = np.full((len(task.people), task.days), OFF, dtype=np.int64)
    conflicts: dict[int, tuple[str, ...]] = {}
    whole = (
        Crew(shop, Window(0, task.days), None, range(len(task.people)))
        if fits_whole(task)
        else None
    )
    standing = task.standing(rows)
    for number in chance.permutation(len(task.people)).tolist():
        cost = task.base[number] + task.marginal(standing)
        row = _whole_row(whole, number, cost) if whole else _chunks(shop, number, cost)
        if row is None:
            answer = model.schedule(task, number, max(2.0, seconds_left() / 4))
            row = answer.row
            if row is None:
                conflicts[number] = answer.conflict
                continue
        rows[number] = row
        standing = standing + task.standing(row[None])
    if conflicts:
        raise NoScheduleError(conflicts)
    return rows


def _whole_row(crew: Crew, number: int, cost: np.ndarray) -> Ints | None:
    costs = np.zeros((len(crew.task.people), *cost.shape))
    costs[number] = cost
    found, _ = crew.price(costs, [number])
    return found[0].row if found else None


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
    terms = Terms(
        days=window.days,
        max_run=person.max_run,
        min_run=person.min_run,
        min_off=person.min_off,
        minutes=min(window.days * int(task.lengths.max()), person.max_minutes),
        weekends=(window.days + 6) // 7,
        opens=window.start == 0,
        closes=window.end == task.days,
    )
    needs = Needs(
        least_minutes=np.array([least]),
        most_minutes=np.array([most]),
        weekends=np.array([weekends]),
        tracked=np.zeros((1, 0), dtype=np.int64),
        entry=np.array([FREE]),
        leave=np.array([window.days]),
    )
    share = np.ceil(task.limits[number] * window.days / task.days)
    asked = np.where(share > 0, cost[window.start : window.end], NEVER)
    for _ in range(6):
        solved = shop.pricer(terms).solve((asked + shop.extra[number])[None], needs)
        state = int(solved.values[0].argmin())
        if solved.values[0, state] >= NEVER / 2:
            return None
        row = solved.schedule(0, state)
        over = np.bincount(row[row >= 0], minlength=len(share)) > share
        if not over.any():
            return row
        shop.extra[number, over] = np.maximum(10.0, shop.extra[number, over] * 3)
    return None
