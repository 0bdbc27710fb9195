"""One searching process: `python -m abdi.duty.scheduling.run`, lines of JSON in and out.

Says `ready`, then reads the task as one line; after that each line read is a roster or prices found
by another process, or `stop`. Writes a line for each better roster or bound, and `done` at the end.
Numeric libraries are loaded here only, away from the process that asked.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402  the number of threads is set first

from abdi.duty.scheduling.arrays import Task  # noqa: E402
from abdi.duty.scheduling.search import Search  # noqa: E402
from abdi.duty.scheduling.start import NoScheduleError  # noqa: E402
from abdi.duty.scheduling.wire import from_plain  # noqa: E402

CELLS_A_SECOND = 20_000
"""Persons × days for each second of silence between two rosters told."""
KEPT_BACK = 0.3
"""Seconds before the limit at which a process ends by itself."""


def main() -> int:
    """Read a task, search, tell; 0 also where there is no roster, since that is an answer."""
    _say(kind="ready")
    line = sys.stdin.readline()
    if not line:
        return 0
    asked = json.loads(line)
    heard: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(heard,), daemon=True).start()
    people = len(asked["instance"]["people"])
    end = time.monotonic() + float(asked["seconds"]) - KEPT_BACK
    teller = _Teller(people * asked["instance"]["days"] / CELLS_A_SECOND)
    end -= teller.pause / 2
    search = Search(
        task=Task(from_plain(asked["instance"])),
        chance=np.random.default_rng(asked["seed"] * 1_000 + asked["place"]),
        seconds_left=lambda: end - time.monotonic(),
        tell=teller.tell,
        listen=lambda search: _listen(search, heard),
        leads=asked["place"] == 0,
        proves=asked["place"] == 1,
    )
    try:
        search.run()
    except NoScheduleError as error:
        conflicts = {str(person): groups for person, groups in error.conflicts.items()}
        _say(kind="impossible", conflicts=conflicts)
    teller.say(search)
    _say(kind="done")
    return 0


def _hear(heard: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin:
        heard.put(json.loads(line))
    heard.put({"kind": "stop"})


def _listen(search: Search, heard: queue.SimpleQueue[dict[str, Any]]) -> None:
    while not heard.empty():
        news = heard.get()
        if news["kind"] == "stop":
            search.stopped = True
        elif news["kind"] == "found":
            search.bound = max(search.bound, news["bound"])
            if news["rows"] is not None and news["cost"] < search.cost:
                search.adopt(np.array(news["rows"], dtype=np.int64))
        elif news["kind"] == "prices" and search.prices is None:
            search.prices = np.array(news["prices"])


class _Teller:
    """Tells what is found, large rosters only now and then: reading and checking takes a moment."""

    def __init__(self, pause: float) -> None:
        self.pause, self.last, self.is_owing = pause, -pause, False

    def tell(self, search: Search) -> None:
        """Called with each better roster or bound."""
        self.is_owing = True
        if time.monotonic() - self.last >= self.pause:
            self.say(search)

    def say(self, search: Search) -> None:
        """Say the newest, unless it was said."""
        if not self.is_owing:
            return
        self.last, self.is_owing = time.monotonic(), False
        has_rows = search.cost < np.inf
        rows = search.rows.tolist() if has_rows else None
        cost = round(search.cost) if has_rows else None
        _say(kind="found", rows=rows, cost=cost, bound=int(search.bound))
        if search.leads and search.prices is not None and not search.told_prices:
            search.told_prices = True
            _say(kind="prices", prices=search.prices.tolist())


def _say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
