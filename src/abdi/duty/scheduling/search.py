"""The search of one process: a first roster, the whole program, a dive, then neighbourhoods."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from abdi.duty.scheduling.arrays import Floats, Ints, Task
from abdi.duty.scheduling.crew import Crew, Found, Shop, Window
from abdi.duty.scheduling.dive import Climb
from abdi.duty.scheduling.part import Part, place
from abdi.duty.scheduling.polish import polish
from abdi.duty.scheduling.start import first_roster, fits_whole

MONTH = 28
ROOT_WORK = 60_000_000
"""Elements of one pricing of everybody up to which the whole program is worth its time."""
ROOT_CELLS = 20_000
"""Persons × days × shifts from which only the first process solves the whole program."""
PROVEN_CELLS = 2_000
"""Persons × days × shifts up to which CP-SAT tries a proof."""
LEAST_SIZE, LEAST_PACE = 4.0, 0.02
ROOT_SHARE, DIVE_SHARE = 0.4, 0.7
"""The whole program has this share of the time; the dive from it so much of that again."""
PATIENT_SHARE = 0.5
"""Share of the time of that dive after which it fixes ever more at once."""
RECALLED, MOST_KEPT = 40, 600
"""Schedules of a person given to a neighbourhood, and kept in all."""
POLISH_SHARE, LEAST_GAIN = 0.2, 0.02
"""Share of the time for better schedules one by one; a pass that gains less is the last."""
STEP_SECONDS = 1.0
"""How long one neighbourhood should take; the number of persons follows."""


@dataclass
class Search:
    """State of one process. `tell` is called with each better roster and bound."""

    task: Task
    chance: np.random.Generator
    seconds_left: Callable[[], float]
    tell: Callable[[Search], None]
    listen: Callable[[Search], None]
    rows: Ints = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    """The best roster; its cost is infinite before there is one."""
    cost: float = np.inf
    bound: float = 0.0
    prices: Floats | None = None
    pool: dict[int, dict[bytes, Ints]] = field(default_factory=dict)
    """Schedules of each person that were priced once, each kept once."""
    size: float = 8.0
    pace: float = 0.02
    """The share of what is not whole that a dive fixes at once."""
    leads: bool = True
    """The first process: tells the others its prices."""
    proves: bool = False
    """Tries to prove a small task by CP-SAT."""
    told_prices: bool = False
    stopped: bool = False

    def __post_init__(self) -> None:
        self.shop = Shop(self.task)

    @property
    def is_done(self) -> bool:
        """True where nothing better exists, or time is up."""
        return self.cost <= self.bound or self.stopped or self.seconds_left() <= 0

    def run(self) -> None:
        """Search until done. Raises NoScheduleError where there is no valid roster."""
        self.take(first_roster(self.shop, self.chance, self.seconds_left))
        self._polish(self.seconds_left() * POLISH_SHARE)
        if self.proves and self._cells <= PROVEN_CELLS:
            self._prove(self.seconds_left() * 0.5)
        everybody = range(len(self.task.people))
        work = sum(self.shop.work_of(number, self.task.days) for number in everybody)
        most = ROOT_WORK if self.leads else ROOT_WORK / 5
        if not self.leads and self._cells > ROOT_CELLS:
            most = 0
        if fits_whole(self.shop) and work <= most and not self.is_done:
            self._root(self.seconds_left() * ROOT_SHARE)
        while not self.is_done:
            self.listen(self)
            self._neighbourhood()

    def _polish(self, seconds: float) -> None:
        """Better schedules one by one, until a pass over everybody gains little."""
        until = self.seconds_left() - seconds
        is_whole = fits_whole(self.shop)
        windows = [Window(0, self.task.days)] if is_whole else self._months()
        while not self.is_done and self.seconds_left() > until:
            before = self.cost
            for window in windows:
                rows = polish(
                    self.shop, window, self.rows, self.chance, lambda: self.seconds_left() - until
                )
                self.take(rows)
                self.listen(self)
            if self.cost > before * (1 - LEAST_GAIN):
                return

    def _months(self) -> list[Window]:
        """Windows that lie side by side, the last perhaps longer."""
        days = self.task.days
        starts = [start for start in range(0, days, MONTH) if days - start >= MONTH or not start]
        return [Window(start, end) for start, end in zip(starts, [*starts[1:], days], strict=True)]

    @property
    def _cells(self) -> int:
        return len(self.task.people) * self.task.days * len(self.task.lengths)

    def adopt(self, rows: Ints) -> None:
        """Take over a better roster of another process, without telling it again."""
        self.rows, self.cost = rows, self.task.cost(rows)

    def _prove(self, seconds: float) -> None:
        from abdi.duty.scheduling import exact  # takes a second to load, and most do not need it

        def tell(rows: Ints, bound: float) -> None:
            self._raise(bound)
            self.take(rows)

        self._raise(exact.prove(self.task, self.rows, seconds, tell))
        self.tell(self)

    def _raise(self, bound: float) -> None:
        """Costs are whole numbers, so a bound counts from the next whole one."""
        if math.isfinite(bound):
            self.bound = max(self.bound, math.ceil(bound - 1e-6))

    def take(self, rows: Ints) -> bool:
        """Keep a roster that is as good or better; tell of a better one."""
        cost = self.task.cost(rows)
        if cost > self.cost:
            return False
        is_better = cost < self.cost
        self.rows, self.cost = rows, cost
        if is_better:
            self.tell(self)
        return is_better

    def _root(self, seconds: float) -> None:
        """The program of everybody over the whole horizon, and a dive from its optimum."""
        task, until = self.task, self.seconds_left() - seconds
        crew = Crew(self.shop, Window(0, task.days), None, range(len(task.people)))
        part = Part(crew, self.rows)
        climb = Climb(part, task.cover[1] * 0.5, lambda: self.seconds_left() - until, smoothing=0.8)
        climb.idle_rounds = 5
        solved = climb.generate(2_000)
        climb.idle_rounds = 1
        self._raise(climb.bound)
        if not solved:
            return
        self.prices = climb.prices
        self.tell(self)
        self._remember(part)
        until -= seconds * DIVE_SHARE
        climb.begun, climb.patience = climb.seconds_left(), climb.seconds_left() * PATIENT_SHARE
        chosen = climb.dive(8, self.chance, 0.03)
        self._remember(part)
        if chosen is not None:
            rows = place(self.rows, crew, chosen)
            self.take(rows)
            self.take(polish(self.shop, crew.window, rows, self.chance, self.seconds_left))

    def _remember(self, part: Part) -> None:
        """Keep the schedules of a program of the whole horizon for later ones."""
        if part.window.days == self.task.days:
            for person, row in zip(part.owner, part.schedules, strict=True):
                self.pool.setdefault(person, {})[row.tobytes()] = row

    def _neighbourhood(self) -> None:
        """Free some persons within a window, climb and dive; keep what is as good."""
        task = self.task
        count = int(min(max(round(self.size), 2), len(task.people)))
        people = self.chance.choice(len(task.people), count, replace=False).tolist()
        window = self._window()
        crew = Crew(self.shop, window, self.rows, people)
        if not crew.people:
            return
        part = Part(crew, self.rows)
        self._recall(part)
        begun = self.seconds_left()
        prices = self._prices(window)
        climb = Climb(
            part, prices, self.seconds_left, cut=self.cost + 0.5, patience=2 * STEP_SECONDS
        )
        chosen = climb.dive(4, self.chance, self.pace) if climb.generate(30) else None
        self._remember(part)
        taken = begun - self.seconds_left()
        self.size = min(
            self.size * (1.03 if taken < STEP_SECONDS else 0.95), len(task.people) * 0.8
        )
        self.size = max(self.size, 3.0)
        if chosen is not None:
            self.take(place(self.rows, crew, chosen))

    def _pace(self, taken: float) -> None:
        """More persons where steps are quick; fewer, then coarser steps, where they are slow."""
        if taken < STEP_SECONDS:
            self.size = min(self.size * 1.03, len(self.task.people) * 0.8)
            self.pace = max(self.pace * 0.98, LEAST_PACE)
        elif self.size > LEAST_SIZE:
            self.size = max(self.size * (0.95 if taken < 3 * STEP_SECONDS else 0.8), LEAST_SIZE)
        else:
            self.pace = min(self.pace * 1.3, 0.5)

    def _window(self) -> Window:
        days = self.task.days
        if days <= MONTH or (fits_whole(self.shop) and days <= 2 * MONTH):
            return Window(0, days)
        start = 7 * int(self.chance.integers(-1, (days - MONTH) // 7 + 2))
        start = min(max(0, start), (days - MONTH) // 7 * 7)
        return Window(start, days if days - start < MONTH + 7 else start + MONTH)

    def _prices(self, window: Window) -> Floats:
        if self.prices is None:
            marginal = -self.task.marginal(self.task.standing(self.rows))
            return np.asarray(marginal[window.start : window.end] * 0.5)
        return self.prices[window.start : window.end]

    def _recall(self, part: Part) -> None:
        """Give a program the best schedules that are known."""
        if part.window.days != self.task.days or self.prices is None:
            return
        for person in part.people:
            rows = list(self.pool.get(person, {}).values())
            worth = [
                self.task.row_cost(person, row)
                - float(self.prices[np.nonzero(row >= 0)[0], row[row >= 0]].sum())
                for row in rows
            ]
            best = np.argsort(worth)
            for number in best[:RECALLED].tolist():
                part.add(Found(person, rows[number]))
            if len(rows) > MOST_KEPT:
                kept = [rows[number] for number in best[: MOST_KEPT // 2].tolist()]
                self.pool[person] = {row.tobytes(): row for row in kept}
