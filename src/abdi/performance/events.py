"""What performance announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class PerformanceRead:
    """Somebody opened a page that shows plans or evaluations of others; their ids, by comma."""

    people: str
    role: str = ""


@event
class PeriodsOpened:
    """The quarters of a year exist."""

    year: int


@event
class PlanStarted:
    """A person has a plan for a year."""

    plan_id: int
    person_id: int
    year: int


@event
class TargetSet:
    """A target was written, changed or linked to one above."""

    target_id: int
    plan_id: int
    person_id: int


@event
class TargetDropped:
    """A target was taken out of a plan that is not agreed."""

    target_id: int
    plan_id: int
    person_id: int


@event
class PlanProposed:
    """A plan was handed to the superior."""

    plan_id: int
    person_id: int


@event
class PlanAgreed:
    """The superior agreed to a plan."""

    plan_id: int
    person_id: int


@event
class PlanReturned:
    """The superior asked for changes, or an agreed plan was opened again."""

    plan_id: int
    person_id: int


@event
class ProgressNoted:
    """A person entered progress that does not collect by itself."""

    result_id: int
    target_id: int
    person_id: int


@event
class ResultAdded:
    """A result was credited to a person."""

    result_id: int
    person_id: int
    indicator: str


@event
class ResultsTaken:
    """Results about something no longer count: it was opened again."""

    about: str
    count: int


@event
class FeedbackGiven:
    """Somebody wrote feedback to a person."""

    feedback_id: int
    person_id: int


@event
class EvaluationSaved:
    """An evaluation was written or changed, not yet final."""

    evaluation_id: int
    person_id: int


@event
class EvaluationClosed:
    """An evaluation is final; no predicate where a written talk stands in its place."""

    evaluation_id: int
    person_id: int
    unit_id: int
    period_id: int
    predicate: str


@event
class ResultLow:
    """A period closed below expectation."""

    person_id: int
    unit_id: int
    period_id: int
    predicate: str


@event
class ResultHigh:
    """A period closed above expectation."""

    person_id: int
    unit_id: int
    period_id: int
    predicate: str


@event
class LoadNoted:
    """The load of a unit stands beside the open evaluations of its people."""

    unit_id: int
    load_permyriad: int


@event
class ObjectionSent:
    """A person objected to his evaluation."""

    objection_id: int
    evaluation_id: int
    person_id: int


@event
class ObjectionDecided:
    """The appraiser's superior decided an objection."""

    objection_id: int
    evaluation_id: int
    person_id: int
    outcome: str
