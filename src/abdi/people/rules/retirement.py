"""Pension: the age limit of a post, the day it takes effect, the latest end of a contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from abdi.people.rules.codes import EMPLOYMENTS, PROFESSION_GROUPS, TIERS
from abdi.platform.formulas import named
from abdi.platform.inputs import BadInput, Day, Whole, one_of


def pension_age(
    tier: str, norms: Mapping[str, Any], *, group: str | None = None, own: int | None = None
) -> int | None:
    """Age limit in years: the age typed in, else that of the group, else that of the tier.

    None where the group's age must be typed in with its source (doctors).
    """
    if own is not None:
        return own
    age: int | None = (
        norms["pension_groups"][group]["age"] if group else norms["pension_ages"][tier]
    )
    return age


def pension_date(birth: date, age: int) -> date:
    """First day of the month after the month in which the age is reached."""
    year, month = birth.year + age, birth.month + 1
    return date(year + 1, 1, 1) if month == 13 else date(year, month, 1)


def contract_end_latest(
    pension: date, employment: str | None, norms: Mapping[str, Any]
) -> date | None:
    """Last day a contract may run to: the day before the pension date; null for others."""
    return pension - timedelta(days=1) if employment in norms["contract_employments"] else None


@named(
    "retirement.date",
    inputs={
        "birth": Day(),
        "tier": one_of(TIERS),
        "group": one_of(PROFESSION_GROUPS, optional=True, unit="goes before the tier"),
        "pension_age": Whole(low=40, high=80, unit="years; goes before group", optional=True),
        "employment": one_of(EMPLOYMENTS, optional=True),
    },
    outputs={
        "pension_age": "years",
        "date": "first day of pension",
        "contract_end_latest": "day, null unless PPPK or PPPK_PW",
    },
    source="UU 20/2023 Art. 55; PP 11/2017 Art. 239; day of effect by general practice",
    verified=False,
    example=(
        {"birth": "1968-12-15", "tier": "PENGAWAS", "employment": "PNS"},
        {"pension_age": 58, "date": "2027-01-01", "contract_end_latest": None},
    ),
    norms=("people",),
)
def retirement_date(
    birth: date,
    tier: str,
    group: str | None,
    pension_age: int | None,
    employment: str | None,
    *,
    norms: Mapping[str, Mapping[str, Any]],
    today: date,
) -> dict[str, Any]:
    """The pension date of a person by birth and post."""
    if birth > today:
        raise BadInput("must not lie in the future", "birth")
    age = _age(tier, norms["people"], group=group, own=pension_age)
    if age is None:
        raise BadInput(f"must be given for group {group}: its own rule sets the age", "pension_age")
    day = pension_date(birth, age)
    latest = contract_end_latest(day, employment, norms["people"])
    return {"pension_age": age, "date": day, "contract_end_latest": latest}


_age = pension_age
