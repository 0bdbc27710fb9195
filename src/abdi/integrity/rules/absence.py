"""Absence without a valid reason: what the table proposes. A proposal, never a sanction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.integrity.choices import AbsenceBasis, AbsenceReason
from abdi.people.rules import EMPLOYMENTS
from abdi.platform.formulas import Between, band, formula, named, rounded, steps_of
from abdi.platform.inputs import Number, Whole, one_of

Norms = Mapping[str, Any]
Days = Annotated[int, Between(0, 1000)]

NO_TABLE: Final = "none"
PP94: Final = "pp94"
NO_SANCTION: Final = ""


@formula
def sanction_for(days: Days, norms: Norms) -> str:
    """Sanction for days counted in a calendar year, empty below the first band.

    Source: PP 94/2021 Art. 9-11, PNS.
    """
    return _from_table(days, norms["absence_pp94"])


def _from_table(days: Any, rows: Any) -> str:
    found: str = band(days, *steps_of(rows, "sanction"), otherwise=NO_SANCTION)
    return found


@dataclass(frozen=True)
class Absence:
    """What the days say."""

    sanction: str | None
    reason: AbsenceReason | None
    basis: AbsenceBasis | None
    counted_days: int
    rest_hours: Fraction
    salary_stop: bool


def counted_days(days: int, hours: Decimal | int, norms: Norms) -> tuple[int, Fraction]:
    """Days with whole days of late hours added, and the hours that are left."""
    whole = Fraction(norms["absence_day_hours"])
    extra = Fraction(hours) // whole
    return days + extra, Fraction(hours) - extra * whole


def absence(
    cumulative_days: int,
    longest_run_days: int,
    employment: str,
    hours: Decimal | int,
    norms: Norms,
) -> Absence:
    """Judge a year of absence by the table of the employment."""
    counted, rest = counted_days(cumulative_days, hours, norms)
    table = norms["absence_tables"][employment]
    rows = () if table == NO_TABLE else norms[f"absence_{table}"]
    run = norms["absence_run"]
    if not rows:
        reason = AbsenceReason.NOT_ASN if table == NO_TABLE else AbsenceReason.TABLE_EMPTY
        return Absence(None, reason, None, counted, rest, salary_stop=False)
    if table == PP94 and longest_run_days >= run["days"]:
        basis = AbsenceBasis.CONTINUOUS
        return Absence(run["sanction"], None, basis, counted, rest, salary_stop=True)
    sanction = _from_table(counted, rows) or None
    reason_below = None if sanction else AbsenceReason.BELOW_FIRST_BAND
    basis = AbsenceBasis.CUMULATIVE
    return Absence(sanction, reason_below, basis, counted, rest, salary_stop=False)


@named(
    "discipline.absence",
    inputs={
        "cumulative_days": Whole(high=366, unit="working days of the calendar year"),
        "longest_run_days": Whole(high=366, unit="working days in a row"),
        "employment": one_of(EMPLOYMENTS),
        "hours": Number(
            high=10_000, unit="hours of lateness and early leaving", optional=True, default="0"
        ),
    },
    outputs={
        "sanction": "code or null",
        "reason": "null, " + " or ".join(AbsenceReason.codes()),
        "basis": "cumulative or continuous; null where no table applies",
        "counted_days": "days",
        "rest_hours": "hours carried on",
        "salary_stop": "true or false",
    },
    source="PP 94/2021 Art. 9-11; hours of a day from memory",
    verified=False,
    example=(
        {
            "cumulative_days": 2,
            "longest_run_days": 1,
            "employment": "PNS",
            "hours": Decimal("8.5"),
        },
        {
            "sanction": "L1",
            "reason": None,
            "basis": "cumulative",
            "counted_days": 3,
            "rest_hours": 1,
            "salary_stop": False,
        },
    ),
    norms=("integrity",),
)
def absence_named(
    cumulative_days: int,
    longest_run_days: int,
    employment: str,
    hours: Decimal | None,
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """What the table proposes for a year of absence; never a sanction by itself."""
    figures = norms["integrity"]
    found = absence(cumulative_days, longest_run_days, employment, hours or 0, figures)
    return {
        "sanction": found.sanction,
        "reason": found.reason.value if found.reason else None,
        "basis": found.basis.value if found.basis else None,
        "counted_days": found.counted_days,
        "rest_hours": rounded(found.rest_hours, 9),
        "salary_stop": found.salary_stop,
        "rule_sets": {"integrity.medium_rule_set": figures["medium_rule_set"]},
    }
