"""A promise about the institution's figures: each still has its place in the program."""

from __future__ import annotations

from abdi.platform import clock
from abdi.platform.checks import reconciliation
from abdi.platform.norms import fits
from abdi.platform.norms.leaves import packaged
from abdi.platform.norms.records import DatedNorm


@reconciliation
def norms_without_a_place() -> int:
    """Figures in force or planned whose place a new release of the program no longer has."""
    today = clock.today()
    rows = [row for row in DatedNorm.objects.filter(is_void=False) if row.counts]
    return sum(not _has_place(row) for row in rows if row.until is None or row.until >= today)


def _has_place(row: DatedNorm) -> bool:
    name, *rest = row.steps
    try:
        found = packaged(row.module, name, row.since)
    except ModuleNotFoundError:
        return False
    return found is not None and fits(found.value, rest)
