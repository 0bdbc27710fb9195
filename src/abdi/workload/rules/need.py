"""Rules of workload: need by tasks and by hours to be manned, effectiveness, projection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.platform.formulas import (
    Between,
    band,
    formula,
    halves_up,
    named,
    rounded,
    rounded_up,
    steps_of,
)
from abdi.platform.inputs import ListOf, Number, Record, Whole

Norms = Mapping[str, Any]
Work = Annotated[int, Between(0, 10**11)]
Capacity = Annotated[int, Between(1, 10**9)]
People = Annotated[int, Between(0, 10**6)]
Hundredths = Annotated[int, Between(0, 10**7)]

LOAD: Final = "load"
COVER: Final = "cover"
COVER_BINDS: Final = "cover_binds"
NOBODY_THERE: Final = "no_existing"
TEN_THOUSANDTHS: Final = 10_000


@formula
def need(work: Work, capacity: Capacity) -> int:
    """People needed in ten-thousandths: work / capacity of one person, both in one unit."""
    people: int = halves_up(work * TEN_THOUSANDTHS, capacity)
    return people


@formula
def headcount(work: Work, capacity: Capacity) -> int:
    """Whole people for a load, a half goes up; a small load may need nobody."""
    people: int = halves_up(work, capacity)
    return people


@formula
def cover_headcount(hours: Work, duty_hours: Capacity) -> int:
    """Whole people for hours to be manned, rounded up: a seat must not stay empty."""
    people: int = rounded_up(hours, duty_hours)
    return people


@formula
def gap(existing: People, needed: People) -> int:
    """People there less people needed; below zero is a shortage."""
    return existing - needed


@formula
def effectiveness(work: Work, capacity: Capacity) -> int:
    """EJ or EU in hundredths: work / capacity of the people there."""
    found: int = halves_up(work * 100, capacity)
    return found


@formula
def effectiveness_grade(value: Hundredths, norms: Norms) -> str:
    """Grade A (overloaded) to E (idle) of an effectiveness in hundredths."""
    *steps, lowest = steps_of(norms["effectiveness_grades"], "grade", scale=100)
    found: str = band(value, *steps, otherwise=lowest[1])
    return found


@dataclass(frozen=True)
class Cover:
    """People it takes to man seats: exact, and in whole people."""

    duty_hours: Fraction
    people: Fraction
    headcount: int


def cover(
    seats: int,
    hours_per_year: Decimal | int,
    norms: Norms,
    *,
    duty_days: Decimal | int | None = None,
    hours_per_day: Decimal | int | None = None,
) -> Cover:
    """Need of a standby post: hours to be manned / duty hours of one person a year."""
    figures = norms["cover"]
    days = Fraction(figures["duty_days"] if duty_days is None else duty_days)
    hours = Fraction(figures["hours_per_day"] if hours_per_day is None else hours_per_day)
    people = Fraction(seats) * Fraction(hours_per_year) / (days * hours)
    whole = cover_headcount(people.numerator, people.denominator)
    return Cover(days * hours, people, whole)


@dataclass(frozen=True)
class Need:
    """Need of a post and what there is against it."""

    total_minutes: Fraction
    load: Fraction
    cover: Fraction | None
    headcount: int
    gap: int | None
    effectiveness: int | None
    grade: str | None
    reason: str | None

    @property
    def binding(self) -> str:
        """Which of both needs is the larger; load where they are equal."""
        return COVER if self.cover is not None and self.cover > self.load else LOAD

    @property
    def people(self) -> Fraction:
        """The larger of both needs."""
        return self.load if self.cover is None else max(self.load, self.cover)


def position_need(
    tasks: Iterable[tuple[Decimal | int, Decimal | int]],
    effective_minutes: Decimal | int,
    norms: Norms,
    *,
    existing: int | None = None,
    manned: Cover | None = None,
) -> Need:
    """Need of a post from (volume, minutes) of its tasks, and from hours to be manned if any."""
    total = sum((Fraction(volume) * Fraction(minutes) for volume, minutes in tasks), Fraction(0))
    load = total / Fraction(effective_minutes)
    people = headcount(load.numerator, load.denominator)
    if manned is not None:
        people = max(people, manned.headcount)
    there = None if existing is None else _against(load, existing, norms)
    binds = manned is not None and manned.people > load
    return Need(
        total_minutes=total,
        load=load,
        cover=None if manned is None else manned.people,
        headcount=people,
        gap=None if existing is None else gap(existing, people),
        effectiveness=there[0] if there else None,
        grade=there[1] if there and not binds else None,
        reason=COVER_BINDS if binds else (NOBODY_THERE if existing == 0 else None),
    )


def _against(load: Fraction, existing: int, norms: Norms) -> tuple[int, str] | None:
    if existing == 0:
        return None
    value = effectiveness(load.numerator, load.denominator * existing)
    return value, effectiveness_grade(value, norms)


@dataclass(frozen=True)
class Projection:
    """Shortage at the end of the horizon; below zero is a surplus."""

    gap_now: int
    without_renewal: int
    with_renewal: int


def projection(
    existing: int, needed: int, retiring: int, contracts_ending: int, renewal_rate: Decimal | int
) -> Projection:
    """Shortage when people retire and contracts end, without and with renewal.

    Contracts lost are contracts_ending x (1 - renewal_rate), half up. Source: Peraturan BKN 9/2022.
    """
    lost = int(rounded(contracts_ending * (1 - Fraction(renewal_rate))))
    leaving = needed - existing + retiring
    return Projection(gap(existing, needed), leaving + contracts_ending, leaving + lost)


# ------------------------------------------------------------------ by name

MINUTES: Final = Number(high=10**7, unit="minutes for one")
PEOPLE_THERE: Final = 10**6
SEATS: Final = Whole(low=1, high=10_000, unit="seats manned at a time")
HOURS: Final = Number(high=8784, unit="hours one seat is manned in the year")


@named(
    "abk.need",
    inputs={
        "tasks": ListOf(
            item=Record(parts={"volume": Number(high=10**9), "minutes": MINUTES}),
            unit="volume a year and minutes for one",
        ),
        "effective_minutes": Number(
            high=10**6, above=True, unit="minutes a year", optional=True, default="75,000"
        ),
        "existing": Whole(high=PEOPLE_THERE, unit="people there", optional=True),
        "cover": Record(parts={"seats": SEATS, "hours_per_year": HOURS}, optional=True),
    },
    outputs={
        "total_minutes": "minutes a year",
        "load_fte": "people by tasks, 4 decimals",
        "cover_fte": "people by hours to be manned, 4 decimals, null without cover",
        "binding": "load or cover, the larger",
        "need_fte": "people, 4 decimals",
        "need_headcount": "whole people",
        "gap": "existing less need, null without existing",
        "ej": "effectiveness by tasks, 2 decimals",
        "ej_grade": "A to E",
        "ej_reason": f"null, {COVER_BINDS} or {NOBODY_THERE}",
    },
    source="PermenPANRB 1/2020; Peraturan BKN 9/2022; grades Permendagri 12/2008; cover is ours",
    verified=False,
    example=(
        {"tasks": [{"volume": 5292, "minutes": 75}], "existing": 5},
        {
            "total_minutes": 396_900,
            "load_fte": Decimal("5.292"),
            "need_headcount": 5,
            "gap": 0,
            "ej": Decimal("1.06"),
            "ej_grade": "A",
        },
    ),
    norms=("workload",),
)
def need_named(
    tasks: list[Mapping[str, Decimal]],
    effective_minutes: Decimal | None,
    existing: int | None,
    cover: Mapping[str, Any] | None,
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """Need of a post by its tasks and by hours to be manned, gap and effectiveness."""
    figures = norms["workload"]
    given = effective_minutes is not None
    found = position_need(
        [(task["volume"], task["minutes"]) for task in tasks],
        effective_minutes if effective_minutes is not None else figures["effective_minutes"],
        figures,
        existing=existing,
        manned=_cover(cover["seats"], cover["hours_per_year"], figures) if cover else None,
    )
    value = found.effectiveness
    return {
        "total_minutes": found.total_minutes,
        "load_fte": rounded(found.load, 4),
        "cover_fte": None if found.cover is None else rounded(found.cover, 4),
        "binding": found.binding,
        "need_fte": rounded(found.people, 4),
        "need_headcount": found.headcount,
        "gap": found.gap,
        "ej": None if value is None else Decimal(value).scaleb(-2),
        "ej_grade": found.grade,
        "ej_reason": found.reason,
        "rule_sets": {"workload.effective_minutes": str(effective_minutes)} if given else {},
    }


_cover = cover


@named(
    "abk.cover",
    inputs={
        "seats": SEATS,
        "hours_per_year": HOURS,
        "duty_days": Number(
            high=366, above=True, unit="days a person stands", optional=True, default="235"
        ),
        "hours_per_day": Number(
            high=24, above=True, unit="hours of one duty", optional=True, default="7.5"
        ),
    },
    outputs={
        "duty_hours": "hours of one person a year",
        "cover_fte": "people, 4 decimals",
        "cover_headcount": "whole people, rounded up",
    },
    source="own rule for posts that must be manned",
    verified=False,
    example=(
        {"seats": 1, "hours_per_year": 8760},
        {
            "duty_hours": Decimal("1762.5"),
            "cover_fte": Decimal("4.9702"),
            "cover_headcount": 5,
        },
    ),
    norms=("workload",),
)
def cover_named(
    seats: int,
    hours_per_year: Decimal,
    duty_days: Decimal | None,
    hours_per_day: Decimal | None,
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """People it takes to keep seats manned."""
    found = cover(
        seats,
        hours_per_year,
        norms["workload"],
        duty_days=duty_days,
        hours_per_day=hours_per_day,
    )
    return {
        "duty_hours": found.duty_hours,
        "cover_fte": rounded(found.people, 4),
        "cover_headcount": found.headcount,
    }


@named(
    "abk.projection",
    inputs={
        "existing": Whole(high=PEOPLE_THERE, unit="people"),
        "need": Whole(high=PEOPLE_THERE, unit="people"),
        "retiring": Whole(high=PEOPLE_THERE, unit="people in the horizon"),
        "contracts_ending": Whole(high=PEOPLE_THERE, unit="people in the horizon"),
        "renewal_rate": Number(high=1, unit="share 0 to 1", optional=True, default="1"),
    },
    outputs={
        "gap_now": "existing less need",
        "shortage": "people, no contract renewed; below zero is a surplus",
        "shortage_with_renewal": "people, contracts renewed at the rate",
        "renewal_rate": "share 0 to 1",
    },
    source="Peraturan BKN 9/2022; renewal is ours",
    verified=False,
    example=(
        {
            "existing": 40,
            "need": 44,
            "retiring": 3,
            "contracts_ending": 5,
            "renewal_rate": Decimal("0.9"),
        },
        {"gap_now": -4, "shortage": 12, "shortage_with_renewal": 8},
    ),
    norms=("workload",),
)
def projection_named(
    existing: int,
    need: int,
    retiring: int,
    contracts_ending: int,
    renewal_rate: Decimal | None,
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """Shortage at the end of the horizon, without and with renewed contracts."""
    rate = norms["workload"]["renewal_rate"] if renewal_rate is None else renewal_rate
    found = projection(existing, need, retiring, contracts_ending, rate)
    sets = {} if renewal_rate is None else {"workload.renewal_rate": str(renewal_rate)}
    return {
        "gap_now": found.gap_now,
        "shortage": found.without_renewal,
        "shortage_with_renewal": found.with_renewal,
        "renewal_rate": rate,
        "rule_sets": sets,
    }
