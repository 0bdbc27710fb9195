"""Giving a report to somebody, and his yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.duty import queries as duty
from abdi.duty.choices import EndReason
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.journal import record
from abdi.reports import events
from abdi.reports.actions.calling import call_out, stand_down
from abdi.reports.actions.calls import end_call_out
from abdi.reports.actions.moves import change, move
from abdi.reports.choices import Obstacle, Status
from abdi.reports.models import Report
from abdi.reports.permissions import may_accept, may_assign

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit


@action(allowed=may_assign)
def assign(
    report: Report,
    person: Person,
    *,
    by: Actor,
    unit: Unit | None = None,
    note: str = "",
    version: int | None = None,
) -> Report:
    """Give a report to a person; his unit answers for it from now on.

    Raises Conflict where somebody else was quicker or the report has ended.
    """
    at = clock.now()
    crew = unit or people.unit_of(person.pk) or report.unit
    if report.person_id != person.pk:
        end_call_out(report, at=at, by=by)
    move(
        report,
        Status.FORWARDED,
        by=by,
        at=at,
        seen=version,
        note=note,
        person=person,
        unit=crew,
        agency_id=crew.agency_id or crew.pk,
        accepted_at=None,
        acknowledged_at=report.acknowledged_at or at,
        published_at=report.published_at or (None if by.is_system else at),
    )
    record(
        events.ReportAssigned(report_id=report.pk, unit_id=crew.pk, person_id=person.pk),
        by=by,
        about=report,
    )
    call_out(report, crew, by=by, note=note)
    return report


@action(allowed=may_assign)
def assign_to_duty(report: Report, *, by: Actor, version: int | None = None) -> Report:
    """Give a report to the first who is on duty for its unit.

    Raises Conflict where nobody is: then the desk chooses, or the commander is called.
    """
    standing = duty.on_call(report.unit_id, clock.now())
    if not standing:
        raise Conflict(_("Nobody is on duty for this unit now. Please choose somebody."))
    first = standing[0]
    person = people.visible_people(SYSTEM).get(pk=first.person_id)
    unit = people.visible_units(SYSTEM).get(pk=first.unit_id)
    return assign(report, person, by=by, unit=unit, version=version)


@action(allowed=may_accept)
def accept(report: Report, *, by: Actor, version: int | None = None) -> Report:
    """Take the job."""
    change(
        report,
        seen=version,
        only_if=Q(status=Status.FORWARDED, accepted_at__isnull=True, person__isnull=False),
        accepted_at=clock.now(),
    )
    record(
        events.ReportAccepted(
            report_id=report.pk, unit_id=report.unit_id, person_id=report.person_id or 0
        ),
        by=by,
        about=report,
    )
    stand_down(report, by=by, why=EndReason.ACCEPTED)
    return report


@action(allowed=may_accept)
def decline(
    report: Report, *, by: Actor, reason: Obstacle, note: str = "", version: int | None = None
) -> Report:
    """Give the job back to the desk, with a reason."""
    person_id = report.person_id or 0
    move(
        report,
        Status.VERIFIED,
        by=by,
        at=clock.now(),
        seen=version,
        obstacle=reason,
        note=note,
        person=None,
        accepted_at=None,
    )
    record(
        events.ReportDeclined(
            report_id=report.pk, unit_id=report.unit_id, person_id=person_id, reason=reason
        ),
        by=by,
        about=report,
    )
    stand_down(report, by=by, why=EndReason.DECLINED)
    return report
