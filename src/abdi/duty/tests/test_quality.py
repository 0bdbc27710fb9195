"""The quality score of rosters: its parts, the weeks without roster, what the page finds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.models import Shift
from abdi.duty.queries.quality import quality_of
from abdi.duty.rules import quality as rules
from abdi.duty.testing import a_coverage, a_crew, a_roster
from abdi.people.testing import a_city, a_unit, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.testing import counted_queries, sign_in_as

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
NORMS_READ_AGAIN = 1  # once a quarter minute


def test_each_part_goes_from_a_hundred_to_nothing():
    assert [rules.gap_points(10_080, gap) for gap in (0, 720, 10_080)] == [100, 93, 0]
    assert rules.gap_points(0, 0) == 100
    assert rules.overload_points(20, 1, 6000, 300) == 90
    assert rules.overload_points(2, 2, 60, 60) == 0
    assert rules.fairness_points(6000, 600) == 90
    assert [rules.timeliness_points(days, 7) for days in (14, 7, 3, 0)] == [100, 100, 43, 0]


def test_the_score_weighs_its_parts():
    assert rules.score_of(100, 100, 100, 100, 50, 20, 15, 15) == 100
    assert rules.score_of(0, 100, 100, 100, 50, 20, 15, 15) == 50
    assert rules.score_of(80, 90, 90, 43, 0, 0, 0, 0) == 0


def test_minutes_above_and_minutes_to_move():
    assert rules.above_norm([3000, 2880, 100], 2880) == 120
    assert rules.moved_minutes([720, 720]) == 0
    assert rules.moved_minutes([1440, 0]) == 720
    assert rules.moved_minutes([]) == 0


pages = pytest.mark.django_db


@pytest.fixture
def city():
    found = a_city()
    a_coverage(found.section)
    a_crew(found.section, 6)
    with clock.at(datetime(2026, 2, 20, 9, tzinfo=WIB)):
        a_roster(found.section, MONDAY)
    return found


def weeks_of(city):
    return quality_of([city.section.pk], MONDAY, clock.today())[city.section.pk]


@pages
def test_a_week_in_force_early_and_full_is_good_and_weeks_without_roster_are_nought(city):
    weeks = weeks_of(city)
    assert len(weeks) == 52
    first = weeks[0].quality
    assert (first.gaps, first.overload, first.timeliness) == (100, 100, 100)
    assert first.score > 90
    assert [one.score for one in weeks[1:]] == [0] * 51


@pages
def test_an_empty_turn_and_a_broken_rest_cost_points(city):
    before = weeks_of(city)[0].quality
    shifts = list(Shift.objects.order_by("starts_at"))
    last = shifts[-1]
    actions.remove_shift(last, by=SYSTEM)
    tired = shifts[-2].person
    gap = weeks_of(city)[0].quality
    assert (gap.empty_minutes, gap.gaps) == (720, 93)
    assert gap.score < before.score
    actions.set_shift(last.turn, tired, by=SYSTEM, override_reason="Tidak ada orang lain")
    broken = weeks_of(city)[0].quality
    assert (broken.gaps, broken.broken_count, broken.overload) == (100, 1, 93)


@pages
def test_late_in_force_is_less_and_a_draft_is_judged_by_today(city):
    with clock.at(datetime(2026, 3, 8, 9, tzinfo=WIB)):
        a_roster(city.section, MONDAY + WEEK)
    a_roster(city.section, MONDAY + 4 * WEEK, published=False)
    weeks = weeks_of(city)
    assert weeks[1].quality.timeliness == 14
    assert (weeks[4].quality.timeliness, weeks[4].is_published) == (100, False)


@pages
def test_a_year_of_many_units_takes_three_queries(city):
    other = a_unit(city.agency, name="Seksi Lain")
    a_coverage(other)
    with counted_queries(3 + NORMS_READ_AGAIN):
        quality_of([city.section.pk, other.pk], MONDAY, clock.today())


@pages
def test_the_page_finds_from_when_on_there_is_no_roster(city):
    client = sign_in_as(city.commander)
    page = client.get(f"/piket/mutu?unit={city.section.pk}").content.decode()
    assert "Mulai 9 Maret 2026 belum ada jadwal: 51 pekan kosong" in page
    assert page.count("<rect") == 52
    assert "Pekan ini: 9" in page or "Pekan ini: 100" in page
    shift = Shift.objects.order_by("-starts_at").first()
    actions.remove_shift(shift, by=SYSTEM)
    page = client.get("/piket/mutu").content.decode()
    assert "12 jam" in page
    assert client.get("/piket/mutu?unit=999999").status_code == 404
    stranger = sign_in_as(an_actor("employee", an_agency()))
    assert stranger.get(f"/piket/mutu?unit={city.section.pk}").status_code == 404
    assert stranger.get("/piket/mutu").status_code == 200
