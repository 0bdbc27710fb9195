"""How reports come in: once, numbered, dated; and how the categories are set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from abdi.people.testing import an_agency, an_institution
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Delivery, Entry, record, verify_chain
from abdi.platform.ratelimit import Tally, TooMany, limit
from abdi.platform.tenancy import within
from abdi.platform.testing import counted_queries
from abdi.reports import actions, links, queries
from abdi.reports.actions import Given, intake
from abdi.reports.choices import (
    Identity,
    Status,
)
from abdi.reports.models import Report, ReporterContact, StatusChange
from abdi.reports.testing import (
    a_category,
    a_citizen,
    a_closed_report,
    a_photo,
    a_report,
    a_report_city,
)

pytestmark = pytest.mark.django_db


def kinds_about(report):
    return list(
        Entry.objects.filter(about=report.ref).order_by("id").values_list("kind", flat=True)
    )


def test_a_report_comes_in_with_number_deadline_first_step_and_entry():
    report = a_report()
    assert report.number.startswith("CD-")
    assert report.status == Status.RECEIVED
    assert report.due_at == clock.now() + timedelta(hours=24)
    assert report.ack_due_at == clock.now() + timedelta(minutes=30)
    assert report.remind_at == clock.now() + timedelta(hours=18)
    assert [step.status for step in StatusChange.objects.filter(report=report)] == ["received"]
    assert kinds_about(report) == ["reports.ReportReceived"]


def test_the_same_sending_twice_is_one_report_and_one_entry():
    first = a_report(key="k" * 32)
    second = a_report(key="k" * 32)
    assert first.pk == second.pk
    assert Report.objects.count() == 1
    assert len(kinds_about(first)) == 1


def test_the_same_key_with_other_words_is_refused():
    a_report(key="k" * 32)
    with pytest.raises(Invalid):
        a_report(key="k" * 32, text="Lain")


def test_a_number_drawn_twice_is_drawn_again(monkeypatch):
    drawn = iter(["CD-AAA-001", "CD-AAA-001", "CD-AAA-002"])
    monkeypatch.setattr("abdi.reports.links.new_number", lambda region: next(drawn))
    assert a_report().number == "CD-AAA-001"
    assert a_report().number == "CD-AAA-002"


def test_only_the_hash_of_the_secret_link_is_stored():
    report = a_report()
    from abdi.reports.testing import token_of

    token = token_of(report)
    assert len(token) == 26
    assert token not in str(Report.objects.filter(pk=report.pk).values().get())
    assert queries.by_token(token) == report


def test_the_key_of_a_sending_is_stored_as_a_hash_and_leads_back_to_its_report():
    """Key and program's secret together give the link, so the database holds neither."""
    key = links.new_key()
    report = a_report(key=key)
    row = Report.objects.filter(pk=report.pk).values().get()
    assert key not in str(row)
    assert links.token_of(row["key_hash"]) != links.token_of(key)
    assert a_report(key=key) == report
    assert Report.objects.count() == 1


def test_contact_stands_apart_and_an_anonymous_reporter_leaves_none():
    left = a_report(phone="+6281234567890")
    hidden = a_report(phone="+6281234567890", identity=Identity.ANONYMOUS)
    assert ReporterContact.objects.get().report_id == left.pk
    assert not queries.contact_exists(hidden)


def test_four_photos_are_too_many():
    with pytest.raises(Invalid):
        a_report(photos=tuple(a_photo() for _ in range(4)))


def test_a_scheduled_kind_counts_working_days_only():
    report = a_report("road_damage")
    assert (report.due_at - report.received_at).days > 14


def test_a_citizen_without_a_link_of_his_own_is_refused():
    from abdi.platform.access import citizen
    from abdi.platform.tenancy import current_institution_id

    category = a_category()
    with pytest.raises(Refused):
        actions.receive_report(category, by=citizen(current_institution_id()))


def test_a_citizen_of_another_institution_is_refused():
    category = a_category()
    with within(an_institution().pk):
        stranger = a_citizen()
    with pytest.raises(Refused):
        actions.receive_report(category, by=stranger)


def test_following_gives_an_own_link_to_the_same_work_and_counts():
    report = a_report()
    joined = actions.follow(report, by=a_citizen(), given=Given(phone="+628111111111"))
    report.refresh_from_db()
    assert joined.joined_to == report
    assert joined.number != report.number
    assert report.joined_count == 1
    assert list(Report.objects.open()) == [report]


def test_an_ended_report_cannot_be_followed():
    city = a_report_city()
    report = a_closed_report(city)
    with pytest.raises(Conflict):
        actions.follow(report, by=a_citizen())


def test_the_categories_of_the_norms_find_their_agency_or_stay_at_the_desk():
    desk = an_agency("Ruang kendali", opd_kind="communication")
    lamps = an_agency("Dinas Lampu", opd_kind="street_lighting")
    assert actions.adopt_categories(desk, by=SYSTEM) == 57
    assert actions.adopt_categories(desk, by=SYSTEM) == 0
    assert a_category("street_light_out").unit == lamps
    assert a_category("pothole").unit == desk


