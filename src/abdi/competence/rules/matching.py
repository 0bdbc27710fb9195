"""Job person match: gaps, bands, levels a tier requires by default, shares of gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.people.rules import TIERS
from abdi.platform.formulas import (
    Between,
    at_most,
    band,
    formula,
    halves_up,
    named,
    permyriad,
    rounded,
    steps_of,
)
from abdi.platform.inputs import BadInput, MapOf, Number, Text, Whole, one_of

Norms = Mapping[str, Any]
Level = Annotated[int, Between(0, 5)]
LevelSum = Annotated[int, Between(0, 10**6)]
RequiredSum = Annotated[int, Between(1, 10**6)]
Count = Annotated[int, Between(0, 10**9)]
Hundredths = Annotated[int, Between(0, 50_000)]

LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5
FILL_POSITION: Final = "fill_position"
MAPPING: Final = "mapping"


@formula
def gap(achieved: Level, required: Level) -> int:
    """Level achieved less level required; below zero is a need to learn."""
    return achieved - required


@formula
def counted_level(achieved: Level, required: Level) -> int:
    """Level that counts where a competency is cut at what is required."""
    level: int = at_most(achieved, required)
    return level


@formula
def jpm(achieved: LevelSum, required: RequiredSum) -> int:
    """Job person match in hundredths of a percent: levels achieved / levels required."""
    match: int = halves_up(achieved * 10_000, required)
    return match


@formula
def fill_category(match: Hundredths, norms: Norms) -> str:
    """Band of a match for filling a post: MS, MMS or KMS. Bands: 80 and 68."""
    return _category(match, norms, FILL_POSITION)


@formula
def mapping_category(match: Hundredths, norms: Norms) -> str:
    """Band of a match for mapping: O, CO or KO. Bands: 90 and 78."""
    return _category(match, norms, MAPPING)


def _category(match: Any, norms: Norms, purpose: str) -> str:
    *steps, lowest = steps_of(norms["jpm_bands"][purpose], "code", scale=100)
    found: str = band(match, *steps, otherwise=lowest[1])
    return found


@formula
def gap_share(assessed: Count, below: Count) -> int:
    """Share of assessed levels that are below the standard, in ten-thousandths."""
    share: int = permyriad(below, assessed, if_zero=0)
    return share


def default_level(tier: str, norms: Norms) -> int:
    """Level of all nine competencies a tier requires by default (no decree); 1 to 5."""
    level: int = norms["required_levels"][tier]
    return level


@dataclass(frozen=True)
class Match:
    """A person against a standard."""

    raw: int
    capped: int
    fill: str
    mapping: str
    gaps: Mapping[str, int]


def match(required: Mapping[str, int], achieved: Mapping[str, int], norms: Norms) -> Match:
    """Match of achieved with required levels, in hundredths of a percent, with its bands.

    Every required competency must be in `achieved` (KeyError); others achieved do not count.
    The match above 100 stays as it is; `capped` cuts each competency at its required level.
    """
    needed = sum(required.values())
    raw = jpm(sum(achieved[code] for code in required), needed)
    capped = jpm(sum(counted_level(achieved[c], level) for c, level in required.items()), needed)
    return Match(
        raw=raw,
        capped=capped,
        fill=fill_category(raw, norms),
        mapping=mapping_category(raw, norms),
        gaps={code: gap(achieved[code], level) for code, level in required.items()},
    )


def combined(
    technical: Decimal | int, managerial_sociocultural: Decimal | int, tier: str, norms: Norms
) -> Decimal | None:
    """Both matches weighed by tier, 2 decimals; None where no weights are published."""
    weights = norms["combined_weights"].get(tier)
    if weights is None:
        return None
    total = Fraction(technical) * weights["technical"]
    total += Fraction(managerial_sociocultural) * weights["managerial_sociocultural"]
    return rounded(total / 100, 2)


def widest_gaps(gaps: Mapping[str, int], most: int) -> list[str]:
    """Codes with the widest gaps below the standard, widest first, ties by code."""
    below: Iterable[tuple[int, str]] = sorted((gap, code) for code, gap in gaps.items() if gap < 0)
    return [code for _, code in list(below)[:most]]


# ------------------------------------------------------------------ by name

LEVELS: Final = MapOf(
    key=Text(shortest=1, longest=64),
    item=Whole(low=LOWEST_LEVEL, high=HIGHEST_LEVEL),
    fewest=1,
    most=200,
    unit="level 1 to 5 by code of the competency",
)
MATCH: Final = Number(high=500, unit="percent")


@named(
    "jpm.score",
    inputs={"required": LEVELS, "achieved": LEVELS},
    outputs={
        "jpm_raw": "percent, 2 decimals, may exceed 100",
        "jpm_capped": "percent, each competency cut at its required level",
        "category_fill_position": "MS, MMS or KMS",
        "category_mapping": "O, CO or KO",
        "gaps": "levels by competency, below zero is a need to learn",
    },
    source="PermenPANRB 35/2020 annex; Peraturan BKN 26/2019; Peraturan BRIN 3/2023",
    verified=True,
    example=(
        {
            "required": {"M.1": 3, "M.2": 3, "SK.1": 3},
            "achieved": {"M.1": 4, "M.2": 2, "SK.1": 2},
        },
        {
            "jpm_raw": Decimal("88.89"),
            "jpm_capped": Decimal("77.78"),
            "category_fill_position": "MS",
            "category_mapping": "CO",
            "gaps": {"M.1": 1, "M.2": -1, "SK.1": -1},
        },
    ),
    norms=("competence",),
)
def score_named(
    required: Mapping[str, int],
    achieved: Mapping[str, int],
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """Job person match of one person with a standard."""
    missing = next((code for code in required if code not in achieved), None)
    if missing is not None:
        raise BadInput(f"{missing} is required and missing", "achieved")
    found = match(required, achieved, norms["competence"])
    return {
        "jpm_raw": Decimal(found.raw).scaleb(-2),
        "jpm_capped": Decimal(found.capped).scaleb(-2),
        "category_fill_position": found.fill,
        "category_mapping": found.mapping,
        "gaps": found.gaps,
    }


@named(
    "jpm.combined",
    inputs={
        "technical": MATCH,
        "managerial_sociocultural": MATCH,
        "tier": one_of(TIERS, unit="only tiers with published weights"),
    },
    outputs={"combined": "percent, 2 decimals"},
    source="PermenPANRB 35/2020 annex (one functional family)",
    verified=True,
    example=(
        {"technical": 80, "managerial_sociocultural": 90, "tier": "JF_AHLI_MADYA"},
        {"combined": 86},
    ),
    norms=("competence",),
)
def combined_named(
    technical: Decimal,
    managerial_sociocultural: Decimal,
    tier: str,
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """Technical and managerial match weighed together."""
    found = combined(technical, managerial_sociocultural, tier, norms["competence"])
    if found is None:
        raise BadInput("no weights are published for this tier", "tier")
    return {"combined": found}
