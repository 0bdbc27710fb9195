"""Coaching cases: who sees them, and the pattern behind a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from abdi.culture import rules
from abdi.culture.choices import CoachingState
from abdi.culture.models import Coaching, CoachingSession
from abdi.culture.models.coaching import LIVE
from abdi.performance import queries as performance
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.norms import norms

LATE_CLOSE = timedelta(days=120)
"""A quarter is judged after it ended; look this far back for its end."""


@dataclass(frozen=True)
class Basis:
    """What a proposal stands on: the pattern, and each low result with its load."""

    pattern: rules.Pattern
    rows: list[dict[str, Any]]


def visible_coaching(actor: Actor) -> QuerySet[Coaching]:
    """Cases this actor may read: his own once decided, those he opened, proposals of his team."""
    rows: QuerySet[Coaching] = Coaching.objects.select_related("person", "coach", "unit")
    reach = actor.reach("culture.coaching", "view")
    if reach.all:
        return rows
    proposed = Q(state=CoachingState.PROPOSED)
    mine = Q(pk__in=())
    if reach.team_ids:
        mine |= proposed & Q(person_id__in=reach.team_ids)
        mine |= Q(coach_id=actor.person_id, person_id__in=reach.team_ids)
    if reach.self_id is not None:
        mine |= Q(person_id=reach.self_id) & ~proposed
    return rows.filter(mine)


def cases_i_lead(actor: Actor) -> list[Coaching]:
    """Cases of the actor's team, those that wait first."""
    if actor.person_id is None:
        return []
    rows = visible_coaching(actor).exclude(person_id=actor.person_id)
    return sorted(
        rows.order_by("-id")[:100],
        key=lambda row: (not row.is_proposed, not row.is_open, row.person.name),
    )


def my_cases(actor: Actor) -> list[Coaching]:
    """The actor's own cases, newest first."""
    if actor.person_id is None:
        return []
    return list(visible_coaching(actor).filter(person_id=actor.person_id).order_by("-id")[:20])


def is_answered(person_id: int, coach_id: int, cause_entry: int) -> bool:
    """Whether this cause proposed something before, or these two have a live case. One query."""
    live = Q(state__in=LIVE, person_id=person_id, coach_id=coach_id)
    return Coaching.objects.filter(live | Q(cause_entry=cause_entry)).exists()


def sessions_of(coaching: Coaching) -> list[CoachingSession]:
    """The talks of a case, newest first."""
    return list(CoachingSession.objects.filter(coaching=coaching).order_by("-on", "-id"))


def basis_of(person_id: int, on: date) -> Basis | None:
    """The pattern of low results of a person up to a day, if there is one.

    Results before the end of the last case do not count again. Two queries.
    """
    figures = norms("culture", on=on)
    since = on - timedelta(days=figures["coaching_pattern"]["days"]) - LATE_CLOSE
    last = (
        Coaching.objects.filter(person_id=person_id, state=CoachingState.CLOSED)
        .order_by("-closed_at")
        .values_list("closed_at", flat=True)
        .first()
    )
    found = performance.low_results(person_id, since)
    rows = [row for row in found if last is None or row.at > last]
    results = [
        rules.Result(
            ref=f"performance.evaluation:{row.evaluation_id}",
            on=clock.local(row.at).date(),
            low=True,
            explained=rules.load_explains(row.load_permyriad, figures),
        )
        for row in rows
    ]
    pattern = rules.low_pattern(results, on, figures)
    if pattern is None:
        return None
    return Basis(pattern, [_line(*pair) for pair in zip(rows, results, strict=True)])


def _line(row: performance.LowResult, result: rules.Result) -> dict[str, Any]:
    """One low quarter as it is kept with the case."""
    return {
        "ref": result.ref,
        "on": result.on.isoformat(),
        "year": row.year,
        "quarter": row.quarter,
        "predicate": row.predicate,
        "load_permyriad": row.load_permyriad,
        "is_explained": result.explained,
    }
