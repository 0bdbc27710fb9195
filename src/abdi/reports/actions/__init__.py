"""Changes to citizens' reports, in the order of a report's life."""

from abdi.reports.actions.calling import call_for_nobody
from abdi.reports.actions.classing import set_class
from abdi.reports.actions.clockwork import break_promise, look_again, remind, tell_what_broke
from abdi.reports.actions.closing import close_report, keep_rating, rate_report, reopen
from abdi.reports.actions.desk import (
    categorise,
    hide,
    merge,
    pass_on,
    reject,
    split,
)
from abdi.reports.actions.dispatch import accept, assign, assign_to_duty, decline
from abdi.reports.actions.field import add_photo, arrive, postpone, propose_done, start
from abdi.reports.actions.handover import leave_shift, remark_on_handover, take_shift
from abdi.reports.actions.intake import Given, PhotoGiven, follow, receive_report
from abdi.reports.actions.loading import Loaded, Owner, load_history, load_rows
from abdi.reports.actions.pausing import pause_clock, resume_clock
from abdi.reports.actions.setup import adopt_categories, route_category
from abdi.reports.actions.talk import reveal, send_message

__all__ = [
    "Given",
    "Loaded",
    "Owner",
    "PhotoGiven",
    "accept",
    "add_photo",
    "adopt_categories",
    "arrive",
    "assign",
    "assign_to_duty",
    "break_promise",
    "call_for_nobody",
    "categorise",
    "close_report",
    "decline",
    "follow",
    "hide",
    "keep_rating",
    "leave_shift",
    "load_history",
    "load_rows",
    "look_again",
    "merge",
    "pass_on",
    "pause_clock",
    "postpone",
    "propose_done",
    "rate_report",
    "receive_report",
    "reject",
    "remark_on_handover",
    "remind",
    "reopen",
    "resume_clock",
    "reveal",
    "route_category",
    "send_message",
    "set_class",
    "split",
    "start",
    "take_shift",
    "tell_what_broke",
]
