"""One way to change a report's state: conditional, guarded by the version, kept in its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from abdi.platform.access import Actor
from abdi.platform.actions import Conflict
from abdi.platform.db.rows import new_row
from abdi.platform.journal import record
from abdi.reports import events, rules
from abdi.reports.actions.calling import stand_down_after
from abdi.reports.actions.timing import running_again
from abdi.reports.choices import Status
from abdi.reports.models import ClockPause, Report, StatusChange

ALWAYS = Q()


def change(report: Report, *, seen: int | None = None, only_if: Q = ALWAYS, **columns: Any) -> None:
    """Write columns of the report as it was seen; raises Conflict where it changed meanwhile.

    `seen` is the version the person had before him; without it, that of the row handed in.
    `only_if` is one more condition of the same statement.
    """
    rows = _as_seen(report, seen).filter(only_if)
    if rows.update(version=F("version") + 1, **columns) != 1:
        raise _conflict(report)
    report.refresh_from_db()


def move(
    report: Report,
    to: Status,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    obstacle: str = "",
    note: str = "",
    **columns: Any,
) -> None:
    """Bring a report into another state, where `rules.states` allows it, and keep the step.

    A clock that stands still runs again where the new state ends what it waits for.
    """
    rows = _as_seen(report, seen).filter(status__in=rules.statuses_before(to))
    reason = report.pause_reason
    runs = report.paused_at is not None and rules.ends_pause(reason, to)
    again = running_again(report, at) if runs else {}
    if rows.update(status=to, version=F("version") + 1, **again, **columns) != 1:
        raise _conflict(report)
    report.refresh_from_db()
    keep_step(report, by=by, at=at, obstacle=obstacle, note=note)
    stand_down_after(report, to, by=by)
    if runs:
        end_pause(report, reason, by=by, at=at)


def end_pause(report: Report, reason: str, *, by: Actor, at: datetime) -> None:
    """Close the row of a pause whose report runs again, and tell it."""
    ClockPause.objects.filter(report=report, until_at__isnull=True).update(
        until_at=at, ended_by=by.ref
    )
    fact = events.ClockResumed(report_id=report.pk, unit_id=report.unit_id, reason=reason)
    record(fact, by=by, about=report)


def mark(report: Report, only_if: Q, **columns: Any) -> bool:
    """Write columns that are no change of the report itself: the version stays as it is.

    Returns False, and writes nothing, where the condition no longer holds.
    """
    written = Report.objects.filter(only_if, pk=report.pk).update(**columns)
    if written:
        report.refresh_from_db(fields=list(columns))
    return bool(written)


def keep_step(
    report: Report, *, by: Actor, at: datetime, obstacle: str = "", note: str = ""
) -> StatusChange:
    """Add the present state to the history."""
    step = step_of(report, by=by, at=at, obstacle=obstacle, note=note)
    step.save(force_insert=True)
    return step


def step_of(
    report: Report, *, by: Actor, at: datetime, obstacle: str = "", note: str = ""
) -> StatusChange:
    """The present state as a line of the history, not yet written."""
    return new_row(
        StatusChange,
        report_id=report.pk,
        status=report.status,
        at=at,
        by=by.ref,
        unit_id=report.unit_id,
        person_id=report.person_id,
        obstacle=obstacle,
        note=note,
    )


def _as_seen(report: Report, seen: int | None) -> QuerySet[Report]:
    """The row, as long as nobody changed it since it was seen."""
    rows: QuerySet[Report] = Report.objects.filter(pk=report.pk)
    return rows.filter(version=report.version if seen is None else seen)


def _conflict(report: Report) -> Conflict:
    current = Report.objects.with_names().filter(pk=report.pk).first()
    return Conflict(_("Somebody has just changed this report. Reload it?"), current=current)
