"""Deadlines of a report, computed once when it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from abdi.platform import clock
from abdi.platform.calendar import WorkCalendar
from abdi.platform.norms import norms
from abdi.reports import rules
from abdi.reports.choices import Channel, Step
from abdi.reports.models import Category


@dataclass(frozen=True)
class Promise:
    """By when a report is taken up and done, and when to remind of it."""

    ack_due_at: datetime
    due_at: datetime
    remind_at: datetime


def promise_of(category: Category, received_at: datetime) -> Promise:
    """The promise for a report of this category, by the figures of the day it came in.

    A category the norms do not know has the figures of its priority.
    """
    local = clock.local(received_at)
    figures = norms("reports", on=local.date())
    own = figures["categories"].get(category.code) or {"priority": category.priority}
    asked = {"categories": {category.code: own}, "priorities": figures["priorities"]}
    steps = rules.step_deadlines(category.code, local, _works(), asked)
    due = {found.step: found.due for found in steps}
    due_at = due.get(Step.RESOLVE) or due.get(Step.MAKE_SAFE) or max(due.values())
    remind = rules.remind_at(local, due_at, int(figures["remind_before"]))
    return Promise(min(due.get(Step.ACK, due_at), due_at), due_at, remind)


def reply_until(done_at: datetime, channel: str) -> datetime:
    """The end of the last day on which the reporter may object."""
    local = clock.local(done_at)
    last = rules.reply_open_until(
        local.date(),
        sp4n=channel == Channel.SP4N_LAPOR,
        works=_works(),
        norms=norms("reports", on=local.date()),
    )
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=local.tzinfo)


def _works() -> Callable[[date], bool]:
    return WorkCalendar(zone=clock.zone()).is_working_day
