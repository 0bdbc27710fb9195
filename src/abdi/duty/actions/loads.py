"""Who looked at what people carried on duty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from abdi.duty import events
from abdi.duty.permissions import may_read_loads
from abdi.people.permissions import role_for
from abdi.platform.access import Actor
from abdi.platform.actions import action
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Unit


@action(allowed=may_read_loads)
def note_loads_read(unit: Unit, *, people: Iterable[int], by: Actor) -> None:
    """One line in the access log: whose lines of the ledger or list of hours were opened."""
    ids = ",".join(str(pk) for pk in sorted(set(people)))
    fact = events.LoadsRead(people=ids, unit_id=unit.pk, role=role_for(by, "people.presence"))
    record(fact, by=by, about="duty.shift")
