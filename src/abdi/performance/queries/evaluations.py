"""Evaluations: who may read which, what closed low, objections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from abdi.performance import rules
from abdi.performance.choices import EvaluationState, ObjectionState
from abdi.performance.models import BehaviourRating, Evaluation, Objection, Period
from abdi.performance.queries.plans import within_reach
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.norms import norms

MART_COLUMNS = (
    "person_id",
    "unit_id",
    "period__year",
    "period__number",
    "result_rating",
    "behaviour_rating",
    "predicate",
    "load_permyriad",
    "rule_set",
    "formula_version",
)


@dataclass(frozen=True)
class LowResult:
    """One quarter of a person that closed below expectation."""

    evaluation_id: int
    period_id: int
    year: int
    quarter: int
    predicate: str
    result_rating: str
    behaviour_rating: str
    load_permyriad: int | None
    at: datetime


def open_period(on: date | None = None) -> Period | None:
    """The quarter that is evaluated on a day."""
    return Period.objects.open_on(on or clock.today()).order_by("start_on").first()


def visible_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """Evaluations this actor may read; of his own only the final ones.

    Who decides an objection reads the evaluation it is about.
    """
    rows = Evaluation.objects.select_related("person", "appraiser", "period", "unit__agency")
    reach = actor.reach("performance.rating", "view")
    wanted = within_reach(reach)
    if wanted is None:
        return rows
    found = rows.filter(wanted)
    if actor.person_id is not None:
        found |= rows.filter(objection__decider_id=actor.person_id)
        found = found.exclude(person_id=actor.person_id, state=EvaluationState.DRAFT)
    return found.distinct()


def evaluation_of(person_id: int, period_id: int) -> Evaluation | None:
    """The evaluation of a person in a quarter."""
    return Evaluation.objects.filter(person_id=person_id, period_id=period_id).first()


def evaluations_of_unit(unit_id: int, period: Period) -> QuerySet[Evaluation]:
    """Final evaluations of a unit and below in a quarter."""
    from abdi.people import queries as people

    return Evaluation.objects.filter(
        unit_id__in=people.unit_and_below(unit_id), period=period, state=EvaluationState.FINAL
    ).select_related("person")


def drafts_of_unit(unit_id: int) -> QuerySet[Evaluation]:
    """Evaluations of a unit's people that are not final."""
    return Evaluation.objects.filter(unit_id=unit_id, state=EvaluationState.DRAFT)


def low_results(person_id: int, since: date) -> list[LowResult]:
    """Quarters of a person that closed below expectation since a day, the newest first."""
    rows = (
        Evaluation.objects.filter(
            person_id=person_id,
            state=EvaluationState.FINAL,
            predicate__in=[code.value for code in rules.LOW],
            period__end_on__gte=since,
        )
        .select_related("period")
        .order_by("-period__end_on")
    )
    return [
        LowResult(
            evaluation_id=row.pk,
            period_id=row.period_id,
            year=row.period.year,
            quarter=row.period.number,
            predicate=row.predicate,
            result_rating=row.result_rating,
            behaviour_rating=row.behaviour_rating,
            load_permyriad=row.load_permyriad,
            at=row.final_at,
        )
        for row in rows
        if row.final_at is not None
    ]


def objection_last_day(evaluation: Evaluation) -> date | None:
    """The last day on which the person may object; None before it is final."""
    if evaluation.final_at is None:
        return None
    received = clock.local(evaluation.final_at).date()
    return rules.objection_open_until(received, norms("performance", on=received))


def objection_is_open(evaluation: Evaluation, on: date) -> bool:
    """Whether the person may still object on a day."""
    last = objection_last_day(evaluation)
    return last is not None and on <= last


def objections_to_decide(actor: Actor) -> QuerySet[Objection]:
    """Open objections this actor decides."""
    return Objection.objects.filter(
        decider_id=actor.person_id or 0, state=ObjectionState.OPEN
    ).select_related("evaluation__period", "person")


def mart_rows() -> QuerySet[Evaluation, tuple[Any, ...]]:
    """All final evaluations for analysis, in the order of MART_COLUMNS."""
    return (
        Evaluation.objects.filter(state=EvaluationState.FINAL)
        .order_by("id")
        .values_list(*MART_COLUMNS)
    )


def has_periods(year: int) -> bool:
    """Whether the quarters of a year exist."""
    return Period.objects.filter(year=year).count() == 4


def evaluated_period(on: date | None = None, asked: str = "") -> Period | None:
    """The quarter a page is about: the one asked for (`2026-4`), else the one now evaluated."""
    year, _dash, number = asked.partition("-")
    if year.isascii() and year.isdigit() and number in ("1", "2", "3", "4") and len(year) == 4:
        return Period.objects.filter(year=int(year), number=int(number)).first()
    return open_period(on)


def evaluations_of(person_id: int, year: int) -> list[Evaluation]:
    """The final evaluations of a person in a year, in their order."""
    return list(
        Evaluation.objects.filter(
            person_id=person_id, period__year=year, state=EvaluationState.FINAL
        )
        .select_related("period")
        .order_by("period__number")
    )


def behaviours_of(evaluation: Evaluation) -> dict[str, tuple[str, str]]:
    """Value → (rating, example) of an evaluation."""
    rows = BehaviourRating.objects.filter(evaluation=evaluation)
    return {row.value: (row.rating, row.example) for row in rows}
