"""kill -9 in the middle of applying or undoing a list: all of it or nothing, the draft is there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT
from tests.kill.place import Place
from tests.kill.slow_import import ROWS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PROGRAM = "import sys; sys.path.insert(0, {root!r}); from tests.kill import slow_import; "
APPLYING = (
    ('INSERT INTO "people_person"', 1),
    ('INSERT INTO "imports_importchange"', 1),
    ('UPDATE "imports_importrun"', 1),
)
"""In the first part, between the parts, and with only the last entry missing."""
UNDOING = (('DELETE FROM "people_rankhold"', 1), ('UPDATE "imports_draftrow"', 1))


def program(what: str, stop: str = "", after: int = 1) -> str:
    """The words that run one step in a process of its own."""
    return f"{PROGRAM.format(root=str(ROOT))}slow_import.main({what!r}, {stop!r}, {after})"


def killed(place: Place, what: str, stop: str, after: int) -> None:
    """Run a step until it has written the statement, and kill it there."""
    child = subprocess.Popen(
        [sys.executable, "-c", program(what, stop, after)],
        env=place.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "stopped\n", stop
    finally:
        child.kill()
        child.communicate(timeout=30)


def seen(place: Place) -> list[object]:
    """What another process sees in the database."""
    found: list[object] = json.loads(place.python(program("show")))
    return found


def test_a_kill_leaves_all_of_a_list_or_nothing(place: Place) -> None:
    place.python(program("start"))
    before = seen(place)
    assert before == [0, 0, 0, 0, 0, 0, 0, "open", 1, ROWS]
    for stop, after in APPLYING:
        killed(place, "apply", stop, after)
        assert seen(place) == before, stop
    place.python(program("apply"))
    applied = seen(place)
    assert applied[:3] == [ROWS, ROWS, ROWS]
    assert applied[4:] == [1, ROWS, 1, "open", 2, 0]
    for stop, after in UNDOING:
        killed(place, "undo", stop, after)
        assert seen(place) == applied, stop
    place.python(program("undo"))
    assert seen(place) == [0, 0, 0, 0, 1, ROWS, 1, "open", 2, ROWS]
    assert place.verify()["whole"] is True
