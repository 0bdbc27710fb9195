"""What must hold for every clock: examples of the words of a promise, and properties of all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.platform.calendar import ZONES, WorkCalendar
from abdi.platform.clocks import (
    Always,
    Clock,
    NeverWorks,
    Office,
    Pause,
    Promise,
    Rules,
    State,
    Term,
    Thaw,
    Turn,
    WholeDays,
    add_working_days,
    after_hours,
    broke_at,
    day_after,
    due_of,
    in_order,
    merged,
    reading,
    stops_of,
    terms_of_category,
    terms_of_class,
    thawed,
    toward,
)

WIB = ZONES["WIB"]
CALENDAR = WorkCalendar(zone=WIB)
OFFICE = Office(CALENDAR)
WHOLE = WholeDays(CALENDAR.is_working_day, WIB)
ALWAYS = Always()
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=WIB)
MINUTE = timedelta(minutes=1)
THAW = Thaw(share=10, fewest=15)

moments = st.integers(0, 60 * 24 * 90).map(lambda n: MONDAY + n * MINUTE)
terms = st.integers(1, 60 * 24 * 20)
hours = st.sampled_from([ALWAYS, WHOLE, OFFICE])
thaws = st.builds(Thaw, share=st.integers(0, 100), fewest=st.integers(0, 600))
pauses = st.builds(
    lambda start, length: Pause(start, start + length * MINUTE),
    moments,
    st.integers(0, 60 * 24 * 5),
)
clocks = st.builds(
    Clock,
    start=moments,
    minutes=terms,
    hours=hours,
    pauses=st.lists(pauses, max_size=4).map(tuple),
    thaw=thaws,
)
few = settings(max_examples=60)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=WIB)


# ------------------------------------------------------------------ in words


def test_a_clock_of_a_day_counts_day_and_night():
    clock = Clock(MONDAY, 24 * 60, ALWAYS)
    assert due_of(clock) == MONDAY + timedelta(days=1)
    half = reading(clock, MONDAY + timedelta(hours=12))
    assert (half.state, half.used, half.left, half.share) == (State.RUNNING, 720, 720, 5_000)
    assert (half.turn, half.turn_at) == (Turn.BREAKS, MONDAY + timedelta(days=1))


def test_before_its_start_a_clock_has_not_begun():
    found = reading(Clock(MONDAY, 60, ALWAYS), MONDAY - MINUTE)
    assert (found.state, found.used, found.left) == (State.NOT_BEGUN, 0, 60)
    assert (found.turn, found.turn_at) == (Turn.BEGINS, MONDAY)


def test_a_pause_stops_it_and_gives_back_what_was_left():
    clock = Clock(MONDAY, 120, ALWAYS, (Pause(at(2, 9), None, "waiting_reporter"),))
    found = reading(clock, at(3, 9))
    assert (found.state, found.used, found.left, found.due) == (State.PAUSED, 60, 60, None)
    assert (found.turn, found.turn_at) == (Turn.RUNS_AGAIN, None)
    over = replace(clock, pauses=(Pause(at(2, 9), at(3, 9)),))
    assert due_of(over) == at(3, 10)


def test_a_clock_that_thaws_never_breaks_at_once():
    clock = Clock(MONDAY, 120, ALWAYS, (Pause(at(2, 9, 59), at(2, 12)),), THAW)
    assert due_of(clock) == at(2, 12, 15)
    assert THAW.floor(timedelta(hours=24)) == timedelta(hours=2, minutes=24)
    assert THAW.floor(timedelta(minutes=5)) == timedelta(minutes=5)


def test_stopping_and_starting_at_once_gives_nothing():
    stops = [Pause(at(2, 9, n), at(2, 9, n) + timedelta(seconds=1)) for n in range(40, 60)]
    clock = Clock(MONDAY, 120, ALWAYS, tuple(stops), THAW)
    assert due_of(clock) <= due_of(replace(clock, pauses=())) + timedelta(seconds=2 * len(stops))


def test_what_broke_before_the_pause_stays_broken():
    clock = Clock(MONDAY, 60, ALWAYS, (Pause(at(2, 9, 1), at(2, 12)),), THAW)
    assert due_of(clock) == at(2, 9)
    found = reading(clock, at(2, 12))
    assert (found.state, found.late, found.left) == (State.BROKEN, 180, 0)
    assert broke_at(clock, at(2, 12)) == at(2, 9)


def test_done_at_the_due_moment_is_kept_and_a_second_later_is_broken():
    due = MONDAY + timedelta(hours=1)
    assert reading(toward(MONDAY, due, due), due).state is State.KEPT
    late = due + timedelta(seconds=1)
    assert reading(toward(MONDAY, due, late), late).state is State.BROKEN
    assert reading(toward(MONDAY, MONDAY - MINUTE, MONDAY), MONDAY).state is State.KEPT


def test_office_minutes_wait_for_the_office():
    friday = datetime(2026, 3, 6, 16, 0, tzinfo=WIB)
    assert due_of(Clock(friday, 60, OFFICE)) == datetime(2026, 3, 9, 8, 0, tzinfo=WIB)
    assert due_of(Clock(friday, 30, OFFICE)) == datetime(2026, 3, 6, 16, 30, tzinfo=WIB)


def test_a_class_counts_working_days_after_the_day_of_receipt():
    norms = {"classes": {"information": {"answer_days": 5}, "emergency": {"answer_days": 0}}}
    check, answer = terms_of_class("information", {**norms, "verify_days": 3})
    assert (check.minutes, answer.minutes) == (3 * 1_440, 5 * 1_440)
    end = due_of(Clock(day_after(MONDAY), answer.minutes, WHOLE))
    assert end == datetime(2026, 3, 10, 0, 0, tzinfo=WIB)
    assert [one.minutes for one in terms_of_class("emergency", {**norms, "verify_days": 3})] == [
        0,
        0,
    ]


def test_a_fire_has_fifteen_minutes_and_its_own_value_goes_first():
    norms = {
        "categories": {"fire": {"priority": "P1", "arrive_minutes": 15}},
        "priorities": {"P1": {"clock": "always", "ack_minutes": 5, "arrive_minutes": 30}},
    }
    assert terms_of_category("fire", norms) == (
        Term("ack", 5, "always"),
        Term("arrive", 15, "always"),
    )


def test_an_office_that_never_works_is_named():
    with pytest.raises(NeverWorks):
        WholeDays(lambda day: False, WIB).add(MONDAY, MINUTE)
    with pytest.raises(ValueError, match="zone"):
        ALWAYS.add(datetime(2026, 3, 2), MINUTE)  # noqa: DTZ001 - the very thing it refuses


RULES = Rules(
    {"always": ALWAYS, "office": OFFICE, "working_days": WHOLE},
    stops_of({"waiting_reporter": ["resolve"], "unsafe": ["make_safe", "resolve"]}),
    THAW,
)


def test_a_reason_stops_only_the_steps_it_may():
    stated = (Term("ack", 30, "always"), Term("resolve", 120, "always"))
    waits = Pause(MONDAY + 10 * MINUTE, None, "waiting_reporter")
    promise = Promise(MONDAY, stated, RULES, (waits,))
    assert promise.dues() == {"ack": MONDAY + 30 * MINUTE, "resolve": None}
    idle = replace(promise, pauses=(replace(waits, reason="material"),))
    assert idle.dues()["resolve"] == MONDAY + 120 * MINUTE
    later = promise.readings(MONDAY + 20 * MINUTE)
    assert [one.state for one in later.values()] == [State.RUNNING, State.PAUSED]
    with pytest.raises(KeyError):
        promise.clock("answer")


def test_a_later_step_that_is_done_does_the_ones_before_it():
    stated = (Term("arrive", 30, "always"), Term("resolve", 120, "always"))
    promise = Promise(MONDAY, stated, RULES, done={"resolve": MONDAY + 20 * MINUTE})
    assert promise.done_at("arrive") == MONDAY + 20 * MINUTE


# ------------------------------------------------------------------ for all


@few
@given(clocks, st.integers(0, 5_000))
def test_more_minutes_are_never_due_earlier(clock, more):
    assert due_of(replace(clock, minutes=clock.minutes + more)) >= due_of(clock) >= clock.start


@few
@given(clocks, moments, st.integers(0, 5_000))
def test_used_time_only_grows_and_nothing_is_negative(clock, moment, later):
    first, second = reading(clock, moment), reading(clock, moment + later * MINUTE)
    assert 0 <= first.used <= second.used
    assert first.left >= 0
    assert first.late >= 0
    assert 0 <= first.share <= 10_000


@few
@given(clocks, pauses)
def test_pausing_never_makes_a_due_earlier(clock, pause):
    assert due_of(replace(clock, pauses=(*clock.pauses, pause))) >= due_of(clock)


@few
@given(clocks, pauses, st.integers(0, 100))
def test_a_pause_cut_in_two_is_the_same_pause(clock, pause, percent):
    middle = pause.start + (pause.end - pause.start) * percent // 100
    halves = (Pause(middle, pause.end), Pause(pause.start, middle))
    whole = replace(clock, pauses=(*clock.pauses, pause))
    assert due_of(replace(clock, pauses=(*clock.pauses, *halves))) == due_of(whole)
    assert merged(halves) == merged([pause])


@few
@given(clocks, pauses)
def test_after_a_pause_the_thaw_minimum_is_left(clock, pause):
    clock = replace(clock, pauses=(pause,))
    due = due_of(clock)
    if pause.start < pause.end and clock.start <= pause.start and due > pause.end:
        left = clock.hours.between(pause.end, due)
        paused = clock.hours.between(pause.start, pause.end)
        assert left >= min(clock.thaw.floor(clock.term), paused)
    assert reading(clock, pause.end).state is not State.BROKEN or due <= pause.start


@few
@given(clocks, pauses)
def test_ending_a_pause_comes_to_the_same_as_counting_anew(clock, pause):
    clock = replace(clock, pauses=())
    start = max(pause.start, clock.start)
    pause = Pause(start, start + (pause.end - pause.start))
    moved = thawed(due_of(clock), pause, clock.minutes, clock.hours, clock.thaw)
    assert moved == due_of(replace(clock, pauses=(pause,)))


@few
@given(moments, terms)
def test_day_and_night_is_plain_arithmetic(start, minutes):
    assert ALWAYS.add(start, minutes * MINUTE) == start.astimezone(UTC) + minutes * MINUTE
    assert after_hours(start, minutes) == start + timedelta(hours=minutes)
    assert ALWAYS.between(start, start + minutes * MINUTE) == minutes * MINUTE


@few
@given(moments, st.integers(1, 10_000))
def test_office_time_is_that_of_the_calendar_and_the_sum_of_its_days(start, minutes):
    due = OFFICE.add(start, minutes * MINUTE)
    assert due == CALENDAR.add_working_minutes(start, minutes)
    assert OFFICE.between(start, due) == minutes * MINUTE
    first, last = start.date(), due.astimezone(WIB).date()
    midnights = [
        datetime.combine(first + timedelta(days=n), datetime.min.time(), WIB)
        for n in range((last - first).days + 2)
    ]
    by_day = [
        OFFICE.between(max(begin, start), min(end, due)) for begin, end in pairwise(midnights)
    ]
    assert sum(by_day, timedelta()) == minutes * MINUTE


@few
@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(1, 60))
def test_whole_days_end_with_the_counted_working_day(day, count):
    start = datetime.combine(day + timedelta(days=1), datetime.min.time(), WIB)
    last = add_working_days(day, count, CALENDAR.is_working_day)
    end = due_of(Clock(start, count * 1_440, WHOLE))
    assert end == datetime.combine(last + timedelta(days=1), datetime.min.time(), WIB)


@few
@given(moments, terms)
def test_another_zone_keeps_the_hours_on_the_wall(start, minutes):
    walls = set()
    for zone in ZONES.values():
        office = Office(WorkCalendar(zone=zone))
        here = start.replace(tzinfo=zone)
        walls.add(due_of(Clock(here, minutes, office)).astimezone(zone).replace(tzinfo=None))
    assert len(walls) == 1


@few
@given(st.lists(st.one_of(st.none(), moments), max_size=5))
def test_no_step_is_due_after_a_later_one(dues):
    named = {str(place): due for place, due in enumerate(dues)}
    known = [due for due in in_order(named).values() if due is not None]
    assert known == sorted(known)
    assert list(in_order(named)) == list(named)
