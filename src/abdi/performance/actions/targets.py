"""Targets of a plan: written, changed, linked to one above, dropped."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.performance import events
from abdi.performance.choices import Aspect, Better, Measure, ResultKind
from abdi.performance.models import Plan, Target
from abdi.performance.permissions import may_edit_plan, may_edit_target
from abdi.performance.rules import MEASURES
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record

MOST_TARGETS = 40


@dataclass(frozen=True)
class TargetInput:
    """What a person writes for one target; `figure` in hundredths of its unit."""

    result: str
    indicator: str
    aspect: str
    figure: int
    unit: str = ""
    measure: str = Measure.MANUAL
    better: str = Better.HIGHER
    kind: str = ResultKind.MAIN
    is_of_unit: bool = False

    def columns(self) -> dict[str, object]:
        """The columns of the row; a measure that collects by itself brings unit and direction."""
        rule = MEASURES[Measure(self.measure)]
        automatic = rule.is_automatic
        return {
            "result": self.result,
            "indicator": self.indicator,
            "aspect": self.aspect,
            "figure": self.figure,
            "unit": rule.unit if automatic else self.unit,
            "measure": self.measure,
            "better": rule.better.value if automatic else self.better,
            "kind": self.kind,
            "is_of_unit": self.is_of_unit and automatic,
        }


def check_open(plan: Plan) -> None:
    """Raise Conflict where the targets of a plan may not be changed any more."""
    if not plan.is_editable:
        raise Conflict(
            _("This plan is with your superior or agreed. Open it again to change it."),
            current=plan,
        )


def check_parent(plan: Plan, parent: Target | None) -> None:
    """Raise Invalid unless the parent is a target of the superior in the same year."""
    if parent is None:
        return
    above = people.appraiser(plan.person_id, clock.today())
    owner = parent.plan
    if above is None or owner.person_id != above.pk or owner.year != plan.year or parent.is_dropped:
        raise Invalid(_("Choose a target of your superior of the same year."), field="parent")


def check_input(given: TargetInput) -> None:
    """Raise Invalid where a target has no figure, no unit or no aspect of the form."""
    if given.aspect not in Aspect.codes():
        raise Invalid(_("Please choose one of the list."), field="aspect")
    automatic = MEASURES[Measure(given.measure)].is_automatic
    if given.figure < 1 or not (given.unit or automatic):
        raise Invalid(
            _(
                "This target has no figure and unit. Fill them in, or choose a measure that "
                "collects by itself."
            ),
            field="figure" if given.figure < 1 else "unit",
        )


@action(allowed=may_edit_plan)
def add_target(
    plan: Plan, *, by: Actor, given: TargetInput, parent: Target | None = None
) -> Target:
    """Write a target. Raises Conflict on a plan not open, Invalid without figure and unit."""
    plan = lock(plan)
    check_open(plan)
    check_input(given)
    check_parent(plan, parent)
    count = Target.objects.filter(plan=plan, is_dropped=False).count()
    if count >= MOST_TARGETS:
        raise Invalid(_("A plan holds at most 40 targets."), field="result")
    return keep_target(plan, given, parent, order=count, by=by)


def keep_target(
    plan: Plan, given: TargetInput, parent: Target | None, *, order: int, by: Actor
) -> Target:
    """Write the row and its entry (inside an action)."""
    target = Target.objects.create(plan=plan, parent=parent, order=order, **given.columns())
    fact = events.TargetSet(target_id=target.pk, plan_id=plan.pk, person_id=plan.person_id)
    record(fact, by=by, about=target)
    return target


@action(allowed=may_edit_target)
def change_target(
    target: Target, *, by: Actor, seen: int, given: TargetInput, parent: Target | None = None
) -> Target:
    """Change a target; `seen` is the version the person had before him. Raises Conflict."""
    check_open(lock(target.plan))
    check_input(given)
    check_parent(target.plan, parent)
    guard_version(target, seen)
    for name, value in {**given.columns(), "parent": parent}.items():
        setattr(target, name, value)
    target.save(update_fields=[*given.columns(), "parent"])
    fact = events.TargetSet(
        target_id=target.pk, plan_id=target.plan_id, person_id=target.plan.person_id
    )
    record(fact, by=by, about=target)
    return target


@action(allowed=may_edit_target)
def link_target(target: Target, *, by: Actor, parent: Target) -> Target:
    """Hang a target under one of the superior, also after the plan was agreed."""
    check_parent(target.plan, parent)
    target = lock(target)
    target.parent = parent
    target.save(update_fields=["parent"])
    fact = events.TargetSet(
        target_id=target.pk, plan_id=target.plan_id, person_id=target.plan.person_id
    )
    record(fact, by=by, about=target)
    return target


@action(allowed=may_edit_target)
def drop_target(target: Target, *, by: Actor, seen: int) -> Target:
    """Take a target out of a plan that is not agreed; it stays on record."""
    check_open(lock(target.plan))
    guard_version(target, seen)
    target.is_dropped = True
    target.save(update_fields=["is_dropped"])
    fact = events.TargetDropped(
        target_id=target.pk, plan_id=target.plan_id, person_id=target.plan.person_id
    )
    record(fact, by=by, about=target)
    return target
