"""The cheapest valid schedule of one person, for many persons at once.

A schedule is a chain of work stretches with days off between. Two steps of dynamic programming,
both over whole arrays: first the cheapest filling of every stretch (start, length, use of
resources), then the cheapest chain of stretches. Resources are minutes, weekends and the shifts
whose number is limited tightly; they change only from stretch to stretch, which makes the second
step small. Exact for the rules it tracks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from abdi.duty.scheduling.arrays import NEVER, Flags, Floats, Ints
from abdi.duty.scheduling.trace import schedules

SATURDAY, SUNDAY = 5, 6
FREE = -1
"""Entry of a person who may begin to work on the first day."""


@dataclass(frozen=True)
class Terms:
    """What persons priced together have in common. The first day of the window is a Monday."""

    days: int
    max_run: int
    min_run: int
    min_off: int
    minutes: int
    weekends: int
    tracked: tuple[tuple[int, int], ...] = ()
    """(shift, at most) for shifts whose number is counted exactly."""
    opens: bool = True
    """The window begins at the edge of the horizon: a first stretch may be shorter."""
    closes: bool = True
    """The window ends at the edge of the horizon."""
    counts: bool = False
    """Shifts are counted instead of minutes: `minutes` here and in the needs is their number."""


@dataclass(frozen=True)
class Needs:
    """What each person of a batch may use up within the window; arrays over the batch."""

    least_minutes: Ints
    most_minutes: Ints
    weekends: Ints
    tracked: Ints
    """[person, tracked shift]."""
    entry: Ints
    """FREE, or the day on which a day off begins after work before it."""
    leave: Ints
    """The day on which work goes on after the window, or `days` at the end of the horizon."""


class Pricer:
    """Prices persons of the same terms. Building costs some milliseconds; keep it."""

    def __init__(self, terms: Terms, lengths: Ints, may_follow: Flags) -> None:
        self.terms = terms
        if terms.counts:
            lengths = np.ones_like(lengths)
        self.unit = int(np.gcd.reduce(lengths))
        self._make_classes(lengths, may_follow)
        self._make_states()
        self._make_stretches()
        self._make_moves()

    # ------------------------------------------------------------ shape of the problem

    def _make_classes(self, lengths: Ints, may_follow: Flags) -> None:
        """Shifts alike in length, neighbours and counting are one class; the cheapest is taken."""
        tracked = [shift for shift, _ in self.terms.tracked]
        keys: dict[tuple[object, ...], list[int]] = {}
        for shift, length in enumerate(lengths):
            counted = tracked.index(shift) if shift in tracked else -1
            before, after = may_follow[:, shift].tobytes(), may_follow[shift].tobytes()
            keys.setdefault((int(length), before, after, counted), []).append(shift)
        self.members = [np.array(group) for group in keys.values()]
        first = [group[0] for group in keys.values()]
        self.follow = may_follow[np.ix_(first, first)]
        self.use = np.array(
            [
                [lengths[shift] // self.unit, *(shift == other for other in tracked)]
                for shift in first
            ],
            dtype=np.int64,
        )

    def _make_states(self) -> None:
        """All sums of resources that shifts can make, times the weekends worked."""
        most = [self.terms.minutes // self.unit, *(limit for _, limit in self.terms.tracked)]
        self.radix = np.cumprod([1, *(top + 1 for top in most)])
        reached = np.zeros(self.radix[-1], dtype=bool)
        reached[0] = True
        grid = np.stack(
            np.meshgrid(*(np.arange(top + 1) for top in reversed(most)), indexing="ij"), axis=-1
        ).reshape(-1, len(most))[:, ::-1]
        codes = self.use @ self.radix[:-1]
        fits = [(grid >= use).all(axis=1).nonzero()[0] for use in self.use]
        while True:
            before = int(reached.sum())
            for places, code in zip(fits, codes, strict=True):
                reached[places] |= reached[places - code]
            if int(reached.sum()) == before:
                break
        points = grid[reached]
        weekends = np.arange(self.terms.weekends + 1)
        self.points = np.concatenate(
            [np.repeat(points, len(weekends), axis=0), np.tile(weekends, len(points))[:, None]],
            axis=1,
        )
        self.count = len(self.points)
        self.place = np.full(self.radix[-1], -1, dtype=np.int64)
        self.place[reached] = np.arange(len(points)) * len(weekends)

    def _make_stretches(self) -> None:
        """For each length of a stretch the sums it can use, and where a further shift leads."""
        self.uses: list[Ints] = [np.unique(self.use, axis=0)]
        most = self.points.max(axis=0)[:-1]
        self.uses[0] = self.uses[0][(self.uses[0] <= most).all(axis=1)]
        for _ in range(1, min(self.terms.max_run, self.terms.days)):
            sums = (self.uses[-1][:, None, :] + self.use[None, :, :]).reshape(-1, self.use.shape[1])
            sums = np.unique(sums, axis=0)
            sums = sums[(sums <= most).all(axis=1)]
            if not len(sums):
                break
            self.uses.append(sums)
        self.steps = [
            [_where(before + use, after) for use in self.use]
            for before, after in pairwise(self.uses)
        ]
        self.back = [
            _inverse(steps, len(uses))
            for steps, uses in zip(self.steps, self.uses[1:], strict=True)
        ]
        """By length - 2 [class, use] the use before the last shift."""
        self.starts = [_where(use[None, :], self.uses[0]) for use in self.use]

    def _make_moves(self) -> None:
        """For each day the stretches that may end before it, and the states they come from."""
        terms, points = self.terms, self.points
        width = terms.weekends + 1
        cache: dict[tuple[int, int], Ints] = {}
        for (length, uses), weekends in product(enumerate(self.uses, 1), range(width)):
            before = (
                points[None, :, :]
                - np.concatenate([uses, np.full((len(uses), 1), weekends)], axis=1)[:, None, :]
            )
            fits = (before >= 0).all(axis=2)
            codes = np.where(fits, before[:, :, :-1] @ self.radix[:-1], 0)
            found = self.place[codes]
            cache[length, weekends] = np.where(fits & (found >= 0), found + before[:, :, -1], -1)
        self.moves: list[tuple[Ints, list[int]] | None] = [None]
        nowhere = (terms.days + 1) * self.count
        for day in range(1, terms.days + 1):
            parts, lengths = [], []
            for length in range(1, len(self.uses) + 1):
                start = day - length
                key = (length, self._weekends(start, length)) if start >= 0 else (0, 0)
                if len(cache.get(key, ())) and self._is_long_enough(start, length):
                    table = cache[key]
                    parts.append(np.where(table >= 0, table + start * self.count, nowhere))
                    lengths.append(length)
            self.moves.append((np.concatenate(parts), lengths) if parts else None)
        sizes = [move[0].size for move in self.moves if move]
        self.size = sum(sizes)
        self.work_of_a_day = max(sizes, default=1)
        """Elements that one person costs a day."""

    def _is_long_enough(self, start: int, length: int) -> bool:
        terms = self.terms
        at_edge = (terms.opens and start == 0) or (terms.closes and start + length == terms.days)
        return length <= terms.max_run and (length >= terms.min_run or at_edge)

    def _weekends(self, start: int, length: int) -> int:
        days = range(start, start + length)
        return len({day // 7 for day in days if day % 7 >= SATURDAY})

    # ------------------------------------------------------------ solving

    def solve(self, cost: Floats, needs: Needs) -> Solved:
        """Prices a batch: cost [person, day, shift] of the window, days off cost nothing."""
        classes = np.stack([cost[:, :, group].min(axis=2) for group in self.members], axis=2)
        fills, prices = self._fill(classes)
        people, days, count = len(cost), self.terms.days, self.count
        ended = np.full((people, days + 1, count), NEVER)
        ready = np.full((people, (days + 1) * count + 1), NEVER)
        by_day = ready[:, :-1].reshape(people, days + 1, count)
        who = np.arange(people)
        free = needs.entry == FREE
        by_day[who[free], 0, 0] = 0.0
        ended[who[~free], needs.entry[~free], 0] = 0.0
        for day in range(days + 1):
            self._step(day, ended, ready, prices)
        return Solved(self, cost, (fills, prices), (ended, by_day, ready), needs)

    def _step(self, day: int, ended: Floats, ready: Floats, prices: list[Floats]) -> None:
        count, rest = self.count, max(1, self.terms.min_off)
        moves = self.moves[day]
        if moves is not None:
            table, _ = moves
            values = ready.take(table, axis=1, mode="clip")
            values += self._price_of(day, prices)[:, :, None]
            np.minimum(ended[:, day], values.min(axis=1), out=ended[:, day])
        here = ready[:, day * count : (day + 1) * count]
        if day:
            np.minimum(here, ready[:, (day - 1) * count : day * count], out=here)
        if day >= rest:
            np.minimum(here, ended[:, day - rest], out=here)

    def _price_of(self, day: int, prices: list[Floats]) -> Floats:
        moves = self.moves[day]
        lengths = moves[1] if moves else []
        return np.concatenate([prices[length][:, day - length] for length in lengths], axis=1)

    def _fill(self, cost: Floats) -> tuple[list[Floats], list[Floats]]:
        """By length: cheapest stretch by start, last class and use, and over all last classes."""
        people, days, kinds = cost.shape
        first = np.full((people, days, kinds, len(self.uses[0])), NEVER)
        for kind in range(kinds):
            if self.starts[kind][0] >= 0:
                first[:, :, kind, self.starts[kind][0]] = cost[:, :, kind]
        fills = [first, first]
        for length, steps in enumerate(self.steps, 1):
            here = days - length
            if here <= 0:
                break
            grown = np.full((people, here, kinds, len(self.uses[length])), NEVER)
            for kind in range(kinds):
                before = fills[-1][:, :here, self.follow[:, kind]]
                if not before.shape[2]:
                    continue
                places = steps[kind]
                fits = places >= 0
                best = before.min(axis=2) + cost[:, length:, kind, None]
                grown[:, :, kind, places[fits]] = best[:, :, fits]
            fills.append(grown)
        return fills, [fill.min(axis=2) for fill in fills]


def _where(wanted: Ints, rows: Ints) -> Ints:
    """The row number of each wanted vector, or -1."""
    if not len(rows):
        return np.full(len(wanted), -1, dtype=np.int64)
    same = (wanted[:, None, :] == rows[None, :, :]).all(axis=2)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def _inverse(steps: list[Ints], count: int) -> Ints:
    back = np.zeros((len(steps), count), dtype=np.int64)
    for kind, after in enumerate(steps):
        fits = np.nonzero(after >= 0)[0]
        back[kind, after[fits]] = fits
    return back


class Solved:
    """The tables of one batch; schedules are read from them on demand."""

    def __init__(
        self,
        pricer: Pricer,
        cost: Floats,
        stretches: tuple[list[Floats], list[Floats]],
        chains: tuple[Floats, Floats, Floats],
        needs: Needs,
    ) -> None:
        self.pricer, self.cost = pricer, cost
        self.fills, self.prices = stretches
        self.ended, self.by_day, self.ready = chains
        self.values = self._final(needs)
        """[person, state] cost of the cheapest schedule that ends so, NEVER where not allowed."""

    def _final(self, needs: Needs) -> Floats:
        pricer, days = self.pricer, self.pricer.terms.days
        who = np.arange(len(self.cost))
        values: Floats = self.by_day[who, needs.leave].copy()
        if pricer.terms.closes:
            at_end = needs.leave == days
            values[at_end] = np.minimum(values[at_end], self.ended[at_end].min(axis=1))
        points, unit = pricer.points, pricer.unit
        minutes = points[None, :, 0] * unit
        fits = (minutes >= needs.least_minutes[:, None]) & (minutes <= needs.most_minutes[:, None])
        fits &= points[None, :, -1] <= needs.weekends[:, None]
        for number in range(needs.tracked.shape[1]):
            fits &= points[None, :, 1 + number] <= needs.tracked[:, number, None]
        self.leave = needs.leave
        return np.where(fits, values, NEVER)

    def best(self) -> Floats:
        """[person] cost of the cheapest schedule; NEVER or more where there is none."""
        found: Floats = self.values.min(axis=1)
        return found

    def cheapest(self, most: int) -> list[Ints]:
        """By rank [person] the state in which the next cheapest schedule ends, -1 where none is.

        Of the states alike in their minutes only the cheapest counts.
        """
        if most == 1:
            best = self.values.argmin(axis=1)
            return [np.where(self.values.min(axis=1) < NEVER / 2, best, -1)]
        minutes = self.pricer.points[:, 0]
        groups = [np.nonzero(minutes == one)[0] for one in np.unique(minutes)]
        who = np.arange(len(self.values))
        states = np.stack([g[self.values[:, g].argmin(axis=1)] for g in groups], axis=1)
        values = self.values[who[:, None], states]
        order = np.argsort(values, axis=1, kind="stable")[:, :most]
        ranked = np.where(values < NEVER / 2, states, -1)[who[:, None], order]
        return list(ranked.T)

    def schedule(self, person: int, state: int) -> Ints:
        """[day] shift numbers of the cheapest schedule of a person that ends in a state."""
        return np.asarray(schedules(self, np.array([person]), np.array([state]))[0])
