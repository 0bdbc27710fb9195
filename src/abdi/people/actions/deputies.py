"""Handing powers to a colleague for an absence, and taking them back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from abdi.people import events, rules
from abdi.people.choices import DeputyPower
from abdi.people.models import Delegation, Person
from abdi.platform import clock
from abdi.platform.access import Actor, law
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record


def powers_of(by: Actor) -> list[DeputyPower]:
    """What this actor may hand over: powers of his own roles, never those handed to him."""
    own = by.by_own_right()
    cells = [
        cell
        for cell in law().cells.values()
        for grant in own.grants
        if cell.grants.get(grant.role) in ("agency", "city") and cell.action != "view"
        if not grant.acting and grant.role not in ("employee", "superior")
    ]
    return [power for power in DeputyPower if any(rules.handles(power, c.resource) for c in cells)]


def _may_hand_over(by: Actor, receiver: Person) -> bool:
    return by.person_id is not None and by.person_id != receiver.pk and bool(powers_of(by))


def _may_take_back(by: Actor, delegation: Delegation) -> bool:
    return by.person_id in (delegation.giver_id, delegation.receiver_id)


@action(allowed=_may_hand_over)
def hand_over(
    receiver: Person, *, by: Actor, power: DeputyPower | str, start_on: date, end_on: date,
    reason: str,
) -> Delegation:  # fmt: skip
    """Hand a power of one's own to a colleague from a day to a day, both counted.

    Raises Invalid for days past, in wrong order or too many, for a power the giver does not
    hold himself and a colleague who left; Conflict where somebody has it on one of these days.
    """
    power = DeputyPower(power)
    if power not in powers_of(by):
        raise Invalid(_("You may hand over only what you hold yourself."), field="power")
    giver = lock(Person.objects.get(pk=by.person_id or 0))
    _check_days(start_on, end_on)
    if receiver.left_on is not None and receiver.left_on < end_on:
        raise Invalid(_("This colleague leaves before the last day."), field="login")
    taken = Delegation.objects.filter(
        giver=giver, power=power, start_on__lte=end_on, end_on__gte=start_on, taken_back=False
    )
    if taken.exists():
        raise Conflict(_("Somebody stands in for you with this power on these days already."))
    row = Delegation.objects.create(
        giver=giver,
        receiver=receiver,
        power=power,
        start_on=start_on,
        end_on=end_on,
        reason=reason,
    )
    fact = events.PowerHandedOver(
        delegation_id=row.pk,
        giver_id=giver.pk,
        receiver_id=receiver.pk,
        power=str(power),
        start=start_on.isoformat(),
        end=end_on.isoformat(),
    )
    record(fact, by=by, about=row)
    return row


def _check_days(start_on: date, end_on: date) -> None:
    most = int(law().raw["delegation"]["deputy_max_days"])
    problem = rules.deputy_problem(start_on, end_on, clock.today(), most)
    if problem == "past":
        raise Invalid(_("The first day has passed."), field="start_on")
    if problem == "order":
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if problem == "too_long":
        text = _("At most %(days)d days; hand it over again later.") % {"days": most}
        raise Invalid(text, field="end_on")


@action(allowed=_may_take_back)
def take_back(delegation: Delegation, *, by: Actor) -> Delegation:
    """End a power handed over now, by who gave it or who has it; Conflict where it has ended."""
    rows = Delegation.objects.lasting(clock.today()).filter(pk=delegation.pk)
    if rows.update(taken_back=True) != 1:
        raise Conflict(_("This has ended already."))
    fact = events.PowerTakenBack(
        delegation_id=delegation.pk,
        giver_id=delegation.giver_id,
        receiver_id=delegation.receiver_id,
    )
    record(fact, by=by, about=delegation)
    return delegation
