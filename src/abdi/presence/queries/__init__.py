"""Reads of presence: who is away, what is left, what a day was, what waits."""

from abdi.presence.queries.absence import absences_of_year, counted_days, days_absent
from abdi.presence.queries.balances import Balance, balance_of
from abdi.presence.queries.calendar import CalendarDay, Taken, calendar_of, clashes, days_of
from abdi.presence.queries.files import Fates, fates_of, problem_rows, visible_files
from abdi.presence.queries.leaves import (
    away_between,
    away_totals,
    leaves_of,
    steps_of,
    visible_leaves,
    waiting_for,
)
from abdi.presence.queries.presence import (
    DayLine,
    day_lines,
    days_counted,
    earlier_rows,
    excuses_of,
    month_of,
    open_objections,
    visible_days,
)
from abdi.presence.queries.waiting import to_do

__all__ = [
    "Balance",
    "CalendarDay",
    "DayLine",
    "Fates",
    "Taken",
    "absences_of_year",
    "away_between",
    "away_totals",
    "balance_of",
    "calendar_of",
    "clashes",
    "counted_days",
    "day_lines",
    "days_absent",
    "days_counted",
    "days_of",
    "earlier_rows",
    "excuses_of",
    "fates_of",
    "leaves_of",
    "month_of",
    "open_objections",
    "problem_rows",
    "steps_of",
    "to_do",
    "visible_days",
    "visible_files",
    "visible_leaves",
    "waiting_for",
]
