"""What the clock does: remind, and say that a promise broke."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.journal import record
from abdi.reports import events
from abdi.reports.actions.moves import mark
from abdi.reports.choices import Jurisdiction
from abdi.reports.models import Report
from abdi.reports.permissions import only_by_itself


@action(allowed=only_by_itself)
def break_promise(report: Report, *, by: Actor) -> Report:
    """Write down that the deadline passed: once in the life of a report.

    Raises Conflict where it is written already, or the report is not late.
    """
    if not note_broken(report, by=by):
        raise Conflict(_("This report is not late, or it is known already."))
    return report


def note_broken(report: Report, *, by: Actor) -> bool:
    """The same inside another action; returns whether it was news."""
    at = clock.now()
    news = Q(broken_at__isnull=True, due_at__lt=at, jurisdiction=Jurisdiction.CITY)
    if not mark(report, news, broken_at=at):
        return False
    fact = events.PromiseBroken(
        report_id=report.pk, unit_id=report.unit_id, person_id=report.person_id
    )
    record(fact, by=by, about=report)
    return True


@action(allowed=only_by_itself)
def remind(report: Report, *, by: Actor) -> Report:
    """Remind of a deadline that is near: once in the life of a report.

    Raises Conflict where it was done already, or it is too early.
    """
    at = clock.now()
    if not mark(report, Q(reminded_at__isnull=True, remind_at__lte=at), reminded_at=at):
        raise Conflict(_("Nobody needs a reminder of this report."))
    fact = events.PromiseReminded(
        report_id=report.pk, unit_id=report.unit_id, person_id=report.person_id
    )
    record(fact, by=by, about=report)
    return report
