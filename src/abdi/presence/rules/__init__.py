"""Rules of presence: balances, days that count, what a row of a file says."""

from abdi.presence.rules.balances import Left, carry_over, entitlement, take
from abdi.presence.rules.days import (
    EXCUSED,
    Day,
    YearOfAbsence,
    absence_of_year,
    dispensation_day,
    effective_status,
    excused,
    excused_until,
    minute_of,
    overlap,
    pieces,
)
from abdi.presence.rules.reading import (
    Columns,
    code_of_words,
    find_columns,
    plain_words,
    read_clock,
    read_count,
    read_day,
    read_moment,
    read_number,
)
from abdi.presence.rules.requests import kinds_for, leave_days, next_states

__all__ = [
    "EXCUSED",
    "Columns",
    "Day",
    "Left",
    "YearOfAbsence",
    "absence_of_year",
    "carry_over",
    "code_of_words",
    "dispensation_day",
    "effective_status",
    "entitlement",
    "excused",
    "excused_until",
    "find_columns",
    "kinds_for",
    "leave_days",
    "minute_of",
    "next_states",
    "overlap",
    "pieces",
    "plain_words",
    "read_clock",
    "read_count",
    "read_day",
    "read_moment",
    "read_number",
    "take",
]
