"""Rows of a long table: the template of a row is run once, its cells are put in for each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
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
        places = [int(number) for number in pieces[1::2]]
        self.text = "%s".join(piece.replace("%", "%%") for piece in pieces[::2])
        self.width = width
        self.pick = None if places == [*range(width)] else itemgetter(*places)
        self.made = made and lru_cache(maxsize=_MOST_MADE)(lambda cell: str(made(*cell)))

    def fill(self, rows: Sequence[tuple[Any, ...]]) -> str:
        """The rows as text, their cells escaped."""
        cells = self._escaped([cell for line in rows for cell in line])
        if self.pick is None:
            return (self.text * len(rows)) % tuple(cells)
        starts = range(0, len(cells), self.width)
        return "".join([self.text % self.pick(cells[n : n + self.width]) for n in starts])

    def _escaped(self, cells: Sequence[Any]) -> list[str]:
        """The cells as safe text: plain ones are escaped all together, which costs a tenth."""
        plain = [cell for cell in cells if type(cell) is str]
        safe = str(escape(_BETWEEN.join(plain))).split(_BETWEEN)
        if len(safe) != len(plain):  # a cell holds the sign that keeps them apart, or there is none
            safe = [str(escape(cell)) for cell in plain]
        if len(plain) == len(cells):
            return safe
        following = iter(safe).__next__
        return [following() if type(cell) is str else self._one(cell) for cell in cells]

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
