"""Where lines and bars lie on a chart: pure geometry, drawn by `parts/charts.html` as SVG.

Coordinates are whole or tenths of an SVG unit; a chart is 360 units wide, so that its text of
12 units stays legible on a phone. Values may be any numbers; a missing one (None) leaves a hole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 360
HEIGHT: Final = 210
LEFT: Final = 40
RIGHT: Final = 54
TOP: Final = 14
BOTTOM: Final = 28
STEPS: Final = (1, 2, 2.5, 5, 10, 20)
Number = int | float


@dataclass(frozen=True)
class Point:
    """One value on the chart."""

    x: float
    y: float
    value: Number
    label: str = ""


@dataclass(frozen=True)
class Line:
    """One series: its path, its points, its name at the last point."""

    name: str
    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Tick:
    """A line of the grid and its figure."""

    at: float
    value: Number


@dataclass(frozen=True)
class Column:
    """One bar of a column chart or Pareto."""

    x: float
    y: float
    width: float
    height: float
    value: Number
    label: str
    middle: float


@dataclass(frozen=True)
class Chart:
    """All that a macro needs to draw."""

    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    ticks: tuple[Tick, ...] = ()
    labels: tuple[tuple[float, str], ...] = ()
    target: float | None = None
    target_value: Number | None = None
    limits: tuple[tuple[float, Number], ...] = ()
    share_path: str = ""
    shares: tuple[Point, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def nice_top(highest: Number, parts: int = 4) -> Number:
    """The end of an axis: the smallest round number of equal parts that holds `highest`."""
    if highest <= 0:
        return parts
    size = 10.0 ** math.floor(math.log10(highest / parts))
    return _whole(
        parts * size * next(factor for factor in STEPS if factor * size * parts >= highest)
    )


def _whole(value: float) -> Number:
    return int(value) if value == int(value) else round(value, 4)


def _ticks(low: Number, high: Number, parts: int, height: int = HEIGHT) -> tuple[Tick, ...]:
    values = [low + (high - low) * part / parts for part in range(parts + 1)]
    return tuple(Tick(_y(value, low, high, height), _whole(value)) for value in values)


def _y(value: Number, low: Number, high: Number, height: int = HEIGHT) -> float:
    room = height - TOP - BOTTOM
    return round(height - BOTTOM - room * (value - low) / ((high - low) or 1), 1)


def _path(points: Sequence[Point | None]) -> str:
    parts, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        parts.append(f"{pen}{point.x} {point.y}")
        pen = "L"
    return " ".join(parts)


def lines(
    series: Sequence[tuple[str, Sequence[Number | None]]],
    labels: Sequence[str],
    *,
    target: Number | None = None,
    limits: Sequence[Number] = (),
    low: Number = 0,
    parts: int = 4,
) -> Chart:
    """Up to five series over the same labels, with a target line and control limits."""
    seen = [value for _, values in series for value in values if value is not None]
    high = low + nice_top(max([*seen, *limits, target or low, low + 1]) - low, parts)
    step = (WIDTH - LEFT - RIGHT) / max(len(labels) - 1, 1)
    made = []
    for name, values in series[:5]:
        points = [
            None
            if value is None
            else Point(round(LEFT + step * at, 1), _y(value, low, high), value, label)
            for at, (value, label) in enumerate(zip(values, labels, strict=True))
        ]
        made.append(Line(name, _path(points), tuple(point for point in points if point)))
    every = max(1, -(-len(labels) // 6))
    shown = tuple(
        (round(LEFT + step * at, 1), label) for at, label in enumerate(labels) if at % every == 0
    )
    return Chart(
        lines=tuple(made),
        ticks=_ticks(low, high, parts),
        labels=shown,
        target=None if target is None else _y(target, low, high),
        target_value=target,
        limits=tuple((_y(limit, low, high), limit) for limit in limits),
    )


def columns(
    values: Sequence[tuple[str, Number]], *, target: Number | None = None, parts: int = 4
) -> Chart:
    """Bars that stand on zero, with a target line."""
    high = nice_top(max([*(value for _, value in values), target or 0, 1]), parts)
    return Chart(
        columns=_columns(values, high),
        ticks=_ticks(0, high, parts),
        target=None if target is None else _y(target, 0, high),
        target_value=target,
    )


def _columns(values: Sequence[tuple[str, Number]], high: Number) -> tuple[Column, ...]:
    room = (WIDTH - LEFT - RIGHT) / max(len(values), 1)
    made = []
    for at, (label, value) in enumerate(values):
        x, top = LEFT + room * at + room * 0.14, _y(value, 0, high)
        width = room * 0.72
        made.append(
            Column(
                round(x, 1), top, round(width, 1), round(HEIGHT - BOTTOM - top, 1), value, label,
                round(x + width / 2, 1),
            )
        )  # fmt: skip
    return tuple(made)


def pareto(values: Sequence[tuple[str, Number]], *, parts: int = 4) -> Chart:
    """Bars from the largest down, with the running share of the whole as a line in per cent."""
    ordered = sorted(values, key=lambda pair: -pair[1])
    total = sum(value for _, value in ordered) or 1
    high = nice_top(max([*(value for _, value in ordered), 1]), parts)
    bars = _columns(ordered, high)
    running, shares = 0.0, []
    for bar in bars:
        running += bar.value
        share = 100 * running / total
        shares.append(Point(bar.middle, _y(share, 0, 100), round(share), bar.label))
    return Chart(
        columns=bars, ticks=_ticks(0, high, parts), share_path=_path(shares), shares=tuple(shares)
    )


def spark(values: Sequence[Number], width: int = 120, height: int = 36) -> tuple[str, Point]:
    """A line without axes, and its last point. Fewer than two values make a flat line."""
    known = list(values) or [0]
    if len(known) == 1:
        known = known * 2
    low, high = min(known), max(known)
    step = (width - 8) / (len(known) - 1)
    points = [
        Point(
            round(4 + step * at, 1),
            round(height - 5 - (height - 10) * (value - low) / ((high - low) or 1), 1),
            value,
        )
        for at, value in enumerate(known)
    ]
    return _path(points), points[-1]


def share(part: Number, whole: Number, most: int = 100) -> str:
    """A length as an SVG attribute: `88%`, `66.7%`; never under 0 nor over `most` per cent."""
    percent = 0.0 if whole <= 0 else 100 * part / whole
    return f"{round(min(max(percent, 0.0), float(most)), 1):g}%"
