"""Counts of people without small groups.

A published table is a grid of counts with its totals. `publish_cells` hides each count of 1 to
k-1 and then as many others as it takes until no adding and subtracting of what is left gives a
group of 1 to k-1 people.

How that is checked: put invisible noise into the hidden cells, that is numbers chosen at random so
that every published total stays as it is. A sum of hidden cells that the noise does not move is
fixed by the published figures, so a reader can work it out. All such sums of up to four cells are
looked for (a group below five people has no more cells than that).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Final

ALL: Final = "*"
"""Stands in a key for "all values of this dimension together"."""

Key = tuple[Hashable, ...]
_PRIME: Final = 2**61 - 1
_LARGEST_SUM: Final = 4


@dataclass(frozen=True)
class Published:
    """What may be shown."""

    counts: Mapping[Key, int]
    hidden: frozenset[Key]

    def count(self, *key: Hashable) -> int | None:
        """The count of a cell or total (`ALL` in its place), None where it stays hidden.

        A cell nobody is in counts 0. Figures of a hidden cell, averages too, stay hidden with it.
        """
        return None if key in self.hidden else self.counts.get(key, 0)

    def shows(self, *key: Hashable) -> bool:
        """Whether figures of this cell or total may be shown."""
        return key not in self.hidden


def publish_cells(
    cells: Mapping[Hashable, int] | Mapping[Key, int],
    *,
    smallest: int = 5,
    totals: Iterable[Iterable[int]] | None = None,
) -> Published:
    """Decide which counts and totals of a table may be shown.

    `cells`: number of people by key, a tuple with one value for each dimension (a plain value
    for a table of one). `totals`: which totals are shown, each as the dimensions it keeps, for
    example `[(0,), ()]`; all by default. Every total of these people shown anywhere must come
    from the same call. Above `smallest` 5, sums of five and more hidden cells are not looked for.
    Raises ValueError for negative counts or keys of different length.
    """
    table = _Table(_as_keys(cells), smallest, totals)
    for key in list(table.members):
        if 0 < table.count(key) < smallest:
            table.hide(key)
    while found := table.disclosed():
        table.cover(found)
    return Published({key: table.count(key) for key in table.shown()}, frozenset(table.hidden))


class _Table:
    """The people of each cell and total, and what is hidden so far."""

    def __init__(
        self, atoms: dict[Key, int], smallest: int, totals: Iterable[Iterable[int]] | None
    ) -> None:
        self.atoms = atoms
        self.smallest = smallest
        self.hidden: set[Key] = set()
        self.members: dict[Key, list[Key]] = {}
        width = len(next(iter(atoms), ()))
        kept = [set(range(width))] + (
            [set(part) for size in range(width) for part in combinations(range(width), size)]
            if totals is None
            else [set(part) for part in totals]
        )
        for atom in atoms:
            for dims in kept:
                key = tuple(atom[i] if i in dims else ALL for i in range(width))
                self.members.setdefault(key, []).append(atom)

    def count(self, key: Key) -> int:
        return sum(self.atoms[atom] for atom in self.members[key])

    def shown(self) -> list[Key]:
        return [key for key in self.members if key not in self.hidden]

    def hide(self, key: Key) -> None:
        self.hidden.add(key)

    def open_atoms(self) -> set[Key]:
        return {key for key in self.atoms if key not in self.hidden or not self.atoms[key]}

    def disclosed(self) -> list[Key]:
        """Hidden cells whose sum, 1 to smallest-1 people, the shown figures give away."""
        clear = self.open_atoms()
        unknown = [key for key in self.atoms if key not in clear]
        rows = [
            [atom for atom in self.members[key] if atom not in clear]
            for key in self.shown()
            if key not in self.atoms
        ]
        noise = _invisible_noise(unknown, [row for row in rows if row])
        small = [key for key in unknown if self.atoms[key] < self.smallest]
        for size in range(1, min(_LARGEST_SUM, self.smallest - 1) + 1):
            for group in _unmoved(small, noise, size):
                if sum(self.atoms[key] for key in group) < self.smallest:
                    return list(group)
        return []

    def cover(self, group: list[Key]) -> None:
        """Hide one more figure that helps to give `group` away, the smallest that does."""
        near = [
            key
            for key in self.shown()
            if key not in self.atoms and any(atom in group for atom in self.members[key])
        ]
        clear = self.open_atoms()
        choices = {
            atom for key in near for atom in self.members[key] if atom in clear and self.atoms[atom]
        }
        if choices:
            self.hide(min(choices, key=lambda key: (self.atoms[key], str(key))))
        else:
            self.hide(min(near, key=lambda key: (self.count(key), str(key))))


def _as_keys(cells: Mapping[Hashable, int] | Mapping[Key, int]) -> dict[Key, int]:
    atoms = {key if isinstance(key, tuple) else (key,): count for key, count in cells.items()}
    if any(count < 0 for count in atoms.values()):
        raise ValueError("a group cannot have fewer than no people")
    if len({len(key) for key in atoms}) > 1:
        raise ValueError("all keys of a table need the same number of parts")
    return atoms


def _invisible_noise(unknown: list[Key], rows: list[list[Key]]) -> dict[Key, int]:
    """Random numbers for the hidden cells that leave the sum of each row at 0 (modulo a prime)."""
    chance = Random(0)  # noqa: S311 - the same table must be published the same way each time
    place = {key: n for n, key in enumerate(unknown)}
    solved: dict[int, dict[int, int]] = {}
    for row in rows:
        line = {place[key]: 1 for key in row}
        for pivot, known in solved.items():
            _subtract(line, known, line.get(pivot, 0))
        if line:
            first = min(line)
            scale = pow(line[first], -1, _PRIME)
            line = {column: value * scale % _PRIME for column, value in line.items()}
            for other in solved.values():
                _subtract(other, line, other.get(first, 0))
            solved[first] = line
    noise = [0 if n in solved else chance.randrange(1, _PRIME) for n in range(len(unknown))]
    for pivot, line in solved.items():
        rest = sum(value * noise[column] for column, value in line.items() if column != pivot)
        noise[pivot] = -rest % _PRIME
    return {key: noise[n] for key, n in place.items()}


def _subtract(line: dict[int, int], other: dict[int, int], times: int) -> None:
    if not times:
        return
    for column, value in other.items():
        left = (line.get(column, 0) - times * value) % _PRIME
        if left:
            line[column] = left
        else:
            line.pop(column, None)


def _unmoved(keys: list[Key], noise: dict[Key, int], size: int) -> Iterable[tuple[Key, ...]]:
    """Groups of `size` keys whose noise adds up to nothing."""
    half = size // 2
    sums: dict[int, list[tuple[Key, ...]]] = {}
    for part in combinations(keys, half):
        sums.setdefault(sum(noise[key] for key in part) % _PRIME, []).append(part)
    for part in combinations(keys, size - half):
        wanted = -sum(noise[key] for key in part) % _PRIME
        for other in sums.get(wanted, ()):
            if not set(part) & set(other):
                yield part + other
