"""Where things lie on a roster, a heat map, or a map of hexagons: pure arithmetic for classes.

A week has 336 half hours; `at-12 for-16` is from 06.00 of the first day for eight hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

SLOT_MINUTES: Final = 30
WEEK_SLOTS: Final = 336
HEX_WIDTH: Final = 84
HEX_STEP: Final = 72
HEAT_STEPS: Final = (0, 1_000, 2_000, 3_000)


def slot_class(start: datetime, end: datetime, first: datetime, slots: int = WEEK_SLOTS) -> str:
    """The classes that place a turn on the grid whose first half hour begins at `first`.

    A turn that sticks out is cut at the edges; one that lies outside gives an empty string.
    """
    begin = max(_slot(start, first), 0)
    finish = min(_slot(end, first, up=True), slots)
    return f"at-{begin} for-{finish - begin}" if finish > begin else ""


def _slot(moment: datetime, first: datetime, *, up: bool = False) -> int:
    minutes = int((moment - first).total_seconds() // 60)
    return -(-minutes // SLOT_MINUTES) if up else minutes // SLOT_MINUTES


def now_share(now: datetime, first: datetime, slots: int = WEEK_SLOTS) -> str:
    """Where the line of now stands, as a length (`41.3%`); empty outside the grid."""
    minutes = (now - first).total_seconds() / 60
    whole = slots * SLOT_MINUTES
    return f"{round(100 * minutes / whole, 2):g}%" if 0 <= minutes < whole else ""


def heat_step(part: int, whole: int) -> int:
    """0 to 4: how strong a cell of a heat map is, by its share of the people in its row."""
    if part <= 0 or whole <= 0:
        return 0
    share = part * 10_000 // whole
    return 1 + sum(share > step for step in HEAT_STEPS[1:])


@dataclass(frozen=True)
class Hex:
    """One place on a map of hexagons."""

    points: str
    x: int
    y: int


def hexes(places: Sequence[tuple[int, int]]) -> list[Hex]:
    """Hexagons for (column, row); odd rows stand half a step to the right."""
    half, quarter, rise = HEX_WIDTH // 2, 24, 48
    made = []
    for column, row in places:
        x = half + column * HEX_WIDTH + (half if row % 2 else 0)
        y = rise + row * HEX_STEP
        corners = [
            (x, y + rise - 2), (x + half - 2, y + quarter - 1), (x + half - 2, y - quarter + 1),
            (x, y - rise + 2), (x - half + 2, y - quarter + 1), (x - half + 2, y + quarter - 1),
        ]  # fmt: skip
        made.append(Hex(" ".join(f"{a},{b}" for a, b in corners), x, y))
    return made


def hex_box(places: Sequence[tuple[int, int]]) -> str:
    """The viewBox around those hexagons."""
    columns = max((column for column, _ in places), default=0) + 1
    rows = max((row for _, row in places), default=0) + 1
    shifted = HEX_WIDTH // 2 if any(row % 2 for _, row in places) else 0
    return f"0 0 {columns * HEX_WIDTH + shifted} {(rows - 1) * HEX_STEP + 96}"
