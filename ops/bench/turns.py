"""Taking turns: both sides run in blocks by turns, so a busy machine slows both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Microseconds of processor time and of the clock for one go, medians over the blocks."""

    cpu_us: float
    wall_us: float


def in_turns(
    sides: dict[str, Callable[[], object]], *, blocks: int = 9, goes: int = 40
) -> dict[str, Cost]:
    """Run each side `goes` times in turn, `blocks` times over; the first block warms up."""
    cpu: dict[str, list[float]] = {name: [] for name in sides}
    wall: dict[str, list[float]] = {name: [] for name in sides}
    for _block in range(blocks + 1):
        for name, act in sides.items():
            used, begun = time.process_time(), time.perf_counter()
            for _go in range(goes):
                act()
            cpu[name].append((time.process_time() - used) / goes * 1e6)
            wall[name].append((time.perf_counter() - begun) / goes * 1e6)
    return {
        name: Cost(statistics.median(cpu[name][1:]), statistics.median(wall[name][1:]))
        for name in sides
    }


def expect(holds: bool, what: object) -> None:
    """Stop where an answer is not what is being measured."""
    if not holds:
        raise RuntimeError(f"not what is measured: {what}")


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
