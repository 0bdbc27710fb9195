"""Staff of units with what planning needs: age, kind of employment, the last day known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from abdi.people.choices import AssignmentKind
from abdi.people.models import Assignment, Person
from abdi.platform import clock


@dataclass(frozen=True)
class StaffRow:
    """One person in his definite post, for planning; never shown to others than who may see it."""

    person_id: int
    code: str
    name: str
    birth_on: date | None
    employment: str
    pension_age: int | None
    contract_end_on: date | None
    title: str
    tier: str
    position_id: int
    unit_id: int
    unit_name: str
    agency_id: int


COLUMNS = (
    "person_id", "person__code", "person__name", "person__birth_on", "person__employment",
    "person__pension_age", "person__contract_end_on", "position__title", "position__tier",
    "position_id", "position__unit_id", "position__unit__name", "position__unit__agency_id",
)  # fmt: skip


def staff_of(unit_ids: Iterable[int], on: date | None = None) -> list[StaffRow]:
    """Everybody who holds a definite post in these units on a day and has not left; one query."""
    rows = (
        Assignment.objects.on(on or clock.today())
        .filter(kind=AssignmentKind.DEFINITE, position__unit_id__in=list(unit_ids))
        .filter(person__left_on__isnull=True)
        .order_by("position__unit__path", "person__name", "person_id")
        .values_list(*COLUMNS)
    )
    return [StaffRow(*row) for row in rows]


def person_named(text: str) -> Person | None:
    """The one person with this employee number, code or name; None for nobody or several."""
    meant = Q(employee_number=text.replace(" ", "")) | Q(name__iexact=text) | Q(code=text.lower())
    found = list(Person.objects.active().filter(meant)[:2])
    return found[0] if len(found) == 1 else None
