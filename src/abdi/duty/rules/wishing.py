"""Wishes: which cannot stand beside another, which a roster meets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from abdi.duty.choices import WishKind
from abdi.duty.rules.planning import Pairs, Place, Planning, Wish

WHOLE_DAY: Final = ""


@dataclass(frozen=True)
class Wishing:
    """What somebody wishes for a day: the whole of it, or the turn with a letter."""

    kind: WishKind
    letter: str = WHOLE_DAY


def cannot_both_stand(one: Wishing, other: Wishing) -> bool:
    """Whether two wishes of a person for one day contradict each other.

    To be free the whole day speaks against any wish for duty; of a single turn, only against the
    wish for the same one.
    """
    if one.kind == other.kind:
        return False
    free = one if one.kind == WishKind.OFF else other
    return free.letter == WHOLE_DAY or one.letter == other.letter


def wishes_at(planning: Planning, place: Place, person_id: int) -> list[Wish]:
    """What a person wishes about a place."""
    return [
        one
        for one in planning.wishes
        if one.person_id == person_id and one.start < place.end and place.start < one.end
    ]


def wishes_met(planning: Planning, chosen: Pairs) -> tuple[int, int]:
    """How many wishes a roster meets, and how many there are.

    A wish to be free is met where none of the person's turns touches it, one for duty where any
    does.
    """
    place = planning.place
    met = 0
    for wish in planning.wishes:
        stands = any(
            wish in wishes_at(planning, place[key], person_id)
            for key, person_id in chosen
            if person_id == wish.person_id
        )
        met += stands == wish.wants_duty
    return met, len(planning.wishes)
