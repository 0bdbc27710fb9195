"""Prices schedules of a staff within a window: who is priced together, what is counted exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from abdi.duty.scheduling.arrays import NEVER, OFF, Floats, Ints, Task
from abdi.duty.scheduling.pricing import FREE, Needs, Pricer, Solved, Terms

MOST_STATES = 1_500
"""States with counted shifts; beyond that their limits are kept by prices."""
TIGHT = 0.6
"""A limit below this share of the shifts a person can work is counted exactly."""
TRIES = 4
"""How often persons are priced anew whose schedule breaks a limit that is not counted."""
PENALTY = 4.0
"""First price of one shift above such a limit; it doubles while the limit is broken."""
BATCH = 400_000
"""Elements of one array operation; about what stays in the cache of a processor."""
MOST_WORK = 6_000_000
"""Elements per person and pricing; a longer window is cut."""


@dataclass(frozen=True)
class Found:
    """One valid schedule of a person within the window."""

    person: int
    row: Ints


@dataclass(frozen=True)
class Window:
    """Days [start, end); both on a Monday, except for the end of the horizon."""

    start: int
    end: int

    @property
    def days(self) -> int:
        """Its length."""
        return self.end - self.start


class Shop:
    """Makes pricers and keeps them."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.kept: dict[Terms, Pricer] = {}
        self.extra = np.zeros(task.limits.shape)
        """[person, shift] learnt price of a shift whose limit the pricer does not count."""

    def pricer(self, terms: Terms) -> Pricer:
        """The pricer for terms."""
        if terms not in self.kept:
            if len(self.kept) > 60:
                self.kept.clear()
            self.kept[terms] = Pricer(terms, self.task.lengths, self.task.may_follow)
        return self.kept[terms]


