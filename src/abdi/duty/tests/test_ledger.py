"""The ledger of a unit: what counts, the fair part by days there, who sees which lines."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.models import Shift
from abdi.duty.queries.ledger import ledger
from abdi.duty.rules import Stand
from abdi.duty.rules.ledger import available_days, counted, entry_of, fair_part, spread
from abdi.duty.testing import a_coverage, a_crew, a_roster
from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.people.testing import (
    a_city,
    a_person,
    a_unit,
    actor_for,
    an_actor,
    an_agency,
    an_institution,
)
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry
from abdi.platform.tenancy import within
from abdi.platform.testing import counted_queries, sign_in_as

WIB = ZoneInfo("Asia/Jakarta")
NORMS_READ_AGAIN = 1  # once a quarter minute
FIRST, LAST = date(2026, 2, 2), date(2026, 2, 8)
NIGHT = {"night": {"begins": 22, "ends": 6}}


def at(day, hour):
    return datetime(2026, 2, day, hour, tzinfo=WIB)


def as_counted(start, end, holidays=()):
    return counted(
        Stand(start, end, 1),
        lambda day: NIGHT,
        lambda day: day.weekday() >= 5,
        lambda day: day in holidays,
    )


def test_a_turn_counts_by_the_day_it_begins_and_the_night_it_touches():
    friday_night = as_counted(at(6, 18), at(7, 6))
    assert (friday_night.minutes, friday_night.is_night, friday_night.is_weekend) == (
        720, True, False,
    )  # fmt: skip
    saturday = as_counted(at(7, 6), at(7, 18), {date(2026, 2, 7)})
    assert (saturday.is_night, saturday.is_weekend, saturday.is_holiday) == (False, True, True)
    line = entry_of(1, [friday_night, saturday], call_outs=2, available_days=5)
    assert (line.minutes, line.nights, line.weekends, line.holidays) == (1440, 1, 1, 1)
    assert (line.call_outs, line.available_days) == (2, 5)


def test_the_fair_part_goes_by_days_there():
    assert fair_part(4320, 7, 18) == 1680
    assert fair_part(4320, 0, 18) == 0
    assert fair_part(0, 7, 0) == 0
    assert spread([3, 4, 8]) == (3, 5, 8)
    assert spread([]) == (0, 0, 0)


def test_only_whole_days_of_leave_make_a_day_lost():
    spans = [(date(2026, 2, 2), date(2026, 2, 4)), (date(2026, 2, 4), date(2026, 2, 6))]
    away = [(at(3, 0), at(5, 0)), (at(5, 12), at(6, 12)), (at(4, 0), at(5, 0))]
    assert available_days(spans, []) == 5
    assert available_days(spans, away) == 3


pages = pytest.mark.django_db


@pytest.fixture
def city():
    found = a_city()
    a_coverage(found.section)
    a_crew(found.section, 4)
    a_roster(found.section, FIRST)
    return found


@pages
def test_each_person_of_the_unit_has_a_line_and_leave_shortens_his_days(city):
    start = datetime.combine(date(2026, 2, 9), time(0), WIB)
    people_actions.take_time(
        city.crew,
        start=start,
        end=start + timedelta(days=2),
        kind=TimeKind.LEAVE,
        about="presence.leave:1",
        by=SYSTEM,
    )
    actions.count_call_out(city.crew, about="x:1", at=at(3, 9), by=SYSTEM)
    actions.end_call_out(city.crew, about="x:1", at=at(3, 11), by=SYSTEM)
    actions.count_call_out(city.crew, about="x:2", at=at(4, 9), by=SYSTEM)
    last = date(2026, 2, 15)
    found = ledger(city.section.pk, FIRST, last)
    assert city.head.pk not in found
    assert len(found) == 6
    assert sum(line.minutes for line in found.values()) == 7 * 24 * 60
    assert sum(line.nights for line in found.values()) == 7
    mine = found[city.crew.pk]
    assert (mine.available_days, mine.call_outs, mine.call_out_minutes) == (12, 2, 120)
    assert found[city.second_crew.pk].available_days == 14


@pages
def test_drafts_and_standby_are_no_hours_and_helpers_have_no_days(city):
    a_roster(city.section, date(2026, 2, 9), published=False)
    guest = a_person(a_unit(city.agency), name="Tamu Pembantu")
    shift = Shift.objects.filter(starts_at=at(4, 6)).get()
    waits = actions.set_shift(shift.turn, guest, by=SYSTEM, is_standby=True)
    found = ledger(city.section.pk, FIRST, date(2026, 2, 15))
    assert sum(line.minutes for line in found.values()) == 7 * 24 * 60
    helper = found[guest.pk]
    assert (helper.minutes, helper.standby_minutes, helper.available_days) == (0, 720, 0)
    assert waits.is_standby


@pages
def test_the_ledger_asks_as_often_for_a_year_as_for_a_week(city):
    with counted_queries(6 + NORMS_READ_AGAIN):
        ledger(city.section.pk, FIRST, LAST)
    a_crew(city.section, 3)
    a_roster(city.section, date(2026, 2, 9))
    with counted_queries(6 + NORMS_READ_AGAIN):
        ledger(city.section.pk, date(2025, 3, 2), date(2026, 3, 1))


@pages
def test_the_commander_sees_every_line_and_the_look_is_logged(city):
    page = sign_in_as(city.commander).get(f"/piket/neraca?unit={city.section.pk}&bulan=3")
    text = page.content.decode()
    assert "Petugas 01" in text
    assert "Bayu Petugas" in text
    assert "jam lebih banyak" in text or "dibagi rata" in text or "jam lebih sedikit" in text
    looked = Entry.objects.get(kind="duty.LoadsRead")
    assert str(city.crew.pk) in looked.data["people"].split(",")
    rows = sign_in_as(city.commander).get(f"/piket/neraca/{city.crew.code}?unit={city.section.pk}")
    assert "Giliran" in rows.content.decode()


@pages
def test_the_crew_sees_its_own_line_and_the_spread_only(city):
    client = sign_in_as(actor_for(city.crew))
    text = client.get("/piket/neraca").content.decode()
    assert "Bayu Petugas" in text
    assert "Petugas 01" not in text
    assert "Sebaran di unit" in text
    assert client.get(f"/piket/neraca/{city.crew.code}").status_code == 200
    other = f"/piket/neraca/{city.second_crew.code}"
    assert client.get(other).status_code == 404
    assert not Entry.objects.filter(kind="duty.LoadsRead").exists()


@pages
def test_the_agencys_personnel_officer_sees_the_lines_another_agency_nothing(city):
    hr = sign_in_as(an_actor("agency_hr", city.agency))
    assert "Petugas 01" in hr.get(f"/piket/neraca?unit={city.section.pk}").content.decode()
    other = an_agency()
    unit = f"?unit={city.section.pk}"
    beside = sign_in_as(an_actor("duty_commander", other))
    assert "Petugas 01" not in beside.get(f"/piket/neraca{unit}").content.decode()
    assert beside.get(f"/piket/neraca/{city.crew.code}{unit}").status_code == 404
    stranger = sign_in_as(an_actor("employee", other))
    assert stranger.get(f"/piket/neraca{unit}").status_code == 404
    assert "Belum ada" in stranger.get("/piket/neraca").content.decode()


@pages
def test_somebody_outside_the_unit_is_not_opened_through_it(city):
    outsider = a_person(a_unit(an_agency()), name="Orang Luar")
    actions.count_call_out(outsider, about="x:2", at=at(3, 9), by=SYSTEM)
    client = sign_in_as(city.commander)
    assert client.get(f"/piket/neraca/{outsider.code}?unit={city.section.pk}").status_code == 404
    with within(an_institution().pk):
        foreign = a_person(an_agency())
    assert client.get(f"/piket/neraca/{foreign.code}?unit={city.section.pk}").status_code == 404
