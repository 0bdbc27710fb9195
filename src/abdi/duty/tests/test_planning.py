"""Rules of laying out a week, by named examples."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.duty import rules
from abdi.duty.choices import Problem
from abdi.duty.rules import Candidate, Opening, Stand
from abdi.platform.norms import norms

WIB = ZoneInfo("Asia/Jakarta")
NORMS = norms("duty", on=date(2026, 3, 2))
MONDAY = date(2026, 3, 2)


def stand(day, start, end, person_id=1):
    """A stand of a day of March 2026 by its hours; 22 to 6 runs past midnight."""
    return Stand(*rules.turn_on(date(2026, 3, day), time(start), time(end), WIB), person_id)


def opening(day, start, end, key=0, places=1):
    """A turn of a day of March 2026."""
    return Opening(
        key, *rules.turn_on(date(2026, 3, day), time(start), time(end), WIB), places=places
    )


def test_turn_on_runs_past_midnight_where_it_ends_before_it_begins():
    start, end = rules.turn_on(MONDAY, time(22), time(6), WIB)
    assert end - start == timedelta(hours=8)
    assert end.date() == date(2026, 3, 3)
    start, end = rules.turn_on(MONDAY, time(7), time(7), WIB)
    assert end - start == timedelta(hours=24)


def test_week_start_is_a_monday():
    assert rules.week_start(date(2026, 3, 8)) == MONDAY
    assert rules.week_start(MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("stands", "busy", "wanted", "found"),
    [
        ([], [], opening(2, 6, 14), []),
        ([stand(2, 6, 14)], [], opening(2, 13, 22), [Problem.OVERLAP]),
        ([], [stand(2, 9, 12)], opening(2, 6, 14), [Problem.BUSY]),
        ([stand(2, 14, 22)], [], opening(3, 6, 14), [Problem.REST_TOO_SHORT]),
        ([stand(2, 14, 22)], [stand(3, 9, 10)], opening(3, 6, 14),
         [Problem.BUSY, Problem.REST_TOO_SHORT]),
        ([stand(2, 6, 14)], [], opening(3, 6, 14), []),
        ([stand(2, 22, 6), stand(3, 22, 6), stand(4, 22, 6)], [], opening(5, 22, 6),
         [Problem.TOO_MANY_NIGHTS]),
    ],
)  # fmt: skip
def test_against_names_what_speaks_against_a_turn_a_taken_calendar_first(
    stands, busy, wanted, found
):
    person = Candidate(1, stands, [(one.start, one.end) for one in busy])
    assert rules.against(wanted, person, NORMS) == found


def test_classes_need_no_rest_before_a_turn():
    person = Candidate(1, busy=[(stand(2, 8, 13).start, stand(2, 8, 13).end)])
    assert rules.against(opening(2, 14, 22), person, NORMS) == []


def week_of_openings():
    turns = [(day, *turn) for day in range(2, 9) for turn in [(6, 14), (14, 22), (22, 6)]]
    return [opening(*turn, key=key) for key, turn in enumerate(turns)]


def test_proposal_shares_hours_evenly_and_breaks_no_rule():
    openings = week_of_openings()
    found = rules.proposal(openings, [Candidate(n) for n in range(1, 7)], NORMS)
    assert len(found) == len(openings)
    stood = {
        n: [Stand(openings[key].start, openings[key].end, n) for key, who in found if who == n]
        for n in range(1, 7)
    }
    hours = [rules.minutes_stood(stands) // 60 for stands in stood.values()]
    assert max(hours) - min(hours) <= 8
    for stands in stood.values():
        for one in stands:
            others = [other for other in stands if other != one]
            assert rules.problems(one, others, NORMS) == []


def test_proposal_leaves_open_what_nobody_may_take():
    found = rules.proposal(week_of_openings(), [Candidate(1)], NORMS)
    assert {who for _key, who in found} == {1}
    assert len(found) < 21


def test_proposal_goes_around_somebody_in_a_class():
    class_day = stand(2, 8, 16)
    people = [Candidate(1, busy=[(class_day.start, class_day.end)]), Candidate(2)]
    assert rules.proposal([opening(2, 6, 14)], people, NORMS) == [(0, 2)]


def test_proposal_begins_with_another_person_in_another_week():
    people = [Candidate(1), Candidate(2), Candidate(3)]
    first = {rules.proposal([opening(2, 6, 14)], people, NORMS, turn=n)[0][1] for n in range(3)}
    assert first == {1, 2, 3}


def test_proposal_of_nobody_is_empty():
    assert rules.proposal(week_of_openings(), [], NORMS) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12))
def test_uncovered_hours_and_hours_stood_add_up_to_the_whole(parts):
    start, hour = datetime(2026, 3, 2, tzinfo=WIB), timedelta(hours=1)
    stands = [Stand(start + at * hour, start + (at + size) * hour, 1) for at, size in parts]
    holes = rules.uncovered(stands, start, start + 48 * hour)
    stood = {at + n for at, size in parts for n in range(size) if at + n < 48}
    assert sum((end - begin) // hour for begin, end in holes) == 48 - len(stood)


def test_rules_of_standing_hold_at_the_edges():
    night, day = stand(2, 22, 6), stand(3, 6, 14, 2)
    assert rules.covering([night, day], day.start) == [day]
    assert rules.next_change([night, day], night.start) == day.start
    assert rules.next_change([day], day.end) is None
    assert rules.is_night(night, NORMS)
    assert not rules.is_night(day, NORMS)
    assert rules.nights_in_a_row([night, stand(3, 22, 6), stand(5, 22, 6)], NORMS) == 2
    assert rules.rest_minutes(840, 1_500) == 660
    assert rules.rest_minutes(1_500, 840) == 0
    assert rules.cover_share(0, 0) == 10_000
    assert rules.cover_share(1_440, 720) == 5_000
    assert rules.fewest_first([1, 2, 3], {1: 480, 2: 0, 3: 0}, {3: 1}) == [2, 1, 3]
