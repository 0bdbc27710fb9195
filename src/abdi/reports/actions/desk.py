"""What the desk settles: kind, doubles, owner, and what is no report at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from abdi.duty.choices import EndReason
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.clocks import Pause
from abdi.platform.journal import record
from abdi.reports import events, queries, rules
from abdi.reports.actions.calling import call_off, stand_down
from abdi.reports.actions.classing import with_kind
from abdi.reports.actions.moves import change, end_pause, keep_step, mark, move
from abdi.reports.actions.timing import promise_of, reply_until
from abdi.reports.choices import Jurisdiction, Priority, RejectReason, Status
from abdi.reports.models import Category, Report
from abdi.reports.permissions import may_check, may_hide, may_merge, may_split


@action(allowed=may_check)
def categorise(
    report: Report,
    *,
    by: Actor,
    category: Category,
    is_text_public: bool = True,
    version: int | None = None,
) -> Report:
    """Settle the kind of a report; a new kind brings its own unit and deadlines.

    The clock runs from receipt as before, less the pauses; one that lasts ends with another kind.
    A promise that broke stays broken. From now on everybody may read the words, unless the
    desk keeps them back (a name in them) or the kind is confidential.
    """
    at = clock.now()
    is_other, reason = category.pk != report.category_id, report.pause_reason
    columns = _of_kind(report, category, by=by, at=at) if is_other else {}
    change(
        report,
        seen=version,
        only_if=Q(status__in=rules.OPEN_STATUSES),
        acknowledged_at=report.acknowledged_at or at,
        published_at=(report.published_at or at) if is_text_public else None,
        **columns,
    )
    if is_other and reason:
        end_pause(report, reason, by=by, at=at)
    if is_other:
        call_off(report, by=by)
    if report.status == Status.RECEIVED:
        move(report, Status.VERIFIED, by=by, at=at)
    record(
        events.ReportCategorised(
            report_id=report.pk, unit_id=report.unit_id, category=category.code
        ),
        by=by,
        about=report,
    )
    return report


def _of_kind(report: Report, category: Category, *, by: Actor, at: datetime) -> dict[str, Any]:
    pauses = queries.pauses_of(report) if report.pause_count else []
    ended = [Pause(one.from_at, one.until_at or at, one.reason) for one in pauses]
    promise = promise_of(category, report.received_at, ended)
    return {
        **promise.columns(),
        **with_kind(report, category, promise.check_at, by=by, at=at),
        "paused_at": None,
        "pause_reason": "",
        "category": category,
        "service_id": category.service_id,
        "unit": category.unit,
        "agency_id": category.unit.agency_id or category.unit_id,
        "person": None,
        "priority": category.priority,
        "is_confidential": category.is_confidential,
        "is_protected": category.is_protected,
    }


@action(allowed=may_merge)
def merge(report: Report, into: Report, *, by: Actor, version: int | None = None) -> Report:
    """Join a report to the one it repeats; its reporter follows the other from now on."""
    if report.pk == into.pk:
        raise Invalid(_("A report cannot repeat itself."), field="into")
    leads = Q(pk=into.pk, joined_to__isnull=True, is_protected=False)
    _hold(report, into)
    if not Report.objects.filter(leads).exists():
        raise Conflict(_("The other report is joined to a third one itself."))
    change(
        report,
        seen=version,
        only_if=Q(joined_to__isnull=True, status__in=rules.OPEN_STATUSES),
        joined_to=into,
    )
    moved = Report.objects.filter(joined_to=report).update(joined_to=into)
    mark(into, leads, joined_count=F("joined_count") + 1 + moved)
    mark(report, Q(), joined_count=0)
    stand_down(report, by=by, why=EndReason.DONE)
    record(events.ReportMerged(report_id=report.pk, into_id=into.pk), by=by, about=report)
    return report


def _hold(*reports: Report) -> None:
    """Hold rows in the order of their ids, so that two merges never wait for each other."""
    ids = [report.pk for report in reports]
    list(Report.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


@action(allowed=may_split)
def split(report: Report, *, by: Actor, version: int | None = None) -> Report:
    """Take a joined report apart again: it goes back to the desk as it was."""
    into_id = report.joined_to_id
    if into_id is None:
        raise Conflict(_("This report is not joined to another one."))
    change(report, seen=version, only_if=Q(joined_to=into_id), joined_to=None)
    Report.objects.filter(pk=into_id, joined_count__gt=0).update(joined_count=F("joined_count") - 1)
    record(events.ReportSplit(report_id=report.pk, from_id=into_id), by=by, about=report)
    return report


@action(allowed=may_check)
def pass_on(
    report: Report,
    *,
    by: Actor,
    jurisdiction: Jurisdiction,
    owner: str,
    is_safe: bool = False,
    note: str = "",
    version: int | None = None,
) -> Report:
    """Hand over what belongs to somebody outside; counts neither as late nor as solved by us.

    The owner is named. Acute danger is made safe first, whoever owns it.
    """
    if jurisdiction == Jurisdiction.CITY or not owner.strip():
        raise Invalid(_("Please name who it belongs to."), field="owner")
    if report.priority == Priority.P1 and not is_safe:
        raise Invalid(_("This is an emergency: make the place safe first."), field="is_safe")
    at = clock.now()
    move(
        report,
        Status.REJECTED,
        by=by,
        at=at,
        seen=version,
        note=note,
        jurisdiction=jurisdiction,
        owner_text=owner.strip(),
        reject_reason=RejectReason.NOT_AUTHORITY,
        reply_until=reply_until(at, report.channel),
        acknowledged_at=report.acknowledged_at or at,
    )
    record(
        events.ReportPassedOn(
            report_id=report.pk, unit_id=report.unit_id, jurisdiction=jurisdiction
        ),
        by=by,
        about=report,
    )
    return report


@action(allowed=may_check)
def reject(
    report: Report, *, by: Actor, reason: RejectReason, note: str = "", version: int | None = None
) -> Report:
    """End a report that no crew works on; the reporter sees why and may object."""
    if reason in (RejectReason.DUPLICATE, RejectReason.NOT_AUTHORITY):
        raise Invalid(_("Please join it, or name its owner, instead."), field="reason")
    at = clock.now()
    move(
        report,
        Status.REJECTED,
        by=by,
        at=at,
        seen=version,
        note=note,
        reject_reason=reason,
        reply_until=reply_until(at, report.channel),
        acknowledged_at=report.acknowledged_at or at,
    )
    record(
        events.ReportRejected(report_id=report.pk, unit_id=report.unit_id, reason=reason),
        by=by,
        about=report,
    )
    return report


@action(allowed=may_hide)
def hide(report: Report, *, by: Actor, reason: str, version: int | None = None) -> Report:
    """Take a report from the public: the first of the desk asks, a second one decides."""
    if not reason.strip():
        raise Invalid(_("Please give a reason."), field="reason")
    first = report.hide_asked_by_id
    if first is None or first == by.person_id:
        change(report, seen=version, hide_asked_by_id=by.person_id, hide_reason=reason.strip())
        record(events.HideProposed(report_id=report.pk), by=by, about=report)
        return report
    change(
        report,
        seen=version,
        only_if=Q(hidden_at__isnull=True, hide_asked_by=first),
        hidden_at=clock.now(),
        hide_reason=reason.strip(),
    )
    keep_step(report, by=by, at=clock.now())
    record(events.ReportHidden(report_id=report.pk), by=by, about=report)
    return report
