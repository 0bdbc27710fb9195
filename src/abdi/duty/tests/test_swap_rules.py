"""Rules of swaps and wishes, by example."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import rules
from abdi.duty.choices import LapseCause, Problem, SwapState, WishKind
from abdi.duty.rules import Bound, Candidate, Stand

WIB = ZoneInfo("Asia/Jakarta")
NORMS = {
    "rest_hours": 11,
    "rest_after_night_hours": 11,
    "most_days_in_a_row": 12,
    "most_nights_in_a_row": 3,
    "longest_shift_hours": 24,
    "night": {"begins": 22, "ends": 6},
    "swap_take_now_hours": 24,
    "swap_answer_hours": 6,
    "wish_limits": {"off": 4, "on": 4, "strong": 2},
}


def stand(day, hour, hours=12):
    start = datetime(2026, 3, day, hour, tzinfo=WIB)
    return Stand(start, start + timedelta(hours=hours), 1)


def effect(new, *own, without=None, busy=()):
    return rules.effect_of(new, Candidate(1, list(own), list(busy)), NORMS, without=without)


def test_an_effect_tells_the_shorter_rest_and_the_nights_in_a_row():
    found = effect(stand(4, 18), stand(3, 18), stand(6, 6))
    assert (found.rest_minutes, found.nights, found.fits) == (12 * 60, 2, True)
    assert effect(stand(4, 6)).rest_minutes is None
    assert effect(stand(4, 6)).nights == 0


def test_what_is_given_away_does_not_count_and_what_lies_a_week_off_neither():
    assert effect(stand(4, 18), stand(4, 6)).problems == (Problem.REST_TOO_SHORT,)
    assert effect(stand(4, 18), stand(4, 6), without=stand(4, 6)).fits
    far = [stand(day, 18) for day in (15, 16, 17, 18)]
    assert effect(stand(4, 18), *far).fits
    assert (
        Problem.TOO_MANY_NIGHTS in effect(stand(4, 18), *[stand(d, 18) for d in (1, 2, 3)]).problems
    )


def test_a_taken_calendar_is_named_first_and_no_reason_breaks_it():
    span = (stand(4, 18).start, stand(4, 18).end)
    found = effect(stand(4, 18), stand(4, 6), busy=[span])
    assert found.problems[0] == Problem.BUSY
    assert found.is_taken
    assert not effect(stand(4, 18), stand(4, 6)).is_taken


def test_a_turn_has_moved_when_person_or_times_differ_or_it_is_gone():
    then = Bound(1, stand(4, 18).start, stand(4, 18).end)
    assert not rules.has_moved(then, Bound(1, stand(4, 18).start, stand(4, 18).end))
    assert rules.has_moved(then, Bound(2, then.start, then.end))
    assert rules.has_moved(then, Bound(1, then.start, then.end + timedelta(hours=1)))
    assert rules.has_moved(then, None)


def test_one_colleague_answers_hours_before_the_first_turn_everybody_until_it():
    starts = [stand(5, 18).start, stand(4, 6).start]
    assert rules.answer_by(starts, of_one=True, norms=NORMS) == stand(4, 0).start
    assert rules.answer_by(starts, of_one=False, norms=NORMS) == stand(4, 6).start


def test_a_turn_is_taken_at_once_in_its_last_hours_until_it_begins():
    start, hour = stand(5, 18).start, timedelta(hours=1)
    assert not rules.may_be_taken_now(start, start - 25 * hour, NORMS)
    assert rules.may_be_taken_now(start, start - 24 * hour, NORMS)
    assert not rules.may_be_taken_now(start, start, NORMS)


@pytest.mark.parametrize(
    ("state", "facts", "cause"),
    [
        (SwapState.OPEN, {}, None),
        (SwapState.AGREED, {"late": True}, None),
        (SwapState.OPEN, {"late": True}, LapseCause.UNANSWERED),
        (SwapState.OPEN, {"begun": True, "moved": True}, LapseCause.UNANSWERED),
        (SwapState.AGREED, {"begun": True}, LapseCause.UNDECIDED),
        (SwapState.AGREED, {"moved": True}, LapseCause.MOVED),
        (SwapState.OPEN, {"gone": True, "moved": True}, LapseCause.GONE),
    ],
)
def test_why_an_open_swap_ends_by_itself(state, facts, cause):
    given = {"moved": False, "gone": False, "late": False, "begun": False, **facts}
    assert rules.lapse_cause(state, **given) == cause


def test_wishes_of_a_month_run_out_by_kind_and_by_strength():
    had = [(WishKind.OFF, 3), (WishKind.OFF, 1), (WishKind.ON, rules.STRONGEST)]
    assert rules.wish_room(had, NORMS) == {"off": 2, "on": 3, "strong": 0}
