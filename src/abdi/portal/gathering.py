"""One merged to-do list per person, from all modules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from abdi.competence import queries as competence
from abdi.culture import queries as culture
from abdi.duty import queries as duty
from abdi.integrity import queries as integrity
from abdi.letters import queries as letters
from abdi.people import queries as people
from abdi.people.queries import own_data
from abdi.performance import queries as performance
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.norms import reading as norms
from abdi.platform.pages.todo import ToDo
from abdi.presence import queries as presence
from abdi.reports import queries as reports
from abdi.rights import queries as rights
from abdi.survey import queries as survey
from abdi.training import queries as training
from abdi.workload import queries as workload

SOURCES = (
    reports,
    duty,
    performance,
    competence,
    training,
    culture,
    integrity,
    workload,
    survey,
    norms,
    own_data,
    letters,
    presence,
    rights,
    people,
)


@dataclass(frozen=True)
class Day:
    """What waits, sorted: overdue and today, this week, later."""

    today: tuple[ToDo, ...]
    week: tuple[ToDo, ...]
    later: tuple[ToDo, ...]
    late: int

    @property
    def total(self) -> int:
        """How many things wait."""
        return len(self.today) + len(self.week) + len(self.later)


def day_of(actor: Actor, at: datetime) -> Day:
    """Everything that waits for a person, asked of each module once."""
    found = [one for module in SOURCES for one in module.to_do(actor, at)]
    found.sort(key=lambda one: (one.due_at is None, one.due_at or at))
    midnight = _end_of_day(at)
    week = midnight + timedelta(days=6)
    today = tuple(one for one in found if one.due_at is not None and one.due_at <= midnight)
    soon = tuple(one for one in found if one.due_at is None or midnight < one.due_at <= week)
    later = tuple(one for one in found if one.due_at is not None and one.due_at > week)
    return Day(today, soon, later, sum(one.is_late(at) for one in today))


def _end_of_day(at: datetime) -> datetime:
    day = clock.local(at).date() + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=clock.zone())
