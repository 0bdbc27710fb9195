"""Which levels people of the demo city hold: most what their post asks for, some less."""

from __future__ import annotations

import random

from abdi.competence.choices import Competency
from abdi.people.demo import DemoCity, Seat

SERVICE = (Competency.M_3, Competency.M_5)
UNDER_SKILLED = ("sampah", "pohon")
"""Sections whose people lack what their service needs: half of the story."""
CAPABLE = ("pju",)
"""The overloaded section is good at its work."""
COMMONLY_WEAK = (
    Competency.M_3,
    Competency.M_4,
    Competency.M_6,
    Competency.M_6,
    Competency.M_7,
    Competency.M_7,
    Competency.M_8,
)
WEAKEST_SHARE = 0.36
"""Share of people below what their post asks for, in the two weakest competencies of an agency."""
USUAL_SHARE = 0.012


class Shares:
    """How likely somebody of a unit lacks a competency."""

    def __init__(self, city: DemoCity) -> None:
        self.weak = {city.units[code].pk for code in UNDER_SKILLED}
        self.strong = {city.units[code].pk for code in CAPABLE}
        rng = city.chance("agencies")
        self.weakest = {
            unit.pk: rng.sample(list(COMMONLY_WEAK), 2)
            for unit in city.units.values()
            if unit.agency_id == unit.pk
        }

    def of(self, seat: Seat, competency: str) -> float:
        """Share of people in such a seat who lack this competency."""
        kind = Competency(competency)
        if seat.unit_id in self.weak:
            return 0.84 if kind in SERVICE else 0.5
        if seat.unit_id in self.strong:
            return 0.04
        return WEAKEST_SHARE if kind in self.weakest[seat.agency_id] else USUAL_SHARE


def level_of(rng: random.Random, required: int | None, lacking: float) -> int:
    """A level around what is required."""
    if required is None:
        return rng.choice((1, 2, 2, 3))
    roll = rng.random()
    if roll < lacking:
        less = 2 if required > 2 and roll < lacking * 0.12 else 1
        return max(1, required - less)
    return min(5, required + (1 if roll > 0.84 else 0))


def two_answers(rng: random.Random, level: int) -> tuple[int, int]:
    """What a person and his superior chose where this level came out: the superior's counts."""
    roll = rng.random()
    own = level + (1 if roll < 0.22 else -1 if roll > 0.94 else 0)
    return min(5, max(1, own)), level
