"""Plans as they stand: who may see them, which waits, what applying one would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from abdi.duty import rules
from abdi.duty.choices import RosterState
from abdi.duty.models import (
    Coverage,
    DayOnly,
    Plan,
    Platoon,
    Shift,
    ShiftPattern,
    Turn,
)
from abdi.duty.queries.planning import crew_of
from abdi.duty.queries.skills import skill_lines
from abdi.duty.rules import Planning
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.norms import norms


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Plans of the units this actor may lay out, the newest first."""
    reach = actor.reach("duty.roster", "create")
    rows = Plan.objects.select_related("unit").order_by("-asked_at", "-id")
    return rows if reach.all else rows.filter(unit__agency_id__in=reach.agency_ids)


def plan_of_unit(unit_id: int) -> Plan | None:
    """The newest plan of a unit that waits for the worker or for a person."""
    rows = Plan.objects.filter(unit_id=unit_id, state__in=["waiting", "running", "done"])
    return rows.order_by("-asked_at", "-id").first()


def next_plan(at: datetime) -> Plan | None:
    """The plan a worker should take: the oldest that waits, or whose worker is gone."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    return Plan.objects.unfinished().filter(free).order_by("asked_at", "id").first()


def is_planning(at: datetime) -> bool:
    """Whether a plan is being worked out at this moment: one at a time."""
    return Plan.objects.unfinished().filter(leased_until__gt=at).exists()


def pairs_now(planning: Planning) -> list[tuple[int, int]]:
    """Who stands the turns of a plan at this moment: (turn, person), standby apart."""
    keys = [one.key for one in planning.places]
    rows = Shift.objects.filter(turn_id__in=keys, is_standby=False)
    return sorted(rows.values_list("turn_id", "person_id"))


def torn_shifts(roster_ids: Iterable[int]) -> list[Shift]:
    """Coming shifts of people whose leave, class or meeting came later; two queries."""
    rows = Shift.objects.filter(roster_id__in=list(roster_ids), starts_at__gt=clock.now())
    shifts = list(rows.select_related("person", "turn", "roster__unit").order_by("starts_at"))
    if not shifts:
        return []
    first, last = shifts[0].starts_at, max(one.ends_at for one in shifts)
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in people.busy({one.person_id for one in shifts}, first, last):
        if row.kind != TimeKind.SHIFT:
            taken.setdefault(row.person_id, []).append((row.start_at, row.end_at))
    return [
        one
        for one in shifts
        if any(a < one.ends_at and one.starts_at < b for a, b in taken.get(one.person_id, ()))
    ]


def drafts_between(unit_id: int, first: date, last: date) -> list[int]:
    """Rosters of a unit within these days that are not in force yet and have people."""
    return list(
        Turn.objects.filter(
            roster__unit_id=unit_id,
            roster__week_start_on__range=(rules.week_start(first), last),
            roster__state=RosterState.DRAFT,
            taken_count__gt=0,
        )
        .order_by("roster__week_start_on")
        .values_list("roster_id", flat=True)
        .distinct()
    )


def covered_units(actor: Actor) -> list[tuple[int, str]]:
    """Units with turns of the day whose rosters this actor may see, by name."""
    reach = actor.reach("duty.roster", "view")
    rows = Coverage.objects.order_by("unit__name")
    if not reach.all:
        rows = rows.filter(unit__agency_id__in=reach.agency_ids)
    return list(rows.values_list("unit_id", "unit__name"))


@dataclass(frozen=True)
class Changed:
    """A turn somebody gets or loses by a plan."""

    name: str
    letter: str
    turn_name: str
    start: datetime
    end: datetime
    is_given: bool


def changes_of(plan: Plan) -> list[Changed]:
    """What applying a plan would change, in order of time; two queries."""
    before, after = ({tuple(one) for one in pairs} for pairs in (plan.before, plan.pairs))
    moved = before ^ after
    turns = Turn.objects.in_bulk({key for key, _person in moved})
    rows = people.visible_people(SYSTEM).filter(id__in={one for _key, one in moved})
    names = {row.pk: row.display_name for row in rows}
    found = [
        Changed(
            names.get(person_id, ""),
            turns[key].letter,
            turns[key].name,
            clock.local(turns[key].starts_at),
            clock.local(turns[key].ends_at),
            (key, person_id) in after,
        )
        for key, person_id in moved
        if key in turns
    ]
    return sorted(found, key=lambda one: (one.start, one.is_given, one.name))


def rules_of(unit_id: int) -> dict[str, Any]:
    """Everything the page of a unit's rules shows; its queries do not grow with the people."""
    today = clock.today()
    coverage = Coverage.objects.get(unit_id=unit_id)
    patterns = ShiftPattern.objects.filter(unit_id=unit_id, is_active=True)
    platoons = Platoon.objects.filter(unit_id=unit_id, is_active=True).order_by("place")
    crew = crew_of(unit_id, today)
    rows = people.visible_people(SYSTEM).filter(id__in=crew).order_by("name")
    day_only = DayOnly.objects.filter(person_id__in=crew, end_on__gte=today)
    turns = list(patterns.order_by("starts").prefetch_related("needs"))
    wanted = {need.skill for turn in turns for need in turn.needs.all()}
    return {
        "coverage": coverage,
        "patterns": turns,
        "skills": skill_lines({row.pk: row.display_name for row in rows}, wanted),
        "platoons": list(platoons.prefetch_related("members__person")),
        "crew": [(row.code, row.display_name) for row in rows],
        "day_only": list(day_only.select_related("person").order_by("start_on", "id")),
        "figures": {
            name: (coverage.figures.get(name), value)
            for name, value in norms("duty", on=today).items()
            if name in rules.FIGURES
        },
    }
