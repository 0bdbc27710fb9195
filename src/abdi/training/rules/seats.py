"""Seats, states, days of a class, and which proposal closes most for its money."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

from abdi.platform.formulas import Between, at_least, formula, halves_up, when
from abdi.training.choices import SeatState

Seats = Annotated[int, Between(0, 100_000)]
Rupiah = Annotated[int, Between(0, 10**12)]

FREE_OF_COST: Final = 10**9
"""What a proposal without any cost closes per million: more than any other."""

_SEAT_STEPS: Final[dict[SeatState, tuple[SeatState, ...]]] = {
    SeatState.INVITED: (
        SeatState.ENROLLED,
        SeatState.WAITING,
        SeatState.CANCELLED,
        SeatState.REPLACED,
    ),
    SeatState.ENROLLED: (
        SeatState.ATTENDED,
        SeatState.ABSENT,
        SeatState.CANCELLED,
        SeatState.REPLACED,
    ),
    SeatState.WAITING: (SeatState.INVITED, SeatState.ENROLLED, SeatState.CANCELLED),
    SeatState.ATTENDED: (SeatState.PASSED, SeatState.NOT_PASSED, SeatState.ENROLLED),
    SeatState.CANCELLED: (SeatState.ENROLLED, SeatState.WAITING, SeatState.INVITED),
}


@formula
def closes_per_million(people: Seats, cost: Rupiah) -> int:
    """Gaps a proposal closes for each million rupiah, in hundredths; without cost the most."""
    per_million = halves_up(people * 100_000_000, at_least(cost, 1))
    found: int = when(
        cost == 0, FREE_OF_COST, when(per_million > FREE_OF_COST, FREE_OF_COST, per_million)
    )
    return found


def rank_of_proposal(people: int, cost: int | None) -> tuple[int, int, int]:
    """Sort key, smallest first: costed proposals by what they close, then others by people."""
    if cost is None:
        return (1, -people, 0)
    return (0, -closes_per_million(people, cost), -people)


def next_seat_states(state: SeatState) -> tuple[SeatState, ...]:
    """Where a person may stand next in a class."""
    return _SEAT_STEPS.get(state, ())


def teaching_days(start_on: date, end_on: date, free: frozenset[date]) -> list[date]:
    """Days from first to last without weekends and `free` days; the first day always counts."""
    days = [start_on + timedelta(days=n) for n in range((end_on - start_on).days + 1)]
    return [day for day in days if day == start_on or (day.weekday() < 5 and day not in free)]
