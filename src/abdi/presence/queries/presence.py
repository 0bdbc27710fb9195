"""Days of presence as they count, with what was said before and what was objected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

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
        excuses = {(one.person_id, one.on): one for one in inside}
        said = Objection.objects.filter(day__in=[row.pk for row in found]).order_by("made_at")
        objections = {one.day_id: one for one in said}
    return [
        _line(row, excuses.get((row.person_id, row.on)), objections.get(row.pk)) for row in found
    ]


def _line(row: PresenceDay, excuse: Dispensation | None, objection: Objection | None) -> DayLine:
    status = rules.effective_status(row.status, is_excused=excuse is not None)
    return DayLine(row, status, excuse if status != row.status else None, objection)


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
