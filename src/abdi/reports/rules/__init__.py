"""Rules of reports: states, deadlines, figures of the promise, report numbers."""

from abdi.platform.clocks import NeverWorks, add_working_days
from abdi.reports.rules.classes import ClassDues as ClassDues
from abdi.reports.rules.classes import class_dues as class_dues
from abdi.reports.rules.classes import class_of as class_of
from abdi.reports.rules.classes import closing as closing
from abdi.reports.rules.deadlines import (
    ClassDeadlines,
    StepDue,
    add_working_time,
    class_deadlines,
    hours_of,
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
from abdi.reports.rules.handover import fingerprint, same_shift
from abdi.reports.rules.history import (
    AgencyPlan,
    BadMap,
    PastReport,
    Plan,
    RowRefused,
    past_report,
    plan_of,
)
from abdi.reports.rules.moments import (
    AT_DESK,
    IN_FIELD,
    average_stars,
    minutes_between,
    remind_at,
)
from abdi.reports.rules.numbers import ALPHABET, is_report_number, report_number
from abdi.reports.rules.places import Box, box_around, cell_of, cosine_permyriad, metres_between
from abdi.reports.rules.promises import (
    StepNow,
    cause_of,
    ends_pause,
    hour_of,
    is_urgent,
    last_step,
    news,
    next_check,
    promise_rules,
    promised,
    stops,
    verdict,
)
from abdi.reports.rules.routing import UNKNOWN, Route, points_of, stem, topic_of, words_of
from abdi.reports.rules.states import OPEN_STATUSES, is_open, next_statuses, statuses_before

__all__ = [
    "ALPHABET",
    "AT_DESK",
    "IN_FIELD",
    "OPEN_STATUSES",
    "UNKNOWN",
    "AgencyPlan",
    "BadMap",
    "Box",
    "ClassDeadlines",
    "NeverWorks",
    "PastReport",
    "Plan",
    "Route",
    "RowRefused",
    "StepDue",
    "StepNow",
    "add_working_days",
    "add_working_time",
    "answered_in_time",
    "average_stars",
    "box_around",
    "cause_of",
    "cell_of",
    "class_deadlines",
    "cosine_permyriad",
    "counts_for_city",
    "ends_pause",
    "fingerprint",
    "hour_of",
    "hours_of",
    "in_time",
    "is_open",
    "is_report_number",
    "is_urgent",
    "last_step",
    "metres_between",
    "minutes_between",
    "news",
    "next_check",
    "next_statuses",
    "past_report",
    "plan_of",
    "points_of",
    "promise_left",
    "promise_rules",
    "promised",
    "remind_at",
    "reply_open_until",
    "report_number",
    "same_shift",
    "statuses_before",
    "stem",
    "step_deadlines",
    "stops",
    "topic_of",
    "urgency",
    "verdict",
    "weekdays_without",
    "words_of",
]
