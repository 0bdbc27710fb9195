"""Rules of the ledger: what a person carried, what his fair part of it would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final

from abdi.duty.rules.turns import MINUTE, Norms, Stand, is_night
from abdi.platform.formulas import Between, at_least, formula, halves_up

VERSION: Final = "1"
"""Rises whenever the same rows would count otherwise; the page names it."""
KINDS: Final = ("minutes", "nights", "weekends", "holidays", "call_outs")
"""What is counted, in the order of the page."""

Load = Annotated[int, Between(0, 10**7)]
Days = Annotated[int, Between(0, 400)]
AllDays = Annotated[int, Between(0, 10**5)]
Span = tuple[date, date]
Moments = tuple[datetime, datetime]


@dataclass(frozen=True)
class Entry:
    """What a person carried in a stretch of time, and on how many days he could have."""

    person_id: int
    minutes: int = 0
    nights: int = 0
    weekends: int = 0
    holidays: int = 0
    call_outs: int = 0
    taken_over: int = 0
    standby_minutes: int = 0
    available_days: int = 0
    call_out_minutes: int = 0


@dataclass(frozen=True)
class Counted:
    """A turn as the ledger counts it."""

    stand: Stand
    minutes: int
    is_night: bool
    is_weekend: bool
    is_holiday: bool


@formula
def fair_part(total: Load, available: Days, everyone: AllDays) -> int:
    """A person's part of what all carried, by the days he was there; none where nobody was."""
    part: int = halves_up(total * available, at_least(everyone, 1))
    return part


def counted(
    stand: Stand,
    norms_on: Callable[[date], Norms],
    is_rest_day: Callable[[date], bool],
    is_holiday: Callable[[date], bool],
) -> Counted:
    """A turn with what it counts as. The day it begins on decides on weekend and holiday."""
    day = stand.start.date()
    return Counted(
        stand,
        (stand.end - stand.start) // MINUTE,
        is_night(stand, norms_on(day)),
        is_rest_day(day),
        is_holiday(day),
    )


def entry_of(
    person_id: int,
    turns: Sequence[Counted],
    *,
    call_outs: int = 0,
    taken_over: int = 0,
    standby_minutes: int = 0,
    available_days: int = 0,
    call_out_minutes: int = 0,
) -> Entry:
    """The line of a person: his turns added up."""
    return Entry(
        person_id,
        minutes=sum(turn.minutes for turn in turns),
        nights=sum(turn.is_night for turn in turns),
        weekends=sum(turn.is_weekend for turn in turns),
        holidays=sum(turn.is_holiday for turn in turns),
        call_outs=call_outs,
        taken_over=taken_over,
        standby_minutes=standby_minutes,
        available_days=available_days,
        call_out_minutes=call_out_minutes,
    )


def available_days(spans: Iterable[Span], away: Iterable[Moments]) -> int:
    """Days on which a person held his post, without those that leave took wholly.

    `spans` count both ends; `away` are stretches in the local zone. A day is lost where a stretch
    covers it from midnight to midnight; a day counts once however often it is named.
    """
    there = {
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    }
    for start, end in away:
        day = start.date() if start == _midnight(start) else start.date() + timedelta(days=1)
        while day < end.date():
            there.discard(day)
            day += timedelta(days=1)
    return len(there)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def spread(values: Sequence[int]) -> tuple[int, int, int]:
    """Least, mean (halves up) and most of some values; three times 0 for none."""
    if not values:
        return 0, 0, 0
    return min(values), halves_up(sum(values), len(values)), max(values)
