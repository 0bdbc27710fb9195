"""Rules of a duty order: the turns of a person as one line for each kind of turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from abdi.duty.rules.turns import MINUTE


@dataclass(frozen=True, order=True)
class OrderedTurn:
    """A turn somebody is ordered to: from `start` until `end`, in the local zone."""

    start: datetime
    end: datetime
    name: str
    is_standby: bool = False


@dataclass(frozen=True)
class TurnLine:
    """All turns of one name and the same hours, with the days they begin on."""

    name: str
    starts: time
    ends: time
    is_standby: bool
    days: tuple[date, ...]


def turn_lines(turns: Iterable[OrderedTurn]) -> list[TurnLine]:
    """The turns of a person, those of one name and hours together, earliest first."""
    found: dict[tuple[str, time, time, bool], list[date]] = {}
    for turn in sorted(turns):
        key = (turn.name, turn.start.time(), turn.end.time(), turn.is_standby)
        found.setdefault(key, []).append(turn.start.date())
    return [
        TurnLine(name, starts, ends, is_standby, tuple(days))
        for (name, starts, ends, is_standby), days in found.items()
    ]


def ordered_minutes(turns: Iterable[OrderedTurn]) -> int:
    """Minutes at the post; standby at home is no hour stood."""
    return sum((turn.end - turn.start) // MINUTE for turn in turns if not turn.is_standby)
