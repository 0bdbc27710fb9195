"""Rules of the morning after a night call-out: until when it is excused, what stays late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from abdi.presence.rules import excused, excused_until, minute_of

WIB = ZoneInfo("Asia/Jakarta")
MORNING = date(2026, 3, 3)


def test_who_comes_after_the_rest_is_late_by_what_is_left():
    assert excused("late", 180, came=10 * 60, until=645) == ("dispensation", 0)
    assert excused("late", 285, came=12 * 60, until=645) == ("late", 75)
    assert excused("late", 20, came=7 * 60 + 50, until=7 * 60) == ("late", 20)
    assert excused("late", 90, came=None, until=645) == ("dispensation", 0)
    assert excused("absent_without_reason", 0, came=None, until=645)[0] == "absent_without_reason"


def test_the_rest_counts_from_the_end_or_else_from_the_call():
    figures = {"night_call": {"rest_hours": 6}}
    call = datetime(2026, 3, 3, 2, 10, tzinfo=WIB)
    end = datetime(2026, 3, 3, 4, 45, tzinfo=WIB)
    assert excused_until(call, end, figures).strftime("%H.%M") == "10.45"
    assert excused_until(call, None, figures).strftime("%H.%M") == "08.10"
    assert minute_of(MORNING, end) == 285
    assert minute_of(MORNING, end + timedelta(days=1)) == 1440
    assert minute_of(MORNING, end - timedelta(days=1)) == 0
