"""Lesson hours of a person in a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.norms import norms
from abdi.training import rules
from abdi.training.choices import HoursWarning, SeatState
from abdi.training.models import Enrolment

if TYPE_CHECKING:
    from abdi.people.models import Person
    from abdi.platform.access import Actor

HELD = (SeatState.ENROLLED, SeatState.ATTENDED)


@dataclass(frozen=True)
class YearOfHours:
    """Hours done and planned, against what the employment asks for."""

    year: int
    done: int
    planned: int
    figure: int | None
    sense: str
    warning: HoursWarning | None


def hours_of(person_id: int, year: int) -> int:
    """Lesson hours of classes passed whose last day lies in a year."""
    return _sum(person_id, year, (SeatState.PASSED,))


def hours_by_person(year: int) -> dict[int, int]:
    """Lesson hours of classes passed in a year, for everybody who has some; one query."""
    rows = Enrolment.objects.filter(klass__end_on__year=year, state=SeatState.PASSED)
    return dict(rows.values_list("person_id").annotate(total=Sum("klass__hours")).order_by())


def year_of_hours(person_id: int, employment: str, year: int | None = None) -> YearOfHours:
    """The year of a person: a minimum for permanent staff, a ceiling that only warns for others."""
    wanted = year or clock.today().year
    done = hours_of(person_id, wanted)
    planned = _sum(person_id, wanted, HELD)
    figures = norms("training", on=clock.today())
    row = figures["annual_hours"].get(employment)
    judged = rules.year_of_hours(employment, done + planned, figures)
    if row is None or judged is None:
        return YearOfHours(wanted, done, planned, None, "", None)
    return YearOfHours(wanted, done, planned, row["hours"], row["sense"], judged.warning)


@dataclass(frozen=True)
class PersonHours:
    """One person's year: hours done and to come, and what his employment asks for."""

    person: Person
    done: int
    planned: int
    figure: int | None
    is_minimum: bool

    @property
    def is_reached(self) -> bool:
        """Whether a minimum is reached."""
        return self.is_minimum and self.figure is not None and self.done >= self.figure


def learners(actor: Actor, unit_id: int) -> QuerySet[Person]:
    """People of a unit and below whose hours this actor may see, by name."""
    reach = actor.reach("training.enrolment", "view")
    rows = people.people_of_unit(unit_id)
    if reach.all:
        return rows
    agency = people.units().filter(pk=unit_id).values_list("agency_id", flat=True).first()
    if (agency or unit_id) in reach.agency_ids:
        return rows
    return rows.filter(pk__in=reach.team_ids)


def hours_of_people(persons: Iterable[Person], year: int) -> list[PersonHours]:
    """The year of each of these people, in their order; two queries for any number."""
    wanted = list(persons)
    seats = Enrolment.objects.filter(person__in=wanted, klass__end_on__year=year).order_by()
    sums = seats.values_list("person_id", "state").annotate(total=Sum("klass__hours"))
    found: dict[int, dict[str, int]] = {}
    for person_id, state, total in sums:
        found.setdefault(person_id, {})[state] = total
    asked = norms("training", on=clock.today())["annual_hours"]
    return [_hours_of(person, found.get(person.pk, {}), asked) for person in wanted]


def _hours_of(person: Person, sums: Mapping[str, int], asked: Mapping[str, Any]) -> PersonHours:
    row = asked.get(person.employment)
    return PersonHours(
        person,
        sums.get(SeatState.PASSED, 0),
        sum(sums.get(state, 0) for state in HELD),
        row["hours"] if row else None,
        row is not None and row["sense"] == "minimum",
    )


def _sum(person_id: int, year: int, states: tuple[SeatState, ...]) -> int:
    rows = Enrolment.objects.filter(person_id=person_id, klass__end_on__year=year, state__in=states)
    return int(rows.aggregate(total=Sum("klass__hours"))["total"] or 0)
