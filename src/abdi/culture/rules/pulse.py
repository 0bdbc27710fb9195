"""The work-culture pulse (own survey on the seven values) and the effect of an improvement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from abdi.platform.formulas import Between, band, formula, halves_up, in_units, permyriad

Norms = Mapping[str, Any]
Hundredths = Annotated[int, Between(0, 10_000)]
Count = Annotated[int, Between(0, 10**9)]


@formula
def pulse_value(
    answers_sum: Annotated[int, Between(0, 4 * 10**9)],
    answers: Annotated[int, Between(1, 10**9)],
) -> int:
    """Score of a value, or of all, in hundredths: average answer 1 to 4, times 25."""
    value: int = halves_up(answers_sum * 2500, answers)
    return value


@formula
def pulse_band(value: Hundredths, norms: Norms) -> str:
    """kuat, sedang or perlu_perhatian. Limits are our own; no official grade is implied."""
    limits = norms["pulse"]
    found: str = band(
        value,
        (in_units(limits["kuat"], 100), "kuat"),
        (in_units(limits["sedang"], 100), "sedang"),
        otherwise="perlu_perhatian",
    )
    return found


@formula
def improvement(before: Count, after: Count) -> int:
    """What is left of a problem, in ten-thousandths of what it was; nothing before counts whole."""
    left: int = permyriad(after, before, if_zero=10_000)
    return left
