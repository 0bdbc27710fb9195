"""Calls: raised once, gone on with in time, answered once, over when the thing is."""

from datetime import timedelta

import pytest

from abdi.duty import actions, jobs, queries, rules
from abdi.duty.choices import (
    AckVia,
    AlertChannel,
    AlertState,
    EndReason,
    Severity,
    SkipReason,
    TellingState,
    Whom,
)
from abdi.duty.models import Alert, AlertStep, Telling
from abdi.duty.testing import a_call, a_coverage, a_shift
from abdi.people import actions as people
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city, a_person, actor_for, an_account, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.platform.notices.models import Notice
from abdi.platform.testing.races import at_once

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WHAT = actions.Happening("x.y:9", "Lampu jalan padam", "/x", Severity.P1)


@pytest.fixture
def city():
    """A section with somebody on duty, a commander, a head with an account."""
    found = a_city()
    a_coverage(found.section)
    a_shift(found.crew, found.section)
    for person in (found.crew, found.head):
        an_account(person)
    return found


def told(alert):
    rows = Telling.objects.filter(alert=alert).order_by("id")
    return list(dict.fromkeys(rows.values_list("person__name", flat=True)))


def whom(alert):
    rows = AlertStep.objects.filter(alert=alert).order_by("number")
    return list(rows.values_list("whom", "skip_reason"))


def after(**delta):
    return clock.at(clock.now() + timedelta(**delta))


def test_who_is_on_duty_is_told_at_once(city):
    alert = a_call(city.section)
    assert told(alert) == ["Bayu Petugas"]
    assert alert.state == AlertState.OPEN
    alert.refresh_from_db()
    assert alert.next_due_at == clock.now() + 5 * MINUTE


def test_the_same_key_is_the_same_call_and_tells_nobody_again(city):
    first = a_call(city.section, key="one")
    again = a_call(city.section, key="one")
    assert first.pk == again.pk
    assert Telling.objects.filter(channel=AlertChannel.PROGRAM).count() == 1


def test_there_is_one_call_about_one_thing_at_a_time(city):
    a_call(city.section, key="one", about="x.y:1")
    with pytest.raises(Conflict):
        a_call(city.section, key="two", about="x.y:1")


def test_without_an_answer_the_next_step_follows_and_the_empty_one_costs_no_time(city):
    alert = a_call(city.section)
    with after(seconds=301):
        assert jobs.go_on_with_calls() == 1
    assert told(alert)[1:] == [city.commander.name]
    assert whom(alert) == [
        (Whom.ON_DUTY, ""),
        (Whom.STANDBY, SkipReason.NOBODY),
        (Whom.COMMANDER, ""),
    ]
    step = AlertStep.objects.get(alert=alert, number=3)
    assert step.taken_at - step.due_at < timedelta(seconds=2)


def test_before_its_time_no_step_is_taken(city):
    alert = a_call(city.section)
    with after(seconds=299):
        assert jobs.go_on_with_calls() == 0
    with pytest.raises(Conflict):
        actions.step_alert(alert, by=SYSTEM)


def test_who_is_on_leave_is_passed_over(city):
    people.take_time(
        city.crew, by=SYSTEM, kind=TimeKind.LEAVE, about="x.leave:1",
        start=clock.now() - MINUTE, end=clock.now() + timedelta(days=1),
    )  # fmt: skip
    alert = a_call(city.section)
    assert whom(alert)[0] == (Whom.ON_DUTY, SkipReason.ON_LEAVE)


def test_the_chain_ends_at_the_control_room_and_the_call_says_that_nobody_answered(city):
    alert = a_call(city.section)
    for _step in range(8):
        alert.refresh_from_db()
        if alert.next_due_at is None:
            break
        with clock.at(alert.next_due_at):
            jobs.go_on_with_calls()
    assert whom(alert)[-1][0] == Whom.CONTROL_ROOM
    assert city.dispatcher.name in told(alert)
    assert jobs.calls_that_nobody_answered() == 1


def test_a_clock_set_forward_an_hour_takes_one_step_and_no_more(city):
    alert = a_call(city.section)
    with after(hours=1):
        assert jobs.go_on_with_calls() == 1
        assert jobs.go_on_with_calls() == 0
        alert.refresh_from_db()
        assert alert.next_due_at == clock.now() + 5 * MINUTE


def test_a_clock_set_back_an_hour_leaves_nobody_waiting_for_an_hour(city):
    alert = a_call(city.section)
    with after(hours=-1):
        assert jobs.go_on_with_calls() == 1
        alert.refresh_from_db()
        assert alert.next_due_at == clock.now() + 5 * MINUTE
        with after(minutes=5):
            assert jobs.go_on_with_calls() == 1
    assert len(told(alert)) == 2


