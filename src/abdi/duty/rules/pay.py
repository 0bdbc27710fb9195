"""Rules of the list of hours: what of a month was planned, stood, and cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Final

from abdi.duty.choices import StoodState
from abdi.duty.rules.turns import MINUTE, week_start
from abdi.platform.formulas import Between, at_least, formula, halves_up

VERSION: Final = "2"
"""Rises whenever the same rows would count otherwise; every list keeps the one it was made by."""

WORKING_DAYS: Final = 5
"""Monday to Friday: the days over which the law spreads the hours of a week."""

WeekMinutes = Annotated[int, Between(0, 20_000)]
WorkingDays = Annotated[int, Between(0, 5)]


@dataclass(frozen=True)
class WorkedTurn:
    """A turn at the post, in the local zone, with what presence says of it."""

    start: datetime
    end: datetime
    state: StoodState
    is_night: bool = False
    is_holiday: bool = False
    lost_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Minutes of the turn by the roster."""
        return (self.end - self.start) // MINUTE

    @property
    def stood(self) -> int:
        """Minutes stood: without what he came late or left early; none unless he came."""
        return max(self.minutes - self.lost_minutes, 0) if self.state is StoodState.STOOD else 0


@dataclass(frozen=True)
class Figures:
    """A person's month. As a difference its numbers may be below 0."""

    planned_minutes: int = 0
    stood_minutes: int = 0
    unknown_minutes: int = 0
    overtime_minutes: int = 0
    nights: int = 0
    holidays: int = 0
    meals: int = 0
    call_outs: int = 0
    call_out_minutes: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(values_of(self), values_of(other), strict=True)))

    def __sub__(self, other: Figures) -> Figures:
        return Figures(*(a - b for a, b in zip(values_of(self), values_of(other), strict=True)))


NAMES: Final = tuple(field.name for field in fields(Figures))
NOTHING: Final = Figures()


def values_of(figures: Figures) -> tuple[int, ...]:
    """The numbers in the order of `NAMES`."""
    return tuple(getattr(figures, name) for name in NAMES)


@formula
def week_norm(norm: WeekMinutes, ramadan_norm: WeekMinutes, ramadan_days: WorkingDays) -> int:
    """Minutes the law asks for in a week, so many working days of which lie in Ramadan."""
    minutes: int = halves_up(
        norm * (WORKING_DAYS - ramadan_days) + ramadan_norm * ramadan_days, WORKING_DAYS
    )
    return minutes


@formula
def overtime(stood: WeekMinutes, norm: WeekMinutes) -> int:
    """Minutes of a week above the hours the law asks for."""
    more: int = at_least(stood - norm, 0)
    return more


def figures_of(
    turns: Sequence[WorkedTurn],
    calls: Iterable[tuple[datetime, datetime | None]],
    month: tuple[date, date],
    norms: Mapping[str, Any],
) -> Figures:
    """The month of a person from his turns and call-outs.

    `month` is its first and last day. A turn belongs to the month it begins in; overtime is that of
    the weeks (Monday to Sunday) that end in the month, so `turns` may begin up to six days earlier;
    a working day of Ramadan takes its part off the norm of its week.
    A call-out whose end is not known counts, with no minutes.
    """
    first, last = month
    inside = [turn for turn in turns if first <= turn.start.date() <= last]
    stood = [turn for turn in inside if turn.state is StoodState.STOOD]
    lengths = [(end - start) // MINUTE if end else 0 for start, end in calls]
    return Figures(
        planned_minutes=sum(turn.minutes for turn in inside),
        stood_minutes=sum(turn.stood for turn in stood),
        unknown_minutes=sum(turn.minutes for turn in inside if turn.state is StoodState.UNKNOWN),
        overtime_minutes=_overtime(turns, month, norms),
        nights=sum(turn.is_night for turn in stood),
        holidays=sum(turn.is_holiday for turn in stood),
        meals=sum(_eats(turn, norms["meal"]) for turn in stood),
        call_outs=len(lengths),
        call_out_minutes=sum(lengths),
    )


def _overtime(
    turns: Iterable[WorkedTurn], month: tuple[date, date], norms: Mapping[str, Any]
) -> int:
    weeks: dict[date, int] = {}
    for turn in turns:
        sunday = week_start(turn.start.date()) + timedelta(days=6)
        if month[0] <= sunday <= month[1]:
            weeks[sunday] = weeks.get(sunday, 0) + turn.stood
    return sum(overtime(minutes, _norm_of(sunday, norms)) for sunday, minutes in weeks.items())


def _norm_of(sunday: date, norms: Mapping[str, Any]) -> int:
    days = [sunday - timedelta(days=n) for n in range(2, 2 + WORKING_DAYS)]
    spans = [(span["first"], span["last"]) for span in norms["ramadan"]]
    inside = sum(any(first <= day <= last for first, last in spans) for day in days)
    norm: int = week_norm(
        norms["overtime_after_week_minutes"], norms["ramadan_week_minutes"], inside
    )
    return norm


def _eats(turn: WorkedTurn, norm: Mapping[str, Any]) -> bool:
    return turn.minutes >= norm["hours"] * 60 or bool(norm["at_night"] and turn.is_night)


def differences(now: Mapping[int, Figures], handed: Mapping[int, Figures]) -> dict[int, Figures]:
    """What has changed since it was handed over, by person; who did not change is left out."""
    found = {
        person_id: now.get(person_id, NOTHING) - handed.get(person_id, NOTHING)
        for person_id in sorted({*now, *handed})
    }
    return {person_id: one for person_id, one in found.items() if one != NOTHING}


def seal(rows: Iterable[tuple[int, date, Figures]], reason: str = "") -> str:
    """SHA-256 of the rows of a list (person, month, figures) and of its reason, in one order."""
    lines = [
        "|".join(map(str, (person_id, month_on.isoformat(), *values_of(figures))))
        for person_id, month_on, figures in sorted(rows, key=lambda row: row[:2])
    ]
    return sha256("\n".join([VERSION, reason, *lines]).encode()).hexdigest()
