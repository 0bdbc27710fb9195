"""Telling people of their turns: once when a roster comes into force, then at each change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from abdi.duty.choices import ChangeKind, RosterState
from abdi.duty.models import Roster, Shift, ShiftChange, Turn
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor
from abdi.platform.notices.telling import tell

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit

IN_FORCE = gettext_noop("A new roster with your turns is in force")
CHANGED = gettext_noop("Your turns of duty have changed")
Change = tuple[Turn, int, ChangeKind]
"""What happened: the turn, the person, given or taken."""


def tell_in_force(unit: Unit, rosters: Sequence[Roster], by: Actor) -> int:
    """One notice for each person who stands in these rosters, with all his turns."""
    shifts: dict[int, list[Shift]] = {}
    rows = Shift.objects.filter(roster__in=rosters).select_related("turn").order_by("starts_at")
    for shift in rows:
        shifts.setdefault(shift.person_id, []).append(shift)
    weeks = ",".join(str(one.pk) for one in rosters)
    for person in _people(shifts):
        data = {"unit": unit.name, "shifts": [_line(one.turn) for one in shifts[person.pk]]}
        key = f"duty.in_force:{weeks}:{person.pk}"
        tell(person, IN_FORCE, "duty/mail/in_force.txt", data, about=rosters[0], by=by, key=key)
    return len(shifts)


def note_changes(changes: Sequence[Change], by: Actor, *, reason: str = "") -> int:
    """Keep and tell what changed in rosters that are in force; a person hears all of it at once.

    Drafts are passed over: nobody counts on them yet. Returns how many people were told.
    """
    counted = [one for one in changes if one[0].roster.state == RosterState.PUBLISHED]
    rows = ShiftChange.objects.bulk_create(
        ShiftChange(
            roster_id=turn.roster_id,
            turn=turn,
            person_id=person_id,
            kind=kind,
            reason=reason,
            by=by.ref,
            at=clock.now(),
        )
        for turn, person_id, kind in counted
    )
    mine: dict[int, list[ShiftChange]] = {}
    for row in rows:
        mine.setdefault(row.person_id, []).append(row)
    for person in _people(mine):
        _tell_change(person, mine[person.pk], by, reason)
    return len(mine)


def _tell_change(person: Person, rows: list[ShiftChange], by: Actor, reason: str) -> None:
    data = {
        "unit": rows[0].turn.roster.unit.name,
        "given": [_line(row.turn) for row in rows if row.kind == ChangeKind.GIVEN],
        "taken": [_line(row.turn) for row in rows if row.kind == ChangeKind.TAKEN],
        "reason": reason,
    }
    key = f"duty.change:{rows[0].pk}"
    tell(person, CHANGED, "duty/mail/changed.txt", data, about=rows[0].turn.roster, by=by, key=key)


def _people(ids: Iterable[int]) -> list[Person]:
    return list(people.visible_people(SYSTEM).filter(id__in=list(ids)).order_by("id"))


def _line(turn: Turn) -> dict[str, object]:
    return {"start": turn.starts_at, "end": turn.ends_at, "name": turn.name}
