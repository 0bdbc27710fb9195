import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from abdi.platform.calendar import (
    NATIONAL,
    WorkCalendar,
    add_working_days,
    holidays_of,
    is_working_day,
    zone_code,
    zone_named,
)

SHARED = Path(__file__).parents[5] / "shared" / "data"
WIB = zone_named("WIB")


def wib(day, hour, minute=0):
    return datetime(2026, *day, hour, minute, tzinfo=WIB)


def test_national_days_and_joint_leave_are_free():
    assert not is_working_day(date(2026, 8, 17))
    assert not is_working_day(date(2026, 12, 24)), "joint leave before Christmas"
    assert is_working_day(date(2026, 8, 18))


def test_weekends_are_free():
    assert not is_working_day(date(2026, 8, 15))
    assert not is_working_day(date(2026, 8, 16))


def test_holidays_carry_indonesian_names():
    assert "Kemerdekaan" in holidays_of(2026)[date(2026, 8, 17)]


def test_holidays_of_2026_agree_with_the_joint_decree():
    folder = SHARED / "calendar"
    if not folder.exists():
        pytest.skip("the reference calendar is not beside this checkout")
    decreed = {
        date.fromisoformat(item["date"])
        for name in ("libur-nasional.json", "cuti-bersama.json")
        for item in json.loads((folder / name).read_text(encoding="utf-8"))["years"]["2026"][
            "holidays"
        ]
    }
    assert set(holidays_of(2026)) == decreed


def test_counting_starts_on_the_next_day():
    assert add_working_days(date(2026, 8, 14), 1) == date(2026, 8, 18), "over weekend and holiday"
    assert add_working_days(date(2026, 8, 18), -1) == date(2026, 8, 14)


def test_no_days_from_a_free_day_is_the_next_working_day():
    assert add_working_days(date(2026, 8, 15), 0) == date(2026, 8, 18)
    assert add_working_days(date(2026, 8, 18), 0) == date(2026, 8, 18)


def test_working_days_count_both_ends():
    assert NATIONAL.working_days(date(2026, 8, 14), date(2026, 8, 18)) == 2
    assert NATIONAL.working_days(date(2026, 8, 18), date(2026, 8, 14)) == 0


def test_the_institution_adds_its_own_days():
    own = WorkCalendar(free=frozenset({date(2026, 6, 19)}), worked=frozenset({date(2026, 8, 15)}))
    assert not own.is_working_day(date(2026, 6, 19))
    assert own.is_working_day(date(2026, 8, 15))


def test_an_office_may_work_six_days():
    assert WorkCalendar(rest_days=frozenset({6})).is_working_day(date(2026, 8, 22))


def test_a_week_has_thirty_seven_and_a_half_hours():
    monday, sunday = wib((7, 6), 0), wib((7, 12), 23, 59)
    assert NATIONAL.working_minutes(monday, sunday) == 37.5 * 60


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (wib((7, 6), 8), 60, wib((7, 6), 9)),
        (wib((7, 6), 11), 120, wib((7, 6), 14)),
        (wib((7, 6), 15, 30), 60, wib((7, 7), 8)),
        (wib((7, 10), 16), 60, wib((7, 13), 8)),
        (wib((7, 11), 3), 0, wib((7, 13), 7, 30)),
        (wib((7, 6), 7, 30), 450, wib((7, 6), 16)),
    ],
)
def test_office_minutes_pass_only_while_the_office_works(start, minutes, end):
    assert NATIONAL.add_working_minutes(start, minutes) == end
    assert NATIONAL.working_minutes(start, end) == minutes


def test_moments_of_other_zones_are_understood():
    start = datetime(2026, 7, 6, 1, 0, tzinfo=UTC)
    assert NATIONAL.add_working_minutes(start, 60) == wib((7, 6), 9)
    eastern = WorkCalendar(zone=zone_named("WIT"))
    assert eastern.add_working_minutes(start, 60).astimezone(eastern.zone).time() == time(11, 0)


def test_naive_moments_and_negative_minutes_are_refused():
    with pytest.raises(ValueError, match="aware"):
        NATIONAL.add_working_minutes(datetime(2026, 7, 6, 8), 60)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        NATIONAL.add_working_minutes(wib((7, 6), 8), -1)


def test_an_office_without_hours_is_refused_instead_of_searched_for_ever():
    with pytest.raises(ValueError, match="no working time"):
        WorkCalendar(hours=((),) * 7).add_working_minutes(wib((7, 6), 8), 1)


def test_zones_have_their_letters():
    assert zone_code(zone_named("WITA")) == "WITA"
    assert zone_code(ZoneInfo("UTC")) == "UTC"
    with pytest.raises(ValueError, match="none of"):
        zone_named("GMT")
