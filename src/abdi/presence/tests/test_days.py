"""Days: excused by night calls, contested, corrected, counted for a proposal."""

from datetime import UTC, date, datetime, timedelta

import pytest

from abdi.people.queries import own_data
from abdi.people.testing import a_city, a_person, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.presence import actions, jobs, queries
from abdi.presence.models import Dispensation, PresenceDay
from abdi.presence.testing import applied

pytestmark = pytest.mark.django_db
NIP = "199002152015032007"
HEAD = "nip;tanggal;status;menit terlambat\n"
NIGHT = datetime(2026, 3, 1, 19, 30, tzinfo=UTC)  # 02.30 WIB on 2 March


@pytest.fixture
def place():
    city = a_city()
    person = a_person(city.section, number=NIP)
    return city, person, an_actor("agency_hr", city.agency)


def bring(hr, *lines):
    applied(HEAD + "\n".join(f"{NIP};{line}" for line in lines), hr)


def today(person):
    return PresenceDay.objects.current().get(person=person, on=date(2026, 3, 2))


def test_a_night_call_excuses_the_late_morning_and_its_minutes(place):
    _city, person, hr = place
    bring(hr, "02-03-2026;terlambat;90")
    actions.write_dispensation(person, about="reports.report:7", at=NIGHT, by=SYSTEM)
    actions.write_dispensation(person, about="reports.report:7", at=NIGHT, by=SYSTEM)
    [line] = queries.day_lines([today(person)])
    assert (line.status, line.row.status) == ("dispensation", "late")
    assert Dispensation.objects.count() == 1
    assert queries.absences_of_year(2026)[person.pk].minutes == 0


def test_an_objection_is_answered_by_the_office_with_a_reason(place):
    _city, person, hr = place
    bring(hr, "02-03-2026;alpa;")
    day = today(person)
    with pytest.raises(Refused):
        actions.object_to_day(day, by=hr, words="Bukan saya")
    with pytest.raises(Invalid):
        actions.object_to_day(day, by=actor_for(person), words=" ")
    objection = actions.object_to_day(day, by=actor_for(person), words="Saya rapat di BKPSDM")
    with pytest.raises(Conflict):
        actions.object_to_day(day, by=actor_for(person), words="Saya rapat")
    assert list(queries.open_objections(hr)) == [objection]
    with pytest.raises(Invalid):
        actions.answer_objection(objection, by=hr, answer="ya", status="duty_outside")
    actions.answer_objection(objection, by=hr, answer="Surat tugas ada", status="duty_outside")
    assert today(person).status == "duty_outside"
    with pytest.raises(Conflict):
        actions.answer_objection(objection, by=hr, answer="Surat tugas ada")


def test_an_objection_may_leave_the_day_as_it_is(place):
    _city, person, hr = place
    bring(hr, "02-03-2026;terlambat;10")
    objection = actions.object_to_day(today(person), by=actor_for(person), words="Macet")
    row = actions.answer_objection(objection, by=hr, answer="Jam mesin sudah diperiksa")
    assert (row.state, today(person).status) == ("kept", "late")


def test_nobody_corrects_his_own_day(place):
    city, _person, _hr = place
    hr = an_actor("agency_hr", city.agency, person=a_person(city.agency, number="1"))
    applied("nip,tanggal,status\n1,02-03-2026,alpa\n", an_actor("personnel_office"))
    with pytest.raises(Refused):
        actions.correct_day(PresenceDay.objects.get(), by=hr, status="present", reason="x" * 20)


def test_a_day_is_corrected_once_from_the_row_that_was_seen(place):
    _city, person, hr = place
    bring(hr, "02-03-2026;alpa;")
    day = today(person)
    with pytest.raises(Invalid):
        actions.correct_day(day, by=hr, status="sick", reason="sakit")
    actions.correct_day(day, by=hr, status="sick", reason="Surat dokter menyusul")
    with pytest.raises(Conflict):
        actions.correct_day(day, by=hr, status="present", reason="Surat dokter menyusul")
    assert today(person).note == "Surat dokter menyusul"


def test_absence_of_the_year_is_announced_once_for_the_same_figures(place):
    _city, person, hr = place
    bring(hr, "25-02-2026;alpa;", "26-02-2026;alpa;", "27-02-2026;alpa;", "02-03-2026;terlambat;30")
    assert jobs.count_absence_of_the_year() == 1
    assert jobs.count_absence_of_the_year() == 0
    entry = Entry.objects.get(kind="presence.AbsenceCounted")
    assert (entry.data["days"], entry.data["longest_run"], entry.data["minutes"]) == (3, 3, 30)
    count = queries.counted_days(person.pk, 2026)
    assert count is not None
    assert count.days == 3


def test_a_page_with_several_people_touches_everybody_on_it(place):
    city, person, hr = place
    actions.note_reading([person.pk, city.crew.pk], by=hr)
    hour = timedelta(hours=1)
    read = own_data.people_read_by(hr.ref, clock.now() - hour, clock.now() + hour)
    assert read == sorted([person.pk, city.crew.pk])
