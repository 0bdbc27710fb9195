"""Rows of a long table: the template of a row is run once, its cells are put in for each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from markupsafe import Markup, escape

_MARK: Final = re.compile("\x1a([0-9]+)\x1a")
_BETWEEN: Final = "\x1f"
_MOST_MADE: Final = 256


def filled(
    row: Callable[..., Markup],
    rows: Sequence[tuple[Any, ...]] | Rows,
    made: Callable[..., Markup] | None = None,
) -> Markup:
    """`row(cell, cell, …)` for each of `rows`, every cell escaped.

    The macro `row` may only place its cells, not look at them: it sees marks. A cell that is a
    tuple is shown by the macro `made`, once for all rows that hold the same tuple.
    """
    if isinstance(rows, Rows):
        return rows.placed(row, made)
    if not rows:
        return Markup("")
    return Markup(Pattern(row, len(rows[0]), made).fill(rows))  # noqa: S704 - cells are escaped


class Pattern:
    """The text of one row with places for its cells."""

    def __init__(
        self, row: Callable[..., Markup], width: int, made: Callable[..., Markup] | None
    ) -> None:
        pieces = _MARK.split(row(*map(_mark, range(width))))
        self.text = "%s".join(piece.replace("%", "%%") for piece in pieces[::2])
        self.places = [int(number) for number in pieces[1::2]]
        self.made = made and lru_cache(maxsize=_MOST_MADE)(lambda cell: str(made(*cell)))

    def fill(self, rows: Sequence[tuple[Any, ...]]) -> str:
        """The rows as text, their cells escaped. Raises ValueError for rows of unequal length."""
        columns = [self._safe(cells) for cells in zip(*rows, strict=True)]
        placed = zip(*[columns[place] for place in self.places], strict=True)
        return (self.text * len(rows)) % tuple(chain.from_iterable(placed))

    def _safe(self, cells: Sequence[Any]) -> list[str]:
        """A column as safe text; plain texts are escaped all together, which costs a tenth."""
        if {*map(type, cells)} == {str}:
            safe = str(escape(_BETWEEN.join(cells))).split(_BETWEEN)
            if len(safe) == len(cells):  # no cell holds the sign that keeps them apart
                return safe
        return [self._one(cell) for cell in cells]

    def _one(self, cell: Any) -> str:
        if self.made is None or not isinstance(cell, tuple):
            return str(escape(cell))
        return self.made(cell)


class Rows:
    """Stands for rows that come later, in a page whose other parts are kept."""

    def __init__(self, width: int, mark: Markup) -> None:
        self.width = width
        self.mark = mark
        self.pattern: Pattern | None = None

    def placed(self, row: Callable[..., Markup], made: Callable[..., Markup] | None) -> Markup:
        """The mark to put rows in for; raises RuntimeError where a page shows them twice."""
        if self.pattern is not None:
            raise RuntimeError("a kept page shows its rows once")
        self.pattern = Pattern(row, self.width, made)
        return self.mark


def _mark(place: int) -> Markup:
    return Markup(f"\x1a{place}\x1a")  # noqa: S704 - a mark of ours
