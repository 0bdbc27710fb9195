"""The way of a report from receipt to its end, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people.testing import a_person, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.reports import actions, queries
from abdi.reports.choices import (
    Obstacle,
    Outcome,
    Status,
)
from abdi.reports.models import Photo, Report
from abdi.reports.testing import (
    a_citizen,
    a_closed_report,
    a_photo,
    a_report_city,
    a_resolved_report,
    a_started_report,
    an_assigned_report,
    reporter_of,
)

pytestmark = pytest.mark.django_db


def kinds_about(report):
    return list(
        Entry.objects.filter(about=report.ref).order_by("id").values_list("kind", flat=True)
    )


def test_the_way_from_receipt_to_close_is_in_the_history_and_in_the_journal():
    city = a_report_city()
    report = a_closed_report(city)
    steps = [step.status for step in queries.steps_of(report)]
    assert steps == [
        "received",
        "forwarded",
        "on_the_way",
        "in_progress",
        "resolved",
        "closed",
    ]
    assert kinds_about(report) == [
        "reports.ReportReceived",
        "reports.ReportAssigned",
        "reports.ReportStarted",
        "reports.CrewArrived",
        "reports.PhotoAdded",
        "reports.ReportResolved",
        "reports.ReportClosed",
    ]
    assert report.outcome == Outcome.FIXED
    assert report.in_time is True
    assert report.closed_by.startswith("citizen:")


def test_assigning_publishes_and_acknowledges_because_somebody_looked():
    report = an_assigned_report(a_report_city())
    assert report.acknowledged_at == clock.now()
    assert report.is_text_public
    assert report.unit.name == "Seksi Lampu Jalan"


def test_a_confidential_kind_is_never_published():
    city = a_report_city()
    report = an_assigned_report(city, category="extortion")
    assert not report.is_text_public


def test_only_who_was_given_the_job_may_take_it():
    city = a_report_city()
    report = an_assigned_report(city)
    from abdi.reports.testing import an_officer

    other = an_officer(city.city.second_crew)
    with pytest.raises(Refused):
        actions.accept(report, by=other)
    assert actions.accept(report, by=city.officer).accepted_at == clock.now()
    with pytest.raises(Conflict):
        actions.accept(report, by=city.officer)


def test_a_declined_job_is_back_at_the_desk_with_its_reason():
    city = a_report_city()
    report = actions.decline(an_assigned_report(city), by=city.officer, reason=Obstacle.BUSY)
    assert report.status == Status.VERIFIED
    assert report.person_id is None
    assert queries.steps_of(report)[-1].obstacle == Obstacle.BUSY


def test_not_possible_now_keeps_the_crew_and_tells_a_new_date():
    city = a_report_city()
    new_date = clock.now() + timedelta(days=2)
    report = actions.postpone(
        a_started_report(city), by=city.officer, reason=Obstacle.MATERIAL, new_date_at=new_date
    )
    assert report.status == Status.FORWARDED
    assert report.person == city.crew
    assert report.new_date_at == new_date


def test_not_our_authority_goes_back_to_the_desk():
    city = a_report_city()
    report = actions.postpone(a_started_report(city), by=city.officer, reason=Obstacle.NOT_OURS)
    assert report.status == Status.VERIFIED
    assert report.person_id is None


def test_a_new_date_in_the_past_is_refused():
    city = a_report_city()
    with pytest.raises(Invalid):
        actions.postpone(
            a_started_report(city),
            by=city.officer,
            reason=Obstacle.TOOL,
            new_date_at=clock.now() - timedelta(hours=1),
        )


def test_done_needs_a_photo_of_the_result_or_its_promise():
    city = a_report_city()
    report = a_started_report(city)
    with pytest.raises(Invalid):
        actions.propose_done(report, by=city.officer)
    done = actions.propose_done(report, by=city.officer, is_photo_later=True)
    assert done.status == Status.RESOLVED


def test_the_same_photo_twice_is_one_photo():
    city = a_report_city()
    report = a_started_report(city)
    photo = a_photo()
    actions.add_photo(report, by=city.officer, given=photo)
    actions.add_photo(report, by=city.officer, given=photo)
    assert Photo.objects.count() == 1


def test_nobody_confirms_his_own_work():
    city = a_report_city()
    report = a_resolved_report(city)
    both = an_actor("dispatcher", None, person=a_person(city.city.section))
    Report.objects.filter(pk=report.pk).update(resolved_by=both.person_id)
    report.refresh_from_db()
    with pytest.raises(Refused):
        actions.close_report(report, by=both)
    assert actions.close_report(report, by=city.dispatcher).status == Status.CLOSED


def test_the_promise_is_judged_by_the_work_not_by_the_confirmation():
    city = a_report_city()
    report = a_resolved_report(city)
    with clock.at(clock.now() + timedelta(days=5)):
        closed = actions.close_report(report, by=reporter_of(report))
    assert closed.in_time is True
    assert closed.minutes == 0


def test_work_done_late_breaks_the_promise_at_once():
    city = a_report_city()
    report = a_started_report(city)
    with clock.at(report.due_at + timedelta(minutes=1)):
        done = actions.propose_done(report, by=city.officer, is_photo_later=True)
        closed = actions.close_report(done, by=reporter_of(report))
    assert closed.in_time is False
    assert closed.broken_at is not None
    assert "reports.PromiseBroken" in kinds_about(report)


def test_a_report_that_is_not_done_cannot_be_closed():
    city = a_report_city()
    report = an_assigned_report(city)
    with pytest.raises(Conflict):
        actions.close_report(report, by=city.dispatcher)


def test_a_stranger_confirms_nothing():
    report = a_resolved_report(a_report_city())
    with pytest.raises(Refused):
        actions.close_report(report, by=a_citizen())


def test_still_dead_reopens_the_same_number_and_keeps_the_deadline():
    city = a_report_city()
    report = a_closed_report(city)
    due_at = report.due_at
    again = actions.reopen(report, by=reporter_of(report), note="Masih mati")
    assert again.status == Status.REOPENED
    assert again.reopened_count == 1
    assert again.due_at == due_at
    assert again.closed_at is None
    assert again.in_time is None


def test_after_the_day_named_to_him_the_reporter_can_no_longer_object():
    report = a_closed_report(a_report_city())
    with clock.at(report.reply_until + timedelta(minutes=1)), pytest.raises(Conflict):
        actions.reopen(report, by=reporter_of(report))


def test_stars_are_kept_beside_the_report_by_the_system_only():
    city = a_report_city()
    report = a_closed_report(city)
    with pytest.raises(Refused):
        actions.keep_rating(report, by=city.dispatcher, stars=5)
    assert actions.keep_rating(report, by=SYSTEM, stars=4).stars == 4
    assert kinds_about(report)[-1] == "reports.ReportRated"
