"""Drafts nobody finished are put away."""

from __future__ import annotations

from abdi.imports import actions, queries
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.jobs import job


@job("daily 02.20")
def drop_old_drafts() -> None:
    """Put drafts away that waited 90 days."""
    for draft in queries.expired_drafts(clock.today())[:100]:
        actions.drop_old_drafts([draft], by=SYSTEM)
