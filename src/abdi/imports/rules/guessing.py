"""What a column holds, told by its cells where its heading says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from abdi.imports.choices import Field
from abdi.imports.rules.cells import is_empty
from abdi.imports.rules.days import day_of
from abdi.imports.rules.headings import Column, Header, text_of
from abdi.imports.rules.persons import sex_of
from abdi.imports.rules.ranks import RANKS, rank_of
from abdi.imports.rules.staff_numbers import Births, read_number

Rows = Sequence[Sequence[object]]
_ENOUGH: Final = 60
_HUNDRED: Final = 100
_LEAST: Final = 2
_NAME_WORDS: Final = 2


def refine(header: Header, rows: Rows, today: date) -> Header:
    """The heading with empty columns passed over and silent ones told by what stands below."""
    columns = list(header.columns)
    filled = {column.index for column in columns if any(_cells(rows, column.index))}
    taken = {field: column for column in columns for field in column.fields}
    for field, column in taken.items():
        if column.index in filled:
            continue
        others = [
            one for one in columns if field in one.offers and one.index in filled and not one.fields
        ]
        if others:
            best = max(others, key=lambda one: one.sure)
            columns[column.index] = replace(column, fields=())
            columns[best.index] = replace(best, fields=(field,))
    known = {field for column in columns for field in column.fields}
    for field, holds in _tests(rows, today).items():
        if field not in known:
            at = _most_alike(columns, rows, holds)
            if at is not None:
                columns[at] = replace(columns[at], fields=(field,))
    return replace(header, columns=tuple(columns))


def headless(rows: Rows, today: date) -> Header | None:
    """A table without a heading, known by its employee numbers; None where there are none."""
    width = max(map(len, rows), default=0)
    bare = Header(-1, -1, tuple(Column(index, "", ()) for index in range(width)), width)
    header = refine(bare, rows, today)
    if Field.NUMBER not in header.mapping:
        return None
    names = [column for column in header.columns if not column.fields]
    at = _most_alike(names, rows, _looks_like_name)
    if at is None:
        return None
    columns = list(header.columns)
    columns[at] = replace(columns[at], fields=(Field.NAME,))
    return replace(header, columns=tuple(columns))


def _tests(rows: Rows, today: date) -> dict[Field, Callable[[object], bool]]:
    births = Births(today)
    told = {
        number.birth
        for row in rows
        for cell in row
        if not is_empty(cell) and (number := read_number(text_of(cell), births)).digits
    }
    return {
        Field.NUMBER: lambda cell: read_number(text_of(cell), births).digits is not None,
        Field.RANK: lambda cell: "/" in text_of(cell) and rank_of(text_of(cell)) in RANKS,
        Field.SEX: lambda cell: not text_of(cell).isdigit() and sex_of(text_of(cell)) is not None,
        Field.BIRTH_ON: lambda cell: day_of(cell) in told,
    }


def _most_alike(
    columns: Iterable[Column], rows: Rows, holds: Callable[[object], bool]
) -> int | None:
    for column in columns:
        if column.fields or column.sure:
            continue
        cells = list(_cells(rows, column.index))
        alike = sum(1 for cell in cells if holds(cell))
        if alike >= _LEAST and alike * _HUNDRED >= _ENOUGH * len(cells):
            return column.index
    return None


def _cells(rows: Rows, at: int) -> Iterable[object]:
    return (row[at] for row in rows if at < len(row) and not is_empty(row[at]))


def _looks_like_name(cell: object) -> bool:
    words = text_of(cell).split()
    return len(words) >= _NAME_WORDS and not any(map(str.isdigit, text_of(cell)))
