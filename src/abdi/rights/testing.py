"""Builders for tests: a person with a record, a right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from abdi.people import actions as people_actions
from abdi.people.testing import a_person
from abdi.platform.access import SYSTEM
from abdi.rights import actions
from abdi.rights.choices import RightKind
from abdi.rights.rules import Due

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit
    from abdi.rights.models import Right


def a_ranked_person(unit: Unit, *ranks: tuple[str, date], name: str = "") -> Person:
    """A person with these ranks."""
    person = a_person(unit, name=name)
    for rank, day in ranks or (("III/a", date(2020, 4, 1)),):
        people_actions.enter_rank(person, by=SYSTEM, rank=rank, start_on=day)
    return person


def a_right(
    person: Person,
    due_on: date,
    kind: RightKind = RightKind.RAISE,
    what: str = "III/a",
) -> Right:
    """An announced right."""
    base = due_on.replace(year=due_on.year - 2, day=min(due_on.day, 28))
    return actions.announce(person, by=SYSTEM, due=Due(kind, due_on, base, what))
