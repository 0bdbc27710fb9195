"""What runs by the clock. Each row is one action; a run that is cut off is simply repeated."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.jobs import job
from abdi.reports import actions, queries
from abdi.reports.models import Report

BATCH = 500


@job("every 5 minutes")
def remind_before_deadline() -> int:
    """Remind of open reports whose time is nearly over; returns how many."""
    return _each(queries.to_remind(clock.now()), lambda row: actions.remind(row, by=SYSTEM))


@job("every 5 minutes")
def flag_broken_promises() -> int:
    """Write down promises that broke; returns how many."""
    return _each(queries.overdue(clock.now()), lambda row: actions.break_promise(row, by=SYSTEM))


@job("every 5 minutes")
def look_at_the_steps() -> int:
    """Write down steps before the last one that broke; returns of how many reports."""
    return _each(queries.to_look_at(clock.now()), lambda row: actions.look_again(row, by=SYSTEM))


@job("every 5 minutes")
def tell_heads_what_broke() -> int:
    """One notice for each unit and hour in which promises broke; returns how many."""
    now, told = clock.now(), 0
    for unit, until in queries.hours_to_tell(now):
        told += actions.tell_what_broke(unit, by=SYSTEM, until=until) is not None
    return told


@job("every 1 minutes")
def call_for_urgent_reports() -> int:
    """Begin a call for urgent reports that nobody has accepted in time; returns how many."""
    return _each(queries.to_call(clock.now()), lambda row: actions.call_for_nobody(row, by=SYSTEM))


@job("every 1 hours")
def close_after_the_reply_window() -> int:
    """Close what nobody objected to in time; returns how many."""
    return _each(queries.to_close(clock.now()), lambda row: actions.close_report(row, by=SYSTEM))


def _each(rows: QuerySet[Report], act: Callable[[Report], object]) -> int:
    """Act on each row; one that somebody else was quicker with is left to him."""
    done = 0
    for row in rows[:BATCH]:
        try:
            act(row)
        except Conflict:
            continue
        done += 1
    return done