def test_a_category_is_sent_to_another_unit_from_now_on():
    city = a_report_city()
    category = a_category("pothole")
    actions.route_category(category, city.city.section, by=SYSTEM, service=city.city.service)
    assert a_report("pothole").unit == city.city.section


# ------------------------------------------------------------------ one statement


def rows_about(report):
    """What the intake of a report wrote, apart from what is drawn by chance."""
    drawn = {"id", "by", "number", "token_hash", "key_hash", "report_id", "entry_id"}
    entry = Entry.objects.get(about=report.ref)
    found = [
        Report.objects.filter(pk=report.pk).values().get(),
        StatusChange.objects.filter(report=report).values().get(),
        {**Entry.objects.filter(pk=entry.pk).values().get(), "about": "", "data_text": ""},
        {**entry.data, "report_id": entry.data["report_id"] == report.pk},
        *Delivery.objects.filter(entry=entry).order_by("reaction").values(),
    ]
    return (
        [{k: v for k, v in row.items() if k not in drawn} for row in found[:3]]
        + found[3:4]
        + [{k: v for k, v in row.items() if k not in drawn} for row in found[4:]]
    )


@pytest.fixture
def listener():
    """A module that wants to hear of new reports."""
    from abdi.platform.journal import REACTIONS, reacts_to
    from abdi.reports.events import ReportReceived

    @reacts_to(ReportReceived)
    def hear(event, *, cause):
        pass

    yield
    del REACTIONS[ReportReceived.kind]["reports.hear"]


def saved_and_recorded(row, *, below, fact, key, by):
    """The long way: save() for each row, record() for the entry."""
    row.save(force_insert=True)
    for child, name in below:
        setattr(child, name, row)
        child.save(force_insert=True)
    record(replace(fact, **{key: row.pk}), by=by, about=row)


def test_the_short_way_writes_what_the_long_one_would(listener, monkeypatch):
    at_once = a_report(text='Bu "Sri" \\ 100%')
    monkeypatch.setattr(intake, "insert_and_record", saved_and_recorded)
    one_by_one = a_report(text='Bu "Sri" \\ 100%')
    assert rows_about(at_once) == rows_about(one_by_one)
    assert [row["state"] for row in rows_about(at_once)[4:]] == ["waiting"]
    assert verify_chain().whole


@pytest.mark.skipif(connection.vendor != "postgresql", reason="other databases write row by row")
def test_on_postgresql_a_report_is_one_statement():
    category = a_category()
    key = "k" * 32
    actions.receive_report(category, by=a_citizen(), given=Given(text="Dulu"))
    with counted_queries(3) as asked:
        actions.receive_report(category, by=a_citizen(key), given=Given(text="x"), client_key=key)
    statements = [query["sql"].split()[0] for query in asked.captured_queries]
    assert statements.count("WITH") == 1
    assert set(statements) <= {"WITH", "SAVEPOINT", "RELEASE"}


# ------------------------------------------------------------------ what comes first


def test_a_sending_is_counted_once_also_when_it_comes_again():
    counted, key = [], "k" * 32
    for _time in range(2):
        actions.receive_report(
            a_category(), by=a_citizen(key), client_key=key, first=lambda: counted.append(1)
        )
        assert Report.objects.count() == 1
    limit("uji", most=9, seconds=600)
    for times in (1, 2):  # the second goes back with the refused row, and is counted again
        actions.receive_report(
            a_category(),
            by=a_citizen(key),
            client_key=key,
            first=lambda: limit("uji", most=9, seconds=600),
        )
        assert Tally.objects.get().count == 1 + times


def test_what_is_refused_first_leaves_no_report():
    def refuse():
        raise TooMany(9)

    with pytest.raises(TooMany):
        actions.receive_report(a_category(), by=a_citizen(), first=refuse)
    assert not Report.objects.exists()
    assert not Entry.objects.filter(kind="reports.ReportReceived").exists()


def test_the_kinds_of_a_tile_are_those_of_the_institution_as_they_are_now():
    category = a_category()
    codes = ("pole_live", category.code, "no_such_kind")
    assert list(queries.categories_of(codes)) == ["pole_live", category.code]
    found = queries.categories_of(codes)[category.code]
    assert found == category
    assert (found.unit, found.unit.agency_id) == (category.unit, category.unit.agency_id)
    type(category).objects.filter(pk=category.pk).update(is_active=False, name="Lain")
    assert list(queries.categories_of(codes)) == ["pole_live"], "rows are read each time"
    with within(an_institution("lain").pk):
        assert queries.categories_of(codes) == {}
    assert queries.categories_of(()) == {}


def test_the_kinds_of_a_tile_cost_one_query():
    a_category()
    with counted_queries(1):
        assert queries.categories_of(("street_light_out",))["street_light_out"].unit.name
