"""The clock of a report: stopped with a reason, running again, broken step by step, for ever."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.people.testing import an_actor
from abdi.platform import clock, clocks
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.calendar import ZONES
from abdi.platform.journal import Entry, record
from abdi.platform.norms import norms
from abdi.platform.notices.models import Notice
from abdi.platform.testing.races import at_once
from abdi.reports import actions, events, jobs, queries, rules
from abdi.reports.actions import moves, pausing
from abdi.reports.actions.timing import promise_of
from abdi.reports.choices import Cause, Obstacle, PauseReason, Status, Step
from abdi.reports.models import BrokenStep, ClockPause, Message, Report
from abdi.reports.testing import (
    a_category,
    a_citizen,
    a_report,
    a_report_city,
    an_assigned_report,
    reporter_of,
)
from abdi.reports.views import clock_words

HOUR = timedelta(hours=1)
WIB = ZONES["WIB"]
FIGURES = norms("reports", on=date(2026, 3, 2))
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=WIB)


def paused(city, report, *, after, reason=PauseReason.UNSAFE, by=None, question=""):
    with clock.at(report.received_at + after):
        return actions.pause_clock(
            report, by=by or city.dispatcher, reason=reason, question=question
        )


def resumed(city, report, *, after):
    with clock.at(report.received_at + after):
        return actions.resume_clock(report, by=city.dispatcher)


def broken(report):
    rows = BrokenStep.objects.filter(report=report).order_by("due_at")
    return list(rows.values_list("step", "cause"))


# ------------------------------------------------------------------ rules


def test_a_promise_ends_with_the_work_or_with_safety():
    assert rules.last_step(["ack", "make_safe", "resolve"]) == "resolve"
    assert rules.last_step(["ack", "make_safe"]) == "make_safe"
    assert rules.last_step(["ack"]) == "ack"
    with pytest.raises(ValueError, match="nothing"):
        rules.last_step([])


def test_what_the_crew_said_is_the_cause_else_what_had_not_happened():
    assert rules.cause_of(Status.FORWARDED, Obstacle.MATERIAL) == Cause.MATERIAL
    assert rules.cause_of(Status.RECEIVED, "") == Cause.NOT_SEEN
    assert rules.cause_of(Status.IN_PROGRESS, "") == Cause.WORK_LONGER


def test_material_stops_nothing_and_the_first_answer_is_never_stopped():
    assert not any(rules.stops(PauseReason.MATERIAL, step, FIGURES) for step in Step)
    assert not any(rules.stops(reason, Step.ACK, FIGURES) for reason in PauseReason)
    assert rules.stops(PauseReason.WAITING_REPORTER, Step.RESOLVE, FIGURES)


def test_a_clock_that_waits_for_the_reporter_runs_with_any_other_state():
    assert rules.ends_pause(PauseReason.WAITING_REPORTER, Status.VERIFIED)
    assert not rules.ends_pause(PauseReason.UNSAFE, Status.FORWARDED)
    assert rules.ends_pause(PauseReason.UNSAFE, Status.IN_PROGRESS)


def test_only_what_broke_and_is_not_on_record_is_news():
    late = rules.StepNow(Step.ACK, MONDAY)
    known = rules.StepNow(Step.ARRIVE, MONDAY, is_known=True)
    stopped = rules.StepNow(Step.MAKE_SAFE, MONDAY, is_stopped=True)
    done = rules.StepNow(Step.RESOLVE, MONDAY, done=MONDAY, is_last=True)
    assert rules.news([late, known, stopped, done], MONDAY + HOUR) == [late]
    assert rules.news([late], MONDAY) == []
    assert late.broke_by(MONDAY + HOUR)
    assert not late.broke_by(MONDAY)
    coming = rules.StepNow(Step.ARRIVE, MONDAY + 2 * HOUR)
    assert rules.next_check([coming, known, stopped, done]) == MONDAY + 2 * HOUR
    assert rules.next_check([known, stopped, done]) is None


def test_the_rules_of_a_promise_come_from_the_figures():
    held = rules.promise_rules(lambda day: True, WIB, FIGURES)
    stated = rules.promised("fire", MONDAY, held, FIGURES)
    assert stated.dues()["arrive"] == MONDAY + timedelta(minutes=15)
    assert held.thaw == clocks.Thaw(share=10, fewest=15)


@settings(max_examples=40)
@given(*[st.integers(0, 10_000)] * 3)
def test_a_named_target_is_judged_as_the_formula_judges_it(received, due, done):
    moments = [
        MONDAY + timedelta(seconds=one) for one in (received, received + due, received + done)
    ]
    formula = rules.in_time(*(int(one.timestamp()) for one in reversed(moments[1:])))
    assert rules.verdict(*moments) == bool(formula)


# ------------------------------------------------------------------ stopped and running again


@pytest.mark.django_db
def test_a_stopped_clock_is_not_late_and_keeps_what_was_left():
    city = a_report_city()
    report = paused(city, a_report(), after=10 * HOUR)
    due = report.due_at
    with clock.at(due + 50 * HOUR):
        assert not Report.objects.late(clock.now()).exists()
        assert jobs.flag_broken_promises() == jobs.remind_before_deadline() == 0
    report = resumed(city, report, after=60 * HOUR)
    assert report.due_at == due + 50 * HOUR
    assert (report.paused_at, report.pause_reason) == (None, "")
    row = ClockPause.objects.get(report=report)
    assert (row.until_at - row.from_at, row.person_id) == (50 * HOUR, city.dispatcher.person_id)
    stop = clocks.Pause(row.from_at, row.until_at, row.reason)
    anew = promise_of(report.category, report.received_at, [stop])
    assert (anew.due_at, anew.ack_due_at) == (report.due_at, report.ack_due_at)


@pytest.mark.django_db
def test_a_clock_that_thaws_has_a_tenth_of_its_term_left():
    city = a_report_city()
    report = paused(city, a_report(), after=timedelta(hours=23, minutes=55))
    report = resumed(city, report, after=30 * HOUR)
    assert report.due_at == report.received_at + 30 * HOUR + timedelta(minutes=144)


@pytest.mark.django_db
def test_what_is_no_reason_or_too_late_stops_nothing():
    city = a_report_city()
    report = a_report()
    with pytest.raises(Invalid):
        paused(city, report, after=HOUR, reason=PauseReason.MATERIAL)
    with pytest.raises(Invalid):
        paused(city, report, after=HOUR, reason="lunch")
    with pytest.raises(Conflict):
        paused(city, report, after=25 * HOUR)
    with pytest.raises(Conflict):
        actions.resume_clock(report, by=city.dispatcher)
    report = paused(city, report, after=HOUR)
    with pytest.raises(Conflict):
        actions.pause_clock(report, by=city.dispatcher, reason=PauseReason.UNSAFE)


@pytest.mark.django_db
def test_desk_and_crew_stop_a_clock_and_nobody_else():
    city = a_report_city()
    report = an_assigned_report(city)
    for by in (reporter_of(report), a_citizen(), an_actor("superior", city.city.agency)):
        with pytest.raises(Refused):
            actions.pause_clock(report, by=by, reason=PauseReason.UNSAFE)
        with pytest.raises(Refused):
            actions.resume_clock(report, by=by)
    assert paused(city, report, after=HOUR, by=city.officer).paused_at is not None


@pytest.mark.django_db
def test_a_question_stops_the_work_until_the_answer_but_not_the_first_answer():
    city = a_report_city()
    report = a_report()
    due = report.due_at
    with clock.at(report.received_at + HOUR):
        actions.send_message(report, by=city.dispatcher, text="Nomor berapa?", is_question=True)
    assert report.pause_reason == PauseReason.WAITING_REPORTER
    with clock.at(report.received_at + 2 * HOUR):
        jobs.look_at_the_steps()
    assert broken(report)[0] == (Step.ACK, Cause.WAITED)
    report.refresh_from_db()
    with clock.at(report.received_at + 5 * HOUR):
        actions.send_message(report, by=reporter_of(report), text="Nomor 12")
    assert (report.paused_at, report.due_at) == (None, due + 4 * HOUR)
    told = set(Entry.objects.filter(about=report.ref).values_list("kind", flat=True))
    assert {"reports.ClockPaused", "reports.ClockResumed"} <= told


@pytest.mark.django_db
def test_a_word_of_the_reporter_ends_a_pause_that_was_set_by_hand_to_wait_for_him():
    city = a_report_city()
    waits = {"reason": PauseReason.WAITING_REPORTER, "question": "Nomor berapa?"}
    report = paused(city, a_report(), after=HOUR, **waits)
    with clock.at(report.received_at + 2 * HOUR):
        actions.send_message(report, by=city.dispatcher, text="Kami tunggu kabar Anda")
    assert report.paused_at is not None
    with clock.at(report.received_at + 3 * HOUR):
        actions.send_message(report, by=reporter_of(report), text="Nomor 12")
    assert report.paused_at is None
    assert report.due_at == report.received_at + 26 * HOUR
    assert not ClockPause.objects.filter(until_at__isnull=True).exists()


@pytest.mark.django_db
def test_nobody_makes_a_clock_wait_for_the_reporter_without_a_question_to_him():
    city = a_report_city()
    report = a_report()
    for empty in ("", "  "):
        with pytest.raises(Invalid) as refusal:
            paused(city, report, after=HOUR, reason="waiting_reporter", question=empty)
        assert refusal.value.field == "question"
    report.refresh_from_db()
    assert report.paused_at is None
    paused(city, report, after=HOUR, reason="waiting_reporter", question="Tiang nomor berapa?")
    sent = Message.objects.get(report=report)
    assert (sent.text, sent.is_from_reporter) == ("Tiang nomor berapa?", False)


@pytest.mark.django_db
def test_work_that_begins_ends_the_pause():
    city = a_report_city()
    report = paused(city, an_assigned_report(city), after=HOUR)
    with clock.at(report.received_at + 3 * HOUR):
        report = actions.start(report, by=city.officer)
    assert report.paused_at is None
    assert report.due_at == report.received_at + 26 * HOUR
    assert not ClockPause.objects.filter(until_at__isnull=True).exists()


# ------------------------------------------------------------------ broken


@pytest.mark.django_db
def test_each_step_breaks_once_and_the_head_is_told():
    city = a_report_city()
    report = an_assigned_report(city)
    with clock.at(report.received_at + 3 * HOUR):
        assert jobs.look_at_the_steps() == 1
        assert jobs.look_at_the_steps() == 0
        with pytest.raises(Conflict):
            actions.look_again(Report.objects.get(pk=report.pk), by=SYSTEM)
    assert broken(report) == [(Step.ARRIVE, Cause.NOT_SET_OUT)]
    assert Entry.objects.filter(kind="reports.StepBroken").count() == 1
    told = Notice.objects.filter(receiver=city.city.head.ref)
    notice = told.get(subject="A promise to a citizen was broken")
    assert report.number in notice.body
    assert report.number not in notice.subject


@pytest.mark.django_db
def test_the_first_urgent_one_of_an_hour_is_told_at_once_and_the_others_together():
    city = a_report_city()
    many = [*(a_report() for _n in range(3)), a_report("lamp_by_day")]
    mine = Notice.objects.filter(receiver=city.city.head.ref)
    late = many[0].received_at + timedelta(days=90, minutes=5)
    with clock.at(late):
        jobs.flag_broken_promises()
        jobs.look_at_the_steps()
        assert mine.filter(subject="A promise to a citizen was broken").count() == 1
        assert jobs.tell_heads_what_broke() == 0, "the hour is not over"
    with clock.at(late + HOUR):
        assert jobs.tell_heads_what_broke() == 1
        assert jobs.tell_heads_what_broke() == 0
    notice = mine.get(subject="Promises to citizens were broken")
    gathered = BrokenStep.objects.filter(told_after__isnull=False)
    assert gathered.count() == BrokenStep.objects.count() - 1
    assert f"{gathered.count()} janji kepada warga" in notice.body
    assert sum(one.number in notice.body for one in many) >= 3
    assert Entry.objects.filter(kind="reports.BrokenTold").count() == 1


@pytest.mark.django_db
def test_the_term_of_a_broken_promise_is_the_one_that_was_promised_and_holds_no_pause():
    city = a_report_city()
    report = paused(city, a_report(), after=2 * HOUR)
    report = resumed(city, report, after=60 * HOUR)
    with clock.at(report.due_at + 8 * HOUR):
        jobs.flag_broken_promises()
        said = clock_words.broken_of(Report.objects.get(pk=report.pk), clock.now())
    row = BrokenStep.objects.get(report=report, step=Step.RESOLVE)
    assert (row.minutes, row.due_at) == (24 * 60, report.due_at)
    assert "Our promise of 24 hours is past by 8 hours." in said[-1]


@pytest.mark.django_db
def test_of_a_protected_case_the_head_is_not_told():
    a_report_city()
    report = a_report("violence_women_child")
    with clock.at(report.due_at + HOUR):
        jobs.flag_broken_promises()
        jobs.look_at_the_steps()
    assert broken(report)
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_another_kind_moves_the_due_and_edits_no_broken_promise_away():
    city = a_report_city()
    report = an_assigned_report(city)
    with clock.at(report.due_at + 3 * HOUR):
        jobs.flag_broken_promises()
        report.refresh_from_db()
        slow = a_category("road_damage")
        report = actions.categorise(report, by=city.dispatcher, category=slow)
        assert report.due_at > clock.now()
        assert (Step.RESOLVE, Cause.NOT_SET_OUT) in broken(report)
        assert report.broken_at is not None
        said = clock_words.broken_of(report, clock.now())
        report = actions.assign(report, city.crew, by=city.dispatcher)
        report = actions.arrive(report, by=city.officer)
        report = actions.propose_done(report, by=city.officer, is_photo_later=True)
        closed = actions.close_report(report, by=reporter_of(report))
    assert closed.in_time is False
    assert "Our promise of 24 hours is past by 3 hours. Cause: the crew had not set out." in said


@pytest.mark.django_db
def test_another_kind_counts_the_pauses_and_ends_the_one_that_lasts():
    city = a_report_city()
    report = paused(city, a_report(), after=HOUR)
    with clock.at(report.received_at + 5 * HOUR):
        report = actions.categorise(report, by=city.dispatcher, category=a_category("pothole"))
    assert report.due_at == report.received_at + 76 * HOUR
    assert (report.paused_at, queries.pauses_of(report)[0].until_at is None) == (None, False)


# ------------------------------------------------------------------ two at once


def two_stop(city, report):
    copies = [Report.objects.with_names().get(pk=report.pk) for _one in range(2)]
    return [
        lambda copy=copy: actions.pause_clock(copy, by=city.dispatcher, reason=PauseReason.UNSAFE)
        for copy in copies
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_stop_a_clock_one_is_told(inside_institution):
    city = a_report_city()
    report = a_report()
    assert len(at_once(*two_stop(city, report))) == 1
    assert Report.objects.get(pk=report.pk).pause_count == 1


def only_tell(report, *, by, **_others):
    record(events.ClockPaused(report.pk, report.unit_id, report.pause_reason), by=by, about=report)


@pytest.mark.django_db(transaction=True)
def test_control_without_version_and_condition_it_is_stopped_twice(inside_institution, monkeypatch):
    unguarded = lambda report, seen: Report.objects.filter(pk=report.pk)  # noqa: E731
    monkeypatch.setattr(moves, "_as_seen", unguarded)
    monkeypatch.setattr(pausing, "_can_stop", lambda at: moves.ALWAYS)
    monkeypatch.setattr(pausing, "_keep", only_tell)
    city = a_report_city()
    report = a_report()
    assert len(at_once(*two_stop(city, report))) == 2


def test_only_the_two_urgent_priorities_cannot_wait_for_the_end_of_their_hour():
    assert [one for one in ("P1", "P2", "P3", "P4") if rules.is_urgent(one)] == ["P1", "P2"]
    start, end = rules.hour_of(MONDAY + timedelta(minutes=59, seconds=59))
    assert (start, end) == (MONDAY, MONDAY + HOUR)
    assert rules.hour_of(end)[0] == end, "the full hour belongs to the next one"
