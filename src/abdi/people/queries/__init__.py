"""Reads of the people floor: who works where, who leads whom, on any day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from abdi.people.choices import AssignmentKind
from abdi.people.models import (
    Account,
    Assignment,
    BusyTime,
    Person,
    Position,
    RankHold,
    RoleGrant,
    Service,
    Unit,
)
from abdi.people.models.paths import below
from abdi.people.models.persons import PersonQuerySet
from abdi.people.queries.behind import person_behind as person_behind
from abdi.people.queries.changes import Touched as Touched
from abdi.people.queries.changes import acts_of as acts_of
from abdi.people.queries.changes import due_acts as due_acts
from abdi.people.queries.changes import successions_of as successions_of
from abdi.people.queries.changes import touched_by as touched_by
from abdi.people.queries.changes import visible_acts as visible_acts
from abdi.people.queries.changes import waiting_acts as waiting_acts
from abdi.people.queries.contests import contests_for as contests_for
from abdi.people.queries.contests import open_contest as open_contest
from abdi.people.queries.contests import to_do as to_do
from abdi.people.queries.contests import visible_contests as visible_contests
from abdi.people.queries.crews import crews_of as crews_of
from abdi.people.queries.cross_teams import lasting_teams as lasting_teams
from abdi.people.queries.cross_teams import members_of as members_of
from abdi.people.queries.cross_teams import units_among as units_among
from abdi.people.queries.cross_teams import visible_members as visible_members
from abdi.people.queries.cross_teams import visible_teams as visible_teams
from abdi.people.queries.cross_teams import with_people as with_people
from abdi.people.queries.directory import DirectoryRow as DirectoryRow
from abdi.people.queries.directory import directory as directory
from abdi.people.queries.directory import visible_people as visible_people
from abdi.people.queries.freeze import any_freeze as any_freeze
from abdi.people.queries.freeze import consent_files as consent_files
from abdi.people.queries.freeze import freeze_on as freeze_on
from abdi.people.queries.freeze import freeze_windows as freeze_windows
from abdi.people.queries.freeze import stopped as stopped
from abdi.people.queries.leaving import leavings as leavings
from abdi.people.queries.lines import Above as Above
from abdi.people.queries.lines import above as above
from abdi.people.queries.lines import appraiser as appraiser
from abdi.people.queries.lines import head_of as head_of
from abdi.people.queries.lines import led_units as led_units
from abdi.people.queries.lines import lines as lines
from abdi.people.queries.lines import posts_of as posts_of
from abdi.people.queries.lines import superior as superior
from abdi.people.queries.list_entries import list_entries_of as list_entries_of
from abdi.people.queries.on_roles import addresses_of as addresses_of
from abdi.people.queries.on_roles import people_in_role as people_in_role
from abdi.people.queries.positions import PostRow as PostRow
from abdi.people.queries.positions import holders_of as holders_of
from abdi.people.queries.positions import position_map as position_map
from abdi.people.queries.positions import teams_of as teams_of
from abdi.people.queries.posts import all_units as all_units
from abdi.people.queries.posts import post as post
from abdi.people.queries.posts import posts_that_continue as posts_that_continue
from abdi.people.queries.previews import LineChange as LineChange
from abdi.people.queries.previews import line_changes as line_changes
from abdi.people.queries.record import Record as Record
from abdi.people.queries.record import own_profile as own_profile
from abdi.people.queries.record import record_of as record_of
from abdi.people.queries.roles import given_roles as given_roles
from abdi.people.queries.roles import powers_of as powers_of
from abdi.people.queries.roles import role_rows as role_rows
from abdi.people.queries.roles import visible_grants as visible_grants
from abdi.people.queries.skills import checked_names as checked_names
from abdi.people.queries.skills import checked_skills as checked_skills
from abdi.people.queries.skills import skills_in_units as skills_in_units
from abdi.people.queries.skills import skills_of as skills_of
from abdi.people.queries.skills import skills_to_check as skills_to_check
from abdi.people.queries.spans import unit_spans as unit_spans
from abdi.people.queries.staff import StaffRow as StaffRow
from abdi.people.queries.staff import person_named as person_named
from abdi.people.queries.staff import staff_of as staff_of
from abdi.people.queries.teams import Led as Led
from abdi.people.queries.teams import led_by as led_by
from abdi.people.queries.teams import rated_ids as rated_ids
from abdi.people.queries.teams import team as team
from abdi.people.queries.teams import team_ids as team_ids
from abdi.people.queries.tree import UnitAt as UnitAt
from abdi.people.queries.tree import unit_at as unit_at
from abdi.people.queries.tree import units_at as units_at
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.db.among import Among


def agencies(on: date | None = None) -> QuerySet[Unit]:
    """Units that are agencies, by name."""
    return Unit.objects.on(on or clock.today()).filter(agency_id=F("id")).order_by("name")


def unit_and_below(unit_id: int) -> list[int]:
    """Ids of a unit and of all units below it."""
    path = Unit.objects.values_list("path", flat=True).get(pk=unit_id)
    return list(Unit.objects.filter(below(path)).values_list("id", flat=True))


def assignments_of(person_id: int, on: date) -> QuerySet[Assignment]:
    """What a person holds on a day, definite first."""
    return (
        Assignment.objects.on(on)
        .filter(person_id=person_id)
        .select_related("position__unit")
        .order_by("kind", "-start_on", "id")
    )


def assignment_of(person_id: int, on: date | None = None) -> Assignment | None:
    """The definite assignment of a person on a day, or else the newest other one."""
    rows = list(assignments_of(person_id, on or clock.today()))
    definite = [row for row in rows if row.kind == AssignmentKind.DEFINITE]
    return next(iter(definite or rows), None)


def position_of(person_id: int, on: date | None = None) -> Position | None:
    """The position a person holds on a day."""
    row = assignment_of(person_id, on)
    return row.position if row else None


def unit_of(person_id: int, on: date | None = None) -> Unit | None:
    """The unit a person works in on a day."""
    row = assignment_of(person_id, on)
    return row.position.unit if row else None


def people_of_unit(unit_id: int, on: date | None = None, *, below: bool = True) -> QuerySet[Person]:
    """Persons who hold a definite position in a unit (and below) on a day."""
    day = on or clock.today()
    units = unit_and_below(unit_id) if below else [unit_id]
    held = Assignment.objects.on(day).filter(
        position__unit_id__in=units, kind=AssignmentKind.DEFINITE
    )
    return Person.objects.filter(id__in=held.values("person_id")).order_by("name")


def visible_units(actor: Actor, on: date | None = None) -> QuerySet[Unit]:
    """Units of a day whose placement this actor may see."""
    reach = actor.reach("people.placement", "view")
    rows = Unit.objects.on(on or clock.today())
    if reach.all:
        return rows
    return rows.filter(agency_id__in=reach.agency_ids)


def services(unit_id: int | None = None) -> QuerySet[Service]:
    """Services of a unit, or all."""
    rows = Service.objects.select_related("unit").order_by("name")
    return rows if unit_id is None else rows.filter(unit_id=unit_id)


def units_with_agency() -> QuerySet[Unit]:
    """Units of today with their agency at hand."""
    return Unit.objects.on(clock.today()).select_related("agency")


def account_of(person_id: int) -> Account | None:
    """The account of a person."""
    return Account.objects.filter(person_id=person_id).first()


def busy(person_ids: Iterable[int], start: datetime, end: datetime) -> list[BusyTime]:
    """Everything that takes time of these persons between two moments."""
    overlap = Q(start_at__lt=end) & Q(end_at__gt=start) & Q(start_at__gt=start - BusyTime.LONGEST)
    return list(
        BusyTime.objects.filter(overlap, person_id__in=list(person_ids)).order_by("start_at")
    )


def is_busy(person_id: int, start: datetime, end: datetime) -> bool:
    """Whether anything takes this person's time between two moments."""
    return bool(busy([person_id], start, end))


