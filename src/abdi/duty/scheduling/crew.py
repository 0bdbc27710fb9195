"""Prices schedules of a staff within a window: who is priced together, what is counted exactly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from abdi.duty.scheduling.arrays import OFF, Flags, Floats, Ints, Task
from abdi.duty.scheduling.pricing import FREE, Needs, Pricer, Solved, Terms
from abdi.duty.scheduling.trace import schedules

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


MOST_EXACT = 10_000_000
"""Elements of one pricing of everybody within four weeks up to which minutes are counted."""
READ = 3
"""How many schedules of a person are looked at where minutes are kept by prices."""
FIRST_MINUTE = 0.01
"""First price of a minute too many or too few; it doubles while there are."""
DEAREST_MINUTE = 2.0
TOO_MUCH = 40_000_000
"""Elements per person from which no pricing is tried: such a person keeps the first schedule."""
MOST_KEPT = 40_000_000
"""Elements of the tables of all pricers that are kept."""


def work_of(task: Task, number: int, days: int, *, counts: bool) -> int:
    """About how many elements the pricing of a person over so many days goes through."""
    person = task.people[number]
    short, _long = task.spans[number].tolist()
    most = min(person.max_minutes // short, days)
    weekends = min(person.max_weekends, (days + 6) // 7) + 1
    run = min(person.max_run, days)
    if counts:
        return int(days * run * (most + 1) * weekends)
    unit, longest = int(np.gcd.reduce(task.lengths)), int(task.lengths.max())
    spread, kinds = (longest - int(task.lengths.min())) // unit, len(set(task.lengths.tolist()))
    uses = sum(
        min(length * spread + 1, math.comb(length + kinds - 1, kinds - 1))
        for length in range(1, run + 1)
    )
    minutes = min(person.max_minutes, days * longest) // (unit if spread else longest) + 1
    return days * uses * minutes * weekends


def counts_instead(task: Task) -> bool:
    """True where minutes differ so much that their number is kept by prices, shifts are counted."""
    if len(set(task.lengths.tolist())) == 1:
        return False
    days, people = min(task.days, 28), range(len(task.people))
    return sum(work_of(task, number, days, counts=False) for number in people) > MOST_EXACT


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
        self.counts = counts_instead(task)
        """Pricers count shifts; `minute` keeps the minutes."""
        self.minute = np.zeros(len(task.people))
        """[person] learnt price of a minute: above 0 where there were too many."""

    def work_of(self, number: int, days: int) -> int:
        """About how many elements the pricing of a person over so many days goes through."""
        return work_of(self.task, number, days, counts=self.counts)

    def pricer(self, terms: Terms) -> Pricer:
        """The pricer for terms."""
        if terms not in self.kept:
            if sum(pricer.size for pricer in self.kept.values()) > MOST_KEPT:
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
        self.tries = TRIES
        self.is_whole = window.days == task.days
        groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self.span: dict[int, tuple[int, int]] = {}
        for number in people:
            span = (0, window.days) if self.is_whole else self._span(number)
            if span is not None and shop.work_of(number, window.days) <= TOO_MUCH:
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
        room = [task.people[number].max_minutes - used[number][0] for number in members]
        if self.shop.counts:
            shorts = task.spans[members, 0].tolist()
            room = [minutes // short for minutes, short in zip(room, shorts, strict=True)]
        longest = 1 if self.shop.counts else int(task.lengths.max())
        minutes = min(max(room), most_shifts * longest)
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
            counts=self.shop.counts,
        )
        return self.shop.pricer(terms)

    def _tracked(
        self, members: list[int], minutes: int, weekends: int
    ) -> tuple[tuple[int, int], ...]:
        task = self.task
        lengths = np.ones_like(task.lengths) if self.shop.counts else task.lengths
        shortest = int(lengths.min())
        states = (minutes // shortest + 1) * (weekends + 1)
        ratios = []
        for shift, length in enumerate(lengths):
            limits = [
                task.limits[number, shift] for number in members if task.limits[number, shift]
            ]
            if limits:
                ratios.append(
                    (min(limits) * int(length) / max(minutes, 1), shift, int(max(limits)))
                )
        tracked: list[tuple[int, int]] = []
        for ratio, shift, most in sorted(ratios):
            if ratio >= TIGHT or states * (most + 1) > (150 if self.shop.counts else MOST_STATES):
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
        least, most = self._room(people)
        if self.shop.counts:
            short, long = self.task.spans[people].T
            least, most = -(-least // long), most // short
        return Needs(
            least_minutes=least,
            most_minutes=most,
            weekends=np.array([p.max_weekends - u[1] for p, u in zip(staff, used, strict=True)]),
            tracked=self.task.limits[np.ix_(people, tracked)],
            entry=np.array([FREE if opens else first for first, _ in spans]),
            leave=np.array([last for _, last in spans]),
        )

    def _room(self, people: list[int]) -> tuple[Ints, Ints]:
        """[person] minutes at least and at most within the free days."""
        staff, used = self.task.people, [self._used(number)[0] for number in people]
        least = [staff[n].min_minutes - u for n, u in zip(people, used, strict=True)]
        most = [staff[n].max_minutes - u for n, u in zip(people, used, strict=True)]
        return np.array(least, dtype=np.int64), np.array(most, dtype=np.int64)

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
        extra, minute = self.shop.extra, self.shop.minute
        lengths = self.task.lengths
        for _ in range(self.tries):
            if not people:
                return
            price = extra[people] + minute[people][:, None] * lengths
            solved = pricer.solve(cost[people] + price[:, None, :], self._needs(pricer, people))
            room = self.task.limits[people] - np.array([self._used(number)[2] for number in people])
            credit = (extra[people] * room).sum(axis=1)
            least, most = self._room(people)
            credit += minute[people] * np.where(minute[people] > 0, most, least)
            bound[people] = np.maximum(bound[people], solved.best() - credit)
            people = self._read(solved, people, found)

    def _read(self, solved: Solved, people: list[int], found: list[Found]) -> list[int]:
        """Reads the schedules; returns the persons none of whose schedules keeps all limits."""
        numbers, left = np.array(people), np.arange(len(people))
        broken: list[int] = []
        for rank, states in enumerate(solved.cheapest(READ if self.shop.counts else 1)):
            is_there = states[left] >= 0
            if rank:
                broken += numbers[left[~is_there]].tolist()
            left = left[is_there]
            if not len(left):
                break
            rows = schedules(solved, left, states[left])
            keeps = self._keeps(numbers[left], rows, learns=not rank)
            for place in np.nonzero(keeps)[0].tolist():
                found.append(Found(int(numbers[left[place]]), rows[place]))
            left = left[~keeps]
        return [*broken, *numbers[left].tolist()]

    def _keeps(self, people: Ints, rows: Ints, *, learns: bool) -> Flags:
        """[n] True where no shift stands too often and the minutes fit; learns prices for both."""
        shop, task = self.shop, self.task
        used = [self._used(number) for number in people.tolist()]
        counts = np.stack([(rows == s).sum(axis=1) for s in range(len(task.lengths))], axis=1)
        minutes = counts @ task.lengths
        over = counts + np.array([one[2] for one in used]) > task.limits[people]
        if learns:
            extra = shop.extra[people]
            extra = np.where(over, np.maximum(PENALTY, extra * 2), extra * 0.8)
            shop.extra[people] = np.where(extra < 0.5, 0.0, extra)
        if not shop.counts:
            return np.asarray(~over.any(axis=1))
        least, most = self._room(people.tolist())
        off = (minutes > most).astype(np.int64) - (minutes < least)
        if learns:
            price = shop.minute[people]
            learnt = np.where(off * price > 0, price * 2, price * 0.5 + off * FIRST_MINUTE)
            learnt = np.where(off == 0, price * 0.8, learnt)
            learnt[np.abs(learnt) < FIRST_MINUTE / 4] = 0.0
            shop.minute[people] = learnt.clip(-DEAREST_MINUTE, DEAREST_MINUTE)
        return np.asarray(~over.any(axis=1) & (off == 0))
