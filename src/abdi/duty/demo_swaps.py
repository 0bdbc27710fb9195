"""Two open swaps of the demo city: one both agreed on, and one who looks for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from abdi.duty import actions, queries
from abdi.duty.models import Shift
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM

AHEAD: Final = timedelta(hours=8)
TRIED: Final = 12


def build(unit_ids: Sequence[int]) -> None:
    """An exchange that waits for the commander, then a turn offered to all who fit."""
    agreed = _exchange(unit_ids)
    for shift in _turns(unit_ids):
        if shift.person_id not in agreed and queries.fits_of(shift).takers:
            actions.ask_swap(shift, by=SYSTEM)
            return


def _exchange(unit_ids: Sequence[int]) -> set[int]:
    """The two who agreed on an exchange; nobody where none is possible."""
    for shift in _turns(unit_ids):
        for fit in queries.fits_of(shift).exchanges:
            if fit.wanted is not None and fit.wanted.starts_at > clock.now() + AHEAD:
                taker = people.persons().get(pk=fit.person_id)
                swap = actions.ask_swap(shift, by=SYSTEM, taker=taker, wanted=fit.wanted)
                actions.agree_to_swap(swap, by=SYSTEM)
                return {shift.person_id, taker.pk}
    return set()


def _turns(unit_ids: Sequence[int]) -> Iterator[Shift]:
    """Turns in force that begin soon, the first unit's first."""
    for unit_id in unit_ids:
        rows = Shift.objects.in_force().filter(
            roster__unit_id=unit_id, starts_at__gt=clock.now() + AHEAD
        )
        yield from rows.select_related("person", "turn", "roster__unit").order_by("starts_at")[
            :TRIED
        ]
