"""Files of the city's systems: read as they come, applied when said, corrected by later rows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from abdi.people import queries as people
from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.platform.access import Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.exchange import write_xlsx
from abdi.presence import actions, queries
from abdi.presence.choices import FileKind
from abdi.presence.models import BalanceStatement, FileRow, Leave, PresenceDay
from abdi.presence.queries.scope import bounds
from abdi.presence.testing import a_file, applied

pytestmark = pytest.mark.django_db
NIP = "199002152015032007"
HEAD = "nip;tanggal;status;jam masuk;menit terlambat;diambil pada\n"
LEAVE = "NIP,Jenis Cuti,Mulai,Selesai,Status,Nomor Surat,Sisa N,Sisa N-1,Diambil pada\n"


def a_place():
    city = a_city()
    person = a_person(city.section, name="Rina", number=NIP)
    return city, person, an_actor("personnel_office")


def problems(file):
    return list(queries.problem_rows(file).values_list("problem", flat=True))


def test_nothing_counts_before_somebody_applies_the_file():
    _city, person, office = a_place()
    file = a_file(f"{HEAD}{NIP};02-03-2026;Terlambat;08.10;40;\n", office)
    assert queries.fates_of(file).ready == 1
    assert not PresenceDay.objects.exists()
    actions.apply_file(file, by=office)
    [row] = PresenceDay.objects.filter(person=person)
    assert (row.status, row.late_minutes, row.came_at.hour) == ("late", 40, 8)


def test_the_same_file_twice_changes_nothing():
    _city, _person, office = a_place()
    text = f"{HEAD}{NIP};02-03-2026;hadir;07.20;0;\n"
    applied(text, office)
    file = applied(text, office)
    assert (file.changed_count, queries.fates_of(file).same) == (0, 1)
    assert PresenceDay.objects.count() == 1


def test_a_later_row_corrects_and_the_older_stays_readable():
    _city, person, office = a_place()
    applied(f"{HEAD}{NIP};02-03-2026;tanpa keterangan;;;01-03-2026 10:00\n", office)
    applied(f"{HEAD}{NIP};02-03-2026;dinas luar;;;01-03-2026 12:00\n", office)
    now = PresenceDay.objects.current().get(person=person)
    assert now.status == "duty_outside"
    assert [row.status for row in queries.earlier_rows(now)] == ["absent_without_reason"]


def test_a_row_fetched_earlier_corrects_nothing():
    _city, _person, office = a_place()
    applied(f"{HEAD}{NIP};02-03-2026;sakit;;;01-03-2026 12:00\n", office)
    file = applied(f"{HEAD}{NIP};02-03-2026;alpa;;;01-03-2026 10:00\n", office)
    assert queries.fates_of(file).older == 1
    assert PresenceDay.objects.current().get().status == "sick"


def test_every_fault_gets_its_kind_and_good_rows_go_on():
    city, _person, office = a_place()
    lines = [
        f"{NIP};02-03-2026;hadir;07.20;0;",
        ";02-03-2026;hadir;;;",
        "1,99E+17;02-03-2026;hadir;;;",
        "111;02-03-2026;hadir;;;",
        f"{NIP};31-02-2026;hadir;;;",
        f"{NIP};03-03-2027;hadir;;;",
        f"{NIP};27-02-2026;entah;;;",
        f"{NIP};26-02-2026;hadir;99.99;;",
        f"{NIP};25-02-2026;terlambat;;99999;",
        f"{NIP};02-03-2026;sakit;;;",
        f"{city.crew.code};02-03-2026;hadir;;;",
        "",
    ]
    file = a_file(HEAD + "\n".join(lines), office)
    assert problems(file) == [
        "number_missing",
        "number_scientific",
        "person_unknown",
        "day_unreadable",
        "day_ahead",
        "status_unknown",
        "time_unreadable",
        "number_outside",
        "twice",
    ]
    assert actions.apply_file(file, by=office).changed_count == 2


def test_an_excel_file_with_title_lines_and_own_headings_is_read():
    _city, person, office = a_place()
    data = write_xlsx(
        {
            "Petunjuk": (["Baca dulu"], [["–"]]),
            "Absen": (
                ["Rekap absensi", "", ""],
                [
                    ["", "", ""],
                    ["Kehadiran", "N.I.P", "Tgl"],
                    ["Hadir", NIP, date(2026, 3, 2)],
                ],
            ),
        }
    )
    file = applied(data, office)
    assert file.sheet == "Absen"
    assert PresenceDay.objects.get().person_id == person.pk


def test_a_file_without_the_headings_gets_a_sentence():
    _city, _person, office = a_place()
    with pytest.raises(Invalid) as refused:
        a_file("nama,umur\nRina,30\n", office)
    assert "nip" in refused.value.message


def test_an_agency_brings_in_its_own_people_only():
    city, _person, _office = a_place()
    other = a_person(an_agency(), number="198501012010011001")
    hr = an_actor("agency_hr", city.agency)
    file = a_file(f"{HEAD}{other.employee_number};02-03-2026;hadir;;;\n", hr)
    assert problems(file) == ["person_outside"]
    assert list(queries.visible_files(hr)) == [file]
    assert not queries.visible_files(an_actor("agency_hr", an_agency())).exists()
    with pytest.raises(Refused):
        a_file(f"{HEAD}{NIP};02-03-2026;hadir;;;\n", actor_for(city.crew))
    with pytest.raises(Refused):
        actions.apply_file(file, by=an_actor("agency_hr", an_agency()))


def test_a_file_is_applied_once_or_put_away():
    _city, _person, office = a_place()
    file = a_file(f"{HEAD}{NIP};02-03-2026;hadir;;;\n", office)
    actions.apply_file(file, by=office)
    for act in (actions.apply_file, actions.discard_file):
        with pytest.raises(Conflict):
            act(file, by=office)
    other = a_file(f"{HEAD}{NIP};01-03-2026;hadir;;;\n", office)
    actions.discard_file(other, by=office)
    assert not FileRow.objects.filter(file=other).exists()


def test_old_drafts_are_put_away_by_themselves():
    from abdi.platform import clock
    from abdi.presence import jobs

    _city, _person, office = a_place()
    a_file(f"{HEAD}{NIP};02-03-2026;hadir;;;\n", office)
    assert jobs.put_old_drafts_away() == 0
    with clock.at(clock.now() + timedelta(days=91)):
        assert jobs.put_old_drafts_away() == 1


def leave_line(state="disetujui", first="09-03-2026", last="13-03-2026", at="", kind="Tahunan"):
    return f"{LEAVE}{NIP},{kind},{first},{last},{state},851/7,7,2,{at}\n"


def test_leave_of_the_citys_system_blocks_the_calendar_and_brings_the_balance():
    _city, person, office = a_place()
    applied(leave_line(), office, FileKind.LEAVE)
    [row] = Leave.objects.all()
    assert (row.state, row.days, row.letter_number) == ("approved", 5, "851/7")
    assert len(people.busy([person.pk], *bounds(row.first_on, row.last_on))) == 1
    assert (queries.balance_of(person.pk).left.n, BalanceStatement.objects.count()) == (7, 1)
    file = applied(leave_line(), office, FileKind.LEAVE)
    assert (file.changed_count, Leave.objects.count()) == (0, 1)


def test_a_later_file_moves_and_cancels_leave():
    _city, person, office = a_place()
    applied(leave_line("diajukan"), office, FileKind.LEAVE)
    assert people.busy([person.pk], *bounds(date(2026, 3, 9), date(2026, 3, 13))) == []
    applied(leave_line(first="16-03-2026", last="17-03-2026"), office, FileKind.LEAVE)
    moved = Leave.objects.get(state="approved")
    assert moved.first_on == date(2026, 3, 16)
    assert Leave.objects.get(state="cancelled").first_on == date(2026, 3, 9)
    applied(leave_line("dibatalkan", first="16-03-2026", last="17-03-2026"), office, FileKind.LEAVE)
    assert people.busy([person.pk], *bounds(date(2026, 3, 9), date(2026, 3, 20))) == []


def test_faults_of_leave_rows_get_their_kinds():
    _city, _person, office = a_place()
    rows = [
        leave_line(kind="Cuti kucing"),
        leave_line("entah"),
        leave_line(first="13-03-2026", last="09-03-2026"),
        leave_line(first="01-01-2020", last="01-01-2026"),
        leave_line(last=""),
    ]
    text = LEAVE + "".join(row.removeprefix(LEAVE) for row in rows)
    file = a_file(text, office, FileKind.LEAVE)
    assert problems(file) == [
        "kind_unknown",
        "status_unknown",
        "days_turned",
        "too_long",
        "day_unreadable",
    ]


def test_what_the_citys_system_approved_goes_before_a_request_here():
    from abdi.presence.testing import a_leave

    _city, person, office = a_place()
    asked = a_leave(person)
    applied(leave_line(first="10-03-2026", last="11-03-2026"), office, FileKind.LEAVE)
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_moments_of_the_file_never_lie_ahead():
    _city, _person, office = a_place()
    file = a_file(f"{HEAD}{NIP};02-03-2026;hadir;;;01-01-2090 10:00\n", office)
    value = FileRow.objects.get(file=file).values["fetched_at"]
    assert datetime.fromisoformat(value) <= datetime(2026, 3, 3, tzinfo=UTC)
