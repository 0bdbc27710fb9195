"""Work-culture groups (KBK): steps, approvals, size, score at a convention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abdi.culture.choices import CircleStep
from abdi.platform.formulas import halves_up

Norms = Mapping[str, Any]


def step_numbers(norms: Norms, *, variant: str = "eight") -> dict[CircleStep, int]:
    """Number of each step; in the variant of seven two steps share one number."""
    merged = [] if variant == "eight" else norms["merged_steps"][variant][1:]
    numbers: dict[CircleStep, int] = {}
    number = 0
    for step in CircleStep:
        number += 0 if step.value in merged else 1
        numbers[step] = number
    return numbers


def next_step(step: CircleStep | str) -> CircleStep | None:
    """The step after this one; None after the last. Raises ValueError for a code that is none."""
    steps = list(CircleStep)
    position = steps.index(CircleStep(step)) + 1
    return steps[position] if position < len(steps) else None


def approval_needed(step: CircleStep | str, norms: Norms) -> bool:
    """Whether the sponsor has to approve a step before the next one begins."""
    return str(step) in norms["approved_steps"]


def size_fits(members: int, norms: Norms) -> bool:
    """Whether a group is neither too small nor too large."""
    size = norms["circle_size"]
    return bool(size["fewest"] <= members <= size["most"])


def convention_score(step_scores: Mapping[str, int], presentation: int, norms: Norms) -> int:
    """Score at a convention in hundredths of a point (0 to 10,000).

    `step_scores` and `presentation` are points 0 to 100; the record is the weighted steps.
    """
    weights = norms["step_weights"]
    shares = norms["convention_weights"]
    record = sum(step_scores[step] * weight for step, weight in weights.items())
    total_weight = sum(weights.values())
    points = record * shares["record"] + presentation * shares["presentation"] * total_weight
    score: int = halves_up(points * 100, total_weight * 100)
    return score
