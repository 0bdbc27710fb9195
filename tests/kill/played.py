"""Settings of an installation that plays: the program's own, with two seams to the world.

The clock shows what stands in the file `clock` of the folder PLAYED_IN, and the line to the open
internet leads to the gateway at hand. Everything else is what `abdi.config.settings` says.
"""

from __future__ import annotations

import os
import ssl
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from abdi.config.settings import *  # noqa: F403
from abdi.platform import clock, outgoing

_FOLDER = Path(os.environ["PLAYED_IN"])


_wall = clock.now


def _now() -> datetime:
    """The time of the play; the time on the wall until it begins."""
    played = _FOLDER / "clock"
    return datetime.fromtimestamp(float(played.read_text()), UTC) if played.exists() else _wall()


clock.now = _now
outgoing.Outgoing = partial(  # type: ignore[misc,assignment]
    outgoing.Outgoing,
    resolver=lambda _host, _port: ["127.0.0.1"],
    allowed=lambda _address: True,
    ports=frozenset({int((_FOLDER / "port").read_text())}),
    context=ssl.create_default_context(cafile=str(_FOLDER / "both.pem")),
)
