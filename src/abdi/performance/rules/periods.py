"""The quarters of a year: when each begins and ends, and when it may be evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Norms = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """A quarter (number 1 to 4) and the days on which it is evaluated, all included."""

    year: int
    number: int
    start_on: date
    end_on: date
    opens_on: date
    closes_on: date


def span_of(year: int, number: int, norms: Norms) -> Span:
    """One quarter: evaluation opens some days before its end and stays open to the next one's."""
    start, end = _bounds(year, number)
    before = timedelta(days=norms["evaluation_opens_before_days"])
    following = _bounds(year + number // 4, number % 4 + 1)[1]
    return Span(year, number, start, end, end - before, following - before - timedelta(days=1))


def quarters_of(year: int, norms: Norms) -> list[Span]:
    """The four quarters of a year."""
    return [span_of(year, number, norms) for number in (1, 2, 3, 4)]


def _bounds(year: int, number: int) -> tuple[date, date]:
    start = date(year, 3 * number - 2, 1)
    end = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return start, end - timedelta(days=1)
