"""Which reports come in when: drawn from the mix, in the order of time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from abdi.people.demo import DemoCity, moment
from abdi.platform import clock
from abdi.reports.demo import mix

POINT: Final = (-7_200_000, 111_400_000)
"""A point nobody lives at, in millionths of a degree: the middle of the invented city."""
AREA_SIDE: Final = 11_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """One report to come: what, when."""

    received_at: datetime
    section: mix.Section
    code: str


@dataclass(frozen=True, slots=True)
class Area:
    """A kelurahan with the middle of it and how much it reports."""

    name: str
    lat_e6: int
    lng_e6: int
    weight: int


def areas(city: DemoCity) -> list[Area]:
    """The kelurahan on a grid around the point; some report more than others."""
    names = [
        unit.name.removeprefix("Kelurahan ")
        for unit in city.units.values()
        if unit.kind == "village"
    ]
    return [
        Area(
            name,
            POINT[0] + (n // 6 - 1) * AREA_SIDE,
            POINT[1] + (n % 6 - 3) * AREA_SIDE,
            (9, 4, 6, 3, 5, 7)[(n * 5) % 6],
        )
        for n, name in enumerate(names)
    ]


def draw(rng: random.Random, city: DemoCity) -> Iterator[Drawn]:
    """All reports of six months up to now, the oldest first."""
    now = clock.now()
    first = clock.today() - timedelta(days=mix.DAYS)
    days = [first + timedelta(days=n) for n in range(mix.DAYS + 1)]
    total = mix.REPORTS[city.size]
    whole = sum(kind.weight for section in mix.SECTIONS for kind in section.kinds)
    found: list[tuple[datetime, int, int]] = []
    kinds = [(section, kind) for section in mix.SECTIONS for kind in section.kinds]
    for number, (_section, kind) in enumerate(kinds):
        count = max(2, round(total * kind.weight / whole))
        found += [(at, number, n) for n, at in enumerate(_moments(rng, kind, days, count))]
    found.sort()
    for at, number, _n in found:
        if at <= now:
            section, kind = kinds[number]
            yield Drawn(at, section, kind.code)


def _moments(
    rng: random.Random, kind: mix.Kind, days: list[date], count: int
) -> Iterator[datetime]:
    weights = [kind.rain if mix.rains(day) else 1 for day in days]
    grown = [weight * (1000 + 3 * n) for n, weight in enumerate(weights)]
    chosen = rng.choices(days, cum_weights=list(accumulate(grown)), k=count)
    hours = rng.choices(range(24), cum_weights=list(accumulate(kind.hours)), k=count)
    for day, hour in zip(chosen, hours, strict=True):
        at = moment(day, hour, rng.randrange(60))
        yield at + timedelta(seconds=rng.randrange(60))
