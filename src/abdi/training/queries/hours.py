"""Lesson hours of a person in a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from abdi.platform import clock
from abdi.platform.norms import norms
from abdi.training import rules
from abdi.training.choices import HoursWarning, SeatState
from abdi.training.models import Enrolment

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


def _sum(person_id: int, year: int, states: tuple[SeatState, ...]) -> int:
    rows = Enrolment.objects.filter(person_id=person_id, klass__end_on__year=year, state__in=states)
    return int(rows.aggregate(total=Sum("klass__hours"))["total"] or 0)
