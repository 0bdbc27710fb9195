"""May this actor do this in performance? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.people.permissions import agency_of_person
from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.people.models import Person
    from abdi.performance.models import Evaluation, Objection, Period, Plan, Target


def _of(person_id: int) -> Where:
    return Where(person_id=person_id, agency_id=agency_of_person(person_id))


def may_start_plan(by: Actor, person: Person) -> bool:
    """May this actor begin a plan: everybody his own."""
    return by.may("performance.plan", "create", Where(person_id=person.pk))


def may_see_plan(by: Actor, plan: Plan) -> bool:
    """May this actor read a plan."""
    return by.may("performance.plan", "view", _of(plan.person_id))


def may_edit_plan(by: Actor, plan: Plan, *more: Any) -> bool:
    """May this actor write the targets of a plan."""
    return by.may("performance.plan", "update", Where(person_id=plan.person_id))


def may_edit_target(by: Actor, target: Target) -> bool:
    """May this actor change a target."""
    return may_edit_plan(by, target.plan)


def may_agree(by: Actor, plan: Plan) -> bool:
    """May this actor agree to a plan or send it back; never to his own."""
    return by.may("performance.plan", "approve", _of(plan.person_id))


def may_note_progress(by: Actor, target: Target) -> bool:
    """May this actor enter progress at a target."""
    return by.may("performance.progress", "create", Where(person_id=target.plan.person_id))


def may_give_feedback(by: Actor, person: Person) -> bool:
    """May this actor write to a person's performance thread: the superior, and himself."""
    where = Where(person_id=person.pk)
    return by.may("performance.progress", "comment", where) or by.may(
        "performance.progress", "create", where
    )


def may_evaluate(by: Actor, person: Person, period: Period) -> bool:
    """May this actor write the evaluation of a person; never his own."""
    return by.may("performance.rating", "create", _of(person.pk))


def may_finalise(by: Actor, evaluation: Evaluation) -> bool:
    """May this actor make an evaluation final; never his own."""
    return by.may("performance.rating", "finalise", _of(evaluation.person_id))


def may_see_evaluation(by: Actor, evaluation: Evaluation) -> bool:
    """May this actor read an evaluation."""
    return by.may("performance.rating", "view", _of(evaluation.person_id))


def may_object(by: Actor, evaluation: Evaluation) -> bool:
    """May this actor object: only the person himself."""
    where = Where(person_id=evaluation.person_id)
    return evaluation.person_id == by.person_id and by.may("performance.objection", "create", where)


def may_decide(by: Actor, objection: Objection) -> bool:
    """May this actor decide an objection: the appraiser's superior, who was not the appraiser."""
    where = Where(
        person_id=objection.person_id,
        author_id=objection.evaluation.appraiser_id,
        assigned=frozenset({objection.decider_id} if objection.decider_id else ()),
    )
    return by.may("performance.objection", "decide", where)


def may_read_others(by: Actor, people: Any) -> bool:
    """May this actor open pages about others at all; which rows, the queries say."""
    return by.holds("performance.rating", "view")


def only_system(by: Actor, *things: Any) -> bool:
    """Reactions and jobs only."""
    return by.is_system
