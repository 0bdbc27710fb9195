"""Sixty kills of server and worker under escalation: nobody silent, nobody told twice a step."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT
from tests.kill.escalation import ONE_SERVER_IN, POLL
from tests.kill.place import Place

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

KILLS = 60
LONGEST_SECONDS = 800
PROGRAM = "from tests.kill import escalation; escalation.main({folder!r}, {kills})"
GATEWAY = ROOT / "src/abdi/duty/tests/gateway_process.py"


@pytest.fixture
def beyond(tmp_path: Path) -> Iterator[Path]:
    """A gateway in a process of its own."""
    folder = tmp_path / "beyond"
    folder.mkdir()
    process = subprocess.Popen([sys.executable, str(GATEWAY), str(folder)])
    end = time.monotonic() + 60
    while not (folder / "port").exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.02)
    yield folder
    process.kill()
    process.wait()


def test_sixty_kills_leave_nobody_silent_and_nobody_told_twice(place: Place, beyond: Path) -> None:
    place.extra = {
        "DJANGO_SETTINGS_MODULE": "tests.kill.played",
        "PLAYED_IN": str(beyond),
        "PYTHONPATH": str(ROOT),
    }
    words = PROGRAM.format(folder=str(beyond), kills=KILLS)
    lines = place.python(words, seconds=LONGEST_SECONDS).splitlines()
    found: dict[str, Any] = json.loads(lines[-2])
    print(found["kills"], found["calls"], found["steps"], found["seen"], found["worst_seconds"])
    servers = KILLS // ONE_SERVER_IN
    assert found["kills"] == {"server": servers, "worker": KILLS - servers}
    assert found["calls"][0] == found["calls"][1] == found["answered"]
    assert (found["broken"], found["open"], found["unsent"]) == ([], 0, 0)
    assert found["seen"] > len(found["handed"]), "no kill fell between sending and writing it down"
    assert set(found["tellings"]) <= set(found["handed"])
    assert set(found["handed"]) <= {*found["tellings"], *found["perhaps"]}
    assert len(set(found["handed"])) == len(found["handed"])
    assert found["worst_seconds"] <= POLL.total_seconds()
    control: dict[str, Any] = json.loads(lines[-1])
    known = len(control["tellings"]) + len(control["perhaps"])
    assert len(control["handed"]) > known, "without the key somebody hears twice"
    assert place.verify()["whole"] is True
