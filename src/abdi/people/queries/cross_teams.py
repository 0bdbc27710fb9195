"""Teams of several units: which there are, who is in them, on any day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from abdi.people.choices import AssignmentKind, TeamRole
from abdi.people.models import Assignment, Team, TeamMember
from abdi.platform import clock
from abdi.platform.access import Actor


def visible_teams(actor: Actor) -> QuerySet[Team]:
    """Teams whose members this actor may see, the newest first."""
    reach = actor.reach("people.placement", "view")
    rows = Team.objects.select_related("unit__agency").order_by("-start_on", "-id")
    return rows if reach.all else rows.filter(unit__agency_id__in=reach.agency_ids)


def with_people(rows: QuerySet[Team], on: date | None = None) -> QuerySet[Team]:
    """Teams with `leader` (a name), `people` (how many on a day) and `units` they come from."""
    day = on or clock.today()
    there = Q(members__start_on__lte=day) & (
        Q(members__end_on__isnull=True) | Q(members__end_on__gte=day)
    )
    leaders = TeamMember.objects.on(day).filter(team_id=OuterRef("pk"), role=TeamRole.LEADER)
    return rows.annotate(
        people=Count("members", filter=there),
        leader=Subquery(leaders.values("person__name")[:1]),
    )


def lasting_teams(rows: QuerySet[Team], on: date | None = None) -> QuerySet[Team]:
    """Of these teams those that have not ended on a day; they may begin later."""
    day = on or clock.today()
    return rows.filter(Q(end_on__isnull=True) | Q(end_on__gte=day))


@dataclass(frozen=True)
class MemberRow:
    """Somebody in a team, with the post he keeps."""

    member: TeamMember
    post: str
    unit: str
    is_there: bool


def members_of(team: Team, on: date | None = None) -> list[MemberRow]:
    """Everybody who is or was in a team: those of the day first, the leader before all; 1 query."""
    day = on or clock.today()
    seat = Assignment.objects.on(day).filter(
        person_id=OuterRef("person_id"), kind=AssignmentKind.DEFINITE
    )
    rows = (
        TeamMember.objects.filter(team=team)
        .select_related("person", "team__unit")
        .annotate(
            post=Subquery(seat.values("position__title")[:1]),
            unit=Subquery(seat.values("position__unit__name")[:1]),
        )
        .order_by("role", "person__name", "id")
    )
    found = [MemberRow(row, row.post or "", row.unit or "", _is_there(row, day)) for row in rows]
    return sorted(found, key=lambda one: not one.is_there)


def _is_there(row: TeamMember, day: date) -> bool:
    return row.start_on <= day and (row.end_on is None or row.end_on >= day)


def units_among(rows: Iterable[MemberRow]) -> int:
    """From how many units those who are there come."""
    return len({row.unit for row in rows if row.is_there and row.unit})


def visible_members(actor: Actor) -> QuerySet[TeamMember]:
    """Members of the teams this actor may see."""
    rows = TeamMember.objects.select_related("team__unit", "person")
    return rows.filter(team__in=visible_teams(actor))