class Crew:
    """The persons of a window and what each may still use; `rows` is the roster around it."""

    def __init__(
        self, shop: Shop, window: Window, rows: Ints | None, people: Iterable[int]
    ) -> None:
        self.shop, self.task, self.window = shop, shop.task, window
        task = self.task
        nobody = np.full((len(task.people), task.days), OFF, dtype=np.int64)
        self.kept = nobody if rows is None else rows.copy()
        """[person, day] the roster without the days that are free to change."""
        self.is_whole = window.days == task.days
        groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self.span: dict[int, tuple[int, int]] = {}
        for number in people:
            span = (0, window.days) if self.is_whole else self._span(number)
            if span is not None:
                self.span[number] = span
                person = task.people[number]
                groups[person.max_run, person.min_run, person.min_off].append(number)
        for number, (first, last) in self.span.items():
            self.kept[number, window.start + first : window.start + last] = OFF
        self.known: dict[int, tuple[int, int, Ints]] = {}
        self.groups = [(self._pricer(members), members) for members in groups.values()]

    @property
    def people(self) -> list[int]:
        """Everybody who can be given another schedule here."""
        return sorted(self.span)

    def _span(self, number: int) -> tuple[int, int] | None:
        """The days of the window from the end of one stretch of work to the start of another."""
        works = self.kept[number] != OFF
        first, last = self.window.start, self.window.end
        if first:
            ends = np.nonzero(works[first - 1 : last - 1] & ~works[first:last])[0]
            if not len(ends):
                return None
            first += int(ends[0])
        if last < self.task.days:
            begins = np.nonzero(~works[first:last] & works[first + 1 : last + 1])[0]
            if not len(begins):
                return None
            last = first + int(begins[-1]) + 1
        return (first - self.window.start, last - self.window.start) if last > first else None

    def _used(self, number: int) -> tuple[int, int, Ints]:
        """Minutes, weekends and shifts that a person uses outside the free days."""
        if number in self.known:
            return self.known[number]
        row = self.kept[number]
        days = np.nonzero(row >= 0)[0]
        weekends = len({int(day) // 7 for day in days if day % 7 >= 5})
        counts = np.bincount(row[days], minlength=len(self.task.lengths))
        minutes = int(self.task.lengths[row[days]].sum())
        self.known[number] = minutes, weekends, counts
        return self.known[number]

    def _pricer(self, members: list[int]) -> Pricer:
        task, days = self.task, self.window.days
        first = task.people[members[0]]
        used = {number: self._used(number) for number in members}
        stretch = first.max_run + max(1, first.min_off)
        most_shifts = days - days // stretch * max(1, first.min_off)
        minutes = min(
            max(task.people[number].max_minutes - used[number][0] for number in members),
            most_shifts * int(task.lengths.max()),
        )
        weekends = min(
            max(task.people[number].max_weekends - used[number][1] for number in members),
            (days + 6) // 7,
        )
        terms = Terms(
            days=days,
            max_run=first.max_run,
            min_run=first.min_run,
            min_off=first.min_off,
            minutes=max(0, minutes),
            weekends=max(0, weekends),
            tracked=self._tracked(members, minutes, weekends) if self.is_whole else (),
            opens=self.window.start == 0,
            closes=self.window.end == task.days,
        )
        return self.shop.pricer(terms)

    def _tracked(
        self, members: list[int], minutes: int, weekends: int
    ) -> tuple[tuple[int, int], ...]:
        task = self.task
        shortest = int(task.lengths.min())
        states = (minutes // shortest + 1) * (weekends + 1)
        ratios = []
        for shift, length in enumerate(task.lengths):
            limits = [
                task.limits[number, shift] for number in members if task.limits[number, shift]
            ]
            if limits:
                ratios.append(
                    (min(limits) * int(length) / max(minutes, 1), shift, int(max(limits)))
                )
        tracked: list[tuple[int, int]] = []
        for ratio, shift, most in sorted(ratios):
            if ratio >= TIGHT or states * (most + 1) > MOST_STATES:
                break
            tracked.append((shift, most))
            states *= most + 1
        return tuple(tracked)

    def _needs(self, pricer: Pricer, people: list[int]) -> Needs:
        staff = [self.task.people[number] for number in people]
        used = [self._used(number) for number in people]
        tracked = [shift for shift, _ in pricer.terms.tracked]
        spans = [self.span[number] for number in people]
        opens = pricer.terms.opens
        return Needs(
            least_minutes=np.array(
                [p.min_minutes - u[0] for p, u in zip(staff, used, strict=True)]
            ),
            most_minutes=np.array([p.max_minutes - u[0] for p, u in zip(staff, used, strict=True)]),
            weekends=np.array([p.max_weekends - u[1] for p, u in zip(staff, used, strict=True)]),
            tracked=self.task.limits[np.ix_(people, tracked)],
            entry=np.array([FREE if opens else first for first, _ in spans]),
            leave=np.array([last for _, last in spans]),
        )

    def price(self, cost: Floats, wanted: Iterable[int]) -> tuple[list[Found], Floats]:
        """Cheapest schedules at a cost [person, day, shift], and a lower bound [person]."""
        wanted = set(wanted)
        found: list[Found] = []
        bound = np.full(len(self.task.people), -np.inf)
        for pricer, members in self.groups:
            people = [number for number in members if number in wanted]
            size = max(1, BATCH // pricer.work_of_a_day)
            for start in range(0, len(people), size):
                self._batch(pricer, people[start : start + size], cost, found, bound)
        return found, bound

    def _batch(
        self, pricer: Pricer, people: list[int], cost: Floats, found: list[Found], bound: Floats
    ) -> None:
        extra = self.shop.extra
        for _ in range(TRIES):
            if not people:
                return
            asked = cost[people] + extra[people][:, None, :]
            solved = pricer.solve(asked, self._needs(pricer, people))
            room = self.task.limits[people] - np.array([self._used(number)[2] for number in people])
            credit = (extra[people] * room).sum(axis=1)
            bound[people] = np.maximum(bound[people], solved.best() - credit)
            people = self._read(solved, people, found)

    def _read(self, solved: Solved, people: list[int], found: list[Found]) -> list[int]:
        """Reads the schedules; returns the persons whose schedule breaks a limit."""
        broken = []
        for place, number in enumerate(people):
            state = int(solved.values[place].argmin())
            if solved.values[place, state] >= NEVER / 2:
                continue
            row = solved.schedule(place, state)
            if self._keeps_limits(number, row):
                found.append(Found(number, row))
            else:
                broken.append(number)
        return broken

    def _keeps_limits(self, number: int, row: Ints) -> bool:
        """True where no shift stands too often; learns the price that keeps it so."""
        limits, extra = self.task.limits[number], self.shop.extra[number]
        counts = np.bincount(row[row >= 0], minlength=len(limits)) + self._used(number)[2]
        over = counts > limits
        extra[:] = np.where(over, np.maximum(PENALTY, extra * 2), extra * 0.8)
        extra[extra < 0.5] = 0.0
        return not over.any()
