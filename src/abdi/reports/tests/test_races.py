"""Two at once, each with a control that shows what happens without the guard."""

from __future__ import annotations

import pytest

from abdi.people.testing import an_actor
from abdi.platform.journal import Entry
from abdi.platform.testing.races import at_once
from abdi.reports import actions, links
from abdi.reports.actions import Given, intake, moves
from abdi.reports.choices import Status
from abdi.reports.models import Report, StatusChange
from abdi.reports.testing import (
    a_category,
    a_citizen,
    a_report,
    a_report_city,
    a_resolved_report,
    reporter_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def two_assign(city, report):
    """Two dispatchers give the same report, as both saw it, to two people."""
    second = an_actor("dispatcher", None, unit=city.city.agency)
    pairs = [(city.dispatcher, city.crew), (second, city.city.second_crew)]
    copies = [Report.objects.with_names().get(pk=report.pk) for _pair in pairs]
    return [
        lambda copy=copy, by=by, person=person: actions.assign(copy, person, by=by)
        for copy, (by, person) in zip(copies, pairs, strict=True)
    ]


def test_of_two_dispatchers_one_assigns_and_the_other_is_told(inside_institution):
    city = a_report_city()
    report = a_report()
    assert len(at_once(*two_assign(city, report))) == 1
    assert StatusChange.objects.filter(report=report, status=Status.FORWARDED).count() == 1
    assert Entry.objects.filter(kind="reports.ReportAssigned").count() == 1


def test_control_without_the_version_both_assign(inside_institution, monkeypatch):
    unguarded = lambda report, seen: Report.objects.filter(pk=report.pk)  # noqa: E731
    monkeypatch.setattr(moves, "_as_seen", unguarded)
    city = a_report_city()
    report = a_report()
    assert len(at_once(*two_assign(city, report))) == 2


def sending(key):
    """Send the same form, as a hasty thumb does."""
    category, by = a_category(), a_citizen(key)
    given = Given(text="Dua kali ketuk")
    return lambda: actions.receive_report(category, by=by, given=given, client_key=key).pk


def test_a_form_sent_six_times_at_once_is_one_report(inside_institution):
    act = sending("k" * 32)
    found = at_once(*[act] * 6)
    assert len(found) == 6
    assert len(set(found)) == 1
    assert Report.objects.count() == 1
    assert Entry.objects.filter(kind="reports.ReportReceived").count() == 1


def test_control_without_the_key_it_is_six_reports(inside_institution, monkeypatch):
    write = intake._new

    def forgetful(category, given, client_key, content):
        return write(category, given, links.new_key(), content)

    monkeypatch.setattr(intake, "_new", forgetful)
    at_once(*[sending("k" * 32)] * 6)
    assert Report.objects.count() > 1


def test_closing_and_reopening_at_once_leave_one_of_them(inside_institution):
    city = a_report_city()
    report = a_resolved_report(city)
    copies = [Report.objects.with_names().get(pk=report.pk) for _n in range(2)]
    acts = [
        lambda: actions.close_report(copies[0], by=reporter_of(report)),
        lambda: actions.reopen(copies[1], by=city.dispatcher),
    ]
    assert len(at_once(*acts)) == 1
    report.refresh_from_db()
    ended = report.status == Status.CLOSED
    assert (report.closed_at is not None) == ended
    assert report.reopened_count == int(not ended)


def test_two_reports_merged_into_each_other_leave_one_that_leads(inside_institution):
    city = a_report_city()
    one, other = a_report(), a_report()
    pairs = [(one, other), (other, one)]
    copies = [(Report.objects.get(pk=a.pk), Report.objects.get(pk=b.pk)) for a, b in pairs]
    acts = [lambda pair=pair: actions.merge(*pair, by=city.dispatcher) for pair in copies]
    assert len(at_once(*acts)) == 1
    assert Report.objects.filter(joined_to__isnull=True).count() == 1
