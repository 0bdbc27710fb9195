"""Objections: sent within fourteen days, decided once by the appraiser's superior."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.performance import events, queries, rules
from abdi.performance.actions.evaluations import announce_predicate
from abdi.performance.choices import ObjectionState, Rating
from abdi.performance.models import Evaluation, Objection
from abdi.performance.permissions import may_decide, may_object
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms


@action(allowed=may_object)
def object_to(evaluation: Evaluation, *, by: Actor, reason: str) -> Objection:
    """Object to one's own final evaluation, within fourteen days of its receipt, once.

    It goes to whoever appraises the appraiser today, never to a daily stand-in. Raises
    Conflict outside the days or a second time.
    """
    row = lock(evaluation)
    if not reason:
        raise Invalid(_("Say what you object to, and why."), field="reason")
    if not row.is_final or row.final_at is None:
        raise Conflict(_("This evaluation is not final yet."), current=row)
    if not queries.objection_is_open(row, clock.today()):
        raise Conflict(_("The fourteen days for an objection have passed."), current=row)
    if Objection.objects.filter(evaluation=row).exists():
        raise Conflict(_("You have objected already."), current=row)
    above = people.appraiser(row.appraiser_id, clock.today())
    objection = Objection.objects.create(
        evaluation=row,
        person_id=row.person_id,
        decider=above,
        reason=reason,
        sent_at=clock.now(),
    )
    fact = events.ObjectionSent(
        objection_id=objection.pk, evaluation_id=row.pk, person_id=row.person_id
    )
    record(fact, by=by, about=row)
    return objection


@action(allowed=may_decide)
def decide_objection(
    objection: Objection,
    *,
    by: Actor,
    seen: int,
    decision: str,
    result_rating: str = "",
    behaviour_rating: str = "",
) -> Objection:
    """Decide an objection with a reason: the evaluation stays, or gets the ratings given here.

    Changed ratings recompute the predicate by the same matrix. Raises Conflict, Invalid.
    """
    guard_version(objection, seen)
    row = lock(objection)
    if row.state != ObjectionState.OPEN:
        raise Conflict(_("This objection is decided."), current=row)
    if not decision:
        raise Invalid(_("Give the reason of your decision."), field="decision")
    evaluation = lock(row.evaluation)
    result = result_rating or evaluation.result_rating
    behaviour = behaviour_rating or evaluation.behaviour_rating
    if result not in Rating.codes() or behaviour not in Rating.codes():
        raise Invalid(_("Please choose one of the list."), field="result_rating")
    changed = (result, behaviour) != (evaluation.result_rating, evaluation.behaviour_rating)
    row.state = ObjectionState.CHANGED if changed else ObjectionState.KEPT
    row.decision, row.decided_at = decision, clock.now()
    row.save(update_fields=["state", "decision", "decided_at"])
    fact = events.ObjectionDecided(
        objection_id=row.pk,
        evaluation_id=evaluation.pk,
        person_id=row.person_id,
        outcome=str(row.state),
    )
    record(fact, by=by, about=evaluation)
    if changed:
        _correct(evaluation, result, behaviour, by=by)
    return row


def _correct(evaluation: Evaluation, result: str, behaviour: str, *, by: Actor) -> None:
    figures = norms("performance", on=evaluation.period.end_on)
    guard_version(evaluation, None)
    evaluation.result_rating, evaluation.behaviour_rating = result, behaviour
    evaluation.predicate = rules.predicate(result, behaviour, figures)
    evaluation.dialog_note = ""
    evaluation.save(update_fields=["result_rating", "behaviour_rating", "predicate", "dialog_note"])
    announce_predicate(evaluation, by=by)
