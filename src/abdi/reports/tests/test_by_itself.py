"""What runs by itself: reactions, jobs, checks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.duty.models import CallOut
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.checks import CHECKS
from abdi.platform.journal import Entry, deliver_due
from abdi.reports import actions, checks, jobs
from abdi.reports.choices import Status
from abdi.reports.models import Report, StatusChange
from abdi.reports.testing import (
    a_category,
    a_citizen,
    a_closed_report,
    a_report,
    a_report_city,
    a_resolved_report,
    a_started_report,
    reporter_of,
)
from abdi.survey import queries as ratings

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def broken():
    """What the checks of this module find."""
    return {
        name: check() for name, check in CHECKS.items() if name.startswith("reports.") and check()
    }


def test_stars_reach_the_report_by_way_of_the_survey():
    report = a_closed_report(a_report_city())
    actions.rate_report(report, by=reporter_of(report), stars=4, words="Cepat")
    deliver_due()
    report.refresh_from_db()
    assert report.stars == 4
    rated = Entry.objects.get(kind="reports.ReportRated")
    assert rated.cause.kind == "survey.RatingGiven"


def test_one_rating_for_each_ending():
    report = a_closed_report(a_report_city())
    actions.rate_report(report, by=reporter_of(report), stars=2)
    with pytest.raises(Conflict):
        actions.rate_report(report, by=reporter_of(report), stars=5)


def test_a_rating_before_the_end_and_a_sixth_star_are_refused():
    city = a_report_city()
    report = a_resolved_report(city)
    with pytest.raises(Conflict):
        actions.rate_report(report, by=reporter_of(report), stars=5)
    closed = a_closed_report(city)
    with pytest.raises(Invalid):
        actions.rate_report(closed, by=reporter_of(closed), stars=6)


def test_a_reopened_report_is_rated_anew():
    city = a_report_city()
    report = a_closed_report(city)
    actions.rate_report(report, by=reporter_of(report), stars=1)
    deliver_due()
    report.refresh_from_db()
    report = actions.reopen(report, by=reporter_of(report))
    report = actions.assign(report, city.crew, by=city.dispatcher)
    report = actions.arrive(report, by=city.officer)
    report = actions.propose_done(report, by=city.officer, is_photo_later=True)
    report = actions.close_report(report, by=reporter_of(report))
    actions.rate_report(report, by=reporter_of(report), stars=5)
    deliver_due()
    report.refresh_from_db()
    assert report.stars == 5
    assert ratings.rating_of(report.ref).invitation.round == 2


def test_a_promise_breaks_once():
    report = a_report()
    with clock.at(report.due_at + HOUR):
        assert jobs.flag_broken_promises() == 1
        assert jobs.flag_broken_promises() == 0
        with pytest.raises(Conflict):
            actions.break_promise(report, by=SYSTEM)
    assert Entry.objects.filter(kind="reports.PromiseBroken").count() == 1


def test_a_promise_that_breaks_does_not_stand_in_the_way_of_the_desk():
    city = a_report_city()
    report = a_report()
    with clock.at(report.due_at + HOUR):
        jobs.flag_broken_promises()
        assert actions.assign(report, city.crew, by=city.dispatcher).person == city.crew


def test_a_reminder_comes_once_when_a_quarter_of_the_time_is_left():
    report = a_report()
    with clock.at(report.remind_at - HOUR):
        assert jobs.remind_before_deadline() == 0
    with clock.at(report.remind_at):
        assert jobs.remind_before_deadline() == 1
        assert jobs.remind_before_deadline() == 0


def test_silence_closes_a_done_report_after_the_day_named():
    report = a_resolved_report(a_report_city())
    assert jobs.close_after_the_reply_window() == 0
    with clock.at(report.reply_until):
        assert jobs.close_after_the_reply_window() == 1
    report.refresh_from_db()
    assert report.status == Status.CLOSED
    assert report.closed_by == "system"
    assert report.in_time is True


def test_setting_out_counts_as_a_call_out():
    city = a_report_city()
    report = a_started_report(city)
    assert CallOut.objects.get().about == report.ref


def test_nothing_contradicts_the_promises_after_a_day_of_work():
    city = a_report_city()
    report = a_report()
    actions.follow(report, by=a_citizen())
    actions.merge(a_report(), report, by=city.dispatcher)
    a_closed_report(city)
    assert broken() == {}


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("reports_without_a_first_step", lambda row: StatusChange.objects.all().delete()),
        ("joined_counts_that_differ", lambda row: Report.objects.update(joined_count=3)),
        (
            "accepted_reports_without_a_person",
            lambda row: Report.objects.update(accepted_at=clock.now()),
        ),
        (
            "broken_promises_not_written_down",
            lambda row: Report.objects.update(
                due_at=clock.now() - HOUR, received_at=clock.now() - 2 * HOUR
            ),
        ),
    ],
)
def test_a_check_finds_what_contradicts_its_promise(check, spoil):
    spoil(a_report())
    assert getattr(checks, check)() == 1


def test_a_report_the_journal_does_not_know_is_found():
    row = a_report()
    row.pk, row.number, row.token_hash, row.key_hash = None, "CD-ZZZ-001", "x", "y"
    row.save(force_insert=True)
    assert checks.reports_without_their_entry() == 1


def test_a_closed_report_nobody_may_rate_is_found():
    report = a_report()
    Report.objects.filter(pk=report.pk).update(
        status=Status.CLOSED, closed_at=clock.now(), closed_by="system", outcome="fixed"
    )
    assert checks.closed_without_an_invitation_to_rate() == 1
    assert a_category()


def test_a_done_report_that_was_not_closed_in_time_is_found():
    report = a_resolved_report(a_report_city())
    with clock.at(report.reply_until + 3 * HOUR):
        assert checks.reports_not_closed_after_the_reply_window() == 1
