"""When a report begins a call, and when it ends one."""

from datetime import timedelta

import pytest

from abdi.duty import queries as duty
from abdi.duty.choices import AlertState, EndReason, Whom
from abdi.duty.models import Alert, AlertStep
from abdi.people.testing import a_person
from abdi.platform import clock
from abdi.reports import actions, jobs
from abdi.reports.choices import Obstacle
from abdi.reports.models import Report
from abdi.reports.testing import a_category, a_report, a_report_city, an_assigned_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return a_report_city()


def the_call():
    return Alert.objects.order_by("-id").first()


def test_an_urgent_report_given_to_somebody_calls_him_first(where):
    report = an_assigned_report(where)
    alert = the_call()
    assert (alert.about, alert.severity, alert.path) == (
        report.ref,
        "P2",
        f"/laporan/{report.number}",
    )
    step = AlertStep.objects.get(alert=alert, number=1)
    assert step.whom == Whom.ASSIGNED
    assert alert.plan[0]["delay_seconds"] == 30 * 60
    assert alert.plan[0]["person_id"] == where.crew.pk


def test_what_can_wait_calls_nobody(where):
    report = a_report()
    Report.objects.filter(pk=report.pk).update(priority="P3")
    report.refresh_from_db()
    actions.assign(report, where.crew, by=where.dispatcher)
    assert the_call() is None


def test_accepting_ends_the_call_and_is_its_answer(where):
    actions.accept(an_assigned_report(where), by=where.officer)
    alert = the_call()
    assert (alert.state, alert.ended_why) == (AlertState.ENDED, EndReason.ACCEPTED)
    assert alert.acknowledged_by_id == where.crew.pk


def test_setting_out_without_a_word_ends_the_call_too(where):
    actions.start(an_assigned_report(where), by=where.officer)
    assert the_call().ended_why == EndReason.ACCEPTED


def test_giving_it_back_ends_the_call_and_the_next_to_get_it_is_called(where):
    report = an_assigned_report(where)
    actions.decline(report, by=where.officer, reason=Obstacle.NOT_OURS)
    assert the_call().ended_why == EndReason.DECLINED
    actions.assign(report, where.crew, by=where.dispatcher)
    assert Alert.objects.filter(state=AlertState.OPEN).count() == 1


def test_giving_it_to_another_ends_the_first_call(where):
    report = an_assigned_report(where)
    actions.assign(report, a_person(where.city.section), by=where.dispatcher)
    first = Alert.objects.order_by("id").first()
    assert first.ended_why == EndReason.REASSIGNED
    assert duty.live_alert(report.ref).plan[0]["person_id"] == report.person_id


def test_another_kind_and_joining_end_the_call(where):
    report = an_assigned_report(where)
    actions.categorise(report, by=where.dispatcher, category=a_category("street_light_wire"))
    assert duty.live_alert(report.ref) is None
    again = actions.assign(report, where.crew, by=where.dispatcher)
    actions.merge(again, a_report(text="Sama"), by=where.dispatcher)
    assert duty.live_alert(report.ref) is None


def test_an_urgent_report_that_nobody_takes_in_time_calls_by_the_roster_once(where):
    report = a_report()
    assert jobs.call_for_urgent_reports() == 0
    with clock.at(report.ack_due_at + timedelta(seconds=1)):
        assert jobs.call_for_urgent_reports() == 1
        assert jobs.call_for_urgent_reports() == 0
    alert = the_call()
    assert alert.plan[0]["whom"] == Whom.ON_DUTY
    actions.categorise(report, by=where.dispatcher, category=report.category)
    assert duty.live_alert(report.ref) is not None


def test_a_protected_case_calls_nobody(where):
    report = a_report()
    Report.objects.filter(pk=report.pk).update(is_protected=True)
    with clock.at(report.ack_due_at + timedelta(seconds=1)):
        assert jobs.call_for_urgent_reports() == 0
