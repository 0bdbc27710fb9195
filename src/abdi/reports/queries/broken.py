"""Broken steps a head has not heard of yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from abdi.people import queries as people
from abdi.platform.notices.models import Notice
from abdi.reports.models import BrokenStep

if TYPE_CHECKING:
    from abdi.people.models import Unit

STALE: Final = timedelta(days=2)
"""So long a notice may come late, after the worker stood still."""


def hours_to_tell(at: datetime) -> list[tuple[Unit, datetime]]:
    """Units and full hours until which promises broke that no notice told of; three queries."""
    rows = BrokenStep.objects.filter(told_after__lte=at, told_after__gt=at - STALE)
    pairs = sorted(set(rows.values_list("told_unit_id", "told_after")))
    units = people.units().in_bulk({unit_id for unit_id, _until in pairs})
    found = [(units[key], until) for key, until in pairs if key in units and until is not None]
    keys = {digest_key(unit, until) for unit, until in found}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    return [(unit, until) for unit, until in found if digest_key(unit, until) not in known]


def digest_key(unit: Unit, until: datetime) -> str:
    """The key of a unit's notice for the hour that ended at `until`."""
    return f"broken-{unit.institution_id}-{unit.pk}-{until:%Y%m%d%H}"
