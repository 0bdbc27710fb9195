"""What performance does by itself."""

from __future__ import annotations

from abdi.performance import actions, queries
from abdi.platform import clock
from abdi.platform.actions import SYSTEM
from abdi.platform.jobs import job


@job("daily 01.00")
def open_quarters() -> None:
    """The quarters of this year and the last exist, so that there is always one to evaluate."""
    year = clock.today().year
    for wanted in (year - 1, year):
        if not queries.has_periods(wanted):
            actions.open_periods(wanted, by=SYSTEM)
