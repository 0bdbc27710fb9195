"""Acts at one moment, each in a thread and on a connection of its own: for tests of races."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from django.db import close_old_connections, connection

from abdi.platform.actions import Conflict
from abdi.platform.tenancy import current_institution_id, within

Refusals = tuple[type[Exception], ...]


def at_once(*acts: Callable[[], Any], refused: Refusals = (Conflict,)) -> list[Any]:
    """What those acts answered that went through; any exception beside `refused` is raised."""
    return [found for found in _answers(acts, refused) if not isinstance(found, refused)]


def all_at_once(
    work: Callable[[Any], Any], things: Iterable[Any], refused: Refusals = ()
) -> list[Any]:
    """What `work(thing)` answered for each thing, in their order; a refusal stands as itself."""
    return _answers([partial(work, thing) for thing in things], refused)


def _answers(acts: Iterable[Callable[[], Any]], refused: Refusals) -> list[Any]:
    waiting = list(acts)
    start, institution_id = Barrier(len(waiting)), current_institution_id()

    def run(act: Callable[[], Any]) -> Any:
        try:
            with within(institution_id):
                start.wait(timeout=20)
                return act()
        except refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as pool:
        answers = list(pool.map(run, waiting))
    close_old_connections()
    return answers
