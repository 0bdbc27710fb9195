"""The freeze of placements around an election (UU 10/2016 Art. 71(2))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from abdi.people.rules.days import months_later

Norms = Mapping[str, Any]


def freeze_begins(designation: date, norms: Norms) -> date:
    """First day on which the head of region may not appoint or transfer without consent.

    Six months before the designation of candidates, same day of the month; where that month has
    no such day, its last one.
    """
    months = norms["transfer_freeze"]["months_before_designation"]
    return months_later(designation, -months)[0]


def is_frozen(
    effective: date, designation: date, term_ends: date, norms: Norms, *, has_consent: bool
) -> bool:
    """Whether an order that takes effect on a day is stopped until the Minister consents."""
    inside = freeze_begins(designation, norms) <= effective <= term_ends
    return inside and not has_consent


def is_bound(kind: str, norms: Norms) -> bool:
    """Whether a placement of this kind is one the freeze stops; a daily stand-in is none."""
    return bool(norms["transfer_freeze"]["binds"][kind])
