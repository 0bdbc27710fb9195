"""May this actor do this to a roster, a swap, a wish? Asks the cells of the permission file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abdi.duty.models import (
    Alert,
    CalendarFeed,
    Plan,
    PushDevice,
    Roster,
    Shift,
    Swap,
    Telling,
    Turn,
    Wish,
)
from abdi.people import queries as people
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


def may_publish_weeks(by: Actor, unit: Unit) -> bool:
    """May this actor put rosters of a unit in force."""
    return by.may("duty.roster", "publish", Where(agency_id=unit.agency_id))


def may_apply(by: Actor, plan: Plan) -> bool:
    """May this actor put the people of a plan on their turns, or put it away."""
    return by.may("duty.roster", "update", Where(agency_id=plan.unit.agency_id))


def may_protect(by: Actor, person: Person) -> bool:
    """May this actor keep a person from nights."""
    unit = people.unit_of(person.pk)
    return unit is not None and may_plan_unit(by, unit.agency_id)


def may_plan_unit(by: Actor, agency_id: int | None) -> bool:
    """May this actor lay out rosters in an agency."""
    return by.may("duty.roster", "create", Where(agency_id=agency_id))


def may_override(by: Actor, roster: Roster, person: Person) -> bool:
    """May this actor break a rest rule, with a reason."""
    where = Where(person_id=person.pk, agency_id=roster.unit.agency_id)
    return by.may("duty.override", "create", where)


def may_see_rosters(by: Actor, agency_id: int | None) -> bool:
    """May this actor see the rosters of an agency."""
    return by.may("duty.roster", "view", Where(agency_id=agency_id))


def may_order(by: Actor, unit: Unit) -> bool:
    """May this actor have the duty order of a unit's roster drawn up."""
    return by.may("people.letter", "create", Where(agency_id=unit.agency_id))


def may_see_loads(by: Actor, agency_id: int | None) -> bool:
    """May this actor see what each person of an agency's units carried.

    Who plans their rosters, and the personnel officers who see their presence; everybody else sees
    his own line and the spread of his unit.
    """
    where = Where(agency_id=agency_id)
    return by.may("duty.roster", "update", where) or by.may("people.presence", "view", where)


def may_read_loads(by: Actor, unit: Unit) -> bool:
    """May this actor read the ledger of a unit with all its lines."""
    return may_see_loads(by, unit.agency_id)


def may_feed_person(by: Actor, person: Person) -> bool:
    """May this actor have a calendar address of this person: of oneself only."""
    return by.is_system or (by.person_id is not None and by.person_id == person.pk)


def may_feed_unit(by: Actor, unit: Unit) -> bool:
    """May this actor have the calendar address of a unit: who plans its rosters."""
    return by.may("duty.roster", "update", Where(agency_id=unit.agency_id))


def may_end_feed(by: Actor, feed: CalendarFeed) -> bool:
    """May this actor revoke an address: one's own, or that of a unit one plans."""
    if feed.unit is not None:
        return may_feed_unit(by, feed.unit)
    return by.is_system or (by.person_id is not None and by.person_id == feed.person_id)


def may_hand_over(by: Actor, unit: Unit) -> bool:
    """May this actor hand the hours of a unit to the pay office."""
    return by.may("people.pay_feed", "create", Where(agency_id=unit.agency_id))


def only_other_modules(by: Actor, *things: Any) -> bool:
    """Actions that other modules' actions call inside their own permission, and SYSTEM."""
    return by.is_system


def may_ask_swap(by: Actor, shift: Shift) -> bool:
    """May this actor ask to swap a turn: his own."""
    return by.may("duty.swap", "create", Where(person_id=shift.person_id))


def may_answer_swap(by: Actor, swap: Swap) -> bool:
    """May this actor answer: he was asked, or it is offered to everybody and not his own."""
    me = by.person_id
    asked = swap.taker_id == me if swap.taker_id is not None else swap.giver_id != me
    return asked and by.may("duty.swap", "create", Where(person_id=me))


def may_withdraw_swap(by: Actor, swap: Swap) -> bool:
    """May this actor take a swap back: he asked for it."""
    return by.may("duty.swap", "create", Where(person_id=swap.giver_id))


def may_decide_swap(by: Actor, swap: Swap) -> bool:
    """May this actor decide a swap: of his agency, and neither of the two is he."""
    return all(
        by.may("duty.swap", "approve", Where(person_id=one, agency_id=swap.unit.agency_id))
        for one in (swap.giver_id, swap.taker_id)
    )


def may_arrange_swap(by: Actor, shift: Shift, taker: Person) -> bool:
    """May this actor swap for two others: as he decides, and he changes the roster."""
    agency_id = shift.roster.unit.agency_id
    return may_change(by, shift.roster) and all(
        by.may("duty.swap", "approve", Where(person_id=one, agency_id=agency_id))
        for one in (shift.person_id, taker.pk)
    )


def may_wish(by: Actor, person: Person) -> bool:
    """May this actor wish for days: his own."""
    return by.may("duty.swap", "create", Where(person_id=person.pk))


def may_withdraw_wish(by: Actor, wish: Wish) -> bool:
    """May this actor take a wish back: his own."""
    return by.may("duty.swap", "create", Where(person_id=wish.person_id))


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
