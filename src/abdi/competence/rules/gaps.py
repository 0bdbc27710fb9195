"""Levels, what is missing to the standard, and when two answers need a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from abdi.competence.choices import Source
from abdi.platform.formulas import Between, at_least, band, formula, halves_up, when

Level = Annotated[int, Between(0, 5)]
People = Annotated[int, Between(0, 10**9)]

TALK_FROM: Final = 2
"""Answers this many levels apart are talked over instead of counted."""
FORMULA_VERSION: Final = "competence.level/1"


@formula
def missing_levels(required: Level, held: Level) -> int:
    """Levels a person lacks to the standard; more than required counts as nothing missing."""
    missing: int = at_least(required - held, 0)
    return missing


@formula
def heat_step(below: People, people: People) -> int:
    """Colour step 0 to 4 of the share below standard, by whole percent.

    0 nobody, 1 under 15, 2 up to 25, 3 up to 35, 4 above.
    """
    percent = halves_up(below * 100, at_least(people, 1))
    step = band(percent, (36, 4), (26, 3), (15, 2), otherwise=1)
    found: int = when(below == 0, 0, step)
    return found


def needs_talk(own: int, superior: int) -> bool:
    """Whether two answers lie so far apart that people should talk, not count."""
    return abs(own - superior) >= TALK_FROM


@dataclass(frozen=True)
class Agreed:
    """A level and what it rests on."""

    level: int
    source: Source


def agreed_level(own: int, superior: int, talked: int | None) -> Agreed | None:
    """The level two answers give; None while they must be talked over first.

    Equal answers agree. One level apart: what the superior observed counts, since own answers
    carry no weight in the facts' default weights. Further apart: only what a talk agreed on.
    """
    if talked is not None:
        return Agreed(talked, Source.TALK)
    if own == superior:
        return Agreed(own, Source.AGREED)
    if needs_talk(own, superior):
        return None
    return Agreed(superior, Source.SUPERIOR)


def required_level(own: Mapping[str, int], default: int | None, competency: str) -> int | None:
    """What a position asks for: its own standard, else the default of its tier, else nothing."""
    return own.get(competency, default)
