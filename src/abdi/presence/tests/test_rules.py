"""Rules of presence by named examples and drawn cases."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform.calendar import is_working_day
from abdi.platform.norms import norms
from abdi.presence import rules
from abdi.presence.choices import DayStatus, LeaveState
from abdi.presence.rules import Day, Left
from abdi.presence.rules.reading import Unreadable

NORMS = norms("presence", on=date(2026, 3, 2))
MONDAY = date(2026, 3, 9)


def test_leave_takes_the_oldest_days_first():
    assert rules.take(Left(12, 6, 6), 8) == Left(12, 4, 0)
    assert rules.take(Left(12, 6, 6), 15) == Left(9, 0, 0)
    assert rules.take(Left(3), 5) == Left(0)


def test_two_unused_years_give_twenty_four_days():
    first = rules.entitlement(NORMS)
    second = rules.carry_over(first, NORMS)
    third = rules.carry_over(second, NORMS)
    assert (first.total, second.total, third.total) == (12, 18, 24)
    assert rules.carry_over(third, NORMS).total == 24


@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 6), st.integers(0, 6))
def test_taking_never_gives_days(days, n, n1, n2):
    left = Left(n, n1, n2)
    after = rules.take(left, days)
    assert after.total == max(0, left.total - days)
    assert min(after.n, after.n1, after.n2) >= 0


def days(*offsets, status=DayStatus.ABSENT):
    return [Day(MONDAY + timedelta(days=n), status) for n in offsets]


def test_a_run_of_absence_goes_over_the_weekend():
    found = rules.absence_of_year(days(0, 1, 2, 3, 4, 7, 8), is_working_day)
    assert (found.days, found.longest_run) == (7, 7)


def test_a_day_at_work_ends_a_run():
    found = rules.absence_of_year(days(0, 1, 3), is_working_day)
    assert (found.days, found.longest_run) == (3, 2)


def test_absence_on_a_rest_day_is_none():
    assert rules.absence_of_year(days(5, 6), is_working_day).days == 0


def test_minutes_of_lateness_add_up_and_those_of_a_dispensation_do_not():
    late = [Day(MONDAY, DayStatus.LATE, 40, 5), Day(MONDAY, DayStatus.DISPENSATION, 90, 0)]
    assert rules.absence_of_year(late, is_working_day).minutes == 45


def test_a_dispensation_goes_before_lateness_and_before_nothing_else():
    assert rules.effective_status(DayStatus.LATE, is_excused=True) == DayStatus.DISPENSATION
    assert rules.effective_status(DayStatus.ABSENT, is_excused=True) == DayStatus.ABSENT
    assert rules.effective_status(DayStatus.LATE, is_excused=False) == DayStatus.LATE


@pytest.mark.parametrize(
    ("hour", "day"), [(2, MONDAY), (23, MONDAY + timedelta(days=1)), (14, None), (5, None)]
)
def test_a_night_call_excuses_the_morning_after(hour, day):
    at = datetime.combine(MONDAY, time(hour))
    assert rules.dispensation_day(at, NORMS) == day


def test_a_long_leave_stands_in_pieces_without_a_hole():
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - a clock on the wall
    found = list(rules.pieces(start, start + timedelta(days=1000)))
    assert found[0][0] == start
    assert found[-1][1] == start + timedelta(days=1000)
    assert all(one[1] == two[0] for one, two in pairwise(found))


def test_days_that_two_stretches_share():
    assert rules.overlap(MONDAY, MONDAY, MONDAY, MONDAY) == (MONDAY, MONDAY)
    assert rules.overlap(MONDAY, MONDAY, date(2026, 3, 10), date(2026, 3, 12)) is None


def test_a_contract_civil_servant_has_no_long_leave():
    assert "long" in rules.kinds_for("PNS", NORMS)
    assert "long" not in rules.kinds_for("PPPK", NORMS)
    assert rules.kinds_for("volunteer", NORMS) == []


def test_annual_leave_costs_working_days_and_sickness_all_days():
    count = lambda first, last: 5  # noqa: E731
    assert rules.leave_days("annual", MONDAY, MONDAY + timedelta(days=6), count, NORMS) == 5
    assert rules.leave_days("sick", MONDAY, MONDAY + timedelta(days=6), count, NORMS) == 7


def test_what_was_refused_stays_refused():
    assert rules.next_states(LeaveState.REFUSED) == frozenset()
    assert LeaveState.APPROVED in rules.next_states(LeaveState.POSTPONED)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("09-03-2026", MONDAY),
        ("9/3/2026", MONDAY),
        ("2026-03-09", MONDAY),
        ("'09-03-2026", MONDAY),
        ("2026-03-09 07:31:00", MONDAY),
        ("Senin, 9 Maret 2026", MONDAY),
        ("9 Mar 2026", MONDAY),
        (46090, MONDAY),
        (datetime(2026, 3, 9, 7), MONDAY),  # noqa: DTZ001 - a cell of a sheet
        ("", None),
        (None, None),
    ],
)
def test_days_are_read_as_people_write_them(cell, day):
    assert rules.read_day(cell) == day


@pytest.mark.parametrize("cell", ["31-02-2026", "03-2026", "besok", 5, "09-03-26", "1-1-0001"])
def test_a_day_that_cannot_be_read_is_never_guessed(cell):
    with pytest.raises(Unreadable):
        rules.read_day(cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [("07.31", time(7, 31)), ("07:31:59", time(7, 31)), ("7.31 WIB", time(7, 31)), ("-", None)],
)
def test_times_are_read_as_machines_write_them(cell, found):
    assert rules.read_clock(cell) == found


@pytest.mark.parametrize("cell", ["25:00", "07:61", "pagi", "7"])
def test_a_time_that_cannot_be_read_is_never_guessed(cell):
    with pytest.raises(Unreadable):
        rules.read_clock(cell)


def test_a_number_excel_has_rounded_is_refused():
    for cell in (1.99e17, "1,99002E+17", "1.99002e17"):
        with pytest.raises(Unreadable):
            rules.read_number(cell)
    assert rules.read_number("'19900215 201503 2 007") == "199002152015032007"
    assert rules.read_number(None) == ""


def test_counts_and_moments():
    assert rules.read_count("45 menit", 1440) == 45
    assert rules.read_count("12.0", 60) == 12
    assert rules.read_count("-", 60) is None
    for cell in ("-5", "1.5", "99999999", "banyak"):
        with pytest.raises(Unreadable):
            rules.read_count(cell, 1440)
    assert rules.read_moment("09-03-2026 16:45") == datetime(2026, 3, 9, 16, 45)  # noqa: DTZ001
    assert rules.read_moment("tadi") is None


def test_headings_are_found_in_any_order_and_spelling_below_title_lines():
    rows = [
        ["REKAP ABSENSI"],
        [None],
        ["No", "STATUS KEHADIRAN", "Tgl.", "N.I.P.", "Scan Masuk"],
        [1, "Hadir", "09-03-2026", "1", "07:30"],
    ]
    found = rules.find_columns(rows, NORMS["presence_columns"], ("tanggal", "status"))
    assert found is not None
    assert found.header == 2
    assert found.of(rows[3], "jam_masuk") == "07:30"
    assert found.of(rows[3], "keterangan") is None
    assert rules.find_columns([["a", "b"]], NORMS["presence_columns"], ("nip",)) is None


def test_words_of_the_office_stand_for_codes():
    assert rules.code_of_words("ALPA", NORMS["day_statuses"]) == DayStatus.ABSENT
    assert rules.code_of_words("Dinas  Luar", NORMS["day_statuses"]) == DayStatus.DUTY_OUTSIDE
    assert rules.code_of_words("???", NORMS["day_statuses"]) is None
    assert rules.plain_words(" N.I.P. ") == "n i p"
