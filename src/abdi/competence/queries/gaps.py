"""Levels people hold, and what is missing to the standard of their position."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from abdi.competence.models import Result
from abdi.people import queries as people
from abdi.platform.access import Actor, Reach


@dataclass(frozen=True)
class Gap:
    """One person holds less than the position asks for."""

    person_id: int
    unit_id: int
    competency: str
    required: int
    held: int

    @property
    def missing(self) -> int:
        """Levels missing, 1 to 4."""
        return self.required - self.held


COLUMNS = ("person_id", "unit_id", "competency", "required", "level")


def gaps_of_person(person_id: int) -> list[Gap]:
    """What one person lacks, largest first."""
    return _gaps(_missing().filter(person_id=person_id))


def gaps_of_unit(unit_id: int) -> list[Gap]:
    """What the people of one unit lack, largest first."""
    return _gaps(_missing().filter(unit_id=unit_id))


def largest_gaps(competency: str, limit: int = 10, agency_id: int | None = None) -> list[Gap]:
    """Who lacks most in one competency, over everybody or one agency."""
    rows = _missing().filter(competency=competency)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return _gaps(rows, limit)


def _missing() -> QuerySet[Result]:
    return Result.objects.filter(is_current=True, missing__gt=0)


def _gaps(rows: QuerySet[Result], limit: int | None = None) -> list[Gap]:
    found = rows.order_by("-missing", "competency", "person_id").values_list(*COLUMNS)
    return [Gap(*row) for row in found[:limit]]


def current_results(person_id: int) -> dict[str, Result]:
    """The level a person holds now, by competency code."""
    rows = Result.objects.filter(person_id=person_id, is_current=True)
    return {row.competency: row for row in rows.select_related("round")}


def results_at_old_posts(on: date) -> QuerySet[Result]:
    """Current levels that stand at a post another one continues since a day or before."""
    posts = people.posts_that_continue(on).values("predecessor_id")
    return Result.objects.filter(is_current=True, position_id__in=posts)


def results_elsewhere() -> QuerySet[Result]:
    """Current levels that stand at another agency than their unit."""
    rows = Result.objects.filter(is_current=True, unit__agency__isnull=False)
    return rows.exclude(agency_id=F("unit__agency_id"))


def visible_results(actor: Actor) -> QuerySet[Result]:
    """Current levels this actor may see."""
    reach = actor.reach("competence.result", "view")
    return Result.objects.filter(reached(reach), is_current=True)


def reached(reach: Reach, person: str = "person_id", agency: str = "agency_id") -> Q:
    """The rows a reach covers, for tables with a person and an agency."""
    if reach.all:
        return Q()
    found = Q(**{f"{agency}__in": reach.agency_ids})
    people = set(reach.team_ids)
    if reach.self_id is not None:
        people.add(reach.self_id)
    return found | Q(**{f"{person}__in": people})


def levels_of(person_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Levels these persons hold now, by person and competency code; one query."""
    rows = Result.objects.filter(person_id__in=list(person_ids), is_current=True)
    found: dict[int, dict[str, int]] = {}
    for person_id, competency, level in rows.values_list("person_id", "competency", "level"):
        found.setdefault(person_id, {})[competency] = level
    return found
