"""Starting the solver's process, hearing its facts, ending it in time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

COMMAND: Final = (sys.executable, "-m", "abdi.duty.solving")


class NotSolved(Exception):
    """The solver's process ended without an answer."""


def run(sheet: dict[str, Any], seconds: float, tell: Callable[[dict[str, Any]], None]) -> Any:
    """The answer of `search.solve` from a process of its own; `tell` hears each fact before it.

    The process ends by itself when this one is gone. Raises NotSolved where it failed.
    """
    with subprocess.Popen(  # noqa: S603 - our own module, no words from outside
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None and child.stdout is not None  # noqa: PT018, S101
        try:
            json.dump({"sheet": sheet, "seconds": seconds}, child.stdin)
            child.stdin.close()
            for line in child.stdout:
                fact = json.loads(line)
                if "answer" in fact:
                    return fact["answer"]
                tell(fact)
        except BrokenPipeError as error:
            raise NotSolved("the solver did not start") from error
        finally:
            child.kill()
    raise NotSolved("the solver gave no answer")
