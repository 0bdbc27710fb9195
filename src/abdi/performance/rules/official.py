"""Rules of performance: predicate, credit points, distribution, objection, result of a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.people.rules import FUNCTIONAL_TIERS
from abdi.performance.choices import PlanState, Predicate, Rating, UnitAchievement
from abdi.platform.clocks import after_days
from abdi.platform.formulas import (
    Between,
    OneOf,
    at_most,
    choose,
    formula,
    halves_up,
    named,
    permyriad,
    rounded,
)
from abdi.platform.inputs import MapOf, Whole, one_of

RatingCode = Annotated[str, OneOf(*Rating.codes())]
PredicateCode = Annotated[str, OneOf(*Predicate.codes())]
Count = Annotated[int, Between(0, 10**9)]
Goal = Annotated[int, Between(1, 10**9)]
Norms = Mapping[str, Any]

GROUP_TOO_SMALL: Final = "group_too_small"

NEXT_STATES: Final[Mapping[PlanState, frozenset[PlanState]]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.CLARIFIED, PlanState.AGREED, PlanState.DRAFT}),
    PlanState.CLARIFIED: frozenset({PlanState.SUBMITTED, PlanState.AGREED}),
    PlanState.AGREED: frozenset({PlanState.REVISED, PlanState.CLOSED}),
    PlanState.REVISED: frozenset({PlanState.SUBMITTED, PlanState.AGREED}),
    PlanState.CLOSED: frozenset(),
}


def next_states(state: PlanState) -> frozenset[PlanState]:
    """States a plan may go to from here."""
    return NEXT_STATES[state]


@formula
def predicate(result: RatingCode, behaviour: RatingCode, norms: Norms) -> str:
    """Predicate by the official 3 x 3 matrix of results and behaviour."""
    matrix = norms["predicate_matrix"]
    rows = {code: choose(behaviour, matrix[code], "") for code in Rating.codes()}
    found: str = choose(result, rows, "")
    return found


@formula
def completion(done: Count, target: Goal) -> int:
    """Share of a target that is reached, in ten-thousandths; at most twice the target."""
    share: int = at_most(permyriad(done, target, if_zero=0), 20_000)
    return share


@formula
def credit(
    coefficient: Annotated[int, Between(0, 100_000)],
    percent: Annotated[int, Between(0, 200)],
    months: Annotated[int, Between(1, 12)],
) -> int:
    """Credit points in hundredths: months / 12 x percent x coefficient (in hundredths a year)."""
    points: int = halves_up(coefficient * percent * months, 1200)
    return points


def objection_open_until(received_on: date, norms: Norms) -> date:
    """Last day of an objection; the day after receipt is day 1."""
    return after_days(received_on, norms["objection_days"])


@dataclass(frozen=True)
class Distribution:
    """What a leader should look at before the predicates of a group are final."""

    warnings: tuple[str, ...]
    reason: str | None


def distribution(organisation: str, counts: Mapping[str, int], norms: Norms) -> Distribution:
    """Warnings where a group's predicates do not fit the unit's own achievement.

    A consideration for the leader, never a block. Source: SE MenPANRB 2023.
    """
    total = sum(counts.values())
    if total < norms["distribution_fewest_people"]:
        return Distribution((), GROUP_TOO_SMALL)
    found: list[str] = []
    for rule in norms["distribution"][organisation]:
        found += _broken(rule, counts, total)
    return Distribution(tuple(found), None)


def _broken(rule: Mapping[str, Any], counts: Mapping[str, int], total: int) -> list[str]:
    codes = list(rule["of"])
    inside = sum(counts.get(code, 0) for code in codes)
    name = "_or_".join(codes)
    found = []
    most, least = rule.get("max_percent"), rule.get("min_percent")
    if most == 0 and inside:
        found.append(f"{name}_not_allowed")
    elif most is not None and inside * 100 > most * total:
        found.append(f"{name}_over_{most}")
    if least is not None and inside * 100 < least * total:
        found.append(f"{name}_under_{least}")
    if rule.get("majority") and any(
        count >= inside for code, count in counts.items() if code not in codes
    ):
        found.append(f"{name}_not_majority")
    if inside < rule.get("min_count", 0):
        found.append(f"needs_at_least_one_{name}")
    return found


# ------------------------------------------------------------------ by name


@named(
    "skp.predicate",
    inputs={
        "result": one_of(Rating, unit="rating of the results"),
        "behaviour": one_of(Rating, unit="rating of the behaviour"),
    },
    outputs={"predicate": ", ".join(Predicate.codes())},
    source="PermenPANRB 6/2022, quadrant figure",
    verified=True,
    example=({"result": "above", "behaviour": "meets"}, {"predicate": "baik"}),
    norms=("performance",),
)
def predicate_named(
    result: str, behaviour: str, *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """Predicate of a period by results and behaviour."""
    return {"predicate": predicate(result, behaviour, norms["performance"])}


@named(
    "skp.credit_points",
    inputs={
        "tier": one_of(FUNCTIONAL_TIERS),
        "predicate": one_of(Predicate),
        "months": Whole(low=1, high=12, unit="months of the period"),
    },
    outputs={"credit": "credit points, 2 decimals"},
    source="PermenPANRB 1/2023; Peraturan BKN 3/2023",
    verified=True,
    example=({"tier": "JF_MAHIR", "predicate": "baik", "months": 2}, {"credit": Decimal("2.08")}),
    norms=("performance",),
)
def credit_points_named(
    tier: str, predicate: str, months: int, *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """Credit points a functional post earns in a period."""
    figures = norms["performance"]
    coefficient = Fraction(figures["credit_coefficients"][tier]) * 100
    percent = figures["credit_percent"][predicate]
    if coefficient.denominator == 1:
        return {"credit": rounded(Fraction(credit(int(coefficient), percent, months), 100), 2)}
    return {"credit": rounded(coefficient * percent * months / 120_000, 2)}


@named(
    "skp.distribution",
    inputs={
        "organisation": one_of(UnitAchievement, unit="predicate of the unit itself"),
        "counts": MapOf(key=one_of(Predicate), item=Whole(high=10**7), unit="people"),
    },
    outputs={
        "warnings": "codes, one for each broken constraint",
        "reason": f"null, or {GROUP_TOO_SMALL}",
    },
    source="SE MenPANRB 2023 as the press reports it; fewest people is our own setting",
    verified=True,
    example=(
        {"organisation": "baik", "counts": {"sangat_baik": 2, "baik": 8}},
        {
            "warnings": ["baik_over_70", "needs_at_least_one_butuh_perbaikan_or_kurang"],
            "reason": None,
        },
    ),
    norms=("performance",),
)
def distribution_named(
    organisation: str, counts: Mapping[str, int], *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """What speaks against the spread of predicates in a group."""
    found = distribution(organisation, counts, norms["performance"])
    return {"warnings": list(found.warnings), "reason": found.reason}
