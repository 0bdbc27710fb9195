"""Points on the map in millionths of a degree: distance, box, cell. Whole numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import Final

_CM_PER_E6: Final = 11_132
"""A millionth of a degree of latitude is 11.132 cm; here in thousandths of a centimetre."""
CELL_E6: Final = 2_500
"""Side of a cell in millionths of a degree: about 278 m."""


@dataclass(frozen=True)
class Box:
    """The square around a point."""

    south: int
    north: int
    west: int
    east: int


def cosine_permyriad(lat_e6: int) -> int:
    """Cosine of a latitude in ten-thousandths, by the approximation of Bhaskara (0.2 %)."""
    degrees = lat_e6 * lat_e6 // 10**12
    return 10_000 * (32_400 - 4 * degrees) // (32_400 + degrees)


def metres_between(lat1_e6: int, lng1_e6: int, lat2_e6: int, lng2_e6: int) -> int:
    """Metres between two near points, rounded down."""
    north = (lat2_e6 - lat1_e6) * _CM_PER_E6
    east = (lng2_e6 - lng1_e6) * _CM_PER_E6 * cosine_permyriad((lat1_e6 + lat2_e6) // 2) // 10_000
    return isqrt(north * north + east * east) // 100_000


def box_around(lat_e6: int, lng_e6: int, metres: int) -> Box:
    """The square whose sides are this many metres away from the point."""
    high = metres * 100_000 // _CM_PER_E6 + 1
    wide = high * 10_000 // max(cosine_permyriad(lat_e6), 100) + 1
    return Box(lat_e6 - high, lat_e6 + high, lng_e6 - wide, lng_e6 + wide)


def cell_of(lat_e6: int | None, lng_e6: int | None) -> str:
    """Name of the map cell of a point; empty without one."""
    if lat_e6 is None or lng_e6 is None:
        return ""
    return f"{lat_e6 // CELL_E6}:{lng_e6 // CELL_E6}"
