"""The clock of a report is stopped with a reason, and runs again; the reporter sees both."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor, Refused
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record
from abdi.reports import events, rules
from abdi.reports.actions.moves import change, end_pause, mark
from abdi.reports.actions.timing import check_at, may_be_stopped, running_again
from abdi.reports.choices import Jurisdiction, PauseReason
from abdi.reports.models import ClockPause, Message, Report
from abdi.reports.permissions import may_contact, may_pause


@action(allowed=may_pause)
def pause_clock(
    report: Report,
    *,
    by: Actor,
    reason: PauseReason | str,
    note: str = "",
    question: str = "",
    version: int | None = None,
) -> Report:
    """Stop the clock for a reason the figures allow; the reporter sees since when and why.

    Waiting for the reporter needs the `question` to him: it is sent in the same moment.
    Raises Invalid for a reason that stops no clock (waiting for material is the city's matter) and
    for waiting without a question, Refused for who may not write to the reporter, Conflict where
    the report has ended, its promise is over, or it stands still already.
    """
    if reason not in PauseReason.codes():
        raise Invalid(_("Please choose why the clock stops."), field="reason")
    if not may_be_stopped(report, str(reason)):
        raise Invalid(_("This reason stops no clock: the promise runs on."), field="reason")
    waits = reason == PauseReason.WAITING_REPORTER
    if waits:
        _check_question(report, by, question)
    at = clock.now()
    change(
        report,
        seen=version,
        only_if=_can_stop(at),
        paused_at=at,
        pause_reason=str(reason),
        pause_count=F("pause_count") + 1,
    )
    _keep(report, by=by, at=at, note=note)
    if waits:
        ask(report, by=by, at=at, text=question)
    return report


def _check_question(report: Report, by: Actor, question: str) -> None:
    if not question.strip():
        raise Invalid(
            _("Write the question: the clock waits for an answer, so somebody must have asked."),
            field="question",
        )
    if not may_contact(by, report):
        raise Refused("no_grant", resource="reports.reporter", act="contact")


def ask(report: Report, *, by: Actor, at: datetime, text: str) -> Message:
    """Write to the reporter inside another action."""
    row = Message.objects.create(
        report=report, is_from_reporter=False, text=text.strip(), at=at, by=by.ref
    )
    record(events.MessageSent(report_id=report.pk, from_reporter=False), by=by, about=report)
    return row


def pause_for_answer(report: Report, *, by: Actor, at: datetime) -> None:
    """Stop the clock because the reporter was asked, inside another action; where it can be."""
    reason = PauseReason.WAITING_REPORTER
    if not may_be_stopped(report, reason):
        return
    columns = {"paused_at": at, "pause_reason": reason.value, "pause_count": F("pause_count") + 1}
    if mark(report, _can_stop(at), **columns):
        _keep(report, by=by, at=at, note="")


def _can_stop(at: datetime) -> Q:
    """A running clock of our own open report whose promise is not over."""
    return Q(
        status__in=rules.OPEN_STATUSES,
        jurisdiction=Jurisdiction.CITY,
        joined_to__isnull=True,
        paused_at__isnull=True,
        broken_at__isnull=True,
        due_at__gte=at,
    )


def _keep(report: Report, *, by: Actor, at: datetime, note: str) -> None:
    ClockPause.objects.create(
        report=report,
        reason=report.pause_reason,
        note=note.strip(),
        from_at=at,
        by=by.ref,
        person_id=by.person_id,
    )
    mark(report, Q(), check_at=check_at(report))
    fact = events.ClockPaused(
        report_id=report.pk, unit_id=report.unit_id, reason=report.pause_reason
    )
    record(fact, by=by, about=report)


@action(allowed=may_pause)
def resume_clock(report: Report, *, by: Actor, version: int | None = None) -> Report:
    """Let the clock run again: with what was left, and never with less than the thaw minimum.

    Raises Conflict where it runs already, or the report is not as it was seen.
    """
    if report.paused_at is None:
        raise Conflict(_("The clock of this report is running."), current=report)
    run_again(report, by=by, at=clock.now(), version=version)
    return report


def run_again(report: Report, *, by: Actor, at: datetime, version: int | None = None) -> None:
    """The same inside another action. Raises Conflict where it changed meanwhile."""
    reason = report.pause_reason
    change(
        report,
        seen=version,
        only_if=Q(paused_at=report.paused_at),
        **running_again(report, at),
    )
    end_pause(report, reason, by=by, at=at)
