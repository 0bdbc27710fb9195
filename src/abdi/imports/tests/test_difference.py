"""A newer list beside the record: who is new, gone, changed, and who decides; nothing changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.imports import actions, queries
from abdi.imports.choices import Decider, Difference, Field
from abdi.imports.testing import a_draft, a_person_record, everything
from abdi.people.models import Person
from abdi.people.testing import a_position, a_unit, an_actor, an_agency, seat
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry
from abdi.platform.testing import sign_in_as

pytestmark = pytest.mark.django_db
UNIT = "Dinas Perhubungan"


@pytest.fixture
def agency():
    """An agency with six people that a list brought in."""
    agency = an_agency(UNIT)
    a_unit(agency, name="Bidang Lalu Lintas")
    actions.apply_ready(a_draft(records(6), by=SYSTEM), by=SYSTEM)
    return agency


def records(count):
    return [a_person_record(at, unit=UNIT) for at in range(count)]


def beside(given):
    return queries.difference_of(a_draft(given, by=SYSTEM), SYSTEM)


def only(found, kind):
    [about] = found.people[kind]
    return about


def test_the_same_list_differs_in_nothing(agency):
    found = beside(records(6))
    assert (found.same, sum(map(len, found.people.values()))) == (6, 0)


def test_new_and_gone_people_are_named(agency):
    found = beside(records(8)[2:])
    assert [one.number for one in found.people[Difference.NEW]] == [
        a_person_record(at)["nip"] for at in (6, 7)
    ]
    gone = {one.number for one in found.people[Difference.GONE]}
    assert gone == {a_person_record(at)["nip"] for at in (0, 1)}
    assert found.same == 4


def test_a_change_is_told_field_by_field_with_who_decides(agency):
    given = records(6)
    given[3] |= {"golongan": "IV/c", "jabatan": "Analis", "unit": "Bidang Lalu Lintas"}
    about = only(beside(given), Difference.CHANGED)
    told = {one.field: (one.here, one.there, one.decides) for one in about.fields}
    record = a_person_record(3)
    since = f"{record['tmt_golongan']:%d-%m-%Y}"
    assert told == {
        Field.UNIT: (UNIT, "Bidang Lalu Lintas", Decider.PLACEMENT),
        Field.POSITION: (record["jabatan"], "Analis", Decider.PLACEMENT),
        Field.RANK: (f"{record['golongan']} {since}", f"IV/c {since}", Decider.PERSONNEL),
    }


def test_a_value_set_here_since_is_a_conflict(agency):
    record = a_person_record(2)
    person = Person.objects.get(employee_number=record["nip"])
    Person.objects.filter(pk=person.pk).update(name="Nama Betul", version=2)
    with clock.at(clock.now() + timedelta(days=9)):
        seat(person, a_position(agency, title="Bendahara"), start_on=clock.today())
        about = only(beside(records(6)), Difference.CONFLICT)
    assert {one.field for one in about.fields if one.is_conflict} == {Field.NAME, Field.POSITION}


def test_what_was_empty_here_is_no_conflict(agency):
    Person.objects.filter(employee_number=a_person_record(1)["nip"]).update(sex="")
    about = only(beside(records(6)), Difference.CHANGED)
    assert [one.field for one in about.fields] == [Field.SEX]


def test_an_officer_is_told_about_his_own_people_only(agency):
    other = an_agency("Dinas Sosial")
    officer = an_actor("agency_hr", other)
    given = [*records(2), a_person_record(9, unit="Dinas Sosial")]
    given[0]["golongan"] = "IV/e"
    found = queries.difference_of(a_draft(given, by=officer, agency=other), officer)
    assert {kind: len(people) for kind, people in found.people.items() if people} == {
        Difference.NEW: 1
    }
    assert found.elsewhere == 2


def test_the_page_shows_each_kind_and_changes_nothing(agency):
    client = sign_in_as(an_actor("personnel_office", unit=an_agency("BKPSDM")))
    given = records(7)[1:]
    given[0]["jabatan"] = "Analis"
    draft = a_draft(given, by=SYSTEM)
    before, entries = everything(), Entry.objects.count()
    base = f"/pegawai/impor/{draft.pk}/beda"
    assert "Analis" in client.get(base).content.decode()
    for kind in Difference:
        assert client.get(f"{base}?jenis={kind}&hal=1").status_code == 200
    assert client.get(f"{base}?jenis=x&hal=-1").status_code == 200
    assert (everything(), Entry.objects.count()) == (before, entries)
    assert sign_in_as(an_actor("employee", agency)).get(base).status_code == 403


@pytest.mark.parametrize("count", [5, 40])
def test_the_number_of_queries_does_not_grow(agency, count, django_assert_max_num_queries):
    draft = a_draft(records(count), by=SYSTEM)
    with django_assert_max_num_queries(9):
        queries.difference_of(draft, SYSTEM)
