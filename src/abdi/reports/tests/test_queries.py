"""Who sees which reports, how one is found, what figures say, at a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.duty.testing import a_roster
from abdi.people.testing import a_person, a_unit, an_actor, an_agency, an_institution
from abdi.platform import clock
from abdi.platform.access import SYSTEM, citizen
from abdi.platform.tenancy import current_institution_id, within
from abdi.platform.testing import counted_queries
from abdi.reports import actions, queries
from abdi.reports.actions import Given
from abdi.reports.choices import Jurisdiction, RejectReason
from abdi.reports.models import Report
from abdi.reports.testing import (
    LAT,
    LNG,
    a_category,
    a_citizen,
    a_closed_report,
    a_report,
    a_report_city,
    a_resolved_report,
    an_assigned_report,
    reporter_of,
    token_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def month():
    return clock.now() - 30 * DAY, clock.now() + DAY


def nobody():
    return citizen(current_institution_id())


# ------------------------------------------------------------------ who sees what


def test_work_is_seen_by_the_desk_its_agency_and_who_has_it():
    city = a_report_city()
    report = an_assigned_report(city)
    other = an_agency("Dinas Lain", opd_kind="health")
    rows = {
        "dispatcher": (city.dispatcher, 1),
        "commander": (city.city.commander, 1),
        "commander elsewhere": (an_actor("duty_commander", other), 0),
        "officer": (city.officer, 1),
        "officer without it": (an_actor("field_officer", None, unit=other), 0),
        "employee": (an_actor("", unit=other), 0),
        "executive": (an_actor("executive", None, unit=other), 1),
        "citizen": (nobody(), 0),
    }
    seen = {who: queries.visible_work(actor).count() for who, (actor, _n) in rows.items()}
    assert seen == {who: expected for who, (_actor, expected) in rows.items()}
    assert queries.visible_work(city.officer).get() == report


def test_everybody_sees_the_public_view_but_no_protected_case():
    a_report()
    a_report("suicide_attempt")
    assert queries.visible_reports(nobody()).count() == 1
    assert queries.visible_reports(an_actor("sysadmin")).count() == 1


def test_a_hidden_report_is_seen_by_the_desk_only():
    city = a_report_city()
    report = a_report()
    second = an_actor("dispatcher", None, unit=city.city.agency)
    report = actions.hide(report, by=city.dispatcher, reason="Nama orang")
    actions.hide(report, by=second, reason="Benar")
    assert queries.visible_reports(nobody()).count() == 0
    assert queries.visible_reports(city.dispatcher).count() == 1


def test_another_institution_sees_nothing():
    report = a_report()
    with within(an_institution().pk):
        assert queries.by_number(report.number) is None
        assert queries.opened_by(token_of(report)) is None
        assert not queries.visible_work(SYSTEM).exists()


# ------------------------------------------------------------------ finding


def test_the_number_opens_the_public_view_and_the_link_the_reporters():
    report = a_report()
    assert queries.opened_by(report.number.lower()) == (report, False)
    assert queries.opened_by(token_of(report)) == (report, True)


@pytest.mark.parametrize("code", ["", "CD-999-000", "x" * 500, "\x00", "' or 1=1 --", "🙂"])
def test_an_unknown_code_costs_one_query_and_finds_nothing(code):
    a_report()
    with counted_queries(1) as asked:
        assert queries.opened_by(code) is None
    assert len(asked) == 1


def test_a_protected_number_answers_like_an_unknown_one_while_its_link_opens():
    report = a_report("violence_women_child")
    assert queries.opened_by(report.number) is None
    assert queries.opened_by(token_of(report)) == (report, True)


def test_similar_reports_are_near_in_place_and_time_and_of_the_same_kind():
    near = a_report()
    a_report(lat_e6=LAT + 2_000)
    a_report("pothole")
    found = queries.near(a_category(), LAT + 400, LNG, clock.now(), actor=nobody())
    assert [(one.report, one.metres) for one in found] == [(near, 44)]
    later = clock.now() + timedelta(hours=49)
    assert queries.near(a_category(), LAT, LNG, later, actor=nobody()) == []


def test_a_report_without_words_for_everybody_is_not_among_the_recent():
    city = a_report_city()
    a_report()
    shown = an_assigned_report(city)
    an_assigned_report(city, category="extortion")
    assert queries.recent(nobody()) == [shown]


# ------------------------------------------------------------------ the clock's lists


def test_overdue_are_open_late_and_our_own():
    city = a_report_city()
    late = a_report("pothole")
    gone = a_report("pothole")
    actions.pass_on(gone, by=city.dispatcher, jurisdiction=Jurisdiction.PRIVATE, owner="PT Maju")
    a_closed_report(city)
    assert list(queries.overdue(late.due_at + DAY)) == [late]
    assert list(queries.overdue(late.due_at)) == []


def test_the_queue_is_sorted_by_time_left():
    city = a_report_city()
    later, sooner = a_report("pothole"), a_report("pole_fallen")
    assert list(queries.queue(city.dispatcher)) == [sooner, later]


@pytest.mark.parametrize("rows", [10, 100])
def test_the_queue_is_one_query_for_ten_and_for_a_hundred_rows(rows):
    city = a_report_city()
    for _n in range(rows):
        a_report()
    with counted_queries(1):
        found = list(queries.queue(city.dispatcher)[:100])
        assert [row.category.name + row.unit.name for row in found]
    assert len(found) == rows


# ------------------------------------------------------------------ figures


def test_volume_and_share_count_what_was_closed_in_the_period():
    city = a_report_city()
    a_closed_report(city)
    late = a_resolved_report(city)
    Report.objects.filter(pk=late.pk).update(
        due_at=late.received_at, resolved_at=late.resolved_at + DAY
    )
    late.refresh_from_db()
    actions.close_report(late, by=reporter_of(late))
    a_report()
    start, end = month()
    assert queries.volume(None, start, end) == {"street_light_out": 2}
    assert queries.in_time_share([city.city.section.pk], start, end) == (2, 1)
    assert queries.in_time_share([city.city.agency.pk], start, end) == (0, 0)
    assert queries.promises_kept(start, end) == {"street_light_out": (2, 1)}
    assert queries.for_person(city.crew.pk, start, end).count() == 2


def test_half_of_the_reports_were_done_within_the_middle_value():
    city = a_report_city()
    category = a_category()
    for minutes in (10, 20, 30, 40, 50):
        report = a_closed_report(city)
        Report.objects.filter(pk=report.pk).update(minutes=minutes)
    assert queries.half_done_minutes(category.pk, *month()) == 30
    assert queries.half_done_minutes(a_category("flood").pk, *month()) is None


def test_three_reports_of_one_kind_at_one_place_are_a_cluster():
    a_report_city()
    same = [a_report(area="Kelurahan Melati") for _n in range(3)]
    near = [a_report("pothole") for _n in range(3)]
    a_report("flood", area="Kelurahan Melati")
    with counted_queries(2):
        found = queries.clusters(*month())
    assert [(one.category, one.area, one.count) for one in found] == [
        ("pothole", near[0].cell, 3),
        ("street_light_out", "Kelurahan Melati", 3),
    ]
    assert found[1].report_ids == tuple(row.pk for row in same)


def test_rows_for_analysis_hold_no_words_and_no_protected_case():
    a_report()
    a_report("violence_women_child")
    rows = list(queries.mart_rows())
    assert len(rows) == 1
    assert len(rows[0]) == len(queries.MART_COLUMNS)
    assert "Lampu mati" not in rows[0]


# ------------------------------------------------------------------ what waits


def test_the_desk_hears_of_new_late_and_to_be_hidden_reports():
    city = a_report_city()
    report = a_report()
    second = an_actor("dispatcher", None, unit=city.city.agency)
    actions.hide(report, by=second, reason="Nama orang")
    with counted_queries(2):  # the desk's reports, and the handover of the room
        found = queries.to_do(city.dispatcher, report.due_at + DAY)
    assert [todo.tone for todo in found] == ["red", "blue", "amber"]


def test_the_crew_hears_of_its_jobs_and_nobody_else_of_anything():
    city = a_report_city()
    report = an_assigned_report(city)
    [todo] = queries.to_do(city.officer, clock.now())
    assert todo.url == f"/tugas/{report.number}"
    assert "Jl. Kenanga" in todo.title
    assert queries.to_do(an_actor("", unit=city.city.section), clock.now()) == []


def test_who_is_on_duty_can_be_sent_the_least_busy_first():
    city = a_report_city()
    unit = a_unit(city.city.agency, name="Regu malam")
    for n in range(8):
        a_person(unit, name=f"Petugas {n}")
    a_roster(unit)
    actions.route_category(a_category(), unit, by=SYSTEM)
    report = actions.assign_to_duty(a_report(), by=city.dispatcher)
    assert report.unit == unit
    found = queries.crews(a_report(), clock.now())
    assert sorted(crew.open_jobs for crew in found) == [crew.open_jobs for crew in found]
    assert found


def test_a_protected_case_waits_for_the_desk_and_says_nothing_else():
    city = a_report_city()
    report = a_report("violence_women_child")
    assert [row.number for row in queries.protected_waiting(city.dispatcher)] == [report.number]
    assert list(queries.protected_waiting(an_actor("executive", None, unit=city.city.agency))) == []


def test_a_rejected_report_is_in_no_list_of_open_ones():
    city = a_report_city()
    actions.reject(a_report(), by=city.dispatcher, reason=RejectReason.SPAM)
    assert not queries.queue(city.dispatcher).exists()


def test_a_joined_report_counts_with_the_one_it_follows():
    report = a_report()
    actions.follow(report, by=a_citizen(), given=Given())
    assert queries.mart_rows().count() == 1
