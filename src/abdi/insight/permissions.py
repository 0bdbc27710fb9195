"""May this actor see a board?"""

from __future__ import annotations

from collections.abc import Callable

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
    return sight_of(by)(unit_id, agency_id)


def sight_of(by: Actor) -> Callable[[int, int | None], bool]:
    """The same question for many units (unit id, agency id); what he leads is read once."""
    leads = by.person_id is not None and by.holds("insight.team_board", "view")
    known: list[tuple[list[str], dict[int, str]]] = []

    def sees(unit_id: int, agency_id: int | None) -> bool:
        where = Where(agency_id=agency_id)
        boards = ("insight.city_board", "insight.team_board")
        if any(by.may(board, "view", where) for board in boards):
            return True
        if not leads:
            return False
        if not known:
            led = [unit.path for unit in people.led_units(by.person_id or 0)]
            known.append((led, people.paths_of_units()))
        led, paths = known[0]
        return any(paths.get(unit_id, "").startswith(one) for one in led)

    return sees
