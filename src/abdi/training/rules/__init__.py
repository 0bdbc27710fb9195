"""Rules of training."""

from abdi.training.rules.hours import (
    AT_TOP,
    NEXT_STATES,
    YearOfHours,
    fee_hours,
    gain,
    hours_left,
    lesson_hours,
    next_states,
    pass_share,
    seat_use,
    seats_left,
    year_of_hours,
)
from abdi.training.rules.seats import (
    closes_per_million,
    next_seat_states,
    rank_of_proposal,
    teaching_days,
)

__all__ = [
    "AT_TOP",
    "NEXT_STATES",
    "YearOfHours",
    "closes_per_million",
    "fee_hours",
    "gain",
    "hours_left",
    "lesson_hours",
    "next_seat_states",
    "next_states",
    "pass_share",
    "rank_of_proposal",
    "seat_use",
    "seats_left",
    "teaching_days",
    "year_of_hours",
]
