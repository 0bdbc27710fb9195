"""Words between the reporter and the desk; the reporter's contact, revealed with a reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, Refused, action
from abdi.platform.journal import record
from abdi.reports import events
from abdi.reports.actions.moves import move
from abdi.reports.actions.pausing import pause_for_answer, run_again
from abdi.reports.choices import ContactField, Identity, PauseReason, Status
from abdi.reports.models import Message, Report, ReporterContact, Reveal
from abdi.reports.permissions import is_reporter, may_reveal, may_write


@action(allowed=may_write)
def send_message(
    report: Report, *, by: Actor, text: str, is_question: bool = False, version: int | None = None
) -> Message:
    """Write to the other side. A question of the staff waits for the reporter's answer.

    The clock of the work stands still until the answer, which brings the report back to where it
    was; the first answer is due as before. Any word of his ends a pause that waits for him.
    """
    if not text.strip():
        raise Invalid(_("Please write a message."), field="text")
    at = clock.now()
    mine = is_reporter(by, report)
    message = Message.objects.create(
        report=report, is_from_reporter=mine, text=text.strip(), at=at, by=by.ref
    )
    if mine and report.status == Status.WAITING_REPORTER:
        back = Status.FORWARDED if report.person_id else Status.VERIFIED
        move(report, back, by=by, at=at, seen=version)
    elif mine and report.pause_reason == PauseReason.WAITING_REPORTER:
        run_again(report, by=by, at=at, version=version)
    elif is_question and not mine:
        move(report, Status.WAITING_REPORTER, by=by, at=at, seen=version)
        pause_for_answer(report, by=by, at=at)
    record(events.MessageSent(report_id=report.pk, from_reporter=mine), by=by, about=report)
    return message


@action(allowed=may_reveal)
def reveal(report: Report, *, by: Actor, field: ContactField, reason: str) -> str:
    """Show one field of the reporter's contact; he sees who looked, when and why.

    Somebody who asked to stay unknown has nothing to show: the answer is the same empty one.
    """
    if not reason.strip():
        raise Invalid(_("Please give a reason."), field="reason")
    if by.person_id is None:
        raise Refused("no_person", resource="reports.reporter", act="reveal")
    contact = ReporterContact.objects.filter(report=report).first()
    Reveal.objects.create(
        report=report,
        person_id=by.person_id,
        field=field,
        reason=reason.strip(),
        at=clock.now(),
    )
    record(
        events.ContactRevealed(report_id=report.pk, person_id=by.person_id, field=field),
        by=by,
        about=report,
    )
    if contact is None or report.identity != Identity.OPEN:
        return ""
    return str(getattr(contact, field))
