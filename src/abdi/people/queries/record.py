"""The posts of one person, read once for a page: all of them, today's seat, agency and superior."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from abdi.people import second_factor
from abdi.people.choices import AssignmentKind, LineKind
from abdi.people.models import Account, Assignment, Person
from abdi.people.queries.lines import exceptions_of, path_on, superior_by, told_superior
from abdi.platform import clock
from abdi.platform.access import Actor


@dataclass(frozen=True)
class Record:
    """All positions a person held, newest first, and what follows for a day."""

    person_id: int
    on: date
    history: list[Assignment]

    @cached_property
    def posts(self) -> list[Assignment]:
        """What he holds on the day, by kind, of one kind the newest first."""
        held = [
            row
            for row in self.history
            if row.start_on <= self.on and (row.end_on is None or row.end_on >= self.on)
        ]
        return sorted(held, key=lambda row: (row.kind, -row.start_on.toordinal(), row.pk))

    @property
    def seat(self) -> Assignment | None:
        """The definite assignment, or else the first other one."""
        definite = [row for row in self.posts if row.kind == AssignmentKind.DEFINITE]
        return next(iter(definite or self.posts), None)

    @property
    def agency_id(self) -> int | None:
        """The agency he works for by definite position."""
        definite = [row for row in self.posts if row.kind == AssignmentKind.DEFINITE]
        row = min(definite, key=lambda one: one.pk, default=None)
        return row.position.unit.agency_id if row is not None else None

    def superior(self) -> Person | None:
        """The direct superior on the day; two queries at most."""
        told = exceptions_of([self.person_id], self.on, LineKind.SUPERIOR).get(self.person_id)
        return told.superior if told is not None else self._derived()

    def superior_told(self, told_id: int | None) -> Person | None:
        """The same where `lines.told_superior` has said who it is by exception; one query."""
        if told_id is not None:
            return Person.objects.filter(pk=told_id).first()
        return self._derived()

    def _derived(self) -> Person | None:
        return superior_by(self.person_id, self.posts, self.on)


def record_of(person_id: int, on: date | None = None) -> Record:
    """The record of a person; one query."""
    day = on or clock.today()
    rows = Assignment.objects.filter(person_id=person_id).select_related("position__unit")
    told = rows.annotate(path_then=path_on(day)).order_by("-start_on", "-id")
    return Record(person_id, day, list(told))


def own_profile(actor: Actor) -> Account:
    """The account of the actor with its person, factors and superior by exception; one query.

    Raises Account.DoesNotExist where nobody is signed in.
    """
    rows = second_factor.with_factors(Account.objects.select_related("person"))
    told = rows.annotate(told_superior_id=told_superior("person_id", clock.today()))
    return told.get(pk=actor.account_id or 0)
