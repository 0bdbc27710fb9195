"""How a clock is said: until when, how much is left, why it stands still, what broke and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.choices import N_
from abdi.platform.labels import label
from abdi.platform.pages import formats
from abdi.reports import queries, rules
from abdi.reports.actions.timing import class_steps, steps_now
from abdi.reports.choices import Cause, Jurisdiction, PauseReason, ReportClass, Step
from abdi.reports.models import BrokenStep, ClassChange, ClockPause, Report

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Line:
    """One step of a promise: its name, how it stands, and a tone."""

    name: str
    text: str
    tone: str = ""


def _lang() -> str:
    return (get_language() or "id").split("-")[0]


def _span(start: datetime, end: datetime) -> str:
    return formats.duration(rules.minutes_between(start, end), _lang())


def _late(due: datetime, end: datetime) -> str:
    """How late, each begun minute counted: who is half a minute late is not 0 minutes late."""
    return formats.duration(-((due - end) // MINUTE), _lang())


def moment_of(moment: datetime, now: datetime) -> str:
    """`19.42 WIB` today, with the day on any other."""
    if clock.local(moment).date() == clock.local(now).date():
        return formats.clock_time(moment, clock.zone())
    return formats.moment_short(moment, clock.zone(), _lang())


def why_stopped(reason: str, *, is_reporter: bool = False) -> str:
    """Why a clock stands still, in the middle of a sentence."""
    if is_reporter and reason == PauseReason.WAITING_REPORTER:
        return _("waiting for your answer")
    return label(reason, PauseReason).lower()


def stopped_since(report: Report, now: datetime, *, is_reporter: bool = False) -> str:
    """`Stopped since 14.10 WIB: waiting for the reporter's answer`; empty while it runs."""
    if report.paused_at is None:
        return ""
    return _("Stopped since %(time)s: %(why)s") % {
        "time": moment_of(report.paused_at, now),
        "why": why_stopped(report.pause_reason, is_reporter=is_reporter),
    }


SHORT = {
    PauseReason.WAITING_REPORTER: N_("stopped: reporter"),
    PauseReason.OTHER_AUTHORITY: N_("stopped: other authority"),
    PauseReason.UNSAFE: N_("stopped: weather"),
}
"""Why a clock stands still, for a row of a list."""


def stopped_short(report: Report) -> str:
    """Why the clock of a report stands still, in two or three words."""
    reason = PauseReason(report.pause_reason)
    return _(SHORT[reason]) if reason in SHORT else label(reason)


def title_of(report: Report, now: datetime, lines: list[Line]) -> str:
    """What the clock of the promise itself says: stopped, broken, running or kept."""
    if report.paused_at is not None:
        return stopped_since(report, now)
    if report.broken_at is not None or (lines and lines[-1].tone == "red"):
        return _("The promise is broken")
    return _("The promise runs") if report.is_open else _("The promise was kept")


def lines_of(report: Report, now: datetime) -> list[Line]:
    """Each promised step in words. No query; nothing for what is not ours."""
    if report.jurisdiction != Jurisdiction.CITY:
        return []
    steps = [one for one in steps_now(report) if one.due is not None]
    return [Line(label(one.step, Step), *_of_step(one, report, now)) for one in steps]


def _of_step(step: rules.StepNow, report: Report, now: datetime) -> tuple[str, str]:
    due = step.due or now
    words = {"time": moment_of(due, now)}
    if step.done is not None:
        if step.done <= due:
            return _("done in time, promised before %(time)s") % words, "green"
        late = {**words, "late": _late(due, step.done)}
        return _("promised before %(time)s, done %(late)s late") % late, "red"
    if not report.is_open:
        return _("promised before %(time)s") % words, ""
    if step.is_stopped and report.paused_at is not None:
        left = _span(report.paused_at, due)
        return _("stopped with %(left)s left") % {"left": left}, "blue"
    if due < now:
        return _("promised before %(time)s, late by %(late)s") % {
            **words,
            "late": _late(due, now),
        }, "red"
    return _("before %(time)s, %(left)s left") % {**words, "left": _span(now, due)}, ""


def broken_of(report: Report, now: datetime) -> list[str]:
    """What broke, how late and why; asked of the database only where something did."""
    if not report.broken_count:
        return []
    done = {one.step: one.done for one in (*steps_now(report), *class_steps(report))}
    return [_broken(row, done.get(Step(row.step)) or now) for row in _rows(report)]


def _rows(report: Report) -> list[BrokenStep]:
    order = list(Step)
    return sorted(queries.broken_steps_of(report), key=lambda row: order.index(Step(row.step)))


def _broken(row: BrokenStep, until: datetime) -> str:
    words = {
        "step": label(row.step, Step),
        "term": formats.duration(row.minutes, _lang()),
        "late": _late(row.due_at, until),
        "cause": label(row.cause, Cause),
    }
    if row.step == Step.RESOLVE:
        return _("Our promise of %(term)s is past by %(late)s. Cause: %(cause)s.") % words
    return _("%(step)s: promised within %(term)s, past by %(late)s. Cause: %(cause)s.") % words


def pauses_of(report: Report, now: datetime) -> list[str]:
    """When the clock stood still, by whom and why; asked only where it ever did."""
    if not report.pause_count:
        return []
    return [_pause(row, now) for row in queries.pauses_of(report)]


def _pause(row: ClockPause, now: datetime) -> str:
    words = {
        "from": moment_of(row.from_at, now),
        "until": moment_of(row.until_at, now) if row.until_at else _("now"),
        "why": why_stopped(row.reason),
        "who": row.person.display_name if row.person else _("the program"),
    }
    text = _("%(from)s to %(until)s: %(why)s (%(who)s)") % words
    return f"{text}. {row.note}" if row.note else text


# ------------------------------------------------------------------ the class of SP4N


def class_of(report: Report, now: datetime) -> dict[str, Any]:
    """All that the page of a report says of its class."""
    return {
        "class_title": class_title(report, now),
        "class_lines": class_lines(report, now),
        "class_changes": class_changes(report, now),
    }


def class_title(report: Report, now: datetime) -> str:
    """The class and until when an answer is owed; empty where a report has none."""
    if not report.report_class or report.jurisdiction != Jurisdiction.CITY:
        return ""
    name = label(report.report_class, ReportClass)
    if report.answer_due_at is None:
        return _("%(name)s: minutes count, not days") % {"name": name}
    words = {"name": name, "time": moment_of(report.answer_due_at, now)}
    return _("%(name)s: answer by %(time)s") % words


def class_lines(report: Report, now: datetime) -> list[Line]:
    """Check and answer as the class wants them, in days of the office. No query."""
    if not class_title(report, now):
        return []
    steps = class_steps(report)
    return [Line(label(one.step, Step), *_of_step(one, report, now)) for one in steps]


def class_changes(report: Report, now: datetime) -> list[str]:
    """What class it had before, what was promised then, who changed it and why. One query."""
    return [_class_change(row, now) for row in queries.class_changes_of(report)]


def _class_change(row: ClassChange, now: datetime) -> str:
    words = {
        "time": moment_of(row.at, now),
        "was": label(row.was, ReportClass) if row.was else _("no class"),
        "due": moment_of(row.answer_due_at, now) if row.answer_due_at else "",
        "who": row.person.display_name if row.person else _("the program"),
    }
    text = (
        _("until %(time)s: %(was)s, answer by %(due)s (%(who)s)")
        if row.answer_due_at
        else _("until %(time)s: %(was)s (%(who)s)")
    ) % words
    return f"{text}. {row.reason or _('It came with another kind.')}"
