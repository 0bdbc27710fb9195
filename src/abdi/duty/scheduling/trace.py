"""Reads schedules back from the tables of a priced batch, many persons at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abdi.duty.scheduling.arrays import OFF, Flags, Ints

if TYPE_CHECKING:
    from abdi.duty.scheduling.pricing import Solved


def schedules(solved: Solved, people: Ints, states: Ints) -> Ints:
    """[n, day] shift numbers of the cheapest schedules that end in states; people by place."""
    stretches = _chain(solved, people, states)
    rows = np.full((len(people), solved.pricer.terms.days), OFF, dtype=np.int64)
    if len(stretches):
        _fill(solved, rows, people, stretches)
    return rows


def _chain(solved: Solved, people: Ints, states: Ints) -> Ints:
    """[stretch, (n, start, length, use)] the work stretches of the schedules."""
    nobody = np.zeros((0, 4), dtype=np.int64)
    number = np.arange(len(people))
    day, state = solved.leave[people].copy(), states.copy()
    ends = solved.by_day[people, day, state] > solved.values[people, state]
    first = solved.ended[people, :, state].argmin(axis=1)
    day = np.where(ends, first, _last_end(solved, people, day, state))
    found: list[Ints] = []
    while True:
        goes_on = day > 0
        number, day, state = number[goes_on], day[goes_on], state[goes_on]
        if not len(number):
            return np.concatenate(found) if found else nobody
        start, length, use, before = _stretches(solved, people[number], day, state)
        known = length > 0
        number, state, start = number[known], before[known], start[known]
        found.append(np.stack([number, start, length[known], use[known]], axis=1))
        day = _last_end(solved, people[number], start, state)


def _last_end(solved: Solved, people: Ints, day: Ints, state: Ints) -> Ints:
    """The day after the last stretch, for work that may begin on a day; 0 for none.

    What may begin never grows dearer from day to day, so the first day of a value is found by it.
    """
    who = np.arange(len(people))
    column = solved.by_day[people, :, state]
    first = np.minimum((column <= column[who, day][:, None]).argmax(axis=1), day)
    rest = max(1, solved.pricer.terms.min_off)
    ended = np.maximum(first - rest, 0)
    same = solved.ended[people, ended, state] == column[who, first]
    return np.where((first >= rest) & same, ended, 0)


def _stretches(
    solved: Solved, people: Ints, day: Ints, state: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Start, length, use and the state before of the stretch that ends before each day; length 0
    where there is none."""
    pricer = solved.pricer
    start, length, use, before = (np.zeros(len(people), dtype=np.int64) for _ in range(4))
    for end in np.unique(day).tolist():
        moves = pricer.moves[end]
        if moves is None:
            continue
        table, lengths = moves
        here = np.nonzero(day == end)[0]
        who = people[here]
        prices = [solved.prices[size][who, end - size] for size in lengths]
        places = table[:, state[here]].T
        values = solved.ready[who[:, None], places] + np.concatenate(prices, axis=1)
        choice = values.argmin(axis=1)
        line = np.arange(len(here))
        is_known = values[line, choice] <= solved.ended[who, end, state[here]]
        sizes = np.repeat(lengths, [len(pricer.uses[size - 1]) for size in lengths])
        firsts = np.concatenate([np.arange(len(pricer.uses[size - 1])) for size in lengths])
        length[here] = np.where(is_known, sizes[choice], 0)
        start[here] = end - sizes[choice]
        use[here] = firsts[choice]
        before[here] = places[line, choice] - start[here] * pricer.count
    return start, length, use, before


def _fill(solved: Solved, rows: Ints, people: Ints, stretches: Ints) -> None:
    """Writes the cheapest filling of each stretch, from its last day back."""
    pricer = solved.pricer
    number, start, length, use = stretches.T.copy()
    allowed: Flags = np.ones((len(number), len(pricer.members)), dtype=bool)
    for size in range(int(length.max()), 0, -1):
        here = np.nonzero(length >= size)[0]
        who, begin = people[number[here]], start[here]
        values = np.where(allowed[here], solved.fills[size][who, begin, :, use[here]], np.inf)
        kinds = values.argmin(axis=1)
        days = begin + size - 1
        for kind in np.unique(kinds).tolist():
            some = kinds == kind
            members = pricer.members[kind]
            dear = solved.cost[who[some][:, None], days[some][:, None], members]
            rows[number[here[some]], days[some]] = members[dear.argmin(axis=1)]
        allowed[here] = pricer.follow.T[kinds]
        if size > 1:
            use[here] = pricer.back[size - 2][kinds, use[here]]
