"""The published figures: one definition each, a few lines of Ibis over the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from abdi.competence import rules as competence_rules
from abdi.insight import rules
from abdi.insight.choices import Kind, Step
from abdi.platform.choices import N_
from abdi.reports import rules as reports_rules

Table = Any
Column = Any


@dataclass(frozen=True)
class Definition:
    """What a figure means: which rows, which part of which base, by which formula."""

    key: str
    step: Step
    title: str
    base_words: str
    kind: Kind
    mart: str
    part: Callable[[Table], Column]
    base: Callable[[Table], Column]
    rule: Callable[..., Any]
    higher_is_better: bool
    version: int = 1

    @property
    def formula(self) -> str:
        """Name of the formula, as the catalogue lists it."""
        return f"{self.rule.__module__.split('.')[1]}.{self.rule.__name__}"


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "reports.rating",
        Step.RESULT,
        N_("Citizens' rating"),
        N_("rated reports"),
        Kind.HUNDREDTHS,
        "ratings",
        lambda t: t.stars.sum(),
        lambda t: t.count(),
        rules.mean_hundredths,
        higher_is_better=True,
    ),
    Definition(
        "reports.reopened",
        Step.RESULT,
        N_("Reports that came back"),
        N_("closed reports"),
        Kind.PERMYRIAD,
        "closed",
        lambda t: t.reopened.sum(),
        lambda t: t.count(),
        rules.share,
        higher_is_better=False,
    ),
    Definition(
        "reports.in_time",
        Step.PROCESS,
        N_("Service promise kept"),
        N_("closed reports"),
        Kind.PERMYRIAD,
        "closed",
        lambda t: t.in_time.sum(),
        lambda t: t.count(),
        reports_rules.answered_in_time,
        higher_is_better=True,
    ),
    Definition(
        "workload.load",
        Step.WORKLOAD,
        N_("Load of the people there"),
        N_("people"),
        Kind.PERMYRIAD,
        "loads",
        lambda t: t.need_myriad.sum(),
        lambda t: t.existing.sum() * 10_000,
        rules.share,
        higher_is_better=False,
    ),
    Definition(
        "competence.gap",
        Step.COMPETENCE,
        N_("Competences below the standard"),
        N_("assessed competences"),
        Kind.PERMYRIAD,
        "levels",
        lambda t: t.below.sum(),
        lambda t: t.count(),
        competence_rules.gap_share,
        higher_is_better=False,
    ),
    Definition(
        "training.hours",
        Step.TRAINING,
        N_("People with their 20 learning hours"),
        N_("permanent civil servants"),
        Kind.PERMYRIAD,
        "hours",
        lambda t: t.fulfilled.sum(),
        lambda t: t.count(),
        rules.share,
        higher_is_better=True,
    ),
    Definition(
        "performance.low",
        Step.PERFORMANCE,
        N_("Evaluations below expectation"),
        N_("evaluations"),
        Kind.PERMYRIAD,
        "evaluations",
        lambda t: t.low.sum(),
        lambda t: t.count(),
        rules.share,
        higher_is_better=False,
    ),
    Definition(
        "integrity.pledge",
        Step.INTEGRITY,
        N_("Neutrality declared this year"),
        N_("civil servants"),
        Kind.PERMYRIAD,
        "pledges",
        lambda t: t.signed.sum(),
        lambda t: t.count(),
        rules.share,
        higher_is_better=True,
    ),
)


def definition(key: str) -> Definition:
    """The definition of a figure; raises LookupError for an unknown key."""
    for found in DEFINITIONS:
        if found.key == key:
            return found
    raise LookupError(f"no figure {key}")