def grants_of(account_id: int) -> QuerySet[RoleGrant]:
    """Roles of an account that have not ended."""
    still = Q(end_on__isnull=True) | Q(end_on__gt=clock.today())
    return RoleGrant.objects.filter(still, account_id=account_id).select_related("agency")


def children_of(unit_id: int) -> QuerySet[Unit]:
    """Units right below a unit today."""
    return Unit.objects.on(clock.today()).filter(parent_id=unit_id).order_by("name")


def units_below(unit_id: int, on: date | None = None) -> list[UnitAt]:
    """Units right below a unit on a day, by name; two queries."""
    below = [unit for unit in units_at(on) if unit.parent_id == unit_id]
    return sorted(below, key=lambda unit: unit.name)


@dataclass(frozen=True)
class UnitRow:
    """A unit in the tree: depth, people who hold a definite post, vacant posts."""

    unit: UnitAt
    depth: int
    people: int
    posts: int

    @property
    def vacant(self) -> int:
        """Posts that nobody holds."""
        return max(0, self.posts - self.people)


def unit_rows(actor: Actor, on: date | None = None) -> list[UnitRow]:
    """The visible tree of a day in order, with people and posts counted; four queries."""
    day = on or clock.today()
    reach = actor.reach("people.placement", "view")
    units = [unit for unit in units_at(day) if reach.all or unit.agency_id in reach.agency_ids]
    held = dict(
        Assignment.objects.on(day)
        .filter(kind=AssignmentKind.DEFINITE)
        .values_list("position__unit_id")
        .annotate(n=Count("id"))
    )
    posts = dict(
        Position.objects.on(day).values_list("unit_id").annotate(n=Sum("need_count")).order_by()
    )
    return [
        UnitRow(unit, unit.depth, held.get(unit.id, 0), posts.get(unit.id, 0) or 0)
        for unit in units
    ]


