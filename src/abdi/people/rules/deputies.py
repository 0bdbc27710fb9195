"""Who may stand in for an absent colleague, with what and how long (permission file, deputy)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

DEPUTY_RESOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "duty": ("duty.",),
    "dispatch": ("reports.dispatch",),
}
"""Resources a power opens; a name with a dot at its end means all that begin so."""


def deputy_problem(start_on: date, end_on: date, today: date, max_days: int) -> str:
    """What is wrong with the days of an absence: past, order, too_long; empty where nothing is."""
    if start_on < today:
        return "past"
    if end_on < start_on:
        return "order"
    return "too_long" if end_on - start_on >= timedelta(days=max_days) else ""


def handles(power: str, resource: str) -> bool:
    """Whether a power to hand over covers a resource."""
    return any(
        resource == name or (name.endswith(".") and resource.startswith(name))
        for name in DEPUTY_RESOURCES[power]
    )
