"""Work at the place: set out, arrive, photos, done or not yet."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from abdi.duty import actions as duty
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Invalid, action
from abdi.platform.journal import record
from abdi.reports import events, queries
from abdi.reports.actions.calling import give_back
from abdi.reports.actions.calls import end_call_out
from abdi.reports.actions.clockwork import note_broken
from abdi.reports.actions.intake import PhotoGiven, keep_photo
from abdi.reports.actions.moves import move
from abdi.reports.actions.timing import reply_until
from abdi.reports.choices import Obstacle, Outcome, PhotoKind, Status
from abdi.reports.models import Photo, Report
from abdi.reports.permissions import may_add_photo, may_propose, may_work


@action(allowed=may_work)
def start(report: Report, *, by: Actor, version: int | None = None) -> Report:
    """Set out for the place: says yes to the job, and counts as a call-out of the person."""
    at = clock.now()
    move(
        report,
        Status.ON_THE_WAY,
        by=by,
        at=at,
        seen=version,
        accepted_at=report.accepted_at or at,
    )
    if report.person is not None:
        duty.count_call_out(
            report.person, about=report.ref, at=at, by=by, accepted_at=report.accepted_at
        )
    record(events.ReportStarted(**_crew(report)), by=by, about=report)
    return report


@action(allowed=may_work)
def arrive(report: Report, *, by: Actor, version: int | None = None) -> Report:
    """The crew is at the place and begins."""
    at = clock.now()
    move(
        report,
        Status.IN_PROGRESS,
        by=by,
        at=at,
        seen=version,
        arrived_at=report.arrived_at or at,
        accepted_at=report.accepted_at or at,
    )
    record(events.CrewArrived(**_crew(report)), by=by, about=report)
    return report


@action(allowed=may_add_photo)
def add_photo(
    report: Report, *, by: Actor, given: PhotoGiven, kind: PhotoKind = PhotoKind.CITIZEN
) -> Photo:
    """Keep a photo of the place; the same picture twice is one photo."""
    photo = keep_photo(report, given, kind=kind, by=by)
    record(
        events.PhotoAdded(report_id=report.pk, photo_id=photo.pk, photo_kind=photo.kind),
        by=by,
        about=report,
    )
    return photo


@action(allowed=may_work)
def postpone(
    report: Report,
    *,
    by: Actor,
    reason: Obstacle,
    new_date_at: datetime | None = None,
    note: str = "",
    version: int | None = None,
) -> Report:
    """Not possible now: the citizen hears why and the new date; no clock stops.

    What is not our authority goes back to the desk, anything else stays with the crew.
    """
    at = clock.now()
    if new_date_at is not None and new_date_at <= at:
        raise Invalid(_("Please choose a date that is still to come."), field="new_date_at")
    back = reason == Obstacle.NOT_OURS
    give_back(report, back, by=by)
    columns = {"person": None, "accepted_at": None} if back else {}
    person_id = report.person_id or 0
    end_call_out(report, at=at, by=by)
    move(
        report,
        Status.VERIFIED if back else Status.FORWARDED,
        by=by,
        at=at,
        seen=version,
        obstacle=reason,
        note=note,
        new_date_at=new_date_at,
        **columns,
    )
    record(
        events.ReportPostponed(
            report_id=report.pk, unit_id=report.unit_id, person_id=person_id, reason=reason
        ),
        by=by,
        about=report,
    )
    return report


@action(allowed=may_propose)
def propose_done(
    report: Report,
    *,
    by: Actor,
    outcome: Outcome = Outcome.FIXED,
    note: str = "",
    is_photo_later: bool = False,
    version: int | None = None,
) -> Report:
    """Say it is done; the citizen is asked, and nobody answering closes it after the window.

    Needs a photo of the result; one that follows until the end of the shift is as good. The photo
    of work that did not last counts no more once the report was opened again.
    """
    photos = queries.of_this_round(report, queries.photos_of(report))
    has_photo = any(photo.kind == PhotoKind.AFTER for photo in photos)
    if not (has_photo or is_photo_later or by.is_system):
        raise Invalid(_("Please take a photo of the result first."), field="photo")
    at = clock.now()
    end_call_out(report, at=at, by=by)
    move(
        report,
        Status.RESOLVED,
        by=by,
        at=at,
        seen=version,
        note=note,
        outcome=outcome,
        resolved_at=at,
        resolved_by_id=by.person_id or report.person_id,
        reply_until=reply_until(at, report.channel),
    )
    note_broken(report, by=by)
    fact = events.ReportResolved(
        report_id=report.pk, unit_id=report.unit_id, person_id=report.resolved_by_id
    )
    record(fact, by=by, about=report)
    return report


def _crew(report: Report) -> dict[str, int]:
    return {
        "report_id": report.pk,
        "unit_id": report.unit_id,
        "person_id": report.person_id or 0,
    }
