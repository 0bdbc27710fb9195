"""Dated acts on the organisation: rename, move, merge, split; one prepares, another approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from abdi.people import events, queries
from abdi.people.actions.carrying import carry_out, put_in_force
from abdi.people.choices import ActKind, ActState
from abdi.people.models import Act, ActPart, Position, Service, Unit, UnitState
from abdi.people.permissions import (
    may_approve_act,
    may_cancel_act,
    may_prepare_act,
    only_other_modules,
)
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record
from abdi.platform.tenancy import Institution, current_institution_id


@dataclass(frozen=True)
class ActGiven:
    """What a person writes for one act; each kind uses what it needs."""

    kind: str
    on: date
    decree: str
    reason: str = ""
    new_name: str = ""
    new_code: str = ""
    new_kind: str = ""
    new_parent: Unit | None = None
    units: Sequence[Unit] = ()
    positions: Sequence[Position] = ()
    services: Sequence[Service] = ()


@action(allowed=may_prepare_act)
def prepare_act(unit: Unit, *, by: Actor, given: ActGiven) -> Act:
    """Write a change down; nothing changes before a second person approves. Raises Invalid."""
    _check_days(unit, given)
    _check_order(given)
    CHECKS[ActKind(given.kind)](unit, given)
    act = Act.objects.create(
        kind=given.kind,
        unit=unit,
        on=given.on,
        decree=given.decree,
        reason=given.reason,
        new_name=given.new_name,
        new_code=given.new_code,
        new_kind=given.new_kind,
        new_parent=given.new_parent,
        prepared_by_id=by.person_id,
    )
    ActPart.objects.bulk_create(
        [
            *(ActPart(act=act, unit=one) for one in given.units),
            *(ActPart(act=act, position=one) for one in given.positions),
            *(ActPart(act=act, service=one, origin=unit) for one in given.services),
        ]
    )
    record(events.ActPrepared(act_id=act.pk, unit_id=unit.pk), by=by, about=act)
    return act


def _check_days(unit: Unit, given: ActGiven) -> None:
    touched = [unit, *given.units]
    for one in touched:
        last = UnitState.objects.filter(unit=one).order_by("-start_on").first()
        begun = last.start_on if last is not None else one.start_on
        if given.on <= begun:
            message = _("%(unit)s was changed on %(day)s; choose a later day.")
            raise Invalid(message % {"unit": one.name, "day": begun}, field="on")
        if one.end_on is not None and one.end_on < given.on:
            raise Invalid(_("%(unit)s no longer exists.") % {"unit": one.name}, field="on")


def _check_order(given: ActGiven) -> None:
    """Units are moved, merged and split in the order of their days, so that no day lacks a tree."""
    if given.kind == ActKind.RENAME:
        return
    counting = Act.objects.filter(state__in=[ActState.APPROVED, ActState.IN_FORCE])
    later = counting.filter(on__gt=given.on).exclude(kind=ActKind.RENAME).order_by("on").last()
    if later is not None:
        message = _("A change of %(day)s is approved already; choose that day or a later one.")
        raise Invalid(message % {"day": later.on}, field="on")


def _check_rename(unit: Unit, given: ActGiven) -> None:
    if not given.new_name or given.new_name == unit.name:
        raise Invalid(_("Please write the new name."), field="new_name")


def _check_move(unit: Unit, given: ActGiven) -> None:
    if given.new_parent is None:
        raise Invalid(_("Please choose the unit above."), field="new_parent")
    above = given.new_parent
    if above.start_on > given.on or (above.end_on is not None and above.end_on < given.on):
        raise Invalid(_("%(unit)s no longer exists.") % {"unit": above.name}, field="new_parent")
    path = queries.unit_at(above, given.on).path
    if f"/{unit.pk}/" in path:
        raise Invalid(_("A unit cannot stand below itself."), field="new_parent")
    if queries.unit_at(unit, given.on).parent_id == above.pk:
        raise Invalid(_("The unit stands there already."), field="new_parent")


def _check_merge(unit: Unit, given: ActGiven) -> None:
    if not given.units:
        raise Invalid(_("Please choose the units that go into this one."), field="units")
    path = queries.unit_at(unit, given.on).path
    for one in given.units:
        if f"/{one.pk}/" in path:
            raise Invalid(_("A unit cannot go into itself or below itself."), field="units")


def _check_split(unit: Unit, given: ActGiven) -> None:
    if not given.new_name:
        raise Invalid(_("Please write the name of the new unit."), field="new_name")
    if not given.new_code or Unit.objects.filter(code=given.new_code).exists():
        raise Invalid(_("Please write a code no other unit has."), field="new_code")
    if not (given.positions or given.services):
        raise Invalid(_("Please choose what goes to the new unit."), field="positions")
    if any(one.unit_id != unit.pk or one.is_head for one in given.positions):
        raise Invalid(_("Only posts of this unit, its head's apart, can go."), field="positions")
    if any(one.unit_id != unit.pk for one in given.services):
        raise Invalid(_("Only services of this unit can go."), field="services")


CHECKS = {
    ActKind.RENAME: _check_rename,
    ActKind.MOVE: _check_move,
    ActKind.MERGE: _check_merge,
    ActKind.SPLIT: _check_split,
}


def given_of(act: Act) -> ActGiven:
    """What was written for an act, to be checked once more."""
    parts = list(act.parts.select_related("unit", "position", "service"))
    return ActGiven(
        kind=act.kind,
        on=act.on,
        decree=act.decree,
        new_name=act.new_name,
        new_code=act.new_code,
        new_kind=act.new_kind,
        new_parent=act.new_parent,
        units=[part.unit for part in parts if part.unit is not None],
        positions=[part.position for part in parts if part.position is not None],
        services=[part.service for part in parts if part.service is not None],
    )


@action(allowed=may_approve_act)
def approve_act(act: Act, *, by: Actor, seen: int) -> Act:
    """Approve a change another person prepared: its dated rows are written at once.

    It shows from its day on. Raises Conflict where it is no draft or was changed, Invalid where
    the organisation meanwhile speaks against it.
    """
    guard_version(act, seen)
    lock(Institution.objects.get(pk=current_institution_id()))  # the next act sees what this did
    act = Act.objects.select_related("unit", "new_parent").get(pk=act.pk)
    if act.state != ActState.DRAFT:
        raise Conflict(_("This change is decided already."), current=act)
    given = given_of(act)
    _check_days(act.unit, given)
    _check_order(given)
    CHECKS[ActKind(act.kind)](act.unit, given)
    act.state, act.decided_by_id = ActState.APPROVED, by.person_id
    act.save(update_fields=["state", "decided_by"])
    fact = events.ActApproved(act_id=act.pk, unit_id=act.unit_id, on=act.on.isoformat())
    record(fact, by=by, about=act)
    for follows in carry_out(act, given):
        record(follows, by=by, about=act)
    if act.on <= clock.today():
        _put_in_force(act, by)
    return act


@action(allowed=may_cancel_act)
def cancel_act(act: Act, *, by: Actor, seen: int) -> Act:
    """Take back a change that waits; raises Conflict where it is decided."""
    guard_version(act, seen)
    if Act.objects.filter(pk=act.pk, state=ActState.DRAFT).update(state=ActState.CANCELLED) != 1:
        raise Conflict(_("This change is decided already."), current=act)
    record(events.ActCancelled(act_id=act.pk, unit_id=act.unit_id), by=by, about=act)
    return act


@action(allowed=only_other_modules)
def take_effect(act: Act, *, by: Actor) -> Act:
    """On its day an approved act becomes what units are now; a second run changes nothing."""
    _put_in_force(act, by)
    return act


def _put_in_force(act: Act, by: Actor) -> None:
    put_in_force(act)
    record(events.OrganisationChanged(act_id=act.pk, unit_id=act.unit_id), by=by, about=act)


@action(allowed=only_other_modules)
def note_needs(unit: Unit, *, by: Actor, needs: Mapping[int, int]) -> None:
    """Keep how many people the posts of a unit need (by position id), as workload counted it."""
    rows = list(Position.objects.filter(unit=unit, id__in=list(needs)))
    for row in rows:
        row.work_need = needs[row.pk]
    Position.objects.bulk_update(rows, ["work_need"])
    record(events.NeedsNoted(unit_id=unit.pk, count=len(rows)), by=by, about=unit)
