"""Classes of SP4N: days of the office at the edges, changed with a reason, never edited away."""

from datetime import date, datetime, timedelta

import pytest

from abdi.people.testing import an_actor
from abdi.platform import clock
from abdi.platform.access import Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.calendar import ZONES, WorkCalendar
from abdi.platform.journal import Entry
from abdi.platform.norms import norms
from abdi.platform.testing import sign_in_as
from abdi.reports import actions, rules
from abdi.reports.choices import ReportClass
from abdi.reports.jobs import look_at_the_steps
from abdi.reports.models import BrokenStep, ClassChange
from abdi.reports.testing import (
    a_category,
    a_closed_report,
    a_report,
    a_report_city,
    an_assigned_report,
)

NORMS = norms("reports", on=date(2026, 6, 1))
WIB, WIT = ZONES["WIB"], ZONES["WIT"]
OFFICE, EAST = WorkCalendar(), WorkCalendar(zone=WIT)
INFORMATION, NORMAL = ReportClass.INFORMATION, ReportClass.COMPLAINT_NORMAL


def at(month, day, hour=9, minute=0, zone=WIB):
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("report_class", "received", "verify", "answer"),
    [
        # a Friday afternoon after closing: Monday is the first day, Friday closes at 16.30
        (INFORMATION, at(7, 3, 17), at(7, 8, 16), at(7, 10, 16, 30)),
        # the same Friday in the morning counts no more than its evening
        (INFORMATION, at(7, 3, 8), at(7, 8, 16), at(7, 10, 16, 30)),
        # a Sunday: the day after is the first
        (INFORMATION, at(7, 5, 23, 59), at(7, 8, 16), at(7, 10, 16, 30)),
        # Independence Day, Monday 17 August 2026, counts for nobody
        (INFORMATION, at(8, 14, 10), at(8, 20, 16), at(8, 24, 16)),
        (NORMAL, at(7, 3, 17), at(7, 8, 16), at(7, 23, 16)),
        (ReportClass.COMPLAINT_SUPERVISORY, at(7, 3, 17), at(7, 8, 16), at(9, 29, 16)),
    ],
)
def test_days_are_those_of_the_office_and_end_when_it_closes(
    report_class, received, verify, answer
):
    found = rules.class_dues(report_class, received, OFFICE, NORMS)
    assert (found.verify, found.answer) == (verify, answer)


def test_in_the_east_a_day_ends_two_hours_before_that_of_the_west():
    moment = at(7, 6, 22, 30)  # already Tuesday in Jayapura
    west = rules.class_dues(INFORMATION, moment, OFFICE, NORMS)
    east = rules.class_dues(INFORMATION, moment, EAST, NORMS)
    assert west.answer == at(7, 13, 16)
    assert east.answer == at(7, 14, 16, zone=WIT)
    same = rules.class_dues(INFORMATION, at(7, 6, 9), EAST, NORMS)
    assert west.answer - same.answer == timedelta(hours=2)


def test_an_office_of_six_days_and_its_own_days_off_have_their_say():
    six = WorkCalendar(rest_days=frozenset({6}), free=frozenset({date(2026, 7, 6)}))
    found = rules.class_dues(INFORMATION, at(7, 3, 17), six, NORMS)
    assert found.answer == at(7, 10, 16, 30), (
        "Saturday counts, the Monday that was given off does not"
    )
    bare = WorkCalendar(hours=((),) * 7)
    assert rules.closing(date(2026, 7, 6), bare) == at(7, 7, 0)


def test_an_emergency_has_minutes_and_no_days():
    assert rules.class_dues(ReportClass.EMERGENCY, at(7, 3), OFFICE, NORMS).answer is None
    assert rules.class_of("fallen_tree_blocking", "P1", NORMS) == ReportClass.EMERGENCY
    assert rules.class_of("extortion", "P2", NORMS) == ReportClass.COMPLAINT_SUPERVISORY
    assert rules.class_of("unknown", "P3", NORMS) == NORMAL


@pytest.fixture
def where():
    return a_report_city()


@pytest.mark.django_db
def test_a_report_has_its_class_and_days_from_the_moment_it_comes_in(where):
    report = a_report()
    assert report.report_class == NORMAL
    local = clock.local(report.received_at)
    dues = rules.class_dues(NORMAL, local, OFFICE, norms("reports", on=local.date()))
    assert (report.verify_due_at, report.answer_due_at) == (dues.verify, dues.answer)
    urgent = a_report("fallen_tree_blocking")
    assert (urgent.report_class, urgent.answer_due_at) == (ReportClass.EMERGENCY, None)


@pytest.mark.django_db
def test_another_class_counts_anew_from_receipt_and_the_former_promise_stays(where):
    report = a_report()
    was, promised = report.answer_due_at, report.due_at
    with clock.at(report.received_at + timedelta(days=2)):
        actions.set_class(
            report, by=where.dispatcher, report_class=INFORMATION, reason="Hanya bertanya jadwal"
        )
    assert report.report_class == INFORMATION
    assert report.answer_due_at < was
    assert report.due_at == promised, "the promise of the city is another one"
    row = ClassChange.objects.get()
    assert (row.was, row.to, row.answer_due_at) == (NORMAL, INFORMATION, was)
    entry = Entry.objects.get(kind="reports.ReportClassed")
    assert entry.data == {
        "report_id": report.pk,
        "unit_id": report.unit_id,
        "was": "complaint_normal",
        "to": "information",
    }


