"""What other programs are told of."""

from __future__ import annotations

from typing import Any

from abdi.gateway import actions, queries
from abdi.gateway.choices import HookTopic
from abdi.people import events as people
from abdi.people import queries as directory
from abdi.platform.access import SYSTEM
from abdi.platform.events import as_data
from abdi.platform.journal import Entry, reacts_to


@reacts_to(people.PersonPlaced)
@reacts_to(people.ActingAppointed)
@reacts_to(people.PlacementEnded)
@reacts_to(people.PeopleEntered)
@reacts_to(people.PeopleTakenBack)
def tell_of_people(event: Any, *, cause: Entry) -> None:
    """People got, changed or left a post; a list taken over is told as one."""
    _tell(HookTopic.PEOPLE, event, cause)


@reacts_to(people.UnitChanged)
@reacts_to(people.OrganisationChanged)
@reacts_to(people.UnitSucceeded)
def tell_of_units(event: Any, *, cause: Entry) -> None:
    """Units were made, changed or moved."""
    _tell(HookTopic.UNITS, event, cause)


@reacts_to(people.PositionSucceeded)
@reacts_to(people.NeedsNoted)
def tell_of_positions(event: Any, *, cause: Entry) -> None:
    """Positions go on elsewhere, or need another number of people."""
    _tell(HookTopic.POSITIONS, event, cause)


@reacts_to(people.AccountClosed)
@reacts_to(people.AccountProvisioned)
def tell_of_accounts(event: Any, *, cause: Entry) -> None:
    """An account opens nothing any more."""
    ended = not getattr(event, "is_active", False)
    if ended and "is_active" in getattr(event, "changed", "is_active").split():
        _tell(HookTopic.ACCOUNTS, event, cause)


def _tell(topic: HookTopic, event: Any, cause: Entry) -> None:
    hooks = queries.listening(topic, cause.pk)
    if hooks:
        data = {**as_data(event), **_codes(event)}
        data.pop("changes", None)  # of a list only how many: who asks again gets the people
        actions.tell_hooks(hooks, by=SYSTEM, topic=topic, data=data, cause=cause)


def _codes(event: Any) -> dict[str, str]:
    """By what the interface names the person and the unit of an event."""
    found: dict[str, str] = {}
    if hasattr(event, "person_id"):
        person = directory.persons().filter(pk=event.person_id).first()
        found |= {"person": person.code} if person else {}
    if hasattr(event, "unit_id"):
        unit = directory.units().filter(pk=event.unit_id).first()
        found |= {"unit": unit.code} if unit else {}
    return found
