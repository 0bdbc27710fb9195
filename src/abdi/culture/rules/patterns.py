"""Patterns: several low results of a person in context, many reports of one kind in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

Norms = Mapping[str, Any]
FEWEST_OF_A_PATTERN: Final = 2
"""One result is never a pattern, whatever a setting says."""


@dataclass(frozen=True)
class Result:
    """A result of a person. `explained` where load or roster explain it (overloaded, no crew)."""

    ref: str
    on: date
    low: bool
    explained: bool = False


@dataclass(frozen=True)
class Pattern:
    """Low results close to each other that the circumstances do not explain."""

    refs: tuple[str, ...]
    first_on: date
    last_on: date
    explained_count: int
    """Low results of the same time that load or roster explain; shown beside, not counted."""


def low_pattern(results: Iterable[Result], on: date, norms: Norms) -> Pattern | None:
    """The pattern of low results in the window that ends on a day, if there is one.

    Only a proposal: the superior opens a case or says why not.
    """
    rule = norms["coaching_pattern"]
    since = on - timedelta(days=rule["days"] - 1)
    low = sorted((r for r in results if r.low and since <= r.on <= on), key=lambda r: (r.on, r.ref))
    counted = [result for result in low if not result.explained]
    if len(counted) < max(FEWEST_OF_A_PATTERN, rule["fewest"]):
        return None
    refs = tuple(result.ref for result in counted)
    return Pattern(refs, counted[0].on, counted[-1].on, len(low) - len(counted))


def load_explains(load_permyriad: int | None, norms: Norms) -> bool:
    """Whether the load of the unit explains a low result: more work than its people can do.

    `load_permyriad`: 10,000 is as much work as people; None where the load is not known.
    """
    limit = norms["coaching_pattern"]["overload_ej"] * 10_000
    return load_permyriad is not None and load_permyriad > limit


@dataclass(frozen=True)
class ReportPoint:
    """A report as a cluster sees it."""

    ref: str
    on: date
    category: str
    area: str


@dataclass(frozen=True)
class Cluster:
    """Reports of one category in one area within a few days: a theme for a circle."""

    category: str
    area: str
    refs: tuple[str, ...]
    first_on: date
    last_on: date


def clusters(reports: Iterable[ReportPoint], norms: Norms) -> list[Cluster]:
    """Clusters among reports, largest first; a run ends where the window is left.

    A run grows while each report lies within the window of the one so many before it.
    """
    rule = norms["report_cluster"]
    fewest = max(FEWEST_OF_A_PATTERN, rule["fewest"])
    window = timedelta(days=rule["days"] - 1)
    groups: dict[tuple[str, str], list[ReportPoint]] = defaultdict(list)
    for report in reports:
        groups[report.category, report.area].append(report)
    found = [
        Cluster(category, area, tuple(r.ref for r in run), run[0].on, run[-1].on)
        for (category, area), points in groups.items()
        for run in _runs(sorted(points, key=lambda r: (r.on, r.ref)), fewest, window)
    ]
    return sorted(found, key=lambda c: (-len(c.refs), c.category, c.area, c.first_on))


def _runs(points: list[ReportPoint], fewest: int, window: timedelta) -> Iterable[list[ReportPoint]]:
    """Longest stretches in which any `fewest` reports in a row lie within the window."""
    dense = [
        index
        for index in range(len(points) - fewest + 1)
        if points[index + fewest - 1].on - points[index].on <= window
    ]
    start = 0
    while start < len(dense):
        stop = start
        while stop + 1 < len(dense) and dense[stop + 1] < dense[stop] + fewest:
            stop += 1
        yield points[dense[start] : dense[stop] + fewest]
        start = stop + 1
