"""kill -9 of a worker in the middle of a delivery: it runs again and acts once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT
from tests.kill.place import Place

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PROGRAM = "import sys; sys.path.insert(0, {root!r}); from tests.kill import slow_reaction; "


def program(what: str, pause: float = 0.0) -> str:
    """The words that run one step in a process of its own."""
    return f"{PROGRAM.format(root=str(ROOT))}slow_reaction.main({what!r}, {pause})"


def test_a_worker_killed_in_a_delivery_leaves_nothing_and_the_next_acts_once(place: Place) -> None:
    def step(what: str) -> list[str]:
        return place.python(program(what)).split()

    assert step("give") == ["waiting", "0", "-"]
    _killed_while_writing(place)
    assert step("show") == ["leased", "1", "-"]
    assert step("carry") == ["leased", "1", "-"]
    assert step("carry_late") == ["done", "2", "x"]
    assert step("carry_late") == ["done", "2", "x"]
    assert place.verify()["whole"] is True


def _killed_while_writing(place: Place) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", program("carry", pause=120)],
        env=place.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "written\n"
    finally:
        worker.kill()
        worker.communicate(timeout=30)
