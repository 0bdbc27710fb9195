"""Services whose reports are all of an earlier time, such as a history that was loaded.

Today's period tells nothing about them, so they get a period of their own. It ends with the last
closing, but at most thirty days after the newest report came in: later only the slow ones ended.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from abdi.insight.actions import Numbers, Places
from abdi.insight.choices import Scope
from abdi.insight.models import Run
from abdi.platform import clock
from abdi.reports import queries as reports

TOLD_BY = "reports.in_time"
MOST_PERIODS = 12
STILL = timedelta(days=30)
EVER = datetime(1970, 1, 1, tzinfo=UTC)


def places_told(numbers: Numbers) -> Places:
    """Services, units and the city that have closed reports in a period."""
    return frozenset(key[1:] for key, one in numbers.items() if key[0] == TOLD_BY and one.base)


def places_only_in(then: Numbers, now: Numbers) -> Places:
    """Places with closed reports in an earlier period and none today."""
    return places_told(then) - places_told(now)


def last_days(now: Numbers) -> list[date]:
    """Ends of the periods to calculate besides today's, the newest first; twelve at most.

    A period that was calculated today, after the last loading, is left out.
    """
    told = [pk for scope, pk in places_told(now) if scope == Scope.SERVICE]
    silent = reports.newest_by_service(but_not=told)
    days = {clock.local(min(ended, came + STILL)).date() for came, ended in silent.values()}
    return sorted(days - _fresh(), reverse=True)[:MOST_PERIODS]


def _fresh() -> set[date]:
    since = max(clock.now() - timedelta(days=1), reports.last_loaded_at() or EVER)
    return set(
        Run.objects.filter(is_complete=False, at__gte=since).values_list("end_on", flat=True)
    )
