"""What duty does about what was announced: a swap follows its turn."""

from __future__ import annotations

from abdi.duty import actions, queries
from abdi.duty.choices import LapseCause
from abdi.duty.events import ShiftRemoved
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, reacts_to


@reacts_to(ShiftRemoved)
def lapse_swaps_of_removed(event: ShiftRemoved, *, cause: Entry) -> None:
    """The swaps of a turn somebody was taken off end at once; those of others stay."""
    for swap in queries.swaps_of_removed(event.person_id):
        actions.lapse_swap(swap, by=SYSTEM, cause=LapseCause.MOVED)
