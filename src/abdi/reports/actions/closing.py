"""The end of a report: confirmed, reopened, rated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.journal import record
from abdi.reports import events, rules
from abdi.reports.actions.moves import mark, move
from abdi.reports.choices import Outcome, Status
from abdi.reports.models import Report
from abdi.reports.permissions import (
    is_reporter,
    may_close,
    may_rate,
    may_reopen,
    only_by_itself,
)
from abdi.survey import actions as survey
from abdi.survey import queries as ratings

if TYPE_CHECKING:
    from abdi.platform.journal import Entry


@action(allowed=may_close)
def close_report(
    report: Report,
    *,
    by: Actor,
    outcome: Outcome | None = None,
    note: str = "",
    version: int | None = None,
) -> Report:
    """End a report whose work is done and invite the citizen to rate it.

    Never by the one who did it.
    The promise is judged by the moment the work was done, not by when somebody confirmed it.
    Raises Conflict where the report is not done, or not as it was seen.
    """
    at = clock.now()
    done_at = report.resolved_at or at
    move(
        report,
        Status.CLOSED,
        by=by,
        at=at,
        seen=version,
        note=note,
        outcome=outcome or report.outcome or Outcome.FIXED,
        closed_at=at,
        closed_by=by.ref,
        minutes=rules.minutes_between(report.received_at, done_at),
        in_time=report.broken_at is None and done_at <= report.due_at,
    )
    _invite(report, by=by)
    record(events.ReportClosed(**_closing_facts(report)), by=by, about=report)
    return report


def _invite(report: Report, *, by: Actor) -> None:
    """One invitation to rate for each ending."""
    survey.invite(
        about=report.ref,
        unit=report.unit,
        service=report.service,
        by=by,
        round=report.reopened_count + 1,
    )


def _closing_facts(report: Report) -> dict[str, Any]:
    return {
        "report_id": report.pk,
        "unit_id": report.unit_id,
        "person_id": report.resolved_by_id,
        "minutes": report.minutes or 0,
        "in_time": bool(report.in_time),
    }


@action(allowed=may_reopen)
def reopen(report: Report, *, by: Actor, note: str = "", version: int | None = None) -> Report:
    """It is not done: the same number goes back to the desk, the deadline stays as it was.

    The reporter may do so until the day named to him; raises Conflict after it.
    """
    at = clock.now()
    over = report.reply_until is not None and report.reply_until < at
    if is_reporter(by, report) and over:
        raise Conflict(_("The time to object is over. Please send a new report."))
    before = report.resolved_by_id
    move(
        report,
        Status.REOPENED,
        by=by,
        at=at,
        seen=version,
        note=note,
        outcome="",
        reject_reason="",
        resolved_at=None,
        resolved_by=None,
        reply_until=None,
        closed_at=None,
        closed_by="",
        minutes=None,
        in_time=None,
        stars=None,
        reopened_count=F("reopened_count") + 1,
    )
    record(
        events.ReportReopened(report_id=report.pk, unit_id=report.unit_id, person_id=before),
        by=by,
        about=report,
    )
    return report


@action(allowed=may_rate)
def rate_report(report: Report, *, by: Actor, stars: int, words: str = "") -> Report:
    """The reporter gives one to five stars, with words if he likes; once for each ending.

    Raises Conflict where the report has not ended or is rated already, Invalid for other numbers.
    """
    invitation = ratings.invitation_for(report.ref)
    if report.status != Status.CLOSED or invitation is None:
        raise Conflict(_("A report can be rated once it is closed."))
    survey.rate(invitation, stars=stars, words=words, by=by)
    return report


@action(allowed=only_by_itself)
def keep_rating(report: Report, *, by: Actor, stars: int, cause: Entry | None = None) -> Report:
    """Keep the stars beside the report, where figures and lists read them."""
    mark(report, Q(), stars=stars)
    record(
        events.ReportRated(
            report_id=report.pk,
            unit_id=report.unit_id,
            person_id=report.resolved_by_id,
            stars=stars,
        ),
        by=by,
        about=report,
        cause=cause,
    )
    return report
