"""Keeping the figures fresh."""

from __future__ import annotations

from abdi.insight import actions, earlier
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.jobs import job


@job("every 30 minutes")
def refresh_figures() -> None:
    """Calculate all figures; the calculation runs outside the transaction that stores them."""
    end = clock.today()
    now, past, milliseconds = actions.calculate(end)
    actions.keep_figures(by=SYSTEM, end=end, now=now, past=past, milliseconds=milliseconds)
    for day in earlier.last_days(now):
        then, before, milliseconds = actions.calculate(day)
        places = earlier.places_only_in(then, now)
        actions.keep_figures(
            by=SYSTEM, end=day, now=then, past=before, milliseconds=milliseconds, places=places
        )
