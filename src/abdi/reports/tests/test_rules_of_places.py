"""Places, moments and states by named examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import cos, radians

from hypothesis import given
from hypothesis import strategies as st

from abdi.reports import rules
from abdi.reports.choices import Status

START = datetime(2026, 3, 2, 2, tzinfo=UTC)
latitudes = st.integers(-60_000_000, 60_000_000)
longitudes = st.integers(-179_000_000, 179_000_000)


def test_a_thousandth_of_a_degree_north_is_a_hundred_and_eleven_metres():
    assert rules.metres_between(-7_000_000, 111_000_000, -6_999_000, 111_000_000) == 111


def test_degrees_of_longitude_shrink_towards_the_poles():
    assert rules.metres_between(0, 0, 0, 1_000) == 111
    assert 54 <= rules.metres_between(60_000_000, 0, 60_000_000, 1_000) <= 56


@given(latitudes)
def test_cosine_permyriad_is_within_two_thousandths(lat_e6):
    exact = cos(radians(lat_e6 / 1_000_000)) * 10_000
    assert abs(rules.cosine_permyriad(lat_e6) - exact) <= 30


@given(latitudes, longitudes, st.integers(-1_500, 1_500), st.integers(-1_500, 1_500))
def test_whoever_is_near_is_in_box_around(lat, lng, north, east):
    box = rules.box_around(lat, lng, 150)
    if rules.metres_between(lat, lng, lat + north, lng + east) < 150:
        assert box.south <= lat + north <= box.north
        assert box.west <= lng + east <= box.east


@given(latitudes, longitudes)
def test_metres_between_is_the_same_both_ways(lat, lng):
    there = rules.metres_between(lat, lng, lat + 700, lng - 900)
    assert there == rules.metres_between(lat + 700, lng - 900, lat, lng)


def test_near_points_share_a_cell_and_a_report_without_point_has_none():
    assert rules.cell_of(-7_629_800, 111_523_900) == rules.cell_of(-7_629_900, 111_523_000)
    assert rules.cell_of(None, None) == ""


def test_a_reminder_comes_when_a_quarter_of_the_time_is_left():
    due = START + timedelta(hours=24)
    assert rules.remind_at(START, due, 25) == START + timedelta(hours=18)


def test_minutes_between_are_whole_and_never_below_nothing():
    assert rules.minutes_between(START, START + timedelta(seconds=179)) == 2
    assert rules.minutes_between(START, START - timedelta(hours=1)) == 0


def test_average_stars_are_in_hundredths_and_nothing_where_nobody_rated():
    assert rules.average_stars(13, 3) == 433
    assert rules.average_stars(0, 0) == 0


def test_statuses_before_is_next_statuses_read_backwards():
    for status in Status:
        for before in rules.statuses_before(status):
            assert status in rules.next_statuses(before)


def test_the_desk_and_the_crew_share_no_state():
    assert not rules.AT_DESK & rules.IN_FIELD
    assert rules.AT_DESK | rules.IN_FIELD < rules.OPEN_STATUSES
