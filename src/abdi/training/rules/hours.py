"""Rules of training: seats, hours of a year, fee hours, gain of a class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.people.rules import EMPLOYMENTS
from abdi.platform.formulas import Between, at_least, formula, named, permyriad, rounded
from abdi.platform.inputs import BadInput, Number, one_of
from abdi.training.choices import ClassState, HoursWarning

Norms = Mapping[str, Any]
Seats = Annotated[int, Between(0, 100_000)]
Count = Annotated[int, Between(0, 10**9)]
Tenths = Annotated[int, Between(0, 100_000)]

AT_TOP: Final = "pre_at_max"
MINIMUM: Final = "minimum"

NEXT_STATES: Final[Mapping[ClassState, frozenset[ClassState]]] = {
    ClassState.PLANNED: frozenset({ClassState.OPEN, ClassState.CANCELLED}),
    ClassState.OPEN: frozenset({ClassState.SELECTED, ClassState.RUNNING, ClassState.CANCELLED}),
    ClassState.SELECTED: frozenset({ClassState.OPEN, ClassState.RUNNING, ClassState.CANCELLED}),
    ClassState.RUNNING: frozenset({ClassState.EVALUATION, ClassState.CLOSED}),
    ClassState.EVALUATION: frozenset({ClassState.CLOSED}),
    ClassState.CLOSED: frozenset(),
    ClassState.CANCELLED: frozenset(),
}


def next_states(state: ClassState | str) -> frozenset[ClassState]:
    """States a class may go to from here. Raises ValueError for a code that is no state."""
    return NEXT_STATES[ClassState(state)]


@formula
def seats_left(capacity: Seats, taken: Seats) -> int:
    """Free places of a class; never below zero."""
    left: int = at_least(capacity - taken, 0)
    return left


@formula
def seat_use(capacity: Seats, taken: Seats) -> int:
    """Share of places taken, in ten-thousandths; a class without places counts as full."""
    share: int = permyriad(taken, capacity, if_zero=10_000)
    return share


@formula
def hours_left(done: Tenths, wanted: Tenths) -> int:
    """Lesson hours still missing to the minimum, in tenths; never below zero."""
    missing: int = at_least(wanted - done, 0)
    return missing


@formula
def pass_share(finished: Count, passed: Count) -> int:
    """Share of those who finished a class and passed it, in ten-thousandths."""
    share: int = permyriad(passed, finished, if_zero=0)
    return share


def fee_hours(lesson_hours: Decimal | int, norms: Norms) -> Decimal:
    """Hours a speaker is paid for: lessons of 45 minutes in hours of 60; 2 decimals."""
    minutes = Fraction(lesson_hours) * norms["lesson_minutes"]
    return rounded(minutes / norms["fee_hour_minutes"], 2)


def lesson_hours(minutes: int, norms: Norms) -> int:
    """Whole lesson hours a session of so many minutes holds."""
    whole: int = minutes // norms["lesson_minutes"]
    return whole


@dataclass(frozen=True)
class YearOfHours:
    """What the hours of a year mean: an obligation kept or not, or a warning. Never a refusal."""

    fulfilled: bool | None
    warning: HoursWarning | None


def year_of_hours(employment: str, hours: Decimal | int, norms: Norms) -> YearOfHours | None:
    """Judge the lesson hours of a year; None where no figure is set for the employment.

    A floor for PNS, a ceiling for PPPK: the ceiling is no target and only warns.
    """
    rule = norms["annual_hours"].get(employment)
    if rule is None:
        return None
    if rule["sense"] == MINIMUM:
        enough = hours >= rule["hours"]
        return YearOfHours(enough, None if enough else HoursWarning.BELOW_MINIMUM)
    over = hours > rule["hours"]
    return YearOfHours(None, HoursWarning.ABOVE_MAXIMUM if over else None)


def gain(pre: Decimal | int, post: Decimal | int, most: Decimal | int) -> Decimal | None:
    """Share of what could still be learned, 2 decimals; None where nothing was left to learn."""
    if pre == most:
        return None
    return rounded((Fraction(post) - Fraction(pre)) / (Fraction(most) - Fraction(pre)), 2)


# ------------------------------------------------------------------ by name

SCORE: Final = Number(high=10_000, unit="points")


@named(
    "training.hours",
    inputs={
        "employment": one_of(EMPLOYMENTS, unit="PNS or PPPK"),
        "hours": Number(high=10_000, unit="lesson hours of the year, done or planned"),
    },
    outputs={
        "fulfilled": "true or false for PNS, null for PPPK",
        "warning": "null, " + " or ".join(HoursWarning.codes()),
    },
    source="PP 11/2017 Art. 203; PP 49/2018 and Peraturan LAN 15/2020",
    verified=True,
    example=(
        {"employment": "PNS", "hours": 18},
        {"fulfilled": False, "warning": "below_minimum"},
    ),
    norms=("training",),
)
def hours_named(
    employment: str, hours: Decimal, *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """Whether a year of learning is enough, or more than is paid for."""
    found = year_of_hours(employment, hours, norms["training"])
    if found is None:
        raise BadInput("no hours a year are set for this employment", "employment")
    return {
        "fulfilled": found.fulfilled,
        "warning": found.warning.value if found.warning else None,
    }


@named(
    "training.gain",
    inputs={
        "pre": SCORE,
        "post": SCORE,
        "max": Number(high=10_000, above=True, unit="points one can reach"),
    },
    outputs={
        "gain": "share of what was left to learn, 2 decimals, or null",
        "difference": "points, post less pre",
        "reason": f"null, or {AT_TOP}",
    },
    source="normalised gain (general knowledge)",
    verified=False,
    example=(
        {"pre": 60, "post": 85, "max": 100},
        {"gain": Decimal("0.63"), "difference": 25, "reason": None},
    ),
    norms=("training",),
)
def gain_named(
    pre: Decimal, post: Decimal, *, norms: Mapping[str, Norms], today: date, **others: Decimal
) -> dict[str, Any]:
    """What a class taught, against what was left to learn."""
    most = others["max"]
    for name, value in (("pre", pre), ("post", post)):
        if value > most:
            raise BadInput("must not exceed max", name)
    found = gain(pre, post, most)
    reason = norms["training"]["gain"]["at_top"]
    return {
        "gain": found,
        "difference": post - pre,
        "reason": reason if found is None else None,
    }
