"""The chain as pure rules: which steps count, empty ones cost nothing, the control room is last."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.duty import rules
from abdi.duty.choices import AlertChannel, Hours, Severity, SkipReason, Whom
from abdi.duty.rules import Found, Level, Step

NORMS = {
    "chain_seconds": {
        "on_duty": 300,
        "standby": 240,
        "commander": 180,
        "head": 600,
        "control_room": 900,
    },
    "night": {"begins": 22, "ends": 6},
}
ALWAYS = frozenset({Hours.ALWAYS, Hours.OFFICE})
OFFICE = ((time(7, 30), time(12)), (time(13), time(16)))
AT = datetime(2026, 3, 2, 19, tzinfo=UTC)


def plan(*levels, severity=Severity.P1, area="", kinds=ALWAYS, first=None):
    found = rules.plan(levels, severity=severity, area=area, kinds=kinds, norms=NORMS, first=first)
    return [(one.whom, one.unit_id) for one in found]


def test_without_settings_duty_standby_commander_and_heads_are_called_then_the_control_room():
    assert plan(Level(3), Level(1)) == [
        (Whom.ON_DUTY, 3),
        (Whom.STANDBY, 3),
        (Whom.COMMANDER, 3),
        (Whom.HEAD, 3),
        (Whom.HEAD, 1),
        (Whom.CONTROL_ROOM, 1),
    ]


def test_who_was_given_it_comes_first():
    given_to = Step(Whom.ASSIGNED, 300, person_id=7)
    assert plan(Level(3), first=given_to)[0] == (Whom.ASSIGNED, 3)


def test_a_chain_of_its_own_goes_before_the_common_one():
    own = (Step(Whom.COMMANDER, 60), Step(Whom.HEAD, 60))
    assert plan(Level(3, own), Level(1))[:3] == [
        (Whom.COMMANDER, 3),
        (Whom.HEAD, 3),
        (Whom.HEAD, 1),
    ]


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        (Step(Whom.HEAD, 60, severities=("P1", "P2")), True),
        (Step(Whom.HEAD, 60, severities=("P3",)), False),
        (Step(Whom.HEAD, 60, hours=Hours.NIGHT), False),
        (Step(Whom.HEAD, 60, hours=Hours.OFFICE), True),
        (Step(Whom.HEAD, 60, area="manguharjo"), True),
        (Step(Whom.HEAD, 60, area="Taman"), False),
    ],
)
def test_a_step_counts_by_severity_time_and_place(step, counts):
    assert rules.counts(step, Severity.P1, "Manguharjo", ALWAYS) == counts


def test_a_chain_of_which_nothing_counts_now_gives_way_to_the_common_one():
    only_nights = (Step(Whom.PERSON, 60, hours=Hours.NIGHT, person_id=5),)
    assert plan(Level(3, only_nights)) == plan(Level(3))


@pytest.mark.parametrize(
    ("hour", "works", "kinds"),
    [
        (9, True, {Hours.ALWAYS, Hours.OFFICE}),
        (17, True, {Hours.ALWAYS, Hours.OUTSIDE}),
        (23, True, {Hours.ALWAYS, Hours.OUTSIDE, Hours.NIGHT}),
        (5, False, {Hours.ALWAYS, Hours.OUTSIDE, Hours.NIGHT, Hours.HOLIDAY}),
        (9, False, {Hours.ALWAYS, Hours.OUTSIDE, Hours.HOLIDAY}),
    ],
)
def test_a_moment_is_office_hours_night_or_a_day_off(hour, works, kinds):
    local = datetime(2026, 3, 2, hour, tzinfo=UTC)
    assert rules.kinds_of_time(local, works=works, office=OFFICE, norms=NORMS) == kinds


def the_chain(*levels):
    return rules.plan(levels, severity=Severity.P1, area="", kinds=ALWAYS, norms=NORMS, first=None)


def test_an_empty_step_is_passed_over_at_once():
    def only_the_head(step):
        return Found((9,)) if step.whom == Whom.HEAD else Found()

    went = rules.advance(the_chain(Level(3)), 1, only_the_head, ())
    assert [step.whom for step, _why in went.skipped] == [
        Whom.ON_DUTY,
        Whom.STANDBY,
        Whom.COMMANDER,
    ]
    assert (went.told.whom, went.person_ids) == (Whom.HEAD, (9,))


def test_nobody_is_called_by_two_steps():
    went = rules.advance(the_chain(Level(3)), 3, lambda _step: Found((4,)), (4,))
    assert went.told is None
    assert {why for _step, why in went.skipped} == {SkipReason.TOLD_BEFORE}


def test_the_wait_of_a_step_is_that_of_the_step_that_told():
    chain = the_chain(Level(3))
    assert rules.next_due(AT, chain[2], chain) == AT + timedelta(seconds=180)
    assert rules.next_due(AT, chain[-1], chain) is None
    assert rules.next_due(AT, None, chain) is None


def test_a_clock_that_stands_before_what_it_said_was_set_back():
    assert rules.is_set_back(AT, AT - timedelta(hours=1))
    assert not rules.is_set_back(AT, AT - timedelta(seconds=5))
    assert not rules.is_set_back(AT, AT + timedelta(hours=1))


def test_a_failed_message_waits_longer_each_time_up_to_two_minutes():
    assert [rules.seconds_before_try(tries) for tries in (1, 2, 3, 6, 9)] == [5, 10, 20, 120, 120]


ALL = list(AlertChannel)


def test_a_person_is_called_in_the_order_he_chose():
    order = rules.channels_in_order(["email", "sms"], ALL, quiet=False)
    assert order == ["email", "sms", "push", "whatsapp"]


def test_a_quiet_night_leaves_the_mail_and_never_silences_what_is_urgent():
    night = frozenset({Hours.ALWAYS, Hours.NIGHT})
    assert rules.is_quiet(Severity.P3, night, asked=True)
    assert not rules.is_quiet(Severity.P1, night, asked=True)
    assert not rules.is_quiet(Severity.P3, ALWAYS, asked=True)
    assert rules.channels_in_order([], ALL, quiet=True) == [AlertChannel.EMAIL]
    assert rules.channels_in_order([], [AlertChannel.SMS], quiet=True) == [AlertChannel.SMS]


PEOPLE = st.lists(st.integers(1, 6), max_size=3).map(tuple)
STEPS = st.builds(
    Step,
    whom=st.sampled_from([Whom.ON_DUTY, Whom.COMMANDER, Whom.HEAD, Whom.STANDBY]),
    delay_seconds=st.integers(30, 7200),
    hours=st.sampled_from(list(Hours)),
    severities=st.sampled_from([(), ("P1",), ("P3", "P4")]),
    area=st.sampled_from(["", "Taman"]),
)
LEVELS = st.lists(
    st.builds(Level, st.integers(1, 9), st.lists(STEPS, max_size=5).map(tuple)),
    min_size=1,
    max_size=5,
)


@given(
    levels=LEVELS,
    severity=st.sampled_from(list(Severity)),
    kinds=st.sets(st.sampled_from(list(Hours))).map(
        lambda found: frozenset(found | {Hours.ALWAYS})
    ),
    people=st.dictionaries(st.integers(1, 60), PEOPLE),
)
def test_somebody_is_told_or_the_control_room_was_tried_and_each_step_comes_once(
    levels, severity, kinds, people
):
    chain = rules.plan(levels, severity=severity, area="Taman", kinds=kinds, norms=NORMS)
    number, taken, told = 1, [], []
    while number <= len(chain):
        went = rules.advance(chain, number, lambda one: Found(people.get(one.number, ())), told)
        taken += [step.number for step, _why in went.skipped]
        if went.told is None:
            break
        taken.append(went.told.number)
        assert went.person_ids
        told += went.person_ids
        number = went.told.number + 1
    assert taken == list(range(1, len(chain) + 1))
    assert chain[-1].whom == Whom.CONTROL_ROOM
    assert len(told) == len(set(told))
    reachable = {one for step in chain for one in people.get(step.number, ())}
    assert set(told) == reachable
