"""Races for days of leave and for files, each with a control that fails when the guard is off."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError

from abdi.people.testing import a_city, a_person, an_actor
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.testing.races import at_once
from abdi.presence import actions, applying
from abdi.presence.actions import files as file_actions
from abdi.presence.actions import leaves
from abdi.presence.models import CityFile, Leave, PresenceDay
from abdi.presence.testing import MONDAY, a_file

pytestmark = pytest.mark.django_db(transaction=True)
NIP = "199002152015032007"
REFUSED = (Conflict, Invalid, IntegrityError, OperationalError)


def asking(person, offset):
    first = MONDAY + timedelta(days=offset)
    return lambda: actions.request_leave(
        person, by=SYSTEM, kind="sick", first_on=first, last_on=first + timedelta(days=3)
    )


def test_days_asked_for_twice_at_once_are_taken_once(inside_institution):
    city = a_city()
    acts = [asking(city.crew, offset) for offset in range(4)]
    assert len(at_once(*acts, refused=REFUSED)) == 1
    assert Leave.objects.count() == 1


def test_control_without_looking_at_other_leave_days_are_taken_twice(
    inside_institution, monkeypatch
):
    monkeypatch.setattr(leaves, "_refuse_overlap", lambda *things, **more: None)
    city = a_city()
    acts = [asking(city.crew, offset) for offset in range(4)]
    assert len(at_once(*acts, refused=REFUSED)) > 1


def applying_one(file):
    return lambda: actions.apply_file(CityFile.objects.get(pk=file.pk), by=SYSTEM)


def test_a_file_applied_by_two_at_once_counts_once(inside_institution):
    person = a_person(a_city().section, number=NIP)
    office = an_actor("personnel_office")
    file = a_file(f"nip,tanggal,status\n{NIP},02-03-2026,hadir\n", office)
    assert len(at_once(*[applying_one(file)] * 4, refused=REFUSED)) == 1
    assert PresenceDay.objects.filter(person=person).count() == 1


def test_control_a_file_whose_state_nobody_asks_is_applied_again(inside_institution, monkeypatch):
    monkeypatch.setattr(file_actions, "lock", lambda row: CityFile(**_draft_of(row)))
    monkeypatch.setattr(file_actions, "guard_version", lambda *things: None)
    a_person(a_city().section, number=NIP)
    office = an_actor("personnel_office")
    file = a_file(f"nip,tanggal,status\n{NIP},02-03-2026,hadir\n", office)
    # One after the other: at the same moment the database itself lets only one current day through.
    assert [len(at_once(applying_one(file), refused=REFUSED)) for _ in range(2)] == [1, 1]


def _draft_of(row):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {**fields, "state": "draft"}


def test_two_files_for_one_day_leave_one_current_row(inside_institution):
    person = a_person(a_city().section, number=NIP)
    office = an_actor("personnel_office")
    files = [
        a_file(f"nip,tanggal,status\n{NIP},02-03-2026,{word}\n", office)
        for word in ("hadir", "sakit", "izin")
    ]
    assert len(at_once(*map(applying_one, files), refused=REFUSED)) >= 1
    assert PresenceDay.objects.current().filter(person=person).count() == 1
    assert applying.CHANGING
