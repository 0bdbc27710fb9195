"""Rules of duty by examples and drawn cases."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.duty import rules
from abdi.duty.choices import Problem
from abdi.platform.norms import norms

WIB = timezone(timedelta(hours=7))
NORMS = norms("duty", on=date(2026, 3, 2))
MONDAY = datetime(2026, 3, 2, tzinfo=WIB)


def at(hour, day=0):
    return MONDAY + timedelta(days=day, hours=hour)


def stand(start, end, person=1, day=0):
    return rules.Stand(at(start, day), at(end, day), person)


def test_who_stands_is_counted_from_the_start_until_just_before_the_end():
    morning, night = stand(7, 15, person=1), stand(15, 23, person=2)
    assert rules.covering([morning, night], at(7)) == [morning]
    assert rules.covering([morning, night], at(15)) == [night]
    assert rules.covering([morning, night], at(23)) == []


def test_the_longest_standing_comes_first():
    early, late = stand(6, 14, person=9), stand(7, 15, person=1)
    assert rules.covering([late, early], at(8)) == [early, late]


def test_spans_nobody_covers_are_found():
    stands = [stand(7, 15), stand(14, 18, person=2), stand(20, 22)]
    assert rules.uncovered(stands, at(6), at(23)) == [
        (at(6), at(7)),
        (at(18), at(20)),
        (at(22), at(23)),
    ]
    assert rules.uncovered([], at(6), at(7)) == [(at(6), at(7))]
    assert rules.uncovered([stand(0, 24)], at(6), at(7)) == []


def test_the_next_change_is_the_next_coming_or_going():
    assert rules.next_change([stand(7, 15), stand(16, 20)], at(15)) == at(16)
    assert rules.next_change([stand(7, 15)], at(15)) is None


@pytest.mark.parametrize(
    ("new", "own", "found"),
    [
        (stand(7, 15), [], []),
        (stand(7, 15), [stand(14, 22)], [Problem.OVERLAP]),
        (stand(7, 15), [stand(15, 23)], [Problem.REST_TOO_SHORT]),
        (stand(7, 15, day=1), [stand(12, 20)], []),
        (stand(7, 15, day=1), [stand(12, 20.5)], [Problem.REST_TOO_SHORT]),
        (stand(7, 31), [], []),
        (stand(7, 32), [], [Problem.TOO_LONG]),
    ],
)
def test_what_speaks_against_a_shift_is_named(new, own, found):
    assert rules.problems(new, own, NORMS) == found


def test_a_person_in_a_class_is_busy():
    busy = [(at(8), at(10))]
    assert rules.problems(stand(7, 15), [], NORMS, busy=busy) == [Problem.BUSY]
    assert rules.problems(stand(10, 15), [], NORMS, busy=busy) == []


def test_a_fourth_night_in_a_row_is_too_many():
    nights = [stand(22, 30, day=day) for day in range(3)]
    assert rules.nights_in_a_row(nights, NORMS) == 3
    assert rules.problems(stand(22, 30, day=3), nights, NORMS) == [Problem.TOO_MANY_NIGHTS]
    assert rules.problems(stand(22, 30, day=4), nights, NORMS) == []


def test_a_shift_after_midnight_belongs_to_the_evening_before():
    assert rules.is_night(stand(2, 5), NORMS)
    assert not rules.is_night(stand(6, 22), NORMS)
    assert rules.nights_in_a_row([stand(22, 30), stand(2, 5, day=1)], NORMS) == 1


def test_fairness_asks_those_with_the_fewest_nights_first():
    nights, minutes = {1: 2, 2: 0, 3: 0}, {2: 500, 3: 100}
    assert rules.fewest_first([1, 2, 3, 4], minutes, nights) == [4, 3, 2, 1]


def test_shares_of_cover_and_rest():
    assert rules.cover_share(0, 0) == 10_000
    assert rules.cover_share(1440, 720) == 5000
    assert rules.rest_minutes(600, 540) == 0


HOURS = st.integers(0, 72)


@given(st.lists(st.tuples(HOURS, st.integers(1, 24)), max_size=12))
def test_a_moment_is_either_covered_or_in_a_gap(drawn):
    stands = [stand(start, start + length) for start, length in drawn]
    gaps = rules.uncovered(stands, at(0), at(96))
    for hour in range(96):
        inside = any(start <= at(hour) < end for start, end in gaps)
        assert inside != bool(rules.covering(stands, at(hour)))
