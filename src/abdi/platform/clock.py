"""The one clock of the program: `now` and `today`, which tests can set.

Actions and pages read the time here and hand it down; rules never read it. Durations belong to
`time.monotonic`, deadlines between processes to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def _western() -> ZoneInfo:
    return WIB


_zone_source: Callable[[], ZoneInfo] = _western
_set_time: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) if _set_time is None else _set_time


def zone() -> ZoneInfo:
    """The time zone of the institution at work; western Indonesia where none is set."""
    return _zone_source()


def today() -> date:
    """The date on the wall of the institution at work."""
    return now().astimezone(zone()).date()


def local(moment: datetime) -> datetime:
    """The same moment in the institution's zone. Raises ValueError for a naive moment."""
    return _aware(moment).astimezone(zone())


def use_zone_source(source: Callable[[], ZoneInfo]) -> None:
    """Tell the clock where to ask for the institution's zone; called once at the start."""
    global _zone_source  # noqa: PLW0603 - one clock in one process
    _zone_source = source


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Stand still at `moment` inside the block, for all threads: for tests and replays.

    Raises ValueError for a naive moment.
    """
    global _set_time  # noqa: PLW0603 - one clock in one process
    before = _set_time
    _set_time = _aware(moment).astimezone(UTC)
    try:
        yield _set_time
    finally:
        _set_time = before


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment
