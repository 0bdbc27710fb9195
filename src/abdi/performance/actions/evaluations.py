"""Evaluations of a quarter: saved as a draft, made final, announced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.performance import events, queries, rules
from abdi.performance.choices import EvaluationState, Predicate, Rating, Value
from abdi.performance.models import BehaviourRating, Evaluation, Period
from abdi.performance.permissions import may_evaluate, may_finalise, only_system
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record
from abdi.platform.norms import norms
from abdi.workload import queries as workload

if TYPE_CHECKING:
    from abdi.people.models import Person

Behaviours = Mapping[str, tuple[str, str]]
"""Value → (rating, example); a value left out meets what is expected."""


@action(allowed=may_evaluate)
def save_evaluation(
    person: Person,
    period: Period,
    *,
    by: Actor,
    result_rating: str,
    behaviours: Behaviours,
    seen: int | None = None,
    result_reason: str = "",
    dialog_note: str = "",
) -> Evaluation:
    """Keep an evaluation as a draft, with the figures it stands on as they are now.

    `seen` is the version the appraiser had before him, None for a first save. Raises Conflict
    where the quarter is not open, it is final or somebody saved meanwhile; Invalid where a
    rating lacks its reason or its example.
    """
    if by.person_id is None:
        raise Invalid(_("Only a person can evaluate."))
    if not period.is_open(clock.today()):
        raise Conflict(_("This quarter is not open for evaluation."), current=period)
    row = _draft(person, period, by.person_id, seen)
    found = queries.person_figures(person.pk, period.year, min(period.end_on, clock.today()))
    proposed = queries.proposed_rating(found.figures)
    _check_ratings(result_rating, result_reason, proposed, behaviours)
    row.plan_id = found.plan_id
    row.proposed, row.result_rating, row.result_reason = proposed, result_rating, result_reason
    row.behaviour_rating, row.dialog_note = _overall(behaviours), dialog_note
    row.inputs_text = json.dumps([figure.kept() for figure in found.figures])
    _judge(row, period)
    row.save()
    _keep_behaviours(row, behaviours)
    fact = events.EvaluationSaved(evaluation_id=row.pk, person_id=person.pk)
    record(fact, by=by, about=row)
    return row


def _draft(person: Person, period: Period, appraiser_id: int, seen: int | None) -> Evaluation:
    row = Evaluation.objects.filter(period=period, person=person).first()
    if row is not None:
        if row.is_final:
            raise Conflict(_("This evaluation is final."), current=row)
        if seen is None:
            raise Conflict(_("Somebody changed this meanwhile."), current=row)
        guard_version(row, seen)
        row = lock(row)
        row.appraiser_id = appraiser_id
        return row
    unit = people.unit_of(person.pk, clock.today())
    if unit is None:
        raise Invalid(_("This person has no position today."), field="person")
    kept = workload.snapshot_of(unit.pk)
    return Evaluation(
        period=period,
        person=person,
        unit=unit,
        appraiser_id=appraiser_id,
        formula_version=rules.EVALUATION_VERSION,
        load_permyriad=kept.load_permyriad if kept else None,
    )


def _check_ratings(rating: str, reason: str, proposed: str, behaviours: Behaviours) -> None:
    if rating not in Rating.codes():
        raise Invalid(_("Please choose one of the list."), field="result_rating")
    if proposed and rating != proposed and not reason:
        raise Invalid(
            _("Say why you rate differently from what the figures propose."), field="result_reason"
        )
    for value, (given, example) in behaviours.items():
        if value not in Value.codes() or given not in Rating.codes():
            raise Invalid(_("Please choose one of the list."), field=f"rating_{value}")
        if given != Rating.MEETS and not example:
            raise Invalid(_needs_example(given), field=f"example_{value}")


def _needs_example(rating: str) -> str:
    if rating == Rating.BELOW:
        return _("Give one concrete example for ‘below’, so that it can be discussed.")
    return _("Give one concrete example for ‘above’, so that it can be discussed.")


def _judge(row: Evaluation, period: Period) -> None:
    """The predicate by the matrix in force at the quarter's end, or the talk in its place."""
    figures = norms("performance", on=period.end_on)
    row.predicate = rules.predicate(row.result_rating, row.behaviour_rating, figures)
    row.rule_set = f"{figures.row('predicate_matrix').set}; {figures.row('result_limits').set}"
    if row.dialog_note and not rules.is_low(row.predicate):
        raise Invalid(_("A talk stands in place of a low rating only."), field="dialog_note")
    if row.dialog_note:
        row.predicate = ""


def _overall(behaviours: Behaviours) -> str:
    given = [rating for rating, _example in behaviours.values()]
    return rules.behaviour_rating(
        given.count(Rating.ABOVE), given.count(Rating.BELOW), len(Value.codes())
    )


def _keep_behaviours(row: Evaluation, behaviours: Behaviours) -> None:
    for value in Value.codes():
        rating, example = behaviours.get(value, (Rating.MEETS, ""))
        BehaviourRating.objects.update_or_create(
            evaluation=row,
            value=value,
            defaults={"rating": rating, "example": "" if rating == Rating.MEETS else example},
        )


@action(allowed=may_finalise)
def finalise_evaluation(evaluation: Evaluation, *, by: Actor, seen: int) -> Evaluation:
    """Make an evaluation final and announce it; a low or high close is announced by name.

    A written talk in the place of a rating announces no low result. Raises Conflict.
    """
    guard_version(evaluation, seen)
    row = lock(evaluation)
    if row.is_final:
        raise Conflict(_("This evaluation is final."), current=row)
    row.state, row.final_at = EvaluationState.FINAL, clock.now()
    row.save(update_fields=["state", "final_at"])
    closed = events.EvaluationClosed(
        evaluation_id=row.pk,
        person_id=row.person_id,
        unit_id=row.unit_id,
        period_id=row.period_id,
        predicate=row.predicate,
    )
    record(closed, by=by, about=row)
    announce_predicate(row, by=by)
    return row


def announce_predicate(row: Evaluation, *, by: Actor) -> None:
    """Announce a low or high close (inside an action); nothing for the middle or for a talk."""
    kind: type[events.ResultLow | events.ResultHigh]
    if rules.is_low(row.predicate):
        kind = events.ResultLow
    elif row.predicate == Predicate.SANGAT_BAIK:
        kind = events.ResultHigh
    else:
        return
    fact = kind(
        person_id=row.person_id,
        unit_id=row.unit_id,
        period_id=row.period_id,
        predicate=row.predicate,
    )
    record(fact, by=by, about=row)


@action(allowed=only_system)
def note_load(unit_id: int, *, by: Actor, load_permyriad: int, cause: Entry) -> int:
    """Put the load of a unit beside the drafts of its people's evaluations; returns how many.

    Who judges must see what the unit carries: a target missed under 140 % is not a person's.
    """
    count = queries.drafts_of_unit(unit_id).update(load_permyriad=load_permyriad)
    fact = events.LoadNoted(unit_id=unit_id, load_permyriad=load_permyriad)
    record(fact, by=by, about=f"people.unit:{unit_id}", cause=cause)
    return count
