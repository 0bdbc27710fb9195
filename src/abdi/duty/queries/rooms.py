"""Who stands in a room: for the duty PC of it, and for the handover of its shifts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from abdi.duty.models import Shift
from abdi.people import queries as people
from abdi.platform.access import SYSTEM, Actor
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


def coming_on(actor: Actor, at: datetime, within: timedelta) -> list[tuple[str, str, datetime]]:
    """Who comes on duty next, of the rosters an actor may see: name, unit, start. One query."""
    reach = actor.reach("duty.roster", "view")
    rows = Shift.objects.in_force().filter(
        starts_at__gt=at, starts_at__lte=at + within, is_standby=False
    )
    if not reach.all:
        rows = rows.filter(roster__unit__agency_id__in=reach.agency_ids)
    rows = rows.select_related("person", "roster__unit").order_by("starts_at", "person__name")
    return [(row.person.display_name, row.roster.unit.name, row.starts_at) for row in rows]


def turn_near(person_id: int, at: datetime, within: timedelta, *, latest: bool = False) -> str:
    """The turn somebody stands, has just stood or is about to stand; empty without a roster.

    The first of them in time, with `latest` the last: a leaving and a coming person. One query.
    """
    rows = Shift.objects.in_force().filter(
        person_id=person_id, starts_at__lte=at + within, ends_at__gt=at - within
    )
    row = rows.order_by("-starts_at" if latest else "starts_at").values_list("turn_id").first()
    return f"duty.turn:{row[0]}" if row else ""
