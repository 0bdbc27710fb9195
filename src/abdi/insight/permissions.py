"""May this actor see a board?"""

from __future__ import annotations

from abdi.people import queries as people
from abdi.platform.access import Actor, Where


def may_see_city(by: Actor) -> bool:
    """May this actor see the board of the whole city."""
    return by.reach("insight.city_board", "view").all


def leads_itself(by: Actor, unit_id: int) -> bool:
    """Whether this actor leads this very unit, so that its people are his own."""
    if by.person_id is None:
        return False
    return any(unit.pk == unit_id for unit in people.led_units(by.person_id))


def may_see_unit(by: Actor, unit_id: int, agency_id: int | None) -> bool:
    """May this actor see the board of a unit: the city's, the agency's, or a unit he leads."""
    where = Where(agency_id=agency_id)
    if by.may("insight.city_board", "view", where) or by.may("insight.team_board", "view", where):
        return True
    if by.person_id is None or not by.holds("insight.team_board", "view"):
        return False
    led = [unit.path for unit in people.led_units(by.person_id)]
    path = people.paths_of_units().get(unit_id, "")
    return any(path.startswith(one) for one in led)
