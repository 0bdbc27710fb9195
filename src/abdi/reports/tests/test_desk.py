"""What the desk settles, words with the reporter, protected cases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people.testing import an_actor
from abdi.platform import clock
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.journal import Entry
from abdi.reports import actions, queries
from abdi.reports.choices import (
    ContactField,
    Identity,
    Jurisdiction,
    RejectReason,
    Status,
)
from abdi.reports.models import Report, Reveal
from abdi.reports.testing import (
    a_category,
    a_citizen,
    a_report,
    a_report_city,
    reporter_of,
)

pytestmark = pytest.mark.django_db


def kinds_about(report):
    return list(
        Entry.objects.filter(about=report.ref).order_by("id").values_list("kind", flat=True)
    )


def test_a_new_kind_brings_its_own_deadline_and_counts_from_receipt():
    city = a_report_city()
    report = a_report()
    with clock.at(clock.now() + timedelta(minutes=10)):
        checked = actions.categorise(report, by=city.dispatcher, category=a_category("pole_fallen"))
    assert checked.status == Status.VERIFIED
    assert checked.due_at == report.received_at + timedelta(hours=6)
    assert checked.priority == "P1"
    assert checked.is_text_public


def test_the_desk_can_keep_the_words_back():
    city = a_report_city()
    report = a_report()
    checked = actions.categorise(
        report, by=city.dispatcher, category=report.category, is_text_public=False
    )
    assert not checked.is_text_public


def test_a_double_is_joined_and_its_followers_move_along():
    city = a_report_city()
    into, double = a_report(), a_report()
    actions.follow(double, by=a_citizen())
    double.refresh_from_db()
    actions.merge(double, into, by=city.dispatcher)
    into.refresh_from_db()
    assert into.joined_count == 2
    assert Report.objects.filter(joined_to=into).count() == 2
    assert list(Report.objects.open()) == [into]


def test_a_joined_report_is_taken_apart_again():
    city = a_report_city()
    into, double = a_report(), a_report()
    merged = actions.merge(double, into, by=city.dispatcher)
    apart = actions.split(merged, by=city.dispatcher)
    into.refresh_from_db()
    assert apart.is_open
    assert into.joined_count == 0


def test_a_report_does_not_repeat_itself_nor_a_joined_one():
    city = a_report_city()
    first, second, third = a_report(), a_report(), a_report()
    with pytest.raises(Invalid):
        actions.merge(first, first, by=city.dispatcher)
    actions.merge(second, first, by=city.dispatcher)
    second.refresh_from_db()
    with pytest.raises(Conflict):
        actions.merge(third, second, by=city.dispatcher)
    third.refresh_from_db()
    assert third.joined_to_id is None


def test_what_is_not_ours_names_its_owner_and_counts_for_nobody():
    city = a_report_city()
    report = a_report("pothole")
    with pytest.raises(Invalid):
        actions.pass_on(report, by=city.dispatcher, jurisdiction=Jurisdiction.PROVINCIAL, owner=" ")
    gone = actions.pass_on(
        report, by=city.dispatcher, jurisdiction=Jurisdiction.PROVINCIAL, owner="Dinas Provinsi"
    )
    assert gone.status == Status.REJECTED
    assert gone.reject_reason == RejectReason.NOT_AUTHORITY
    assert list(queries.overdue(gone.due_at + timedelta(days=9))) == []


def test_acute_danger_is_made_safe_before_it_is_passed_on():
    city = a_report_city()
    report = a_report("pole_fallen")
    inputs = {"jurisdiction": Jurisdiction.POWER_COMPANY, "owner": "PLN"}
    with pytest.raises(Invalid):
        actions.pass_on(report, by=city.dispatcher, **inputs)
    assert actions.pass_on(report, by=city.dispatcher, is_safe=True, **inputs).owner_text == "PLN"


def test_a_rejected_report_says_why_and_a_double_is_not_rejected():
    city = a_report_city()
    with pytest.raises(Invalid):
        actions.reject(a_report(), by=city.dispatcher, reason=RejectReason.DUPLICATE)
    gone = actions.reject(a_report(), by=city.dispatcher, reason=RejectReason.UNCLEAR)
    assert gone.status == Status.REJECTED
    assert gone.reply_until is not None


def test_hiding_takes_two_persons_and_a_reason():
    city = a_report_city()
    report = a_report()
    with pytest.raises(Invalid):
        actions.hide(report, by=city.dispatcher, reason=" ")
    asked = actions.hide(report, by=city.dispatcher, reason="Nama orang di dalamnya")
    asked = actions.hide(asked, by=city.dispatcher, reason="Nama orang di dalamnya")
    assert asked.hidden_at is None
    second = an_actor("dispatcher", None, unit=city.city.agency)
    assert actions.hide(asked, by=second, reason="Benar").hidden_at == clock.now()
    assert queries.by_number(report.number) is None


def test_a_question_waits_for_the_reporter_and_his_answer_brings_it_back():
    city = a_report_city()
    report = a_report()
    actions.send_message(
        report, by=city.dispatcher, text="Di depan nomor berapa?", is_question=True
    )
    assert report.status == Status.WAITING_REPORTER
    actions.send_message(report, by=reporter_of(report), text="Nomor 12")
    assert report.status == Status.VERIFIED
    assert [m.is_from_reporter for m in queries.messages_of(report)] == [False, True]


def test_a_stranger_writes_nothing_and_nobody_sends_silence():
    report = a_report()
    with pytest.raises(Refused):
        actions.send_message(report, by=a_citizen(), text="Halo")
    with pytest.raises(Invalid):
        actions.send_message(report, by=reporter_of(report), text="  ")


def test_a_contact_is_revealed_with_a_reason_and_the_reporter_can_see_that():
    city = a_report_city()
    report = a_report(phone="+6281234567890")
    with pytest.raises(Invalid):
        actions.reveal(report, by=city.dispatcher, field=ContactField.PHONE, reason="")
    shown = actions.reveal(
        report, by=city.dispatcher, field=ContactField.PHONE, reason="Alamat tidak ketemu"
    )
    assert shown == "+6281234567890"
    assert Reveal.objects.get().person_id == city.dispatcher.person_id


def test_a_secret_reporter_has_nothing_to_show():
    city = a_report_city()
    report = a_report(phone="+6281234567890", identity=Identity.SECRET)
    shown = actions.reveal(report, by=city.dispatcher, field=ContactField.PHONE, reason="Perlu")
    assert shown == ""


def test_a_protected_case_is_taken_by_one_of_the_desk_and_seen_by_nobody_else():
    city = a_report_city()
    report = a_report("violence_women_child")
    assert not queries.visible_reports(city.dispatcher).exists()
    assert not queries.visible_protected(city.dispatcher).exists()
    from abdi.people.models import Person

    me = Person.objects.get(pk=city.dispatcher.person_id)
    taken = actions.assign(report, me, by=city.dispatcher)
    assert queries.visible_protected(city.dispatcher).get() == taken
    assert not queries.visible_work(city.dispatcher).exists()
    assert not taken.is_text_public