def test_who_was_called_says_that_he_is_on_it_and_nobody_else_is_called(city):
    alert = a_call(city.section)
    actions.acknowledge(alert, by=actor_for(city.crew))
    assert (alert.state, alert.acknowledged_by_id) == (AlertState.ACKNOWLEDGED, city.crew.pk)
    with after(hours=2):
        assert jobs.go_on_with_calls() == 0
    assert told(alert) == ["Bayu Petugas"]


def test_pressing_twice_changes_nothing(city):
    alert = a_call(city.section)
    actor = actor_for(city.crew)
    first = actions.acknowledge(alert, by=actor).acknowledged_at
    with after(minutes=1):
        assert actions.acknowledge(alert, by=actor).acknowledged_at == first


def test_a_late_answer_hears_who_is_on_it(city):
    alert = a_call(city.section)
    actions.acknowledge(alert, by=actor_for(city.crew))
    with pytest.raises(Conflict, match="Bayu Petugas"):
        actions.acknowledge(alert, by=city.commander)


def test_an_answer_after_the_end_hears_that_it_is_over(city):
    alert = a_call(city.section)
    actions.end_alerts(alert.about, by=SYSTEM, why=EndReason.DONE)
    with pytest.raises(Conflict, match=f"{clock.local(clock.now()):%H.%M}"):
        actions.acknowledge(alert, by=actor_for(city.crew))


def test_who_was_not_called_may_not_answer(city):
    alert = a_call(city.section)
    with pytest.raises(Refused):
        actions.acknowledge(alert, by=an_actor("employee", unit=city.section))
    with pytest.raises(Refused):
        actions.raise_alert(city.section, WHAT, by=actor_for(city.crew), key="k")


def test_taking_the_job_is_an_answer(city):
    alert = a_call(city.section)
    ended = actions.end_alerts(
        alert.about, by=SYSTEM, why=EndReason.ACCEPTED, answered_by=city.crew.pk
    )
    alert.refresh_from_db()
    assert (ended, alert.state, alert.acknowledged_via) == (1, AlertState.ENDED, AckVia.JOB)


def test_the_head_gets_a_copy_with_the_reason_and_nothing_to_decide(city):
    a_call(city.section, note="Pohon menutup jalan")
    [notice] = Notice.objects.filter(receiver=city.head.ref)
    assert "Pohon menutup jalan" in notice.body


def test_nobody_is_told_twice_for_a_step_however_many_workers_there_are(city):
    alert = a_call(city.section)
    with after(seconds=301):
        for _worker in range(3):
            jobs.go_on_with_calls()
    keys = list(Telling.objects.filter(alert=alert).values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert len(told(alert)) == 2


def test_one_call_that_cannot_go_on_holds_up_no_other(city):
    broken = a_call(city.section, key="broken", about="x.y:1")
    Alert.objects.filter(pk=broken.pk).update(plan=[{"number": 1}])
    sound = a_call(city.section, key="sound", about="x.y:2")
    with after(seconds=301):
        assert jobs.go_on_with_calls() == 1
    assert len(told(sound)) == 2


def test_looking_for_what_is_due_is_one_query(city, django_assert_num_queries):
    a_call(city.section)
    with django_assert_num_queries(1):
        assert jobs.go_on_with_calls() == 0


def test_the_commander_sets_a_chain_and_calls_under_way_keep_theirs(city):
    old = a_call(city.section, key="old", about="x.y:1")
    steps = [rules.Step(Whom.PERSON, 120, person_id=city.second_crew.pk)]
    an_account(city.second_crew)
    actions.set_chain(city.section, by=city.commander, steps=steps)
    new = a_call(city.section, key="new", about="x.y:2")
    assert told(new) == ["Sari Petugas"]
    assert Alert.objects.get(pk=old.pk).plan[0]["whom"] == Whom.ON_DUTY
    assert [one.number for one in queries.steps_of(city.section.pk)] == [1]


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (rules.Step(Whom.CONTROL_ROOM, 60), "whom"),
        (rules.Step(Whom.HEAD, 5), "delay"),
        (rules.Step(Whom.ROLE, 60), "role"),
        (rules.Step(Whom.ROLE, 60, role="raja"), "role"),
        (rules.Step(Whom.PERSON, 60), "person"),
        (rules.Step(Whom.PERSON, 60, person_id=999_999), "person"),
    ],
)
def test_a_step_that_calls_nobody_is_refused(city, step, field):
    with pytest.raises(Invalid) as refusal:
        actions.set_chain(city.section, by=city.commander, steps=[step])
    assert refusal.value.field == field


