"""Positions: how long an acting head may stay, and the class of a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from abdi.people.rules.codes import ACTING_KINDS, EVALUATION_KINDS
from abdi.people.rules.days import months_later
from abdi.platform.formulas import Between, band, formula, named, steps_of
from abdi.platform.inputs import BadInput, Day, Whole, one_of

TOO_LONG = "too_long"
NO_FURTHER_EXTENSION = "no_further_extension"
MOST_EXTENSIONS = 99


@dataclass(frozen=True)
class ActingTerm:
    """The limit of a term and whether it is kept."""

    latest_end: date | None
    reason: str | None

    @property
    def allowed(self) -> bool:
        """True where nothing speaks against the term."""
        return self.reason is None


def acting_last_day(start: date, months: int) -> date:
    """Last day of a term of so many months that begins on `start`.

    The day before the same day of the month; where that month has no such day, its last day.
    """
    same_day, exists = months_later(start, months)
    return same_day - timedelta(days=1) if exists else same_day


def acting_term(
    kind: str, start: date, end: date | None, extension: int, norms: Mapping[str, Any]
) -> ActingTerm:
    """The limit of an acting term; extension 0 is the first term, 1 the first extension."""
    rule = norms["acting_terms"][kind]
    if rule["months"] is None:
        return ActingTerm(None, None)
    if extension > rule["extensions"]:
        return ActingTerm(None, NO_FURTHER_EXTENSION)
    latest = acting_last_day(start, rule["extension_months"] if extension else rule["months"])
    return ActingTerm(latest, TOO_LONG if end is not None and end > latest else None)


@formula
def job_class(points: Annotated[int, Between(190, 999_999)], norms: Mapping[str, Any]) -> int:
    """Class 1 to 17 of a job by its evaluation points (190 and more). Source: PermenPAN 34/2011."""
    steps = steps_of(norms["job_classes"], "job_class")
    found: int = band(points, *steps, otherwise=steps[-1][1])
    return found


@named(
    "acting.term",
    inputs={
        "kind": one_of(ACTING_KINDS),
        "start": Day(unit="first day of this term"),
        "end": Day(unit="planned last day", optional=True),
        "extension": Whole(
            high=MOST_EXTENSIONS, unit="0 is the first term", optional=True, default="0"
        ),
    },
    outputs={
        "latest_end": "day or null (plh: while the holder is away)",
        "allowed": "true or false",
        "reason": f"null, {TOO_LONG} or {NO_FURTHER_EXTENSION}",
    },
    source="BKN circulars 2/2019 and 1/2021",
    verified=True,
    example=(
        {"kind": "plt", "start": "2026-01-31", "end": "2026-05-31"},
        {"latest_end": "2026-04-30", "allowed": False, "reason": TOO_LONG},
    ),
    norms=("people",),
)
def acting_term_named(
    kind: str,
    start: date,
    end: date | None,
    extension: int | None,
    *,
    norms: Mapping[str, Mapping[str, Any]],
    today: date,
) -> dict[str, Any]:
    """Latest end of an acting head's term, and whether a planned end keeps it."""
    if end is not None and end < start:
        raise BadInput("must not lie before start", "end")
    term = acting_term(kind, start, end, extension or 0, norms["people"])
    return {"latest_end": term.latest_end, "allowed": term.allowed, "reason": term.reason}


@named(
    "evjab.class",
    inputs={
        "points": Whole(low=190, high=999_999, unit="evaluation points"),
        "kind": one_of(EVALUATION_KINDS, unit="kind of factors; both share the bands"),
    },
    outputs={"job_class": "class 1 to 17"},
    source="PermenPAN 34/2011",
    verified=True,
    example=({"points": 1105, "kind": "functional"}, {"job_class": 8}),
    norms=("people",),
)
def evjab_class(
    points: int, kind: str, *, norms: Mapping[str, Mapping[str, Any]], today: date
) -> dict[str, Any]:
    """Class of a job by its evaluation points."""
    return {"job_class": job_class(points, norms["people"])}