@dataclass(frozen=True)
class Seat:
    """A position and who holds it today."""

    position: Position
    holders: tuple[Assignment, ...]


def seats_of(unit_id: int, on: date | None = None) -> list[Seat]:
    """The positions of a unit with their holders, head first; two queries."""
    day = on or clock.today()
    positions = list(
        Position.objects.on(day).filter(unit_id=unit_id).order_by("-is_head", "title", "id")
    )
    rows = (
        Assignment.objects.on(day)
        .filter(position__in=positions)
        .select_related("person")
        .order_by("kind", "person__name")
    )
    held: dict[int, list[Assignment]] = {}
    for row in rows:
        held.setdefault(row.position_id, []).append(row)
    return [Seat(found, tuple(held.get(found.pk, ()))) for found in positions]


def units(on: date | None = None) -> QuerySet[Unit]:
    """All units of a day, those above before those below."""
    return Unit.objects.on(on or clock.today()).order_by("path")


def positions() -> QuerySet[Position]:
    """Every position; the module that asks limits them to what its reader may see."""
    return Position.objects.all()


def persons() -> PersonQuerySet:
    """Everybody; the module that asks limits them to whom its reader may see."""
    return Person.objects.all()


def positions_with_seats(unit_ids: Iterable[int], on: date | None = None) -> QuerySet[Position]:
    """Positions of units with `taken`: how many people hold each definitely on a day."""
    day = on or clock.today()
    holding = (
        Assignment.objects.on(day)
        .filter(kind=AssignmentKind.DEFINITE, position_id=OuterRef("pk"))
        .filter(person__left_on__isnull=True)
        .order_by()
        .values("position_id")
        .annotate(people=Count("id"))
        .values("people")
    )
    taken = Coalesce(Subquery(holding, output_field=IntegerField()), 0)
    rows = Position.objects.on(day).filter(unit_id__in=list(unit_ids)).annotate(taken=taken)
    return rows.order_by("title", "id")


def seating(person_ids: Iterable[int], on: date | None = None) -> dict[int, Assignment]:
    """The definite seat of each of these persons on a day, with person, position and unit.

    One query for any number; a person without a seat that day is left out.
    """
    rows = (
        Assignment.objects.on(on or clock.today())
        .filter(person_id__in=list(person_ids), kind=AssignmentKind.DEFINITE)
        .select_related("person", "position__unit")
        .order_by("person__name", "start_on", "id")
    )
    return {row.person_id: row for row in rows}


def seat_units(person_ids: Iterable[int], on: date | None = None) -> dict[int, int]:
    """The unit of the definite seat of each of these persons on a day; one query, plain values.

    No join: a planner that has not counted the seats since a large list joins post by post.
    """
    rows = Assignment.objects.on(on or clock.today()).filter(
        Among("person_id", person_ids), kind=AssignmentKind.DEFINITE
    )
    unit = Subquery(Position.objects.filter(pk=OuterRef("position_id")).values("unit_id")[:1])
    return dict(rows.order_by("start_on", "id").values_list("person_id", unit))


def headcounts(on: date | None = None) -> dict[int, int]:
    """How many people hold a definite position in each unit on a day, by unit id. One query."""
    held = Assignment.objects.on(on or clock.today()).filter(kind=AssignmentKind.DEFINITE)
    rows = held.values_list("position__unit_id").annotate(n=Count("person_id", distinct=True))
    return dict(rows.order_by())


MART_COLUMNS = ("person_id", "position__unit_id", "position__unit__agency_id", "person__employment")


def mart_rows(on: date | None = None) -> QuerySet[Assignment, tuple[Any, ...]]:
    """Who works where on a day, the columns of MART_COLUMNS, for analysis."""
    rows = Assignment.objects.on(on or clock.today()).filter(kind=AssignmentKind.DEFINITE)
    return rows.order_by("person_id").values_list(*MART_COLUMNS)


def paths_of_units() -> dict[int, str]:
    """The path of every unit by its id."""
    return dict(Unit.objects.values_list("id", "path"))


def ranks_of(person_ids: Iterable[int], on: date | None = None) -> list[RankHold]:
    """The ranks of these persons up to a day, by person, oldest first; one query."""
    rows = RankHold.objects.on(on or clock.today()).filter(person_id__in=list(person_ids))
    return list(rows.order_by("person_id", "start_on", "id"))
