"""The solver's own process: a sheet comes in as JSON, facts go out line by line, the last answers.

`{"sheet": …, "seconds": 50}` on the input; when nobody reads any more, it ends.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from abdi.duty.solving.search import solve

_lock = threading.Lock()


def say(fact: dict[str, Any]) -> None:
    """One line for whoever started this process."""
    with _lock:
        try:
            sys.stdout.write(json.dumps(fact) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            os._exit(1)


def _beat(stop: threading.Event) -> None:
    while not stop.wait(1.0):
        say({"phase": "beat"})


def main() -> int:
    """Read, solve, answer."""
    asked = json.load(sys.stdin)
    stop = threading.Event()
    threading.Thread(target=_beat, args=(stop,), daemon=True).start()
    answer = solve(asked["sheet"], asked["seconds"], say)
    stop.set()
    say({"answer": answer})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
