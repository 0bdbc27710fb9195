"""Real files replayed through the clock library: its verdict is the city's on every closed row."""

import pytest

from abdi.config import loading
from abdi.platform.clocks import State, broke_at, due_of, reading, toward
from tests.real.test_loading import BOSTON, NYC, real

pytestmark = pytest.mark.django_db


def closed_rows(path, name):
    """The closed rows with a target that can be read, by the shipped map."""
    rows = loading.past_reports(path, loading.read_map(name), loading.Tally())
    return [row for row in rows if row.closed_at is not None and row.due_at is not None]


def clock_of(row):
    return toward(row.received_at, row.due_at, row.closed_at)


@real(BOSTON)
def test_boston_is_judged_by_the_clock_as_the_city_did():
    rows = [row for row in closed_rows(BOSTON, "boston_street_lights") if row.kept is not None]
    assert len(rows) > 2_000
    for row in rows:
        clock = clock_of(row)
        state = reading(clock, row.closed_at).state
        assert (state is State.KEPT) == row.kept, row.key
        assert state in (State.KEPT, State.BROKEN)
        assert due_of(clock) == row.due_at
        assert (broke_at(clock, row.closed_at) is None) == row.kept
    assert len({row.kept for row in rows}) == 2


@real(NYC)
def test_new_york_is_judged_by_its_own_targets():
    rows = closed_rows(NYC, "nyc_2011")
    assert len(rows) > 100
    verdicts = [reading(clock_of(row), row.closed_at).state is State.KEPT for row in rows]
    assert verdicts == [row.closed_at <= row.due_at for row in rows]
