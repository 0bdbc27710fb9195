"""The class of SP4N of a report: from its kind at receipt, later as the desk says and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action
from abdi.platform.journal import record
from abdi.platform.norms import norms
from abdi.reports import events, queries, rules
from abdi.reports.actions.moves import change
from abdi.reports.actions.timing import class_dues
from abdi.reports.choices import ReportClass
from abdi.reports.models import Category, ClassChange, Report
from abdi.reports.permissions import may_check


def class_columns(category: Category, received_at: datetime) -> dict[str, Any]:
    """The columns of a report that hold its class and its days, by the figures of that day."""
    figures = norms("reports", on=clock.local(received_at).date())
    found = rules.class_of(category.code, category.priority, figures)
    return _columns(found, received_at)


def first_look(columns: Mapping[str, Any], check_at: datetime | None) -> datetime | None:
    """From when on the clock looks at a report: `check_at`, or a day of its class before it."""
    dues = (columns["verify_due_at"], columns["answer_due_at"], check_at)
    return min((one for one in dues if one is not None), default=None)


def _columns(report_class: ReportClass, received_at: datetime) -> dict[str, Any]:
    """Counted from receipt, whenever the class was set."""
    dues = class_dues(report_class, received_at)
    return {
        "report_class": report_class.value,
        "verify_due_at": dues.verify,
        "answer_due_at": dues.answer,
    }


def with_kind(
    report: Report, category: Category, check_at: datetime | None, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """The columns of the class that comes with another kind; its own where the desk chose one.

    What was promised before is kept. `check_at` is the first look the promise of the kind needs.
    """
    columns = class_columns(category, report.received_at)
    if columns["report_class"] == report.report_class or queries.is_class_chosen(report):
        columns = {name: getattr(report, name) for name in columns}
    else:
        _keep(report, ReportClass(columns["report_class"]), by=by, at=at)
    return {**columns, "check_at": first_look(columns, check_at)}


@action(allowed=may_check)
def set_class(
    report: Report,
    *,
    by: Actor,
    report_class: ReportClass,
    reason: str,
    version: int | None = None,
) -> Report:
    """Give an open report another class; its days are counted anew from receipt.

    The days it had before stay readable with the reason. Raises Invalid without a reason, Conflict
    where it has this class already, has ended, or changed meanwhile.
    """
    if not reason.strip():
        raise Invalid(_("Please give a reason."), field="reason")
    if report.report_class == report_class:
        raise Conflict(_("The report has this class already."), current=report)
    at, was = clock.now(), report.report_class
    _keep(report, report_class, by=by, at=at, reason=reason.strip())
    columns = _columns(report_class, report.received_at)
    change(
        report,
        seen=version,
        only_if=Q(status__in=rules.OPEN_STATUSES, report_class=was),
        check_at=first_look(columns, report.check_at),
        **columns,
    )
    fact = events.ReportClassed(
        report_id=report.pk, unit_id=report.unit_id, was=was, to=report_class.value
    )
    record(fact, by=by, about=report)
    return report


def _keep(
    report: Report, to: ReportClass, *, by: Actor, at: datetime, reason: str = ""
) -> ClassChange:
    return ClassChange.objects.create(
        report=report,
        was=report.report_class,
        to=to,
        verify_due_at=report.verify_due_at,
        answer_due_at=report.answer_due_at,
        reason=reason,
        at=at,
        by=by.ref,
        person_id=by.person_id,
    )
