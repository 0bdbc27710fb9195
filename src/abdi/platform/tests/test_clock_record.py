"""A promise told as events: what was known when, and the breaks that stay on record."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.platform.calendar import ZONES
from abdi.platform.clocks import (
    Always,
    Event,
    Kind,
    Rules,
    Term,
    Thaw,
    replay,
    stops_of,
)

WIB = ZONES["WIB"]
START = datetime(2026, 3, 2, 8, 0, tzinfo=WIB)
HOUR = timedelta(hours=1)
RULES = Rules({"always": Always()}, stops_of({"waiting_reporter": ["resolve"]}), Thaw(fewest=15))
TERMS = (Term("ack", 60, "always"), Term("resolve", 240, "always"))
LONGER = (Term("ack", 60, "always"), Term("resolve", 2_400, "always"))


def after(hours):
    return START + hours * HOUR


def begun(terms=TERMS, at=START, known=START):
    return Event(known, Kind.BEGUN, at, terms=terms)


def done(step, hours):
    return Event(after(hours), Kind.DONE, after(hours), step=step)


def test_a_promise_that_is_kept_has_no_break():
    found = replay([done("resolve", 4), begun(), done("ack", 1)], RULES, after(9))
    assert found.broken == ()
    assert found.promise.done == {"ack": after(1), "resolve": after(4)}


def test_every_step_breaks_once_with_what_was_known_last():
    found = replay([begun(), done("ack", 2)], RULES, after(9))
    assert [(one.step, one.due, one.cause) for one in found.broken] == [
        ("ack", after(1), Kind.BEGUN),
        ("resolve", after(4), Kind.DONE),
    ]


def test_another_class_moves_the_due_and_edits_no_break_away():
    later = Event(after(5), Kind.CHANGED, after(5), terms=LONGER)
    found = replay([begun(), done("ack", 1), later], RULES, after(9))
    assert found.first_broken("resolve").due == after(4)
    assert found.promise.dues()["resolve"] == after(40)
    in_time = replay([begun(), done("ack", 1), Event(after(3), *later_words())], RULES, after(9))
    assert in_time.broken == ()


def later_words():
    return Kind.CHANGED, after(3), "", "", LONGER


def test_a_pause_or_a_start_written_down_too_late_saves_nothing():
    paused = Event(after(6), Kind.PAUSED, after(1), reason="waiting_reporter")
    corrected = begun(terms=(), at=after(3), known=after(6))
    found = replay([begun(), done("ack", 1), paused, corrected], RULES, after(9))
    assert found.first_broken("resolve").due == after(4)
    assert found.promise.start == after(3)
    assert found.promise.dues()["resolve"] is None


def test_what_is_undone_runs_on():
    undone = Event(after(3), Kind.UNDONE, after(3), step="resolve")
    found = replay([begun(), done("resolve", 2), undone], RULES, after(9))
    assert found.first_broken("resolve").cause is Kind.UNDONE


def test_a_pause_ends_by_its_own_reason():
    events = [
        begun(),
        done("ack", 1),
        Event(after(2), Kind.PAUSED, after(2), reason="waiting_reporter"),
        Event(after(3), Kind.RESUMED, after(3), reason="unsafe"),
        Event(after(5), Kind.RESUMED, after(5), reason="waiting_reporter"),
    ]
    assert replay(events, RULES, after(6)).promise.dues()["resolve"] == after(7)


def test_without_a_beginning_nothing_is_promised():
    assert replay([done("ack", 1)], RULES, after(9)).promise is None


SOME = st.builds(
    Event,
    known_at=st.integers(0, 12).map(after),
    kind=st.sampled_from(list(Kind)),
    at=st.integers(0, 12).map(after),
    step=st.sampled_from(["ack", "resolve"]),
    reason=st.sampled_from(["waiting_reporter", "material"]),
    terms=st.sampled_from([TERMS, LONGER]),
)


@settings(max_examples=80)
@given(
    st.lists(SOME, max_size=7).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
def test_the_order_of_telling_changes_nothing(told):
    one, other = told
    assert replay(one, RULES, after(20)) == replay(other, RULES, after(20))


@settings(max_examples=80)
@given(st.lists(SOME, max_size=6), SOME)
def test_nothing_that_becomes_known_later_takes_a_break_away(events, more):
    before = replay([begun(), *events], RULES, after(12))
    late = Event(after(13), more.kind, more.at, more.step, more.reason, more.terms)
    now = replay([begun(), *events, late], RULES, after(20))
    assert set(before.broken) <= set(now.broken)
