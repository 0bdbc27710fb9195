"""What a column holds, told by its cells where its heading says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from abdi.imports.choices import Field
from abdi.imports.rules.cells import is_empty
from abdi.imports.rules.days import day_of
from abdi.imports.rules.headings import Column, Header, text_of
from abdi.imports.rules.persons import sex_of
from abdi.imports.rules.ranks import RANKS, rank_of
from abdi.imports.rules.staff_numbers import LENGTH, Births, read_number
from abdi.imports.rules.words import tokens

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
    tests = _tests(rows, today)
    columns = _parted(columns, rows, tests)
    known = {field for column in columns for field in column.fields}
    for field, holds in tests.items():
        if field not in known:
            at = _most_alike(columns, rows, holds)
            if at is not None:
                columns[at] = replace(columns[at], fields=(field,))
    return replace(header, columns=tuple(columns))


def _parted(
    columns: list[Column], rows: Rows, tests: Mapping[Field, Callable[[object], bool]]
) -> list[Column]:
    """A heading of two facts over two columns: the second column tells the second fact."""
    days = {Field.BIRTH_ON, Field.RANK_SINCE, Field.POSITION_SINCE}
    for one, other in pairwise(columns):
        if len(one.fields) != _LEAST or other.heading or other.fields:
            continue
        first, second = one.fields
        holds = _is_day if second in days else tests.get(second)
        if holds and _most_alike([other], rows, holds) is not None:
            columns[one.index] = replace(one, fields=(first,))
            columns[other.index] = replace(other, fields=(second,))
    return columns


def _is_day(cell: object) -> bool:
    return day_of(cell) is not None


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


def are_men_p(header: Header, rows: Rows) -> frozenset[int]:
    """The columns in which P is short for pria: W stands beside it there, and never L."""
    found = set()
    for column in header.columns:
        if Field.SEX not in column.fields:
            continue
        told = {text_of(cell).upper().strip(" .") for cell in _cells(rows, column.index)}
        words = set(tokens(column.heading))
        says = {"W", "WANITA"}
        if not {"L", "LK"} & (told | words) and says & (told | words):
            found.add(column.index)
    return frozenset(found)


def _tests(rows: Rows, today: date) -> dict[Field, Callable[[object], bool]]:
    births = Births(today)
    told = {
        number.birth
        for row in rows
        for cell in row
        if len(text := text_of(cell)) >= LENGTH and (number := read_number(text, births)).digits
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
