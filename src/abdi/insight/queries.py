"""Reading figures with what makes them honest: base, period, formula, version, change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Q

from abdi.insight.choices import Kind, Scope, Step
from abdi.insight.definitions import DEFINITIONS, Definition, definition
from abdi.insight.models import Figure, Run

__all__ = [
    "DEFINITIONS",
    "FigureView",
    "chain",
    "figures_of",
    "figures_of_units",
    "latest_run",
]
SMALL_BASE = 10
STRONG_BASE = 100


@dataclass(frozen=True)
class FigureView:
    """One figure as a page shows it."""

    meaning: Definition
    value: int | None
    part: int
    base: int
    before: int | None
    before_base: int
    formula: str
    version: int
    is_hidden: bool = False

    @property
    def strength(self) -> str:
        """How much the base carries: none, weak, fair or strong."""
        if self.value is None or self.base == 0:
            return "none"
        if self.base < SMALL_BASE:
            return "weak"
        return "strong" if self.base >= STRONG_BASE else "fair"

    @property
    def is_better(self) -> bool | None:
        """Whether it moved the right way since the period before; None: cannot be told."""
        if self.value is None or self.before is None or self.value == self.before:
            return None
        return (self.value > self.before) == self.meaning.higher_is_better

    @property
    def is_share(self) -> bool:
        """Whether it is written as per cent."""
        return self.meaning.kind == Kind.PERMYRIAD


def hidden(view: FigureView) -> FigureView:
    """The same figure without its numbers, where too few people stand behind it."""
    return replace(view, value=None, part=0, base=0, before=None, before_base=0, is_hidden=True)


def latest_run() -> Run | None:
    """The newest complete run."""
    return Run.objects.filter(is_complete=True).order_by("-id").first()


def run_of(scope: Scope, scope_id: int = 0) -> Run | None:
    """The run that tells about a place: today's, or that of the earlier time of its reports."""
    run = latest_run()
    told = Figure.objects.filter(
        key="reports.in_time", scope=scope, scope_id=scope_id, base__gt=0
    ).filter(Q(run=run) | Q(run__is_complete=False))
    newest = told.select_related("run").order_by("-run__end_on", "-run_id").first()
    return newest.run if newest else run


def figures_of(run: Run | None, scope: Scope, scope_id: int = 0) -> dict[str, FigureView]:
    """All figures of one scope by key; one query. Figures without rows say so."""
    rows: dict[str, Figure] = {}
    if run is not None:
        found = Figure.objects.filter(run=run, scope=scope, scope_id=scope_id)
        rows = {row.key: row for row in found}
    return {one.key: _view(one, rows.get(one.key)) for one in DEFINITIONS}


def figures_of_units(run: Run | None, key: str, unit_ids: list[int]) -> dict[int, FigureView]:
    """One figure for several units by unit id; one query."""
    if run is None:
        return {}
    rows = Figure.objects.filter(run=run, key=key, scope=Scope.UNIT, scope_id__in=unit_ids)
    return {row.scope_id: _view(definition(key), row) for row in rows}


def chain(figures: dict[str, FigureView]) -> list[tuple[Step, list[FigureView]]]:
    """The chain from result to cause, each link with its figures."""
    steps = (Step.RESULT, Step.PROCESS, Step.WORKLOAD, Step.COMPETENCE, Step.TRAINING)
    return [
        (step, [view for view in figures.values() if view.meaning.step == step]) for step in steps
    ]


def _view(meaning: Definition, row: Figure | None) -> FigureView:
    if row is None:
        return FigureView(meaning, None, 0, 0, None, 0, meaning.formula, meaning.version)
    return FigureView(
        meaning,
        row.value,
        row.part,
        row.base,
        row.before,
        row.before_base,
        row.formula,
        row.version,
    )
