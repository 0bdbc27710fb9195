"""Groups: started from a cluster of reports, met, stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from abdi.culture import events, rules
from abdi.culture.choices import CircleRole, CircleState, CircleStep
from abdi.culture.models import Circle, CircleMember, Meeting, StepRecord
from abdi.culture.permissions import may_hold_meeting, may_run_circle, may_start_circle, member_ids
from abdi.people import actions as people_actions
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Unit
    from abdi.reports.queries import Cluster

MOST_REPORTS = 500
LONGEST_MEETING = 480


@dataclass(frozen=True)
class Start:
    """A name, the cluster it begins with, and the people by role (ids)."""

    name: str
    cluster: Cluster
    leader_id: int
    secretary_id: int
    facilitator_id: int
    member_ids: tuple[int, ...] = ()

    @property
    def roles(self) -> dict[int, CircleRole]:
        """The role of each person; a special role goes before plain membership."""
        found = dict.fromkeys(self.member_ids, CircleRole.MEMBER)
        found[self.secretary_id] = CircleRole.SECRETARY
        found[self.facilitator_id] = CircleRole.FACILITATOR
        found[self.leader_id] = CircleRole.LEADER
        return found


@action(allowed=may_start_circle)
def start_circle(unit: Unit, *, by: Actor, given: Start) -> Circle:
    """Start a group of a unit on a cluster of reports; its eight pages begin with the theme.

    Raises Conflict where a group works on this theme, Invalid for too few or too many people or
    one person in two roles.
    """
    _check_people(given)
    cluster = given.cluster
    try:
        with transaction.atomic():
            circle = Circle.objects.create(
                name=given.name,
                agency_id=unit.agency_id or unit.pk,
                unit=unit,
                theme_key=cluster.key,
                category=cluster.category,
                category_name=str(cluster.category_name),
                area=cluster.area,
                report_count=cluster.count,
                reopened_count=cluster.reopened,
                report_ids=list(cluster.report_ids[:MOST_REPORTS]),
                started_at=clock.now(),
            )
    except IntegrityError:
        raise Conflict(_("A group works on this theme already.")) from None
    CircleMember.objects.bulk_create(
        [
            CircleMember(circle=circle, person_id=person_id, role=role)
            for person_id, role in given.roles.items()
        ]
    )
    StepRecord.objects.create(circle=circle, step=CircleStep.THEME)
    fact = events.CircleStarted(circle_id=circle.pk, unit_id=unit.pk, category=circle.category)
    record(fact, by=by, about=circle)
    return circle


def _check_people(given: Start) -> None:
    figures = norms("culture", on=clock.today())
    leading = {given.leader_id, given.secretary_id, given.facilitator_id}
    if len(leading) < 3:
        raise Invalid(
            _("Leader, secretary and facilitator are three people."), field="secretary_id"
        )
    if not rules.size_fits(len(given.roles), figures):
        size = figures["circle_size"]
        words = {"fewest": size["fewest"], "most": size["most"]}
        raise Invalid(_("A group has %(fewest)s to %(most)s people.") % words, field="member_ids")
    if not given.name:
        raise Invalid(_("Please give the group a name."), field="name")


@action(allowed=may_run_circle)
def stop_circle(circle: Circle, *, by: Actor, reason: str, seen: int | None = None) -> Circle:
    """End a group before its last step, with a reason; its pages stay readable.

    Raises Conflict where it is not running, Invalid without a reason.
    """
    row = lock(circle)
    if not row.is_running:
        raise Conflict(_("This group has ended."), current=row)
    if not reason:
        raise Invalid(_("Please say why."), field="reason")
    guard_version(row, seen)
    row.state = CircleState.STOPPED
    row.stop_reason = reason
    row.closed_at = clock.now()
    row.save(update_fields=["state", "stop_reason", "closed_at"])
    record(events.CircleStopped(circle_id=row.pk, unit_id=row.unit_id), by=by, about=row)
    return row


@dataclass(frozen=True)
class MeetingGiven:
    """The minutes of a meeting."""

    start_at: datetime
    minutes: int
    agenda: str
    place: str = ""
    decisions: str = ""
    attendee_ids: Sequence[int] = ()


@action(allowed=may_hold_meeting)
def hold_meeting(circle: Circle, *, by: Actor, given: MeetingGiven) -> Meeting:
    """Write down a meeting, past or coming; it takes the time of who comes.

    Raises Conflict where one begins at that moment already, Invalid for people outside the group.
    """
    row = lock(circle)
    if not row.is_running:
        raise Conflict(_("This group has ended."), current=row)
    coming = member_ids(row).intersection(given.attendee_ids)
    if not coming or len(coming) < len(set(given.attendee_ids)):
        raise Invalid(_("Choose who came from the group."), field="attendee_ids")
    if not 1 <= given.minutes <= LONGEST_MEETING:
        raise Invalid(_("A meeting takes minutes to hours."), field="minutes")
    if Meeting.objects.filter(circle=row, start_at=given.start_at).exists():
        raise Conflict(_("A meeting begins at that time already."))
    end_at = given.start_at + timedelta(minutes=given.minutes)
    meeting = Meeting.objects.create(
        circle=row,
        start_at=given.start_at,
        end_at=end_at,
        place=given.place,
        step=row.step,
        agenda=given.agenda,
        decisions=given.decisions,
        attendee_ids=sorted(coming),
    )
    people_actions.take_times(
        [(one, given.start_at, end_at, meeting.ref) for one in sorted(coming)],
        kind=TimeKind.MEETING,
        about=meeting.ref,
        by=by,
    )
    record(events.MeetingHeld(circle_id=row.pk, meeting_id=meeting.pk), by=by, about=row)
    return meeting
