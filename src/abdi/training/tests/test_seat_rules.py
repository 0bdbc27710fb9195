"""Rules of seats, states and proposals."""

from __future__ import annotations

from datetime import date

from abdi.training import rules
from abdi.training.choices import SeatState


def test_closes_per_million_counts_in_hundredths():
    assert rules.closes_per_million(27, 18_400_000) == 147
    assert rules.closes_per_million(24, 9_200_000) == 261
    assert rules.closes_per_million(6, 0) == 10**9


def test_rank_of_proposal_puts_free_ones_first_and_uncosted_ones_last():
    proposals = {
        "free": (6, 0),
        "cheap": (24, 9_200_000),
        "dear": (27, 18_400_000),
        "open": (40, None),
    }
    ranked = sorted(proposals, key=lambda name: rules.rank_of_proposal(*proposals[name]))
    assert ranked == ["free", "cheap", "dear", "open"]


def test_next_seat_states_never_leave_a_decision():
    assert rules.next_seat_states(SeatState.PASSED) == ()
    assert SeatState.PASSED not in rules.next_seat_states(SeatState.ENROLLED)
    assert SeatState.PASSED in rules.next_seat_states(SeatState.ATTENDED)


def test_teaching_days_leave_out_weekends_but_keep_a_class_on_one():
    week = rules.teaching_days(date(2026, 3, 6), date(2026, 3, 10), frozenset({date(2026, 3, 10)}))
    assert week == [date(2026, 3, 6), date(2026, 3, 9)]
    assert rules.teaching_days(date(2026, 3, 7), date(2026, 3, 7), frozenset()) == [
        date(2026, 3, 7)
    ]
