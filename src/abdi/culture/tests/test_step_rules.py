"""Rules of the steps of a group by examples and drawn cases."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.culture import rules
from abdi.culture.choices import CircleStep, StepState
from abdi.culture.rules import StepFacts
from abdi.platform.norms import norms

NORMS = norms("culture", on=date(2026, 3, 2))
WHOLE = StepFacts(
    texts=frozenset({"statement", "quality", "standard"}),
    has_target=True,
    causes=2,
    dominant=1,
    tasks=1,
    days_after=14,
    has_audit_day=True,
)


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        ("theme", ["statement"]),
        ("target", ["target"]),
        ("causes", ["causes"]),
        ("root_cause", ["dominant"]),
        ("plan", ["tasks"]),
        ("execute", []),
        ("evaluate", ["days_after", "effect"]),
        ("standardise", ["standard", "audit"]),
    ],
)
def test_step_lacks_what_its_page_asks_for(step, missing):
    assert rules.step_lacks(step, StepFacts(), NORMS) == missing
    assert rules.step_lacks(step, WHOLE, NORMS) == []


def test_a_dominant_cause_needs_a_vote_and_a_look_at_the_data():
    facts = StepFacts(dominant=2, dominant_unchecked=1, dominant_without_votes=1)
    assert rules.step_lacks("root_cause", facts, NORMS) == ["unchecked", "votes"]


def test_a_plan_is_carried_out_when_every_task_is_done():
    assert rules.step_lacks("execute", StepFacts(tasks=3, tasks_open=1), NORMS) == ["tasks_open"]


def test_steps_one_five_and_eight_wait_for_approval():
    waiting = [
        step for step in CircleStep if rules.state_after_send(step, NORMS) is StepState.WAITING
    ]
    assert waiting == [CircleStep.THEME, CircleStep.PLAN, CircleStep.STANDARDISE]


def test_pages_open_up_to_the_step_at_work():
    assert rules.may_open("theme", "causes")
    assert rules.may_open("causes", "causes")
    assert not rules.may_open("plan", "causes")


def test_compared_spans_are_equally_long_and_leave_the_work_out():
    spans = rules.compared_spans(date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1), NORMS)
    assert (spans.after_start, spans.after_end) == (date(2026, 3, 2), date(2026, 4, 1))
    assert (spans.before_start, spans.before_end) == (date(2025, 12, 2), date(2026, 1, 1))
    assert spans.days == (spans.before_end - spans.before_start).days == 30


def test_on_the_day_of_the_work_there_is_nothing_to_compare():
    done = date(2026, 3, 1)
    assert rules.compared_spans(date(2026, 1, 1), done, done, NORMS).days == 0
    assert rules.compared_spans(date(2026, 1, 1), done, date(2028, 1, 1), NORMS).days == 180


def test_nothing_is_compared_with_days_before_the_first_report():
    known = date(2025, 12, 20)
    spans = rules.compared_spans(date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1), NORMS, known)
    assert (spans.before_start, spans.days) == (known, 12)


@pytest.mark.parametrize(
    ("before", "after", "target", "verdict"),
    [
        (48, 20, 20, "reached"),
        (48, 21, 20, "better"),
        (48, 48, 20, "missed"),
        (48, 60, 20, "missed"),
        (10, 15, 20, "reached"),
    ],
)
def test_a_missed_target_reads_as_missed(before, after, target, verdict):
    assert rules.verdict_code(before, after, target) == verdict


def test_per_month_is_thirty_days_rounded_half_up():
    assert rules.per_month(45, 60) == 23
    assert rules.per_month(0, 14) == 0


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_fewer_reports_never_read_worse(before, after, target):
    order = ["missed", "better", "reached"]
    better = rules.verdict_code(before, max(after - 1, 0), target)
    assert order.index(better) >= order.index(rules.verdict_code(before, after, target))


def test_every_step_says_which_answers_it_takes():
    assert set(rules.TEXTS) == set(CircleStep)
    assert rules.MONTH_DAYS == 30
