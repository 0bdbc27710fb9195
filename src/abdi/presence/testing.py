"""Builders for tests: requests of leave, days, files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.exchange import read_table
from abdi.presence import actions
from abdi.presence.choices import FileKind, LeaveKind, LeaveState
from abdi.presence.permissions import bringing
from abdi.presence.reading import read_file

if TYPE_CHECKING:
    from abdi.people.models import Person
    from abdi.presence.models import CityFile, Leave

MONDAY = date(2026, 3, 9)


def a_leave(
    person: Person,
    first_on: date = MONDAY,
    days: int = 5,
    *,
    kind: str = LeaveKind.ANNUAL,
    approved: bool = False,
) -> Leave:
    """A leave of so many calendar days, asked for, and approved where wanted."""
    last = first_on + timedelta(days=days - 1)
    row = actions.request_leave(person, by=SYSTEM, kind=kind, first_on=first_on, last_on=last)
    if approved:
        row = actions.decide_leave(row, by=SYSTEM, state=LeaveState.APPROVED)
    return row


def a_file(
    text: str | bytes,
    by: Actor,
    kind: FileKind = FileKind.PRESENCE,
    fetched_at: datetime | None = None,
) -> CityFile:
    """A file of the city's systems, read and kept as a draft."""
    data = text.encode() if isinstance(text, str) else text
    at = fetched_at or clock.now()
    read = read_file(kind, read_table(data), bringing(by, kind), at)
    return actions.take_file(kind, by=by, name="absen.csv", read=read, fetched_at=at)


def applied(text: str | bytes, by: Actor, kind: FileKind = FileKind.PRESENCE) -> CityFile:
    """A file of the city's systems whose ready rows count."""
    return actions.apply_file(a_file(text, by, kind), by=by)
