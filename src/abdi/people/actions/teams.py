"""Teams of several units: made, joined, left, led by another, ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import events
from abdi.people.choices import TeamRole
from abdi.people.models import Person, Team, TeamMember, Unit
from abdi.people.permissions import may_change_member, may_change_team, may_lead_team
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record

DAY = timedelta(days=1)


@action(allowed=may_lead_team)
def make_team(
    unit: Unit,
    *,
    by: Actor,
    name: str,
    leader: Person,
    start_on: date,
    end_on: date | None = None,
    task: str = "",
    decree: str = "",
) -> Team:
    """Make a team of several units with its leader; everybody keeps his post and superior."""
    if end_on is not None and end_on < start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    team = Team.objects.create(
        unit=unit, name=name, task=task, decree=decree, start_on=start_on, end_on=end_on
    )
    TeamMember.objects.create(
        team=team, person=leader, role=TeamRole.LEADER, start_on=start_on, end_on=end_on
    )
    record(events.TeamChanged(team_id=team.pk), by=by, about=team)
    return team


@action(allowed=may_change_team)
def add_to_team(
    team: Team, *, by: Actor, person: Person, start_on: date, role: str = TeamRole.MEMBER
) -> TeamMember:
    """Take a person into a team; raises Invalid where he is in it or the team has ended.

    Who comes as leader takes over from the one until then, who stays as a member.
    """
    team = lock(team)
    first = max(start_on, team.start_on)
    if team.end_on is not None and team.end_on < first:
        raise Invalid(_("This team has ended."), field="start_on")
    lasting = Q(end_on__isnull=True) | Q(end_on__gte=first)
    there = list(TeamMember.objects.filter(lasting, team=team).select_related("person"))
    if any(row.person_id == person.pk for row in there):
        same_role = all(row.role == role for row in there if row.person_id == person.pk)
        if role != TeamRole.LEADER or same_role:
            raise Invalid(_("This person is in the team already."), field="person")
    if role == TeamRole.LEADER:
        _hand_over(team, [row for row in there if row.role == TeamRole.LEADER], person, first)
    row = TeamMember.objects.create(
        team=team, person=person, role=role, start_on=first, end_on=team.end_on
    )
    record(events.TeamChanged(team_id=team.pk), by=by, about=team)
    return row


def _hand_over(team: Team, leaders: list[TeamMember], to: Person, first: date) -> None:
    """The leader until then stays as a member; who was a member stops being only that."""
    lasting = Q(end_on__isnull=True) | Q(end_on__gte=first)
    for row in [*leaders, *TeamMember.objects.filter(lasting, team=team, person=to)]:
        if row.start_on >= first:
            raise Invalid(_("Choose a later day: the team changes on that day."), field="start_on")
        row.end_on = first - DAY
        row.save(update_fields=["end_on"])
    TeamMember.objects.bulk_create(
        TeamMember(team=team, person_id=row.person_id, start_on=first, end_on=team.end_on)
        for row in leaders
    )


@action(allowed=may_change_member)
def leave_team(member: TeamMember, *, by: Actor, end_on: date) -> TeamMember:
    """Give a membership its last day. Raises Invalid for the leader or a day before the first."""
    row = lock(member)
    if row.role == TeamRole.LEADER:
        raise Invalid(_("Name another leader first, or end the team."), field="end_on")
    if end_on < row.start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if row.end_on is not None and row.end_on < end_on:
        raise Conflict(_("This person has left the team before."), current=row)
    row.end_on = end_on
    row.save(update_fields=["end_on"])
    record(events.TeamChanged(team_id=row.team_id), by=by, about=row.team)
    return row


@action(allowed=may_change_team)
def end_team(team: Team, *, by: Actor, end_on: date) -> Team:
    """Give a team and everybody in it the last day. Raises Invalid, Conflict where it ended."""
    row = lock(team)
    if end_on < row.start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if row.end_on is not None and row.end_on < end_on:
        raise Conflict(_("This team has ended."), current=row)
    TeamMember.objects.filter(team=row, start_on__gt=end_on).delete()
    lasting = Q(end_on__isnull=True) | Q(end_on__gt=end_on)
    TeamMember.objects.filter(lasting, team=row).update(end_on=end_on)
    row.end_on = end_on
    row.save(update_fields=["end_on"])
    record(events.TeamChanged(team_id=row.pk), by=by, about=row)
    return row
