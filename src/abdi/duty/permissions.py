"""May this actor do this to a roster? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.duty.models import Alert, PushDevice, Roster, Shift, Telling, Turn
from abdi.platform.access import Actor, Where

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit


def may_plan(by: Actor, unit: Unit) -> bool:
    """May this actor lay out the rosters of a unit."""
    return by.may("duty.roster", "create", Where(agency_id=unit.agency_id))


def may_change(by: Actor, roster: Roster) -> bool:
    """May this actor change a roster."""
    return by.may("duty.roster", "update", Where(agency_id=roster.unit.agency_id))


def may_place(by: Actor, turn: Turn, person: Person) -> bool:
    """May this actor put a person on a turn."""
    return may_change(by, turn.roster)


def may_remove(by: Actor, shift: Shift) -> bool:
    """May this actor take a person off a turn."""
    return may_change(by, shift.roster)


def may_publish(by: Actor, roster: Roster) -> bool:
    """May this actor put a roster in force."""
    return by.may("duty.roster", "publish", Where(agency_id=roster.unit.agency_id))


def may_override(by: Actor, roster: Roster, person: Person) -> bool:
    """May this actor break a rest rule, with a reason."""
    where = Where(person_id=person.pk, agency_id=roster.unit.agency_id)
    return by.may("duty.override", "create", where)


def may_see_rosters(by: Actor, agency_id: int | None) -> bool:
    """May this actor see the rosters of an agency."""
    return by.may("duty.roster", "view", Where(agency_id=agency_id))


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions that other modules' actions call inside their own permission, and SYSTEM."""
    return by.is_system


# ------------------------------------------------------------------ on call


def may_set_chain(by: Actor, unit: Unit) -> bool:
    """May this actor say who is called when something happens at a unit."""
    return by.may("duty.roster", "update", Where(agency_id=unit.agency_id))


def may_raise(by: Actor, unit: Unit, *what: Any) -> bool:
    """May this actor start a call by hand; reports do it inside their own permission."""
    return by.may("reports.dispatch", "escalate", Where(agency_id=unit.agency_id))


def may_answer(by: Actor, alert: Alert) -> bool:
    """May this actor say that he is on it: who was told, and those who may escalate."""
    if by.person_id is None:
        return False
    if Telling.objects.filter(alert_id=alert.pk, person_id=by.person_id).exists():
        return True
    return by.may("reports.dispatch", "escalate", Where(agency_id=alert.unit.agency_id))


def may_be_called(by: Actor, person: Person) -> bool:
    """May this actor say how a person wants to be called: that person alone."""
    return by.person_id is not None and by.person_id == person.pk


def may_take_off(by: Actor, device: PushDevice) -> bool:
    """May this actor take a device off: its owner alone."""
    return by.person_id is not None and by.person_id == device.person_id


def may_make_gateway(by: Actor, *things: Any) -> bool:
    """May this actor register, renew or switch off a gateway for calls."""
    return by.may("system.webhook", "create", Where())


def may_change_gateway(by: Actor, *things: Any) -> bool:
    """May this actor renew the secret of a gateway, or switch it off."""
    return by.may("system.webhook", "update", Where())