def test_the_preview_says_who_would_be_called_and_what_is_empty(city):
    seen = queries.preview(city.section, clock.now(), Severity.P1)
    assert [(one.whom, one.names, one.after_minutes) for one in seen[:3]] == [
        (Whom.ON_DUTY, ("Bayu Petugas",), 0),
        (Whom.STANDBY, (), 5),
        (Whom.COMMANDER, (city.commander.name,), 5),
    ]
    assert seen[1].skip_reason == SkipReason.NOBODY


def test_without_a_receipt_the_next_channel_of_the_same_person_is_tried(city):
    people_with_phone = city.crew
    people_with_phone.phone = "081234567890"
    people_with_phone.save(update_fields=["phone"])
    alert = a_call(city.section)
    mail = Telling.objects.get(alert=alert, channel=AlertChannel.EMAIL)
    actions.make_gateway(
        by=SYSTEM, name="Gerbang", channel=AlertChannel.SMS, address="https://hook.example/x"
    )
    with after(seconds=31):
        assert jobs.fall_back_without_receipt() == 1
        assert jobs.fall_back_without_receipt() == 0
    assert Telling.objects.filter(alert=alert, channel=AlertChannel.SMS).count() == 1
    with pytest.raises(Conflict):
        actions.fall_back(mail, by=SYSTEM)


def test_a_receipt_stops_the_fall_back_and_a_failure_hastens_it(city):
    alert = a_call(city.section)
    mail = Telling.objects.get(alert=alert, channel=AlertChannel.EMAIL)
    assert actions.note_receipt(mail, by=SYSTEM, state=TellingState.FAILED, problem="gone")
    mail.refresh_from_db()
    assert mail.fallback_at == clock.now()
    assert actions.note_receipt(mail, by=SYSTEM, state=TellingState.DELIVERED)
    assert actions.note_receipt(mail, by=SYSTEM, state=TellingState.READ)
    assert not actions.note_receipt(mail, by=SYSTEM, state=TellingState.DELIVERED)
    mail.refresh_from_db()
    assert (mail.state, mail.fallback_at) == (TellingState.READ, None)


def test_each_move_of_a_call_stands_in_the_journal(city):
    alert = a_call(city.section)
    with after(seconds=301):
        jobs.go_on_with_calls()
    actions.acknowledge(alert, by=city.commander)
    actions.end_alerts(alert.about, by=SYSTEM, why=EndReason.DONE)
    kinds = set(Entry.objects.filter(about=alert.ref).values_list("kind", flat=True))
    assert {"duty.AlertRaised", "duty.AlertStepTaken", "duty.AlertAcknowledged"} <= kinds
    assert "duty.AlertEnded" in kinds


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_has_it(inside_institution):
    city = a_city()
    an_account(city.crew)
    a_shift(city.crew, city.section)
    alert = a_call(city.section)
    crew, commander = actor_for(city.crew), city.commander

    def answering(actor):
        return lambda: actions.acknowledge(Alert.objects.get(pk=alert.pk), by=actor)

    assert len(at_once(answering(crew), answering(commander))) == 1


def taking(alert):
    return lambda: actions.step_alert(Alert.objects.get(pk=alert.pk), by=SYSTEM)


def two_steps_are_due():
    city = a_city()
    for person in (city.crew, city.head):
        an_account(person)
    a_shift(city.crew, city.section)
    alert = a_call(city.section)
    Alert.objects.filter(pk=alert.pk).update(next_due_at=clock.now())
    return alert


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_takes_the_step(inside_institution):
    alert = two_steps_are_due()
    assert len(at_once(*[taking(alert)] * 4)) == 1
    assert AlertStep.objects.filter(alert=alert).count() == 3


@pytest.mark.django_db(transaction=True)
def test_control_without_the_conditional_statement_one_due_step_calls_further_people(
    inside_institution, monkeypatch
):
    def write_anyhow(alert, now, *, number, due_at):
        Alert.objects.filter(pk=alert.pk).update(next_number=number, next_due_at=now)
        return True

    monkeypatch.setattr("abdi.duty.actions.alerts._claim", write_anyhow)
    alert = two_steps_are_due()
    at_once(*[taking(alert)] * 4)
    assert AlertStep.objects.filter(alert=alert).count() > 3


def test_a_person_without_account_or_number_is_no_step(city):
    silent = a_person(city.section)
    steps = [rules.Step(Whom.PERSON, 60, person_id=silent.pk)]
    actions.set_chain(city.section, by=SYSTEM, steps=steps)
    assert whom(a_call(city.section))[0] == (Whom.PERSON, SkipReason.NO_WAY)
