"""Where things lie on charts, rosters and maps."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform.pages import charts, grids

MONDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (3, 4), (4, 4), (7, 8), (9, 10), (46, 80), (101, 200), (388, 400)]
)
def test_an_axis_ends_at_a_round_number(highest, top):
    assert charts.nice_top(highest) == top


@given(st.integers(min_value=1, max_value=10**9))
def test_an_axis_holds_its_highest_value(highest):
    top = charts.nice_top(highest)
    assert highest <= top <= highest * 4 + 4


def test_a_bar_stands_on_zero_and_the_highest_reaches_up():
    chart = charts.columns([("a", 0), ("b", 40)], target=20)
    low, high = chart.columns
    assert low.height == 0
    assert high.y == charts.TOP
    assert chart.target is not None
    assert high.y < chart.target < chart.bottom


def test_a_missing_value_leaves_a_hole_in_the_line():
    line = charts.lines([("", [1, None, 3])], ["a", "b", "c"]).lines[0]
    assert line.path.count("M") == 2
    assert len(line.points) == 2


def test_a_long_line_names_at_most_six_places():
    names = [str(number) for number in range(48)]
    assert len(charts.lines([("", [1] * 48)], names).labels) <= 6


def test_a_pareto_goes_down_and_its_line_ends_at_the_whole():
    chart = charts.pareto([("few", 2), ("many", 8)])
    assert [bar.label for bar in chart.columns] == ["many", "few"]
    assert [point.value for point in chart.shares] == [80, 100]


@pytest.mark.parametrize("values", [[], [5], [3, 3], [1, 9, 4]])
def test_a_spark_stays_inside_its_box(values):
    path, last = charts.spark(values)
    assert path.startswith("M4.0 ") or path.startswith("M4 ")
    assert 0 <= last.x <= 120
    assert 0 <= last.y <= 36


@pytest.mark.parametrize(
    ("part", "whole", "length"),
    [(88, 100, "88%"), (1, 3, "33.3%"), (5, 0, "0%"), (-1, 9, "0%"), (9, 3, "100%")],
)
def test_a_length_stays_between_nothing_and_the_whole(part, whole, length):
    assert charts.share(part, whole) == length


def test_a_turn_lies_on_its_half_hours():
    start = MONDAY + timedelta(hours=6)
    assert grids.slot_class(start, start + timedelta(hours=8), MONDAY) == "at-12 for-16"


def test_a_turn_is_cut_at_the_edges_of_the_week():
    before, after = MONDAY - timedelta(hours=2), MONDAY + timedelta(days=7)
    assert grids.slot_class(before, MONDAY + timedelta(hours=1), MONDAY) == "at-0 for-2"
    assert grids.slot_class(after - timedelta(hours=1), after + timedelta(hours=5), MONDAY) == (
        "at-334 for-2"
    )
    assert grids.slot_class(before, MONDAY, MONDAY) == ""


def test_now_stands_inside_the_week_or_nowhere():
    assert grids.now_share(MONDAY + timedelta(days=3, hours=12), MONDAY) == "50%"
    assert grids.now_share(MONDAY - timedelta(minutes=1), MONDAY) == ""
    assert grids.now_share(MONDAY + timedelta(days=7), MONDAY) == ""


@pytest.mark.parametrize(
    ("part", "whole", "step"),
    [(0, 14, 0), (1, 14, 1), (2, 14, 2), (4, 14, 3), (6, 14, 4), (1, 0, 0)],
)
def test_a_cell_is_as_strong_as_its_share(part, whole, step):
    assert grids.heat_step(part, whole) == step


def test_hexagons_of_odd_rows_stand_half_a_step_to_the_right():
    even, odd = grids.hexes([(0, 0), (0, 1)])
    assert odd.x - even.x == grids.HEX_WIDTH // 2
    assert grids.hex_box([(0, 0), (0, 1)]) == "0 0 126 168"
