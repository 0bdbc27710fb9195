"""What a duty order names: who stands which turns of a unit between two days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from abdi.duty.models import Roster, Shift
from abdi.duty.rules.orders import OrderedTurn
from abdi.platform import clock
from abdi.platform.access import Actor

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit


@dataclass(frozen=True)
class OrderRow:
    """A person of the list, with his turns in order of time."""

    person: Person
    turns: tuple[OrderedTurn, ...]


@dataclass(frozen=True)
class Order:
    """Rosters in force that the order rests on, and who is named."""

    rosters: tuple[Roster, ...]
    rows: tuple[OrderRow, ...]

    @property
    def mark(self) -> str:
        """Sixteen letters that change as soon as anybody's turn does."""
        lines = [
            f"{row.person.pk}|{turn.start.isoformat()}|{turn.end.isoformat()}|{turn.is_standby}"
            for row in self.rows
            for turn in row.turns
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From midnight of the first day to the midnight after the last, in the local zone."""
    start = datetime.combine(first, time(0), clock.zone())
    return start, datetime.combine(last + timedelta(days=1), time(0), clock.zone())


def order_of(unit_id: int, first: date, last: date) -> Order:
    """Turns that begin between two days, both counted, by rosters in force; two queries."""
    start, end = day_bounds(first, last)
    shifts = (
        Shift.objects.in_force()
        .filter(roster__unit_id=unit_id, starts_at__gte=start, starts_at__lt=end)
        .select_related("person", "turn")
        .order_by("person__name", "person_id", "starts_at")
    )
    by_person: dict[int, list[Shift]] = {}
    for shift in shifts:
        by_person.setdefault(shift.person_id, []).append(shift)
    used = {shift.roster_id for found in by_person.values() for shift in found}
    rosters = Roster.objects.filter(pk__in=used).order_by("week_start_on")
    rows = [OrderRow(found[0].person, _turns(found)) for found in by_person.values()]
    return Order(tuple(rosters), tuple(rows))


def _turns(shifts: Iterable[Shift]) -> tuple[OrderedTurn, ...]:
    return tuple(
        OrderedTurn(
            clock.local(one.starts_at), clock.local(one.ends_at), one.turn.name, one.is_standby
        )
        for one in shifts
    )


def orderable(actor: Actor, units: Iterable[Unit]) -> list[Unit]:
    """Of these units, those for which this actor may have an order written."""
    reach = actor.reach("people.letter", "create")
    return [unit for unit in units if reach.all or unit.agency_id in reach.agency_ids]
