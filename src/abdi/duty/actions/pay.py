"""Handing the hours of a month to the pay office: once, whole, never changed afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from abdi.duty import events
from abdi.duty.models import PayLine, PayList
from abdi.duty.permissions import may_hand_over
from abdi.duty.queries.pay import Draft, draft_of, list_of
from abdi.duty.rules import pay as rules
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Unit

SHORTEST_REASON = 10


@action(allowed=may_hand_over)
def hand_over_hours(
    unit: Unit, *, by: Actor, month_on: date, seen: str, reason: str = ""
) -> PayList:
    """Hand the hours of a unit's month over: rows and hash are kept, nothing changes them again.

    `seen` is the mark of the figures that were looked at. Months handed over earlier are compared
    again; what differs goes along as differences, with `reason`. Raises Conflict where the month
    was handed over already, has not ended, has no hours, or the figures changed since; Invalid
    where there are differences and no reason of ten letters.
    """
    lock(unit)
    month_on = month_on.replace(day=1)
    draft = _checked(unit, month_on, seen, reason)
    kept_reason = reason.strip() if draft.changed else ""
    row = PayList.objects.create(
        unit=unit,
        month_on=month_on,
        rules_version=rules.VERSION,
        sha256=rules.seal(draft.rows, kept_reason),
        reason=kept_reason,
        handed_at=clock.now(),
        handed_by_id=by.person_id,
    )
    PayLine.objects.bulk_create(
        PayLine(
            pay_list=row,
            person_id=person_id,
            month_on=month,
            is_difference=month != month_on,
            **dict(zip(rules.NAMES, rules.values_of(figures), strict=True)),
        )
        for person_id, month, figures in draft.rows
    )
    fact = events.HoursHandedOver(
        pay_list_id=row.pk, unit_id=unit.pk, lines=len(draft.rows), sha256=row.sha256
    )
    record(fact, by=by, about=row)
    return row


def _checked(unit: Unit, month_on: date, seen: str, reason: str) -> Draft:
    """What would be handed over, once nothing speaks against it."""
    if list_of(unit.pk, month_on) is not None:
        raise Conflict(_("This month was handed over already; corrections go with the next."))
    if month_on >= clock.today().replace(day=1):
        raise Conflict(_("This month has not ended yet."))
    draft = draft_of(unit.pk, month_on)
    if draft.mark != seen:
        raise Conflict(_("The figures have changed since you looked. Please look again."))
    if not draft.rows:
        raise Conflict(_("There are no hours in this month to hand over."))
    if draft.changed and len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Say in ten letters or more why earlier months differ."), field="reason")
    return draft
