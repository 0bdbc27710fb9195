"""When somebody's access ends: by the account, by leaving, by the last post."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final


def last_day_of_posts(ends: Sequence[date | None]) -> date | None:
    """The last day of somebody's posts; None where one has no end, or where he never had any.

    Who never had a post (an operator, a guest teacher) is bounded by his account alone.
    """
    days = [end for end in ends if end is not None]
    return max(days) if days and len(days) == len(ends) else None


def last_day(*limits: date | None) -> date | None:
    """The earliest of the limits that are set: the last day of access, that day included."""
    days = [day for day in limits if day is not None]
    return min(days) if days else None


def factor_owed(held: Iterable[str], asking: Collection[str], *, has_factor: bool) -> str:
    """The first of the roles held that asks for a second factor; empty where one is there."""
    return "" if has_factor else next((role for role in held if role in asking), "")


DERIVED_ROLES: Final = ("citizen", "employee", "superior")
"""Roles nobody gives: they follow from being here and from the organisation of the day."""
CITY_ROLES: Final = frozenset(
    {
        "personnel_office", "organisation_office", "appointing_authority", "assessment_team",
        "inspectorate", "executive", "auditor", "integrity_officer", "sysadmin",
    }
)  # fmt: skip
"""Roles that reach beyond an agency: who gives roles in one agency only does not give these."""
