"""Asks searching processes for a roster, keeps the time, and checks what they say.

Light: no numeric library is loaded in the process that asks. What a searching process reports is
checked by `checker`, so what is returned keeps every rule, also where the search has a fault.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from abdi.duty.scheduling.checker import Verdict, check
from abdi.duty.scheduling.instance import Instance, Person
from abdi.duty.scheduling.wire import to_plain

ENDING = 0.02, 1.0
"""Share of the time, and seconds at most, kept for ending the processes: on a busy machine that
takes a moment, and the limit includes it."""
MOST_WORKERS = 16


@dataclass(frozen=True)
class Progress:
    """What is known so far."""

    seconds: float
    cost: int | None
    bound: int


@dataclass
class Result:
    """The best valid roster found in time, if any."""

    instance: Instance
    roster: list[list[str]] | None = None
    verdict: Verdict | None = None
    bound: int = 0
    """No roster costs less. 0 where nothing is known."""
    seconds: float = 0.0
    impossible: list[str] = field(default_factory=list)
    """Sentences that name persons whose rules exclude every schedule, and those rules."""
    faults: list[str] = field(default_factory=list)
    """What went wrong in searching processes."""

    @property
    def cost(self) -> int | None:
        """The cost of the roster."""
        return self.verdict.cost if self.verdict else None

    @property
    def is_best(self) -> bool:
        """True where nothing better exists."""
        return self.verdict is not None and self.verdict.cost <= self.bound


class _Child:
    """One searching process and the thread that reads it."""

    def __init__(self, place: int, news: queue.SimpleQueue[tuple[int, dict[str, Any]]]) -> None:
        self.place, self.news, self.is_ready = place, news, False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "abdi.duty.scheduling.run"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"},
        )
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        process = self.process
        for line in process.stdout or ():
            with contextlib.suppress(ValueError):
                self.news.put((self.place, json.loads(line)))
        told = process.stderr.read() if process.stderr else ""
        self.news.put((self.place, {"kind": "ended", "code": process.wait(), "told": told[-300:]}))

    def say(self, words: dict[str, Any]) -> None:
        """Write one line to the process; nothing where it has ended."""
        pipe = self.process.stdin
        with contextlib.suppress(OSError, ValueError):
            if pipe is not None:
                pipe.write(json.dumps(words) + "\n")
                pipe.flush()

    def end(self) -> None:
        """End the process and wait for it."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.thread.join(1.0)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    workers: int = 2,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """The best valid roster that is found within some seconds, start-up included.

    `progress` hears of each better cost or bound; `cancelled` is asked several times a second. The
    same seed gives the same search as far as the clock allows.
    """
    begun = time.monotonic()
    kept = min(ENDING[0] * seconds, ENDING[1])
    table = _Table(instance, seconds - kept, seed, begun, progress)
    news = table.news
    children = [_Child(place, news) for place in range(max(1, min(workers, MOST_WORKERS)))]
    table.children = children
    try:
        for place, words in _news(news, begun + table.seconds):
            if words is None:
                if cancelled():
                    break
                continue
            table.hear(place, words)
            if table.is_over:
                break
    finally:
        for child in children:
            child.end()
    table.result.seconds = time.monotonic() - begun
    return table.result


def _news(
    news: queue.SimpleQueue[tuple[int, dict[str, Any]]], end: float
) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """What the processes say until the end; a None now and then."""
    while (left := end - time.monotonic()) > 0:
        try:
            yield news.get(timeout=min(0.2, left))
        except queue.Empty:
            yield 0, None
        else:
            yield 0, None


class _Table:
    """Gathers what the processes find, and passes it on between them."""

    def __init__(
        self, instance: Instance, seconds: float, seed: int, begun: float,
        progress: Callable[[Progress], None],
    ) -> None:  # fmt: skip
        self.instance, self.seconds, self.seed = instance, seconds, seed
        self.begun, self.progress = begun, progress
        self.news: queue.SimpleQueue[tuple[int, dict[str, Any]]] = queue.SimpleQueue()
        self.children: list[_Child] = []
        self.result = Result(instance)
        self.ended: set[int] = set()
        self.plain = to_plain(instance)
        self.names = [*(shift.name for shift in instance.shifts), ""]

    @property
    def is_over(self) -> bool:
        """True where nothing more is to be expected."""
        result = self.result
        return bool(result.is_best or result.impossible or len(self.ended) == len(self.children))

    def hear(self, place: int, words: dict[str, Any]) -> None:
        """One line of one process."""
        kind = words["kind"]
        if kind == "ready":
            self.children[place].is_ready = True
            left = self.seconds - (time.monotonic() - self.begun)
            task = {"instance": self.plain, "seconds": left, "seed": self.seed, "place": place}
            self.children[place].say(task)
        elif kind == "found":
            self._found(place, words)
        elif kind == "prices":
            self._pass_on(place, words)
        elif kind == "impossible":
            self.result.impossible = [
                _sentence(self.instance.people[int(number)], groups)
                for number, groups in sorted(
                    words["conflicts"].items(), key=lambda pair: int(pair[0])
                )
            ]
        elif kind == "ended":
            self.ended.add(place)
            if words["code"]:
                told = words["told"].strip().splitlines()
                last = told[-1] if told else ""
                self.result.faults.append(f"process {place} ended with {words['code']}: {last}")

    def _found(self, place: int, words: dict[str, Any]) -> None:
        result = self.result
        has_news = words["bound"] > result.bound
        result.bound = max(result.bound, words["bound"])
        if words["rows"] is not None and (result.cost is None or words["cost"] < result.cost):
            roster = [[self.names[shift] for shift in row] for row in words["rows"]]
            verdict = check(self.instance, roster)
            if not verdict.is_valid or verdict.cost != words["cost"]:
                told = verdict.violations[0].words if verdict.violations else "cost differs"
                result.faults.append(f"process {place} reported a wrong roster: {told}")
                return
            result.roster, result.verdict, has_news = roster, verdict, True
        if has_news:
            self._pass_on(place, {**words, "bound": result.bound})
            seconds = time.monotonic() - self.begun
            self.progress(Progress(seconds, result.cost, result.bound))

    def _pass_on(self, place: int, words: dict[str, Any]) -> None:
        for child in self.children:
            if child.place != place and child.is_ready:
                child.say(words)


def _sentence(person: Person, groups: list[str]) -> str:
    """Which rules of a person exclude each other, in words."""
    days = ", ".join(map(str, sorted(person.days_off)))
    limits = ", ".join(f"{name} {most}" for name, most in person.limits.items())
    words = {
        "day_off": f"days off {days or 'none'}",
        "follower": "forbidden followers",
        "limit": f"shifts at most {limits}",
        "max_minutes": f"at most {person.max_minutes} minutes",
        "min_minutes": f"at least {person.min_minutes} minutes",
        "max_run": f"at most {person.max_run} shifts in a row",
        "min_run": f"at least {person.min_run} shifts in a row",
        "min_off": f"at least {person.min_off} days off in a row",
        "weekends": f"at most {person.max_weekends} weekends",
    }
    if not groups:
        return f"{person.name}: no schedule was found that keeps all rules"
    return f"{person.name}: no schedule keeps all of: {'; '.join(words[group] for group in groups)}"
