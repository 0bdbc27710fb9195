"""Units that stand duty, as their pages offer them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from abdi.duty.models import Coverage
from abdi.people import queries as people
from abdi.platform.access import Actor

if TYPE_CHECKING:
    from abdi.people.models import Unit


def duty_units(actor: Actor) -> list[Unit]:
    """Units with turns of the day whose rosters this actor may see, by name; one query."""
    reach = actor.reach("duty.roster", "view")
    rows = Coverage.objects.select_related("unit").order_by("unit__name")
    if not reach.all:
        rows = rows.filter(unit__agency_id__in=reach.agency_ids)
    return [row.unit for row in rows]


def chosen_unit(actor: Actor, units: list[Unit], unit_id: int | None) -> Unit | None:
    """The unit asked for among these; unless asked, the reader's own or one of his agency.

    Else the first of those whose rosters he changes, else the first of all.

    None where the unit asked for is not among them, or there is none.
    """
    if unit_id is not None:
        return next((unit for unit in units if unit.pk == unit_id), None)
    own = people.unit_of(actor.person_id) if actor.person_id is not None else None
    mine = (unit for unit in units if own is not None and own.path.startswith(unit.path))
    of_agency = (unit for unit in units if own is not None and unit.agency_id == own.agency_id)
    reach = actor.reach("duty.roster", "update")
    planned = (unit for unit in units if unit.agency_id in reach.agency_ids)
    return next(chain(mine, of_agency, planned, units), None)
