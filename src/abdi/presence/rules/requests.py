"""Requests of leave: kinds by employment, days, states that may follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from abdi.presence.choices import LeaveState

FOLLOWING: Final[Mapping[str, frozenset[str]]] = {
    LeaveState.REQUESTED: frozenset(
        {LeaveState.APPROVED, LeaveState.POSTPONED, LeaveState.REFUSED, LeaveState.CANCELLED}
    ),
    LeaveState.POSTPONED: frozenset(
        {LeaveState.APPROVED, LeaveState.REFUSED, LeaveState.CANCELLED}
    ),
    LeaveState.APPROVED: frozenset({LeaveState.CANCELLED}),
    LeaveState.REFUSED: frozenset(),
    LeaveState.CANCELLED: frozenset(),
}


def next_states(state: str) -> frozenset[str]:
    """The states a leave may go to."""
    return FOLLOWING[state]


def kinds_for(employment: str, norms: Mapping[str, Any]) -> list[str]:
    """The kinds of leave an employment has, in the order of the rule."""
    kinds = norms["leave_kinds"]
    return [code for code, row in kinds.items() if employment in row["employment"]]


def leave_days(
    kind: str,
    first: date,
    last: date,
    working_days: Callable[[date, date], int],
    norms: Mapping[str, Any],
) -> int:
    """The days a leave takes: working days or days of the calendar, by its kind."""
    if norms["leave_kinds"][kind]["counts"] == "working_days":
        return working_days(first, last)
    return (last - first).days + 1
