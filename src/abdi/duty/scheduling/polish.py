"""Better schedules for a few persons at a time, each the cheapest beside all others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from abdi.duty.scheduling.arrays import Ints
from abdi.duty.scheduling.crew import Crew, Shop, Window

TOGETHER = 6
"""Persons priced at once; those whose schedule no longer helps after the others are left out."""


def polish(
    shop: Shop,
    window: Window,
    rows: Ints,
    chance: np.random.Generator,
    seconds_left: Callable[[], float],
) -> Ints:
    """One pass over everybody; the roster [person, day] costs as much as `rows` or less."""
    task, days = shop.task, slice(window.start, window.end)
    crew = Crew(shop, window, rows, range(len(task.people)))
    rows, standing = rows.copy(), task.standing(rows)
    costs = task.base[:, days].copy()
    order = chance.permutation(crew.people)
    for start in range(0, len(order), TOGETHER):
        if seconds_left() <= 0:
            break
        some = order[start : start + TOGETHER].tolist()
        for number in some:
            others = standing - task.standing(rows[number][None])
            costs[number] = task.base[number, days] + task.marginal(others)[days]
        for one in crew.price(costs, some)[0]:
            before = rows[one.person]
            first, last = crew.span[one.person]
            after = before.copy()
            after[window.start + first : window.start + last] = one.row[first:last]
            others = standing - task.standing(before[None])
            new, old = (others + task.standing(row[None]) for row in (after, before))
            change = task.row_cost(one.person, after) - task.row_cost(one.person, before)
            change += task.cover_cost(new) - task.cover_cost(old)
            if change <= 0:
                rows[one.person], standing = after, new
    return rows
