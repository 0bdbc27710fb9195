"""@pulse(2): what cannot wait for the jobs before it. Each pulse has a thread of its own.

Jobs run one after the other and are leased for minutes, so a long one, or a worker killed within
one, delays those behind it. A pulse holds no lease: its function takes each row by a conditional
statement and may run in any number of workers at once. It runs for all institutions together and
finds those with something due by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import close_old_connections, connection

log = structlog.get_logger()


@dataclass(frozen=True)
class Pulse:
    """One declared pulse: how often, and what."""

    name: str
    seconds: float
    function: Callable[[], int]

    def beat(self) -> int:
        """Run once; returns how much was done. A failure is logged, the next beat tries again."""
        try:
            return self.function()
        except Exception:
            log.exception("pulse failed", pulse=self.name)
            return 0


PULSES: dict[str, Pulse] = {}


def pulse(seconds: float) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Declare a pulse: it runs every so many seconds in each worker, beside the jobs."""

    def declare(function: Callable[[], int]) -> Callable[[], int]:
        name = f"{function.__module__.split('.')[1]}.{function.__name__}"
        PULSES[name] = Pulse(name, seconds, function)
        return function

    return declare


def beat_all() -> int:
    """Each pulse once, one after the other: for a worker that works until nothing is left."""
    return sum(found.beat() for found in PULSES.values())


def start(stop: threading.Event) -> list[threading.Thread]:
    """A thread for each pulse, until told to stop."""
    threads = [
        threading.Thread(target=_go_on, args=(found, stop), name=found.name, daemon=True)
        for found in PULSES.values()
    ]
    for thread in threads:
        thread.start()
    return threads


def _go_on(found: Pulse, stop: threading.Event) -> None:
    try:
        while not stop.is_set():
            close_old_connections()
            if not found.beat():
                stop.wait(found.seconds)
    finally:
        connection.close()
