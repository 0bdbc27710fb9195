"""Checks a roster against the public rules, and counts its cost. Shares no code with the search.

The rules are those of Curtois and Qu (2014): before and after the horizon a person is taken to be
on a day off for the longest allowed run of shifts, and to be within a run that may go on for the
shortest allowed run of shifts and of days off; so the two minimums are not asked of a run that
touches an edge of the horizon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from abdi.duty.scheduling.instance import Instance, Person, Roster

RULES = (
    "shape", "unknown_shift", "day_off", "follower", "limit", "max_minutes", "min_minutes",
    "max_run", "min_run", "min_off", "weekends",
)  # fmt: skip
SATURDAY = 5


@dataclass(frozen=True)
class Violation:
    """One broken hard rule: its key in RULES, whom and when it concerns, and words for people."""

    rule: str
    person: str
    day: int | None
    words: str


@dataclass(frozen=True)
class Verdict:
    """What the checker found."""

    violations: tuple[Violation, ...]
    parts: dict[str, int]
    """The cost by cause: on_requests, off_requests, under, over."""

    @property
    def cost(self) -> int:
        """The whole cost of the roster."""
        return sum(self.parts.values())

    @property
    def is_valid(self) -> bool:
        """True where no hard rule is broken."""
        return not self.violations


def check(instance: Instance, roster: Roster) -> Verdict:
    """All broken rules of a roster and its cost; of a wrong shape only the shape is told."""
    shape = tuple(_shape(instance, roster))
    if shape:
        return Verdict(shape, _parts(instance, None))
    found = [
        violation
        for person, row in zip(instance.people, roster, strict=True)
        for rule in _RULES
        for violation in rule(instance, person, list(row))
    ]
    return Verdict(tuple(found), _parts(instance, roster))


def _shape(instance: Instance, roster: Roster) -> Iterator[Violation]:
    if len(roster) != len(instance.people):
        words = f"{len(roster)} rows for {len(instance.people)} people"
        yield Violation("shape", "", None, words)
        return
    for person, row in zip(instance.people, roster, strict=True):
        if len(row) != instance.days:
            words = f"{person.name}: {len(row)} days instead of {instance.days}"
            yield Violation("shape", person.name, None, words)
        for day, name in enumerate(row):
            if name and name not in instance.shift_index:
                words = f"{person.name}, day {day}: no shift is called {name[:20]}"
                yield Violation("unknown_shift", person.name, day, words)


def _day_off(instance: Instance, person: Person, row: list[str]) -> Iterator[Violation]:
    for day in sorted(person.days_off):
        if row[day]:
            words = f"{person.name}, day {day}: works {row[day]} on a day off"
            yield Violation("day_off", person.name, day, words)


def _follower(instance: Instance, person: Person, row: list[str]) -> Iterator[Violation]:
    forbidden = {shift.name: shift.no_next for shift in instance.shifts}
    for day, (today, tomorrow) in enumerate(pairwise(row)):
        if today and tomorrow in forbidden[today]:
            words = f"{person.name}, day {day + 1}: {tomorrow} must not follow {today}"
            yield Violation("follower", person.name, day + 1, words)


def _limit(instance: Instance, person: Person, row: list[str]) -> Iterator[Violation]:
    for name, count in Counter(filter(None, row)).items():
        if count > person.limits[name]:
            words = f"{person.name}: {count} times {name}, at most {person.limits[name]} allowed"
            yield Violation("limit", person.name, None, words)


def _minutes(instance: Instance, person: Person, row: list[str]) -> Iterator[Violation]:
    length = {shift.name: shift.minutes for shift in instance.shifts}
    total = sum(length[name] for name in row if name)
    if total > person.max_minutes:
        words = f"{person.name}: {total} minutes, at most {person.max_minutes} allowed"
        yield Violation("max_minutes", person.name, None, words)
    if total < person.min_minutes:
        words = f"{person.name}: {total} minutes, at least {person.min_minutes} wanted"
        yield Violation("min_minutes", person.name, None, words)


def _runs(instance: Instance, person: Person, row: list[str]) -> Iterator[Violation]:
    start = 0
    for works, days in groupby(row, key=bool):
        length = len(list(days))
        edge = start == 0 or start + length == len(row)
        if works and length > person.max_run:
            words = f"{length} shifts in a row, at most {person.max_run} allowed"
            yield _run("max_run", person, start, words)
        if works and length < person.min_run and not edge:
            words = f"{length} shifts in a row, at least {person.min_run} wanted"
            yield _run("min_run", person, start, words)
        if not works and length < person.min_off and not edge:
            words = f"{length} days off in a row, at least {person.min_off} wanted"
            yield _run("min_off", person, start, words)
        start += length


def _run(rule: str, person: Person, day: int, words: str) -> Violation:
    return Violation(rule, person.name, day, f"{person.name}, from day {day}: {words}")


def _weekends(instance: Instance, person: Person, row: list[str]) -> Iterator[Violation]:
    saturdays = range(SATURDAY, instance.days, 7)
    worked = sum(1 for day in saturdays if any(row[day : day + 2]))
    if worked > person.max_weekends:
        words = f"{person.name}: works on {worked} weekends, at most {person.max_weekends} allowed"
        yield Violation("weekends", person.name, None, words)


_RULES = (_day_off, _follower, _limit, _minutes, _runs, _weekends)


def _parts(instance: Instance, roster: Roster | None) -> dict[str, int]:
    parts = {"on_requests": 0, "off_requests": 0, "under": 0, "over": 0}
    if roster is None:
        return parts
    for wish in instance.wants:
        if roster[wish.person][wish.day] != wish.shift:
            parts["on_requests"] += wish.weight
    for wish in instance.avoids:
        if roster[wish.person][wish.day] == wish.shift:
            parts["off_requests"] += wish.weight
    standing = Counter((day, name) for row in roster for day, name in enumerate(row) if name)
    for cover in instance.cover:
        difference = standing[cover.day, cover.shift] - cover.wanted
        parts["under"] += cover.under * max(0, -difference)
        parts["over"] += cover.over * max(0, difference)
    return parts
