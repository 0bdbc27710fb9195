"""Who stands in a room: for the duty PC of it, and for the handover of its shifts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from abdi.duty.models import Shift
from abdi.people import queries as people
from abdi.platform.access import SYSTEM
from abdi.platform.consoles import Standing


def shifts_in(unit_id: int) -> QuerySet[Shift]:
    """The shifts in force of a unit and those below it, at their post."""
    unit = people.visible_units(SYSTEM).filter(pk=unit_id).first()
    rows: QuerySet[Shift] = Shift.objects.in_force().filter(is_standby=False)
    if unit is None:
        return rows.none()
    rows = rows.filter(roster__unit__path__startswith=unit.path)
    return rows.select_related("person").order_by("person__name")


def standing_in(unit_id: int, at: datetime) -> list[Standing]:
    """Who stands in a unit at a moment: name and end of the shift, no more. Two queries."""
    rows = shifts_in(unit_id).filter(starts_at__lte=at, ends_at__gt=at)
    return [Standing(row.person_id, row.person.display_name, row.ends_at) for row in rows]
