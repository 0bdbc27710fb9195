"""The year: quarters, plans begun, handed over, agreed, sent back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.performance import events, rules
from abdi.performance.actions.targets import (
    MOST_TARGETS,
    TargetInput,
    check_open,
    check_parent,
    keep_target,
)
from abdi.performance.choices import PlanState
from abdi.performance.models import Period, Plan, Target
from abdi.performance.permissions import may_agree, may_edit_plan, may_start_plan, only_system
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Person


@action(allowed=only_system)
def open_periods(year: int, *, by: Actor) -> list[Period]:
    """Make the four quarters of a year; those that exist stay as they are."""
    figures = norms("performance", on=clock.today())
    made = []
    for span in rules.quarters_of(year, figures):
        period, _made = Period.objects.get_or_create(
            year=span.year,
            number=span.number,
            defaults={
                "start_on": span.start_on,
                "end_on": span.end_on,
                "opens_on": span.opens_on,
                "closes_on": span.closes_on,
            },
        )
        made.append(period)
    record(events.PeriodsOpened(year=year), by=by)
    return made


@action(allowed=may_start_plan)
def start_plan(person: Person, *, by: Actor, year: int, like_last_year: bool = False) -> Plan:
    """Begin a plan for a year, empty or with last year's targets; one a person and year.

    Raises Conflict where there is one, Invalid for a year that is neither this nor the next.
    """
    this_year = clock.today().year
    if year not in (this_year - 1, this_year, this_year + 1):
        raise Invalid(_("Plans are written for this year or the next."), field="year")
    plan, made = Plan.objects.get_or_create(person=person, year=year)
    if not made:
        raise Conflict(_("There is a plan for this year already."), current=plan)
    fact = events.PlanStarted(plan_id=plan.pk, person_id=person.pk, year=year)
    record(fact, by=by, about=plan)
    if like_last_year:
        before = Target.objects.filter(
            plan__person=person, plan__year=year - 1, is_dropped=False
        ).order_by("order", "id")
        for order, target in enumerate(before):
            keep_target(plan, _again(target), None, order=order, by=by)
    return plan


def _again(target: Target, *, of_unit: bool | None = None) -> TargetInput:
    return TargetInput(
        result=target.result,
        indicator=target.indicator,
        aspect=target.aspect,
        figure=target.figure,
        unit=target.unit,
        measure=target.measure,
        better=target.better,
        kind=target.kind,
        is_of_unit=target.is_of_unit if of_unit is None else of_unit,
    )


@action(allowed=may_edit_plan)
def adopt_targets(plan: Plan, *, by: Actor, parents: Sequence[Target]) -> list[Target]:
    """Draft one own target under each ticked target of the superior; those already there stay.

    The drafts carry the superior's sentence and measure, to be made one's own.
    """
    plan = lock(plan)
    check_open(plan)
    rows = Target.objects.filter(plan=plan, is_dropped=False)
    taken = set(rows.values_list("parent_id", flat=True))
    order = rows.count()
    made = []
    for parent in parents:
        check_parent(plan, parent)
        if parent.pk not in taken and order < MOST_TARGETS:
            made.append(
                keep_target(plan, _again(parent, of_unit=False), parent, order=order, by=by)
            )
            order += 1
    if not made:
        raise Invalid(_("Tick a target you do not have yet."), field="parents")
    return made


def _move(plan: Plan, seen: int, to: PlanState) -> Plan:
    guard_version(plan, seen)
    plan = lock(plan)
    if to not in rules.next_states(PlanState(plan.state)):
        raise Conflict(_("This plan has moved on meanwhile."), current=plan)
    plan.state = to
    return plan


@action(allowed=may_edit_plan)
def propose_plan(plan: Plan, *, by: Actor, seen: int) -> Plan:
    """Hand a plan to the superior. Raises Invalid where it has no target."""
    if not Target.objects.filter(plan=plan, is_dropped=False).exists():
        raise Invalid(_("Write at least one target first."), field="result")
    plan = _move(plan, seen, PlanState.SUBMITTED)
    plan.proposed_at = clock.now()
    plan.save(update_fields=["state", "proposed_at"])
    fact = events.PlanProposed(plan_id=plan.pk, person_id=plan.person_id)
    record(fact, by=by, about=plan)
    return plan


@action(allowed=may_agree)
def agree_plan(plan: Plan, *, by: Actor, seen: int) -> Plan:
    """Agree to a plan that was handed over."""
    if by.person_id is None:
        raise Invalid(_("Only a person can agree to a plan."))
    plan = _move(plan, seen, PlanState.AGREED)
    plan.agreed_at, plan.agreed_by_id, plan.returned_note = clock.now(), by.person_id, ""
    plan.save(update_fields=["state", "agreed_at", "agreed_by", "returned_note"])
    fact = events.PlanAgreed(plan_id=plan.pk, person_id=plan.person_id)
    record(fact, by=by, about=plan)
    return plan


@action(allowed=may_agree)
def return_plan(plan: Plan, *, by: Actor, seen: int, note: str) -> Plan:
    """Send a plan back with a word of what to change."""
    if not note:
        raise Invalid(_("Say what should change, so that it can be done."), field="note")
    plan = _move(plan, seen, PlanState.CLARIFIED)
    plan.returned_note = note
    plan.save(update_fields=["state", "returned_note"])
    fact = events.PlanReturned(plan_id=plan.pk, person_id=plan.person_id)
    record(fact, by=by, about=plan)
    return plan


@action(allowed=may_edit_plan)
def reopen_plan(plan: Plan, *, by: Actor, seen: int) -> Plan:
    """Open an agreed plan again; it must be agreed once more."""
    plan = _move(plan, seen, PlanState.REVISED)
    plan.save(update_fields=["state"])
    fact = events.PlanReturned(plan_id=plan.pk, person_id=plan.person_id)
    record(fact, by=by, about=plan)
    return plan
