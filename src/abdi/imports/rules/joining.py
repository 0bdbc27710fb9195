"""Facts that a list spreads over cells or lines, put together before they are read."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from abdi.imports.choices import Field
from abdi.imports.rules.cells import is_empty
from abdi.imports.rules.days import FOUND
from abdi.imports.rules.headings import Header, own_heading, text_of
from abdi.imports.rules.persons import MEN, WOMEN
from abdi.imports.rules.staff_numbers import tidy_number
from abdi.imports.rules.words import tokens

Lines = Iterator[tuple[int, Sequence[object]]]
_GROUP = re.compile(r"(?:gol\.?\s*)?(IV|I{1,3}|[1-4])", re.IGNORECASE)
_PLACE = re.compile(r"[A-E]", re.IGNORECASE)
_LEAST_DIGITS: Final = 15
_MOST_LINES: Final = 3
_POST_KINDS: Final = frozenset({"STRUKTURAL", "FUNGSIONAL", "PELAKSANA", "TERTENTU", "UMUM"})


class Pair(NamedTuple):
    """Two columns that tell one fact together; it is read from the first."""

    field: Field
    first: int
    second: int


def pairs_of(header: Header) -> tuple[Pair, ...]:
    """Columns of a heading that belong together: L beside P, GOL beside RUANG."""
    found = [
        Pair(field, header.mapping[field], other.index)
        for other in header.columns
        for field in other.offers
        if len(other.offers) == 1 and not other.fields and _stands_in(field, own_heading(other))
        if field in header.mapping
    ]
    for one, other in pairwise(header.columns):
        if other.fields:
            continue
        words = own_heading(other)
        if Field.SEX in one.fields and own_heading(one) in MEN and words in WOMEN:
            found.append(Pair(Field.SEX, one.index, other.index))
        elif Field.RANK in one.fields and tokens(words) == ("RUANG",):
            found.append(Pair(Field.RANK, one.index, other.index))
    return tuple(found)


def _stands_in(field: Field, heading: str) -> bool:
    """Whether a second column of a field is filled where the first is not: NIP or NI PPPK."""
    return field is Field.NUMBER or (
        field is Field.POSITION and bool(_POST_KINDS & set(tokens(heading)))
    )


def joined(lines: Lines, header: Header) -> Lines:
    """Lines as they were meant: pairs of columns as one, a person of two lines on one.

    Lines come as they are where the heading shows none of this.
    """
    if pairs := pairs_of(header):
        lines = _paired(lines, pairs)
    both = header.mapping.get(Field.NAME, -1)
    if both >= 0 and header.mapping.get(Field.NUMBER, both) == both:
        lines = _unstacked(lines, both, header.mapping.get(Field.LINE_NUMBER, -1))
    return lines


def _paired(lines: Lines, pairs: Iterable[Pair]) -> Lines:
    for number, cells in lines:
        whole = list(cells)
        for pair in pairs:
            if pair.second < len(cells):
                whole[pair.first] = _fact(pair, text_of(cells[pair.first]), cells[pair.second])
        yield number, whole


def _fact(pair: Pair, first: str, other: object) -> str | None:
    second = text_of(other)
    if pair.field in (Field.NUMBER, Field.POSITION):
        return second or None if is_empty(first) else first
    if pair.field is Field.RANK:
        if (group := _GROUP.fullmatch(first)) and _PLACE.fullmatch(second):
            return f"{group[1]}/{second}"
        return first or None
    ticked = (not is_empty(first), not is_empty(second))
    if ticked == (True, False):
        return "L"
    return "P" if ticked == (False, True) else first or None


def _unstacked(lines: Lines, at: int, counted_at: int) -> Lines:
    """Each person on one line where the number, and the birth, stand in lines of their own below.

    The first line has a name and, where lines are counted, a count; those below have none.
    """
    waiting: tuple[int, Sequence[object]] | None = None
    height = 0
    for number, cells in lines:
        if waiting and height < _MOST_LINES and _is_below(cells, at, counted_at):
            waiting = (waiting[0], _over(waiting[1], cells))
            height += 1
            continue
        if waiting:
            yield waiting
            waiting = None
        text = _text_at(cells, at)
        is_counted = counted_at < 0 or bool(_text_at(cells, counted_at))
        if text and is_counted and not any(map(str.isdigit, text)):
            waiting, height = (number, cells), 1
        else:
            yield number, cells
    if waiting:
        yield waiting


def _is_below(cells: Sequence[object], at: int, counted_at: int) -> bool:
    text = _text_at(cells, at)
    if counted_at >= 0 and _text_at(cells, counted_at):
        return False
    digits = tidy_number(text)
    is_number = digits.isdigit() and len(digits) >= _LEAST_DIGITS
    return is_number or bool(FOUND.search(text))


def _over(upper: Sequence[object], lower: Sequence[object]) -> list[object]:
    width = max(len(upper), len(lower))
    return [
        "\n".join(filter(None, (_text_at(upper, at), _text_at(lower, at)))) or None
        for at in range(width)
    ]


def _text_at(cells: Sequence[object], at: int) -> str:
    return "" if at >= len(cells) or is_empty(cells[at]) else text_of(cells[at])


def filled_down(lines: Lines, high_cells: Sequence[tuple[int, int, int]]) -> Lines:
    """Lines in which a cell merged over several rows stands in each of them, as people see it."""
    waiting = deque(sorted(high_cells))
    open_cells: list[tuple[int, int, object]] = []
    for line, cells in lines:
        at = line - 1
        open_cells = [one for one in open_cells if one[0] >= at]
        yield line, _filled(cells, open_cells)
        while waiting and waiting[0][0] <= at:
            top, bottom, column = waiting.popleft()
            if top == at and column < len(cells):
                open_cells.append((bottom, column, cells[column]))


def _filled(
    cells: Sequence[object], open_cells: Sequence[tuple[int, int, object]]
) -> Sequence[object]:
    if not open_cells or all(cell is None for cell in cells):
        return cells
    filled = list(cells)
    for __, column, value in open_cells:
        filled += [None] * (column + 1 - len(filled))
        if filled[column] is None:
            filled[column] = value
    return filled
