from datetime import UTC, date, datetime, timedelta, timezone
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from abdi.platform import clock

LATE_IN_LONDON = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


@pytest.fixture
def eastern():
    before = clock._zone_source
    clock.use_zone_source(lambda: ZoneInfo("Asia/Jayapura"))
    yield
    clock.use_zone_source(before)


def test_now_is_an_aware_moment_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_the_clock_stands_where_it_is_put():
    with clock.at(LATE_IN_LONDON):
        assert clock.now() == LATE_IN_LONDON
    assert clock.now() != LATE_IN_LONDON


def test_the_inner_time_ends_with_its_block():
    with clock.at(LATE_IN_LONDON):
        with clock.at(LATE_IN_LONDON + timedelta(days=1)):
            assert clock.now() == LATE_IN_LONDON + timedelta(days=1)
        assert clock.now() == LATE_IN_LONDON


def test_other_threads_see_the_same_time():
    seen = []
    with clock.at(LATE_IN_LONDON):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [LATE_IN_LONDON]


def test_a_moment_of_another_zone_is_kept_in_utc():
    with clock.at(datetime(2026, 3, 2, 3, 0, tzinfo=timezone(timedelta(hours=7)))):
        assert clock.now().tzinfo is UTC
        assert clock.now() == LATE_IN_LONDON


def test_today_follows_the_zone_of_the_institution(eastern):
    with clock.at(datetime(2026, 3, 1, 15, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 3, 2)
        assert clock.local(clock.now()).hour == 0


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
