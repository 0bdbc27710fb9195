"""Drafts nobody finished are put away."""

from __future__ import annotations

from abdi.imports import actions, carrying, queries
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.jobs import job, pulse
from abdi.platform.tenancy import within


@job("daily 02.20")
def drop_old_drafts() -> None:
    """Put drafts away that waited 90 days."""
    for draft in queries.expired_drafts(clock.today())[:100]:
        actions.drop_old_drafts([draft], by=SYSTEM)


@pulse(1)
def apply_long_lists() -> int:
    """Apply the lists that were asked for, in every institution; returns how many."""
    count = 0
    for institution_id, order_id in queries.due_orders(clock.now()):
        with within(institution_id):
            count += carrying.carry_out(queries.order(order_id))
    return count
