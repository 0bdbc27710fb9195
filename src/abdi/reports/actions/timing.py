"""Deadlines of a report, computed once when it is written, and anew when its clock runs again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from abdi.platform import clock, clocks
from abdi.platform.calendar import WorkCalendar
from abdi.platform.norms import norms
from abdi.reports import rules
from abdi.reports.choices import Channel, Clock, Step
from abdi.reports.models import Category, Report

_BEFORE_LAST: Final[Mapping[Step, str]] = {
    Step.ACK: "ack_due_at",
    Step.ARRIVE: "arrive_due_at",
    Step.MAKE_SAFE: "safe_due_at",
}
"""Where the due moment of a step stands; `due_at` is that of the last step, whichever it is."""


@dataclass(frozen=True)
class Promise:
    """By when a report is taken up, the crew is there, the place safe, all done; when to remind.

    `check_at` is the first moment at which a step before the last one could break.
    """

    ack_due_at: datetime
    due_at: datetime
    remind_at: datetime
    arrive_due_at: datetime | None = None
    safe_due_at: datetime | None = None
    check_at: datetime | None = None

    def columns(self) -> dict[str, datetime | None]:
        """The columns of a report that hold it."""
        return dict(vars(self))


def promise_of(
    category: Category, received_at: datetime, pauses: Iterable[clocks.Pause] = ()
) -> Promise:
    """The promise for a report of this category, by the figures of the day it came in.

    A category the norms do not know has the figures of its priority. `pauses` have all ended.
    """
    local = clock.local(received_at)
    figures = _figures(local)
    stated = _stated(category, local, figures, pauses)
    last = rules.last_step(stated.steps)
    dues = {step: due for step, due in stated.dues().items() if due is not None}
    due_at = dues.pop(last)
    return Promise(
        ack_due_at=dues.get(Step.ACK, due_at),
        due_at=due_at,
        remind_at=rules.remind_at(local, due_at, int(figures["remind_before"])),
        arrive_due_at=dues.get(Step.ARRIVE),
        safe_due_at=dues.get(Step.MAKE_SAFE),
        check_at=min(dues.values(), default=None),
    )


def _stated(
    category: Category,
    local: datetime,
    figures: Mapping[str, Any],
    pauses: Iterable[clocks.Pause] = (),
) -> clocks.Promise:
    own = figures["categories"].get(category.code) or {"priority": category.priority}
    asked = {"categories": {category.code: own}, "priorities": figures["priorities"]}
    held = rules.promise_rules(_works(), clock.zone(), figures)
    return rules.promised(category.code, local, held, asked, pauses)


def steps_now(report: Report, known: Iterable[str] = ()) -> list[rules.StepNow]:
    """The steps of a report as they stand, the promise itself last.

    `known` are the steps whose break is on record. A later step that is done does those before it.
    """
    done = {Step.ACK: report.acknowledged_at, Step.ARRIVE: report.arrived_at}
    local, on_record = clock.local(report.received_at), frozenset(known)
    figures = _figures(local)
    stated = _stated(report.category, local, figures)
    last = rules.last_step(stated.steps)
    found = []
    for step in map(Step, stated.steps):
        due = getattr(report, _column(step, last))
        found.append(
            rules.StepNow(
                step=step,
                due=due,
                done=(done.get(step) if step != last else None) or report.resolved_at,
                is_stopped=_is_stopped(report, step, due, figures),
                is_known=step in on_record,
                is_last=step == last,
            )
        )
    return found


def class_steps(report: Report, known: Iterable[str] = ()) -> list[rules.StepNow]:
    """Check and answer as the class of SP4N wants them; none where it names no days."""
    on_record = frozenset(known)
    figures = _figures(clock.local(report.received_at))
    answered = report.resolved_at or report.closed_at
    dues = (
        (Step.CHECK, report.verify_due_at, report.acknowledged_at or answered),
        (Step.ANSWER, report.answer_due_at, answered),
    )
    return [
        rules.StepNow(
            step=step,
            due=due,
            done=done,
            is_stopped=_is_stopped(report, step, due, figures),
            is_known=step in on_record,
        )
        for step, due, done in dues
        if due is not None
    ]


def class_dues(report_class: str, received_at: datetime) -> rules.ClassDues:
    """By when a report of a class is checked and answered, by the figures of the day it came in."""
    local = clock.local(received_at)
    return rules.class_dues(report_class, local, WorkCalendar(zone=clock.zone()), _figures(local))


def promised_due(report: Report, step: rules.StepNow, due: datetime) -> datetime:
    """When a step, now due at `due`, was due as promised, before any pause moved it."""
    if not report.pause_count:
        return due
    if step.step in (Step.CHECK, Step.ANSWER):
        dues = class_dues(report.report_class, report.received_at)
        return (dues.verify if step.step is Step.CHECK else dues.answer) or due
    first = promise_of(report.category, report.received_at).columns()
    return first["due_at" if step.is_last else _BEFORE_LAST[step.step]] or due


def check_at(report: Report, known: Iterable[str] = ()) -> datetime | None:
    """From when on the clock must look at the steps before the last one again."""
    return rules.next_check([*steps_now(report, known), *class_steps(report, known)])


def running_again(report: Report, at: datetime) -> dict[str, Any]:
    """The columns of a report whose clock runs again at a moment; none where it is not stopped.

    Each stopped step has what it had left when the clock was stopped, and the thaw minimum.
    """
    if report.paused_at is None:
        return {}
    local = clock.local(report.received_at)
    figures, pause = _figures(local), clocks.Pause(report.paused_at, at)
    stated = _stated(report.category, local, figures)
    before = {one.step: one for one in steps_now(report)}
    dues: dict[str, datetime | None] = {}
    for term in stated.terms:
        now = before[Step(term.step)]
        hours, thaw = stated.rules.hours[term.hours], stated.rules.thaw
        dues[term.step] = (
            clocks.thawed(now.due, pause, term.minutes, hours, thaw)
            if now.due is not None and now.is_stopped
            else now.due
        )
    dues = clocks.in_order(dues)
    after = [rules.StepNow(one.step, dues[one.step], one.done) for one in before.values()]
    last = rules.last_step(stated.steps)
    due_at = dues[last] or report.due_at
    answer = _answer_again(report, pause)
    of_class = [
        replace(one, due=answer.get("answer_due_at", one.due), is_stopped=False)
        if one.step is Step.ANSWER
        else one
        for one in class_steps(report)
    ]
    return {
        **{_column(Step(step), last): due for step, due in dues.items()},
        "remind_at": rules.remind_at(at, max(due_at, at), int(figures["remind_before"])),
        **answer,
        "check_at": rules.next_check([*after[:-1], *of_class]),
        "paused_at": None,
        "pause_reason": "",
    }


def _answer_again(report: Report, pause: clocks.Pause) -> dict[str, datetime]:
    """The day of the answer after a pause that stopped it: it ends when the office closes."""
    stopped = [one.due for one in class_steps(report) if one.step is Step.ANSWER and one.is_stopped]
    if not stopped or stopped[0] is None:
        return {}
    local = clock.local(report.received_at)
    held = rules.promise_rules(_works(), clock.zone(), _figures(local))
    days, due = held.hours[Clock.WORKING_DAYS], clock.local(stopped[0])
    minutes = days.between(local, due) // timedelta(minutes=1)
    again = clock.local(clocks.thawed(due, pause, minutes, days, held.thaw))
    return {"answer_due_at": rules.closing(again.date(), WorkCalendar(zone=clock.zone()))}


def may_be_stopped(report: Report, reason: str) -> bool:
    """Whether a reason stops the promise of this report at all."""
    local = clock.local(report.received_at)
    figures = _figures(local)
    last = rules.last_step(_stated(report.category, local, figures).steps)
    return rules.stops(reason, last, figures)


def _column(step: Step, last: str) -> str:
    return "due_at" if step == last else _BEFORE_LAST[step]


def _is_stopped(
    report: Report, step: Step, due: datetime | None, figures: Mapping[str, Any]
) -> bool:
    """Whether the pause of now stops this step; what broke before it stays broken."""
    if report.paused_at is None or due is None or due < report.paused_at:
        return False
    return rules.stops(report.pause_reason, step, figures)


def reply_until(done_at: datetime, channel: str) -> datetime:
    """The end of the last day on which the reporter may object."""
    local = clock.local(done_at)
    last = rules.reply_open_until(
        local.date(),
        sp4n=channel == Channel.SP4N_LAPOR,
        works=_works(),
        norms=_figures(local),
    )
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=local.tzinfo)


def _figures(local: datetime) -> Mapping[str, Any]:
    found: Mapping[str, Any] = norms("reports", on=local.date())
    return found


def _works() -> Callable[[date], bool]:
    return WorkCalendar(zone=clock.zone()).is_working_day
