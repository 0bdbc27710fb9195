"""Hours for the pay list: what counts, the hand-over, differences, who sees and who hands over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.choices import StoodState
from abdi.duty.models import PayLine, PayList, Shift
from abdi.duty.queries.pay import draft_of, month_figures
from abdi.duty.rules.pay import (
    Figures,
    WorkedTurn,
    differences,
    figures_of,
    overtime,
    seal,
    week_norm,
)
from abdi.duty.testing import a_coverage, a_crew, a_roster
from abdi.people.testing import a_city, actor_for, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.exchange import read_table
from abdi.platform.journal import Entry
from abdi.platform.norms import norms
from abdi.platform.testing import counted_queries, sign_in_as
from abdi.presence.models import PresenceDay

WIB = ZoneInfo("Asia/Jakarta")
NORMS_READ_AGAIN = 1  # once a quarter minute
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
NORMS = {
    "overtime_after_week_minutes": 2250,
    "ramadan_week_minutes": 1950,
    "ramadan": [],
    "meal": {"hours": 8, "at_night": True},
}
SPAN = (date(2026, 2, 1), date(2026, 2, 28))


def a_turn(day, hour=6, hours=12, state=StoodState.STOOD, **more):
    start = datetime(2026, 2, day, hour, tzinfo=WIB)
    return WorkedTurn(start, start + timedelta(hours=hours), state, **more)


def test_only_turns_that_were_stood_count_and_the_unknown_is_said():
    found = figures_of(
        [
            a_turn(2),
            a_turn(3, 22, 8, is_night=True, lost_minutes=30),
            a_turn(4, hours=4, is_holiday=True),
            a_turn(5, state=StoodState.UNKNOWN, is_night=True),
            a_turn(6, state=StoodState.MISSED),
        ],
        [(datetime(2026, 2, 3, 2, tzinfo=WIB), datetime(2026, 2, 3, 4, 45, tzinfo=WIB)),
         (datetime(2026, 2, 9, 2, tzinfo=WIB), None)],
        SPAN,
        NORMS,
    )  # fmt: skip
    assert found == Figures(
        planned_minutes=48 * 60,
        stood_minutes=24 * 60 - 30,
        unknown_minutes=12 * 60,
        nights=1,
        holidays=1,
        meals=2,
        call_outs=2,
        call_out_minutes=165,
    )


def test_overtime_is_that_of_the_weeks_that_end_in_the_month():
    assert (overtime(2300, 2250), overtime(2250, 2250), overtime(0, 2250)) == (50, 0, 0)
    late_january = WorkedTurn(
        datetime(2026, 1, 27, 6, tzinfo=WIB), datetime(2026, 1, 28, 6, tzinfo=WIB), StoodState.STOOD
    )
    first_of_february = a_turn(1, 6, 24)
    assert figures_of([late_january, first_of_february], [], SPAN, NORMS).overtime_minutes == 630
    end_of_february = [a_turn(day, 0, 24) for day in (23, 24, 25)]
    assert figures_of(end_of_february, [], SPAN, NORMS).overtime_minutes == 0


def test_a_week_in_ramadan_asks_for_less_by_its_working_days():
    assert [week_norm(2250, 1950, days) for days in (0, 2, 5)] == [2250, 2130, 1950]
    spans = [{"first": date(2026, 2, 19), "last": date(2026, 3, 20)}]
    figures = {**NORMS, "ramadan": spans}
    full, partly, before = (
        figures_of([a_turn(day, 0, 24), a_turn(day + 1, 0, 24)], [], SPAN, figures).overtime_minutes
        for day in (9, 16, 2)
    )
    assert (before, full) == (2880 - 2250, 2880 - 2250)
    assert partly == 2880 - 2130, "Thursday and Friday of that week lie in Ramadan"
    march = date(2026, 3, 1), date(2026, 3, 31)
    week = [a_turn(24, 0, 24), a_turn(25, 0, 24)]
    assert figures_of(week, [], march, figures).overtime_minutes == 2880 - 1950


def test_differences_name_only_who_changed():
    now = {1: Figures(stood_minutes=60), 2: Figures(nights=1)}
    before = {1: Figures(stood_minutes=90), 2: Figures(nights=1), 3: Figures(meals=1)}
    assert differences(now, before) == {1: Figures(stood_minutes=-30), 3: Figures(meals=-1)}
    rows = [(1, FEBRUARY, now[1]), (2, FEBRUARY, now[2])]
    assert seal(rows) == seal(reversed(rows))
    assert len({seal(rows), seal(rows[:1]), seal(rows, "sebab")}) == 3


@pytest.fixture
def city():
    """The first week of February was stood; two of its turns without presence."""
    found = a_city()
    a_coverage(found.section)
    a_crew(found.section, 4)
    a_roster(found.section, date(2026, 2, 2))
    for shift in Shift.objects.order_by("starts_at")[2:]:
        a_day(shift)
    return found


def a_day(shift, status="present"):
    return PresenceDay.objects.create(
        person_id=shift.person_id, on=clock.local(shift.starts_at).date(), status=status,
        came_at=time(6), fetched_at=clock.now(), made_by="uji", made_at=clock.now(),
    )  # fmt: skip


def handed(city, month_on=FEBRUARY, **more):
    mark = draft_of(city.section.pk, month_on).mark
    return actions.hand_over_hours(
        city.section,
        **{"by": an_actor("personnel_office"), "month_on": month_on, "seen": mark, **more},
    )


pages = pytest.mark.django_db


@pages
def test_turns_without_presence_cannot_be_told(city):
    found = month_figures(city.section.pk, FEBRUARY)
    total = sum(found.values(), Figures())
    assert total.planned_minutes == 7 * 24 * 60
    assert total.unknown_minutes == 24 * 60
    assert total.stood_minutes == 6 * 24 * 60
    assert total.nights == 6
    assert total.meals == 12


@pages
def test_the_packaged_ramadan_shortens_its_weeks():
    figures = norms("duty", on=date(2026, 2, 1))
    assert {"first": date(2026, 2, 19), "last": date(2026, 3, 20)} in figures["ramadan"]
    assert figures["ramadan_week_minutes"] == 1950
    assert norms("duty", on=date(2022, 3, 1))["ramadan_week_minutes"] == 1950


@pages
def test_who_has_nothing_in_the_month_has_no_row(city):
    last_week = a_roster(city.section, date(2026, 2, 23))
    stood = {one.person_id for one in Shift.objects.filter(roster=last_week)}
    assert stood
    assert month_figures(city.section.pk, MARCH).keys() <= stood
    assert all(one != Figures() for one in month_figures(city.section.pk, MARCH).values())


@pages
def test_who_was_called_from_home_has_a_row_in_the_unit_of_his_post(city):
    at = datetime(2026, 2, 20, 2, tzinfo=WIB)
    actions.count_call_out(city.head, about="x:1", at=at, by=SYSTEM)
    actions.end_call_out(city.head, about="x:1", at=at + timedelta(minutes=90), by=SYSTEM)
    row = month_figures(city.section.pk, FEBRUARY)[city.head.pk]
    assert (row.planned_minutes, row.call_outs, row.call_out_minutes) == (0, 1, 90)


@pages
def test_a_list_that_was_handed_over_never_changes_and_corrections_follow(city):
    row = handed(city)
    before = list(PayLine.objects.filter(pay_list=row).values())
    with pytest.raises(Conflict):
        handed(city)
    first = Shift.objects.order_by("starts_at").first()
    a_day(first)
    with clock.at(datetime(2026, 4, 2, 9, tzinfo=WIB)):
        with pytest.raises(Invalid):
            handed(city, MARCH)
        later = handed(city, MARCH, reason="Presensi menyusul dari mesin")
        assert draft_of(city.section.pk, date(2026, 4, 1)).changed == {}
    assert list(PayLine.objects.filter(pay_list=row).values()) == before
    [line] = PayLine.objects.filter(pay_list=later, is_difference=True)
    assert (line.person_id, line.month_on) == (first.person_id, FEBRUARY)
    assert (line.stood_minutes, line.unknown_minutes, line.meals) == (720, -720, 1)
    assert later.reason == "Presensi menyusul dari mesin"
    journal = Entry.objects.filter(kind="duty.HoursHandedOver").order_by("id")
    assert [one.data["sha256"] for one in journal] == [row.sha256, later.sha256]


@pages
def test_only_what_was_looked_at_of_a_month_that_has_ended_is_handed_over(city):
    with pytest.raises(Conflict):
        handed(city, seen="0" * 64)
    with pytest.raises(Conflict):
        handed(city, MARCH)
    with pytest.raises(Refused):
        handed(city, by=city.commander)
    assert not PayList.objects.exists()


@pages
def test_the_personnel_office_hands_over_from_the_page(city):
    client = sign_in_as(an_actor("personnel_office"))
    address = f"/piket/jam?unit={city.section.pk}&bulan=2026-02"
    page = client.get(address).content.decode()
    assert "24 jam belum pasti" in page
    mark = page.split('name="seen" value="')[1].split('"')[0]
    data = {"unit": city.section.pk, "bulan": "2026-02-01", "seen": mark}
    assert client.post("/piket/jam/serah", data).status_code == 302
    assert "tidak berubah lagi" in client.get(address).content.decode()
    a_day(Shift.objects.order_by("starts_at").first())
    with clock.at(datetime(2026, 4, 2, 9, tzinfo=WIB)):
        page = client.get(f"/piket/jam?unit={city.section.pk}&bulan=2026-03").content.decode()
        assert "Selisih terhadap bulan yang sudah diserahkan" in page
        mark = page.split('name="seen" value="')[1].split('"')[0]
        data = {"unit": city.section.pk, "bulan": "2026-03-01", "seen": mark}
        answer = client.post("/piket/jam/serah", data)
    assert answer.status_code == 422
    assert "sepuluh huruf" in answer.content.decode()


@pages
def test_the_workbook_has_totals_explanations_and_its_version(city):
    row = handed(city)
    client = sign_in_as(an_actor("agency_hr", city.agency))
    answer = client.get(f"/piket/jam.xlsx?unit={city.section.pk}&bulan=2026-02")
    book = {sheet.name: sheet.rows for sheet in read_table(answer.content).sheets}
    assert list(book) == ["Jam", "Cara menghitung", "Daftar ini"]
    rows = book["Jam"]
    assert rows[0][:4] == ["Nama", "NIP atau nomor kru", "Jam terjadwal", "Jam dijalani"]
    assert (rows[-1][0], *map(int, rows[-1][2:5])) == ("Jumlah", 168, 144, 24)
    assert ["SHA-256", row.sha256] in [line[:2] for line in book["Daftar ini"]]
    explained = dict(line[:2] for line in book["Cara menghitung"])
    assert "37,50 jam sepekan" in explained["Jam lembur"]
    assert Entry.objects.filter(kind="duty.LoadsRead").exists()


@pages
def test_crew_reads_its_own_hours_and_what_was_handed_over_about_it(city):
    shift = Shift.objects.order_by("-starts_at").first()
    other = Shift.objects.exclude(person=shift.person).first()
    handed(city)
    client = sign_in_as(actor_for(shift.person))
    page = client.get("/piket/jam?bulan=2026-02").content.decode()
    assert "Yang diserahkan tentang saya" in page
    assert shift.person.name in page
    assert f">{other.person.name}<" not in page
    assert client.get("/piket/jam.xlsx?bulan=2026-02").status_code == 404
    assert client.post("/piket/jam/serah", {}).status_code == 403
    stranger = sign_in_as(an_actor("employee", an_agency()))
    assert stranger.get(f"/piket/jam?unit={city.section.pk}").status_code == 404


@pages
def test_a_month_is_read_in_a_fixed_number_of_queries(city):
    with counted_queries(6 + NORMS_READ_AGAIN):
        month_figures(city.section.pk, FEBRUARY)
    a_roster(city.section, date(2026, 2, 9))
    with counted_queries(6 + NORMS_READ_AGAIN):
        month_figures(city.section.pk, FEBRUARY)
