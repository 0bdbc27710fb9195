"""Rules of the survey: index and grade of the nine elements, sample size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final

from abdi.platform.formulas import Between, band, formula, halves_up, named, rounded, steps_of
from abdi.platform.inputs import BadInput, Either, MapOf, Number, Whole, one_of
from abdi.survey.choices import Element, Weight

Norms = Mapping[str, Any]
Hundredths = Annotated[int, Between(0, 10_000)]
Answers = Annotated[int, Between(0, 4 * 10**9)]
Respondents = Annotated[int, Between(1, 10**9)]

LOWEST_ANSWER: Final = 1
HIGHEST_ANSWER: Final = 4
POINTS_PER_ANSWER: Final = 25
"""An average of 4 stands for 100 points."""

WEIGHTS: Final[Mapping[str, Fraction]] = {
    Weight.EXACT.value: Fraction(1, len(Element)),
    Weight.TWO_DECIMALS.value: Fraction(11, 100),
    Weight.THREE_DECIMALS.value: Fraction(111, 1000),
}


@formula
def element_value(answers_sum: Answers, respondents: Respondents) -> int:
    """Value of one element in hundredths: average x 25, over those who answered it."""
    value: int = halves_up(answers_sum * POINTS_PER_ANSWER * 100, respondents)
    return value


@formula
def grade(value: Hundredths, norms: Norms) -> str:
    """Grade A to D of an index or element value in hundredths. Source: PermenPANRB 14/2017."""
    *steps, lowest = steps_of(norms["grades"], "grade", scale=100)
    found: str = band(value, *steps, otherwise=lowest[1])
    return found


@dataclass(frozen=True)
class ElementResult:
    """One element: how many answered, the exact average, value in hundredths, grade."""

    key: str
    respondents: int
    average: Fraction
    value: int
    grade: str


@dataclass(frozen=True)
class Index:
    """The satisfaction index with everything that explains it."""

    value: Decimal
    grade: str
    weight: str
    elements: tuple[ElementResult, ...]
    lowest: tuple[str, ...]
    """All elements, lowest exact average first."""


def satisfaction_index(
    sums: Mapping[str, int], respondents: Mapping[str, int], weight: str, norms: Norms
) -> Index:
    """Index of the nine elements, each over its own respondents.

    Averages stay exact; the index is rounded half up once, to 2 decimals, and graded so.
    Elements that are equally low stand in the order of the articles.
    """
    elements = []
    for key in Element.codes():
        value = element_value(sums[key], respondents[key])
        average = Fraction(sums[key], respondents[key])
        elements.append(ElementResult(key, respondents[key], average, value, grade(value, norms)))
    total = sum((element.average for element in elements), Fraction(0))
    index = rounded(total * WEIGHTS[weight] * POINTS_PER_ANSWER, 2)
    low = sorted(elements, key=lambda element: element.average)
    return Index(
        value=index,
        grade=grade(int(index * 100), norms),
        weight=weight,
        elements=tuple(elements),
        lowest=tuple(element.key for element in low),
    )


def follow_up(index: Index, norms: Norms) -> tuple[str, ...]:
    """Elements the follow-up plan has to deal with: the lowest ones."""
    return index.lowest[: norms["follow_up_elements"]]


def sample_size(population: int, norms: Norms) -> int:
    """People to ask out of a population, by Krejcie and Morgan, rounded to the nearest."""
    figures = norms["sample"]
    share = Fraction(figures["proportion"])
    spread = Fraction(figures["chi_square"]) * share * (1 - share)
    error = Fraction(figures["error"]) ** 2
    return int(rounded(spread * population / (error * (population - 1) + spread)))


# ------------------------------------------------------------------ by name

PEOPLE: Final = Whole(low=1, high=10**9, unit="people")


@named(
    "skm.index",
    inputs={
        "respondents": Either(
            ways=(PEOPLE, MapOf(key=one_of(Element), item=PEOPLE)),
            unit="people who answered: one number, or one for each element",
        ),
        "sums": MapOf(key=one_of(Element), item=Whole(high=4 * 10**9), unit="sum of answers 1-4"),
        "weight": Either(
            ways=(one_of(Weight), Number(low=Decimal("0.11"), high=Decimal("0.111"))),
            optional=True,
            default="exact",
        ),
    },
    outputs={
        "index": "points 25 to 100, 2 decimals",
        "grade": "A to D",
        "lowest_element": "element",
        "lowest_three": "elements, lowest first",
        "elements": "n, value (points, 2 decimals) and grade of each",
        "weight": "exact, 0.11 or 0.111",
    },
    source="PermenPANRB 14/2017",
    verified=True,
    example=(
        {
            "respondents": 29,
            "sums": {
                "requirements": 105,
                "procedure": 101,
                "time": 100,
                "cost": 116,
                "product": 102,
                "competence": 105,
                "conduct": 106,
                "complaints": 115,
                "facilities": 105,
            },
        },
        {
            "index": Decimal("91.48"),
            "grade": "A",
            "lowest_element": "time",
            "lowest_three": ["time", "procedure", "product"],
        },
    ),
    norms=("survey",),
)
def index_named(
    respondents: int | Mapping[str, int],
    sums: Mapping[str, int],
    weight: str | Decimal | None,
    *,
    norms: Mapping[str, Norms],
    today: date,
) -> dict[str, Any]:
    """Satisfaction index of a service with its grade and weakest elements."""
    figures = norms["survey"]
    counts = _counts(respondents)
    _check_sums(sums, counts)
    chosen = _weight(figures["weight"] if weight is None else weight)
    found = satisfaction_index(sums, counts, chosen, figures)
    return {
        "index": found.value,
        "grade": found.grade,
        "lowest_element": found.lowest[0],
        "lowest_three": list(found.lowest[:3]),
        "elements": {
            element.key: {
                "n": element.respondents,
                "value": Decimal(element.value).scaleb(-2),
                "grade": element.grade,
            }
            for element in found.elements
        },
        "weight": weight if isinstance(weight, Decimal) else chosen,
        "rule_sets": {"survey.weight": chosen},
    }


def _counts(respondents: int | Mapping[str, int]) -> Mapping[str, int]:
    if isinstance(respondents, int):
        return dict.fromkeys(Element.codes(), respondents)
    missing = [key for key in Element.codes() if key not in respondents]
    if missing:
        raise BadInput(f"{missing[0]} is missing", "respondents")
    return respondents


def _check_sums(sums: Mapping[str, int], counts: Mapping[str, int]) -> None:
    for key in Element.codes():
        if key not in sums:
            raise BadInput(f"{key} is missing", "sums")
        low, high = counts[key] * LOWEST_ANSWER, counts[key] * HIGHEST_ANSWER
        if not low <= sums[key] <= high:
            raise BadInput(f"{key}: {counts[key]} answers of 1-4 sum to {low} to {high}", "sums")


def _weight(weight: str | Decimal) -> str:
    exact = next((code for code in WEIGHTS if code == str(weight).rstrip("0")), None)
    if exact is None:
        raise BadInput(f"must be one of {', '.join(WEIGHTS)}", "weight")
    return exact


@named(
    "skm.sample_size",
    inputs={"population": Whole(low=1, high=10**9, unit="people served")},
    outputs={"sample": "people to ask"},
    source="Krejcie and Morgan 1970, table of PermenPANRB 14/2017",
    verified=True,
    example=({"population": 1000}, {"sample": 278}),
    norms=("survey",),
)
def sample_size_named(
    population: int, *, norms: Mapping[str, Norms], today: date
) -> dict[str, Any]:
    """How many people to ask out of those a service serves."""
    return {"sample": sample_size(population, norms["survey"])}
