"""Absence that was counted may lead to a proposal; a person decides."""

from __future__ import annotations

from abdi.integrity import actions
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.journal import Entry, reacts_to
from abdi.presence import events as presence


@reacts_to(presence.AbsenceCounted)
def propose_from_absence(event: presence.AbsenceCounted, *, cause: Entry) -> None:
    """Compare a year of absence with the table of the employment."""
    try:
        actions.propose_absence(
            event.person_id,
            by=SYSTEM,
            year=event.year,
            days=event.days,
            longest_run=event.longest_run,
            minutes=event.minutes,
            cause=cause,
        )
    except Conflict:
        return
