"""History of another system comes in once, with its steps and its journal entries."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from abdi.platform.access import SYSTEM, Refused
from abdi.platform.journal import Delivery, Entry, verify_chain
from abdi.platform.journal.chain import seal_new_entries
from abdi.reports import actions, links, queries, rules
from abdi.reports.actions import Owner
from abdi.reports.actions import loading as loading_module
from abdi.reports.choices import Status
from abdi.reports.jobs import flag_broken_promises, remind_before_deadline
from abdi.reports.models import Report, StatusChange
from abdi.reports.testing import a_report_city

pytestmark = pytest.mark.django_db

IN = datetime(2015, 1, 5, 12, tzinfo=UTC)
DUE = datetime(2015, 1, 20, 13, 30, tzinfo=UTC)
LATE = datetime(2015, 1, 20, 13, 30, 1, tzinfo=UTC)


@pytest.fixture
def owners():
    return {"lamps": Owner(a_report_city().city.agency)}


def a_row(key="1", **other):
    told = {"category": "street_light_out", "agency": "lamps", "received_at": IN, "due_at": DUE}
    closed = {"closed_at": DUE, "outcome": "fixed"}
    return rules.PastReport(key=key, **{**told, **closed, **other})


def load(rows, owners, source="uji-coba"):
    return actions.load_history(rows, by=SYSTEM, source=source, owners=owners)


def test_a_closed_row_is_a_closed_report_judged_by_our_rule(owners):
    load([a_row("1"), a_row("2", closed_at=LATE)], owners)
    in_time, late = Report.objects.order_by("closed_at")
    assert (in_time.status, in_time.in_time, in_time.broken_at) == (Status.CLOSED, True, None)
    assert (late.in_time, late.broken_at, late.minutes) == (False, DUE, 21_690)
    steps = StatusChange.objects.filter(report=late).order_by("id")
    assert [(step.status, step.at) for step in steps] == [("received", IN), ("closed", LATE)]


def test_a_second_run_changes_nothing(owners):
    rows = [a_row(str(number)) for number in range(3)]
    assert load(rows, owners).new == 3
    before = list(Entry.objects.values_list("id", flat=True))
    again = load(rows, owners)
    assert (again.new, again.known, again.changed) == (0, 3, ())
    assert list(Entry.objects.values_list("id", flat=True)) == before


def test_a_known_row_that_reads_otherwise_is_named_and_left_alone(owners):
    load([a_row("1")], owners)
    again = load([replace(a_row("1"), text="another text")], owners)
    assert (again.new, again.changed) == (0, ("1",))
    assert Report.objects.get().text == ""


def test_the_same_key_of_another_source_is_another_report(owners):
    load([a_row("1")], owners)
    assert load([a_row("1")], owners, source="another").new == 1


def test_a_run_that_was_cut_off_goes_on_where_it_ended(owners, monkeypatch):
    monkeypatch.setattr(loading_module, "CHUNK", 2)
    rows = [a_row(str(number)) for number in range(5)]
    load(rows[:2], owners)
    done = load(rows, owners)
    assert (done.new, done.known, Report.objects.count()) == (3, 2, 5)


def test_every_report_has_its_journal_entry_and_the_chain_is_whole(owners):
    load([a_row(str(number)) for number in range(4)], owners)
    seal_new_entries()
    entries = Entry.objects.filter(kind="reports.ReportLoaded")
    assert {entry.about for entry in entries} == {row.ref for row in Report.objects.all()}
    assert verify_chain().whole
    assert verify_chain().unsealed == 0
    assert not Delivery.objects.filter(entry__in=entries).exists()


def test_an_open_row_of_the_past_alarms_nobody(owners):
    load([a_row("1", closed_at=None, outcome="")], owners)
    report = Report.objects.get()
    assert (report.status, report.is_open, report.broken_at) == (Status.RECEIVED, True, DUE)
    assert flag_broken_promises() == remind_before_deadline() == 0
    assert not Entry.objects.filter(kind="reports.PromiseBroken").exists()


def test_a_row_without_a_promise_gets_that_of_the_norms(owners):
    load([a_row("1", due_at=None, closed_at=datetime(2015, 1, 6, 11, tzinfo=UTC))], owners)
    report = Report.objects.get()
    assert report.due_at == datetime(2015, 1, 6, 12, tzinfo=UTC)
    assert report.in_time is True


def test_loaded_reports_stand_in_the_figures_of_their_time(owners):
    load([a_row("1"), a_row("2", closed_at=LATE)], owners)
    start, end = datetime(2015, 1, 1, tzinfo=UTC), datetime(2015, 2, 1, tzinfo=UTC)
    assert queries.in_time_share([owners["lamps"].unit.pk], start, end) == (2, 1)
    assert queries.volume(None, start, end) == {"street_light_out": 2}


def test_the_key_of_a_row_opens_no_link_for_a_stranger(owners):
    """Who knows source and key of a row still lacks the secret the link is made from."""
    load([a_row("1")], owners)
    report = Report.objects.get()
    key = loading_module.client_key("uji-coba", "1")
    assert report.key_hash == links.hash_of(key)
    assert queries.by_token(key) is None
    assert queries.by_token(report.key_hash) is None


def test_nobody_but_the_program_loads_history(owners):
    actor = a_report_city_dispatcher()
    with pytest.raises(Refused):
        actions.load_rows([a_row("1")], by=actor, source="uji-coba", owners=owners)


def a_report_city_dispatcher():
    from abdi.people.testing import an_actor

    return an_actor("dispatcher", None)
