"""Which state of a report may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from abdi.reports.choices import Status

_WORK: Final = frozenset(
    {Status.FORWARDED, Status.ON_THE_WAY, Status.IN_PROGRESS, Status.WAITING_REPORTER}
)

NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.RECEIVED: frozenset(
        {Status.VERIFIED, Status.FORWARDED, Status.WAITING_REPORTER, Status.REJECTED}
    ),
    Status.VERIFIED: frozenset({Status.FORWARDED, Status.WAITING_REPORTER, Status.REJECTED}),
    Status.FORWARDED: _WORK | {Status.VERIFIED, Status.RESOLVED, Status.REJECTED},
    Status.ON_THE_WAY: (_WORK - {Status.ON_THE_WAY}) | {Status.VERIFIED, Status.RESOLVED},
    Status.IN_PROGRESS: (_WORK - {Status.IN_PROGRESS})
    | {Status.VERIFIED, Status.RESOLVED, Status.REJECTED},
    Status.WAITING_REPORTER: frozenset(
        {
            Status.VERIFIED,
            Status.FORWARDED,
            Status.IN_PROGRESS,
            Status.RESOLVED,
            Status.CLOSED,
            Status.REJECTED,
        }
    ),
    Status.RESOLVED: frozenset({Status.CLOSED, Status.REOPENED}),
    Status.CLOSED: frozenset({Status.REOPENED}),
    Status.REJECTED: frozenset({Status.REOPENED}),
    Status.REOPENED: _WORK | {Status.RESOLVED, Status.REJECTED},
}

OPEN_STATUSES: Final = frozenset(Status) - {Status.RESOLVED, Status.CLOSED, Status.REJECTED}
"""States in which somebody still has to act for the citizen."""


def next_statuses(status: Status | str) -> frozenset[Status]:
    """States a report may go to from here. Raises ValueError for a code that is no state."""
    return NEXT[Status(status)]


def is_open(status: Status | str) -> bool:
    """Whether somebody still has to act. Raises ValueError for a code that is no state."""
    return Status(status) in OPEN_STATUSES


def statuses_before(status: Status | str) -> frozenset[Status]:
    """States from which a report may come to this one. Raises ValueError for an unknown code."""
    wanted = Status(status)
    return frozenset(before for before, after in NEXT.items() if wanted in after)
