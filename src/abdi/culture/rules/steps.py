"""What a step of a group still lacks, and what came of the improvement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final

from abdi.culture.choices import CircleStep, StepState, Verdict
from abdi.culture.rules.circles import approval_needed
from abdi.platform.formulas import Between, formula, halves_up, when

Norms = Mapping[str, Any]
Count = Annotated[int, Between(0, 10**9)]
Days = Annotated[int, Between(1, 10_000)]
MONTH_DAYS: Final = 30

TEXTS: Final[Mapping[CircleStep, tuple[str, ...]]] = {
    CircleStep.THEME: ("statement", "reason"),
    CircleStep.TARGET: ("situation",),
    CircleStep.CAUSES: (),
    CircleStep.ROOT_CAUSE: (),
    CircleStep.PLAN: (),
    CircleStep.EXECUTE: (),
    CircleStep.EVALUATE: ("quality", "cost", "delivery", "safety", "morale", "environment"),
    CircleStep.STANDARDISE: ("standard", "next_theme"),
}
"""The answers a group writes itself; everything else on a page comes from data."""


@dataclass(frozen=True)
class StepFacts:
    """What stands on the pages of a group, counted."""

    texts: frozenset[str] = frozenset()
    has_target: bool = False
    causes: int = 0
    dominant: int = 0
    dominant_unchecked: int = 0
    dominant_without_votes: int = 0
    tasks: int = 0
    tasks_open: int = 0
    days_after: int = 0
    has_audit_day: bool = False


def step_lacks(step: CircleStep | str, facts: StepFacts, norms: Norms) -> list[str]:
    """Codes of what is missing before a step may be sent; empty when it is whole."""
    fewest_days = norms["circle_figures"]["fewest_days_after"]
    wanted: Mapping[CircleStep, tuple[tuple[str, bool], ...]] = {
        CircleStep.THEME: (("statement", "statement" in facts.texts),),
        CircleStep.TARGET: (("target", facts.has_target),),
        CircleStep.CAUSES: (("causes", facts.causes >= 2),),
        CircleStep.ROOT_CAUSE: (
            ("dominant", facts.dominant > 0),
            ("unchecked", facts.dominant_unchecked == 0),
            ("votes", facts.dominant_without_votes == 0),
        ),
        CircleStep.PLAN: (("tasks", facts.tasks > 0),),
        CircleStep.EXECUTE: (("tasks_open", facts.tasks_open == 0),),
        CircleStep.EVALUATE: (
            ("days_after", facts.days_after >= fewest_days),
            ("effect", bool(facts.texts & set(TEXTS[CircleStep.EVALUATE]))),
        ),
        CircleStep.STANDARDISE: (
            ("standard", "standard" in facts.texts),
            ("audit", facts.has_audit_day),
        ),
    }
    return [code for code, is_there in wanted[CircleStep(step)] if not is_there]


def state_after_send(step: CircleStep | str, norms: Norms) -> StepState:
    """A step that needs approval waits for it; any other is done."""
    return StepState.WAITING if approval_needed(step, norms) else StepState.DONE


def may_open(step: CircleStep | str, current: CircleStep | str) -> bool:
    """Whether the page of a step can be read: steps done and the one at work."""
    steps = list(CircleStep)
    return steps.index(CircleStep(step)) <= steps.index(CircleStep(current))


@dataclass(frozen=True)
class Spans:
    """Two stretches of equal length to compare; `after` may be empty."""

    before_start: date
    before_end: date
    after_start: date
    after_end: date

    @property
    def days(self) -> int:
        """Length of each, in days."""
        return (self.after_end - self.after_start).days


def compared_spans(
    started: date, executed: date, today: date, norms: Norms, known_from: date | None = None
) -> Spans:
    """As many days after the work as have passed (to yesterday), and the same number before it.

    Ends are exclusive. The days before end with the day the group began, so that its own work
    counts on neither side. Nothing is compared with days before `known_from`, the first report.
    """
    most = norms["circle_figures"]["most_days_after"]
    if known_from is not None:
        most = min(most, max(0, (started - known_from).days))
    after_start = executed + timedelta(days=1)
    days = max(0, min((today - after_start).days, most))
    return Spans(
        started - timedelta(days=days), started, after_start, after_start + timedelta(days=days)
    )


@formula
def per_month(reports: Count, days: Days) -> int:
    """Reports per 30 days, rounded half up."""
    found: int = halves_up(reports * 30, days)
    return found


@formula
def verdict_code(before: Count, after: Count, target: Count) -> str:
    """Reached only where the target is met; fewer than before is better, and still missed."""
    missed = when(after < before, Verdict.BETTER.value, Verdict.MISSED.value)
    found: str = when(after <= target, Verdict.REACHED.value, missed)
    return found