@pytest.mark.django_db
def test_a_class_is_changed_with_a_reason_by_the_desk_while_it_is_open(where):
    report = a_report()
    change = {"by": where.dispatcher, "report_class": INFORMATION, "reason": "Hanya bertanya"}
    with pytest.raises(Invalid):
        actions.set_class(report, **{**change, "reason": " "})
    with pytest.raises(Refused):
        actions.set_class(report, **{**change, "by": an_actor("employee")})
    with pytest.raises(Conflict):
        actions.set_class(report, **{**change, "report_class": NORMAL})
    with pytest.raises(Conflict):
        actions.set_class(report, **change, version=report.version + 1)
    with pytest.raises(Conflict):
        actions.set_class(a_closed_report(where), **change)
    assert not ClassChange.objects.exists()


@pytest.mark.django_db
def test_another_kind_brings_its_class_unless_the_desk_chose_one(where):
    report = a_report()
    kind = a_category("fallen_tree_blocking")
    actions.categorise(report, by=where.dispatcher, category=kind)
    assert (report.report_class, report.answer_due_at) == (ReportClass.EMERGENCY, None)
    assert ClassChange.objects.get().reason == ""
    chosen = a_report(key="c" * 32)
    actions.set_class(
        chosen, by=where.dispatcher, report_class=INFORMATION, reason="Hanya bertanya jadwal"
    )
    actions.categorise(chosen, by=where.dispatcher, category=kind)
    assert chosen.report_class == INFORMATION


@pytest.mark.django_db
def test_the_page_of_a_report_shows_its_class_and_changes_it(where):
    report = a_report()
    desk, address = sign_in_as(where.dispatcher), f"/laporan/{report.number}"
    page = desk.get(address).content.decode()
    assert "Pengaduan biasa: jawab sebelum" in page
    assert "Diperiksa dan diteruskan" in page
    form = {"report_class": "information", "why": "", "version": report.version}
    assert desk.post(f"{address}/klasifikasi", form).status_code == 422
    form["why"] = "Hanya bertanya jadwal"
    assert desk.post(f"{address}/klasifikasi", form).status_code == 302
    page = desk.get(address).content.decode()
    assert "Permintaan informasi: jawab sebelum" in page
    assert "Pengaduan biasa, jawab sebelum" in page
    assert "Hanya bertanya jadwal" in page
    urgent = a_report("fallen_tree_blocking", key="d" * 32)
    page = desk.get(f"/laporan/{urgent.number}").content.decode()
    assert "Kedaruratan mengikuti menit prioritasnya." in page
    with clock.at(report.received_at + timedelta(days=30)):
        assert ", lewat " in desk.get(address).content.decode()


def steps_on_record(report):
    rows = BrokenStep.objects.filter(report=report).order_by("id")
    return [(row.step, row.due_at) for row in rows]


@pytest.mark.django_db
def test_a_day_of_the_class_that_passes_is_on_record_once_and_the_head_hears_of_it(where):
    report = a_report()
    checked, answered = report.verify_due_at, report.answer_due_at
    with clock.at(checked - timedelta(minutes=1)):
        look_at_the_steps()
        before = {step for step, _due in steps_on_record(report)}
        assert before == {"ack", "arrive", "resolve"}
    with clock.at(checked + timedelta(minutes=1)):
        assert look_at_the_steps() == 1
        assert look_at_the_steps() == 0
    with clock.at(answered + timedelta(minutes=1)):
        assert look_at_the_steps() == 1
        page = sign_in_as(where.dispatcher).get(f"/laporan/{report.number}").content.decode()
    assert steps_on_record(report)[3:] == [("check", checked), ("answer", answered)]
    assert "Dijawab: dijanjikan dalam" in page
    row = BrokenStep.objects.get(report=report, step="answer")
    assert row.told_unit_id == report.unit_id
    assert row.minutes == (answered - report.received_at) // timedelta(minutes=1)


@pytest.mark.django_db
def test_what_was_checked_and_answered_in_its_days_breaks_nothing(where):
    report = a_closed_report(where)
    with clock.at(report.answer_due_at + timedelta(days=30)):
        look_at_the_steps()
    assert not {"check", "answer"} & {step for step, _due in steps_on_record(report)}


@pytest.mark.django_db
def test_the_day_of_the_answer_waits_while_another_authority_holds_it(where):
    report = an_assigned_report(where)
    monday = clock.local(report.received_at) + timedelta(days=1)
    before = report.answer_due_at
    with clock.at(report.received_at + timedelta(hours=1)):
        actions.pause_clock(report, by=where.dispatcher, reason="other_authority")
    with clock.at(monday + timedelta(days=14)):
        assert (
            "Dijawab"
            in sign_in_as(where.dispatcher).get(f"/laporan/{report.number}").content.decode()
        )
        actions.resume_clock(report, by=where.dispatcher)
    assert report.answer_due_at >= before + timedelta(days=12), "two weeks without the clock"
    local = clock.local(report.answer_due_at)
    assert local == rules.closing(local.date(), OFFICE), "it ends when the office closes"
    with clock.at(before + timedelta(days=1)):
        look_at_the_steps()
    assert "answer" not in {step for step, _due in steps_on_record(report)}


@pytest.mark.django_db
def test_a_shorter_class_is_looked_at_in_its_own_days(where):
    report = a_report()
    with clock.at(report.received_at + timedelta(hours=5)):
        look_at_the_steps()
        actions.set_class(
            report, by=where.dispatcher, report_class=INFORMATION, reason="Hanya bertanya jadwal"
        )
    with clock.at(report.answer_due_at + timedelta(minutes=1)):
        look_at_the_steps()
    assert ("answer", report.answer_due_at) in steps_on_record(report)
