"""Builders for tests: quarters, plans, targets, results, evaluations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from abdi.people.testing import actor_for
from abdi.performance import actions
from abdi.performance.actions import TargetInput
from abdi.performance.choices import Aspect, Measure, Rating
from abdi.performance.models import Evaluation, Period, Plan, Result, Target
from abdi.platform import clock
from abdi.platform.actions import SYSTEM
from abdi.platform.journal import Entry

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

_numbers = itertools.count(1)


def a_cause() -> Entry:
    """A fresh entry of the journal, for results to name as their cause."""
    actions.open_periods(clock.today().year, by=SYSTEM)
    return Entry.objects.latest("id")


def periods(year: int | None = None) -> list[Period]:
    """The quarters of a year, the running one by default."""
    return actions.open_periods(year or clock.today().year, by=SYSTEM)


def a_plan(person: Person, year: int | None = None) -> Plan:
    """A draft of a plan."""
    return actions.start_plan(person, by=SYSTEM, year=year or clock.today().year)


def an_input(**more: Any) -> TargetInput:
    """What a person writes for a target; manual, 100 pieces a year, unless told otherwise."""
    values: dict[str, Any] = {
        "result": f"Hasil {next(_numbers)}",
        "indicator": "Jumlah tiang diperbarui",
        "aspect": Aspect.QUANTITY,
        "figure": 10_000,
        "unit": "tiang",
    }
    return TargetInput(**{**values, **more})


def a_target(plan: Plan, parent: Target | None = None, **more: Any) -> Target:
    """A target of a plan."""
    return actions.add_target(plan, by=SYSTEM, given=an_input(**more), parent=parent)


def an_agreed_plan(person: Person, superior: Person, **target: Any) -> Plan:
    """A plan with one target that the superior agreed to."""
    plan = a_plan(person)
    a_target(plan, **target)
    plan = actions.propose_plan(plan, by=SYSTEM, seen=plan.version)
    return actions.agree_plan(plan, by=actor_for(superior), seen=plan.version)


def a_result(
    person: Person,
    measure: str = Measure.REPORTS_IN_TIME,
    value: int = 1,
    *,
    about: str = "",
    unit: Unit | None = None,
) -> Result:
    """A result that arrived by itself."""
    return actions.add_result(
        person.pk,
        indicator=measure,
        value=value,
        about=about,
        by=SYSTEM,
        cause=a_cause(),
        unit_id=unit.pk if unit else None,
    )


def an_evaluation(
    person: Person,
    appraiser: Person,
    period: Period,
    *,
    result: str = Rating.MEETS,
    final: bool = True,
    **more: Any,
) -> Evaluation:
    """An evaluation written by the appraiser, final unless told otherwise."""
    by = actor_for(appraiser)
    inputs: dict[str, Any] = {"behaviours": {}, "result_reason": "Menurut hasil", **more}
    row = actions.save_evaluation(person, period, by=by, result_rating=result, **inputs)
    return actions.finalise_evaluation(row, by=by, seen=row.version) if final else row
