"""What a target stands at: results added up, shares, averages; of a person or of his unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, Sum

from abdi.people import queries as people
from abdi.performance import rules
from abdi.performance.choices import Rating
from abdi.performance.models import Result, Target
from abdi.platform.norms import norms

Totals = tuple[int, int]


@dataclass(frozen=True)
class TargetFigure:
    """A target with its figure on a day. Figures in hundredths, shares in ten-thousandths.

    `actual` is None, and with it share and rating, as long as nothing has come in.
    """

    target: Target
    actual: int | None
    count: int
    expected: int
    share: int | None
    rating: str

    @property
    def is_behind(self) -> bool:
        """Whether less is there than should be by now."""
        return self.rating == Rating.BELOW

    @property
    def _widest(self) -> int:
        return max(self.actual or 0, self.expected, self.target.figure, 1)

    @property
    def fill(self) -> int:
        """Length of the bar, in ten-thousandths."""
        return (self.actual or 0) * 10_000 // self._widest

    @property
    def tick(self) -> int:
        """Where today's expectation stands on the bar, in ten-thousandths."""
        return self.expected * 10_000 // self._widest

    def kept(self) -> dict[str, Any]:
        """What an evaluation keeps of it, so that its numbers can be recomputed."""
        return {
            "target": self.target.pk,
            "measure": self.target.measure,
            "figure": self.target.figure,
            "unit": self.target.unit,
            "result": self.target.result,
            "indicator": self.target.indicator,
            "aspect": self.target.aspect,
            "better": self.target.better,
            "actual": self.actual,
            "count": self.count,
            "expected": self.expected,
            "share": self.share,
            "rating": self.rating,
        }


@dataclass(frozen=True)
class PersonFigures:
    """The targets of one person with their figures."""

    plan_id: int | None
    figures: tuple[TargetFigure, ...]


def person_figures(person_id: int, year: int, on: date) -> PersonFigures:
    """The figures of one person's targets on a day."""
    targets = list(
        Target.objects.filter(plan__person_id=person_id, plan__year=year, is_dropped=False)
        .select_related("plan", "parent__plan__person")
        .order_by("order", "id")
    )
    plan_id = targets[0].plan_id if targets else None
    return PersonFigures(plan_id, tuple(figures_of(targets, year, on)))


def figures_of(
    targets: Sequence[Target], year: int, on: date, units: Mapping[int, str] | None = None
) -> list[TargetFigure]:
    """The figures of any number of targets on a day; two queries, three where a head has some.

    `units` gives the path of the unit of each head; it is read where it is not given.
    """
    own, by_target = _personal(targets, year, on)
    of_unit = _of_units([t for t in targets if t.is_of_unit], year, on, units)
    limits = norms("performance", on=on)
    found = []
    for target in targets:
        if target.is_of_unit:
            totals = of_unit.get(target.pk, (0, 0))
        elif target.is_automatic:
            totals = own.get((target.plan.person_id, target.measure), (0, 0))
        else:
            totals = by_target.get(target.pk, (0, 0))
        found.append(_figure(target, totals, year, on, limits))
    return found


def _figure(
    target: Target, totals: Totals, year: int, on: date, limits: Mapping[str, Any]
) -> TargetFigure:
    total, count = totals
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    day = min(max((on - date(year, 1, 1)).days + 1, 1), days)
    expected = rules.expected_by(target.way, target.figure, day, days)
    if count == 0:
        nothing_yet = target.is_level or expected == 0
        rating = "" if nothing_yet else Rating.BELOW.value
        return TargetFigure(target, None, 0, expected, None if nothing_yet else 0, rating)
    actual = rules.figure_of(target.way, total, count)
    share = rules.standing(target.better, actual, expected)
    return TargetFigure(target, actual, count, expected, share, rules.target_rating(share, limits))


def _rows(year: int, on: date) -> Any:
    return Result.objects.filter(on__gte=date(year, 1, 1), on__lte=on, is_taken_back=False)


def _personal(
    targets: Sequence[Target], year: int, on: date
) -> tuple[dict[tuple[int, str], Totals], dict[int, Totals]]:
    persons = {target.plan.person_id for target in targets}
    own: dict[tuple[int, str], Totals] = {}
    by_target: dict[int, Totals] = {}
    if not persons:
        return own, by_target
    rows = (
        _rows(year, on)
        .filter(person_id__in=persons)
        .order_by()
        .values_list("person_id", "measure", "target_id")
        .annotate(Sum("value"), Count("id"))
    )
    for person_id, measure, target_id, total, count in rows:
        if target_id is None:
            own[person_id, measure] = (total, count)
        else:
            by_target[target_id] = (total, count)
    return own, by_target


def _of_units(
    targets: Sequence[Target], year: int, on: date, units: Mapping[int, str] | None
) -> dict[int, Totals]:
    if not targets:
        return {}
    paths = units if units is not None else _paths({target.plan.person_id for target in targets})
    wanted = {paths[t.plan.person_id] for t in targets if t.plan.person_id in paths}
    if not wanted:
        return {}
    below = reduce(or_, [Q(unit__path__startswith=path) for path in wanted])
    rows = (
        _rows(year, on)
        .filter(below, target__isnull=True)
        .order_by()
        .values_list("unit__path", "measure")
        .annotate(Sum("value"), Count("id"))
    )
    found: dict[int, Totals] = defaultdict(lambda: (0, 0))
    for path, measure, total, count in rows:
        for target in targets:
            mine = paths.get(target.plan.person_id)
            if target.measure == measure and mine and path.startswith(mine):
                before = found[target.pk]
                found[target.pk] = (before[0] + total, before[1] + count)
    return found


def _paths(person_ids: set[int]) -> dict[int, str]:
    return {
        person_id: seat.position.unit.path for person_id, seat in people.seating(person_ids).items()
    }


def proposed_rating(figures: Sequence[TargetFigure]) -> str:
    """What the figures propose for all results; empty where none has come in."""
    ratings = [figure.rating for figure in figures if figure.rating]
    if not ratings:
        return ""
    return rules.result_rating(
        ratings.count(Rating.ABOVE), ratings.count(Rating.MEETS), ratings.count(Rating.BELOW)
    )
