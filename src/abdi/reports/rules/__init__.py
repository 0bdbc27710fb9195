"""Rules of reports: states, deadlines, figures of the promise, report numbers."""

from abdi.reports.rules.deadlines import (
    ClassDeadlines,
    NeverWorks,
    StepDue,
    add_working_days,
    add_working_time,
    class_deadlines,
    reply_open_until,
    step_deadlines,
    weekdays_without,
)
from abdi.reports.rules.figures import (
    answered_in_time,
    counts_for_city,
    in_time,
    promise_left,
    urgency,
)
from abdi.reports.rules.numbers import ALPHABET, is_report_number, report_number
from abdi.reports.rules.states import OPEN_STATUSES, is_open, next_statuses

__all__ = [
    "ALPHABET",
    "OPEN_STATUSES",
    "ClassDeadlines",
    "NeverWorks",
    "StepDue",
    "add_working_days",
    "add_working_time",
    "answered_in_time",
    "class_deadlines",
    "counts_for_city",
    "in_time",
    "is_open",
    "is_report_number",
    "next_statuses",
    "promise_left",
    "reply_open_until",
    "report_number",
    "step_deadlines",
    "urgency",
    "weekdays_without",
]
