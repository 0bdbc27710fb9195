"""Days of presence as they count, with what was said before and what was objected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.presence import rules
from abdi.presence.choices import ObjectionState
from abdi.presence.models import Dispensation, Objection, PresenceDay
from abdi.presence.queries.scope import of_reach


@dataclass(frozen=True)
class DayLine:
    """A day as shown: the row, the status that counts, why it is excused, the open objection."""

    row: PresenceDay
    status: str
    excuse: Dispensation | None
    objection: Objection | None
    late_minutes: int = 0


def visible_days(actor: Actor) -> QuerySet[PresenceDay]:
    """Rows of presence this actor may see, corrected ones too."""
    reach = actor.reach("people.presence", "view")
    return PresenceDay.objects.filter(of_reach(reach)).select_related("person")


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month of a day."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)


def day_lines(rows: Iterable[PresenceDay]) -> list[DayLine]:
    """These days with their excuses and newest objections; two queries."""
    found = list(rows)
    people = {row.person_id for row in found}
    days = [row.on for row in found]
    excuses: dict[tuple[int, date], Dispensation] = {}
    objections: dict[int, Objection] = {}
    if found:
        inside = Dispensation.objects.filter(person_id__in=people, on__range=(min(days), max(days)))
        excuses = farthest(inside)
        said = Objection.objects.filter(day__in=[row.pk for row in found]).order_by("made_at")
        objections = {one.day_id: one for one in said}
    return [
        _line(row, excuses.get((row.person_id, row.on)), objections.get(row.pk)) for row in found
    ]


def _line(row: PresenceDay, excuse: Dispensation | None, objection: Objection | None) -> DayLine:
    status, late = counted(row, excuse)
    helped = status != row.status or late != row.late_minutes
    return DayLine(row, status, excuse if helped else None, objection, late)


def farthest(rows: Iterable[Dispensation]) -> dict[tuple[int, date], Dispensation]:
    """Of several call-outs before one morning the one that excuses longest."""
    found: dict[tuple[int, date], Dispensation] = {}
    for one in rows:
        known = found.get((one.person_id, one.on))
        if known is None or _reach(one) > _reach(known):
            found[one.person_id, one.on] = one
    return found


def _reach(one: Dispensation) -> tuple[bool, datetime]:
    return one.excused_until is None, one.excused_until or one.called_at


def counted(row: PresenceDay, excuse: Dispensation | None) -> tuple[str, int]:
    """The status that counts and the minutes of lateness that stay, with the call-out before it."""
    if excuse is None:
        return row.status, row.late_minutes
    came = row.came_at.hour * 60 + row.came_at.minute if row.came_at else None
    until = excuse.excused_until
    reach = rules.minute_of(row.on, clock.local(until)) if until is not None else None
    return rules.excused(row.status, row.late_minutes, came=came, until=reach)


def excuses_of(person_id: int, first: date, last: date) -> list[Dispensation]:
    """Mornings of a person excused by a call-out, newest first; one query."""
    rows = Dispensation.objects.filter(person_id=person_id, on__range=(first, last))
    return list(rows.order_by("-called_at"))


def earlier_rows(row: PresenceDay) -> list[PresenceDay]:
    """What was said of this day before, newest first; corrected rows stay readable."""
    rows = PresenceDay.objects.filter(person_id=row.person_id, on=row.on, is_current=False)
    return list(rows.order_by("-made_at", "-id"))


def open_objections(actor: Actor) -> QuerySet[Objection]:
    """Objections this actor may answer, oldest first; never one's own."""
    reach = actor.reach("people.presence", "correct")
    rows = Objection.objects.filter(state=ObjectionState.OPEN)
    rows = rows.filter(of_reach(reach, "day__person_id"))
    rows = rows.exclude(day__person_id=actor.person_id or 0)
    return rows.select_related("day__person").order_by("made_at", "id")


def days_counted(
    person_ids: Iterable[int], first: date, last: date
) -> dict[tuple[int, date], tuple[str, int]]:
    """What each known day counts as, and the minutes missing from it, by person and day.

    Night call-outs are taken into account: what they excuse is not missing. Two queries.
    """
    who = list(person_ids)
    rows = PresenceDay.objects.current().between(first, last).filter(person_id__in=who)
    excuses = farthest(Dispensation.objects.filter(person_id__in=who, on__range=(first, last)))
    found = {}
    for row in rows:
        excuse = excuses.get((row.person_id, row.on))
        status, late = counted(row, excuse)
        early = row.early_minutes if status == row.status else 0
        found[row.person_id, row.on] = status, late + early
    return found
