"""Finding the heading of a table and what each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import Final

from abdi.imports.choices import Field, Layout
from abdi.imports.rules.words import SINCE_OF, VOCABULARY, Meaning, heading_meaning, tokens

Cells = Sequence[object]
LINES_SEARCHED: Final = 60
MOST_HEADING_LINES: Final = 3
_VALUE = re.compile(r"\d{6}|\d[-/.]\d")
_COLUMN_NUMBER = re.compile(
    r"\(?\s*(\d{1,2})\s*[.)]?\s*[a-z]?\s*\)?(?:\s*=[\d\s()+x*/-]{1,20})?$", re.IGNORECASE
)
_KEYS: Final = {Field.NAME, Field.NUMBER}
_SIASN_WORDS: Final = 5
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_TICKED: Final = 95
_SEX_COLUMNS: Final = frozenset(
    {("L", "P"), ("LK", "PR"), ("PRIA", "WANITA"), ("LAKI-LAKI", "PEREMPUAN"), ("P", "W")}
)


@dataclass(frozen=True)
class Column:
    """One column of the table: where it stands, what its heading says, what it holds."""

    index: int
    heading: str
    fields: tuple[Field, ...]
    sure: int = 0
    offers: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Header:
    """The heading of a table; lines count from 0 and may be several."""

    first: int
    last: int
    columns: tuple[Column, ...]
    width: int

    @property
    def mapping(self) -> dict[Field, int]:
        """The column of each field that is told."""
        return {field: column.index for column in self.columns for field in column.fields}

    @property
    def points(self) -> int:
        """How many fields the heading tells."""
        return len(self.mapping)

    @property
    def weight(self) -> tuple[int, int]:
        """How much it looks like a heading: columns that tell something, then what they tell."""
        return len(set(self.mapping.values())), self.points


def text_of(cell: object) -> str:
    """A cell as one text; empty for nothing."""
    return "" if cell is None else str(cell).strip()


def own_heading(column: Column) -> str:
    """The lowest word above a column, without the wider ones, in capitals."""
    return " ".join(column.heading.rpartition(" / ")[2].upper().strip(" .").split())


def find_header(rows: Sequence[Cells]) -> Header | None:
    """The heading among the first lines of a sheet: the line that tells most; None where none does.

    It tells a name or an employee number and one thing more. A heading of two or three lines is
    known by words below a wider word, or by more words in the next line.
    """
    best: tuple[int, int] | None = None
    for at, row in enumerate(rows[:LINES_SEARCHED]):
        points = _points(row)
        if points and (best is None or points > best[0]):
            best = (points, at)
    if best is None:
        return None
    first = best[1]
    last = _last_line(rows, first)
    if first and last - first + 1 < MOST_HEADING_LINES and _is_wide_word_line(rows, first - 1):
        first -= 1
    return header_of(rows, first, last)


def header_from(rows: Sequence[Cells], first: int) -> Header:
    """The heading that begins in the line a person chose, with the lines that belong to it."""
    return header_of(rows, first, _last_line(rows, first))


def _last_line(rows: Sequence[Cells], first: int) -> int:
    last = first
    while last - first + 1 < MOST_HEADING_LINES and _continues(rows, first, last):
        last += 1
    return last


def header_of(rows: Sequence[Cells], first: int, last: int) -> Header:
    """The heading that stands in the lines `first` to `last`."""
    lines = [[text_of(cell) for cell in rows[at]] for at in range(first, last + 1)]
    width = max(map(len, lines))
    lines = [line + [""] * (width - len(line)) for line in lines]
    columns: list[Column] = []
    for index in range(width):
        heading, meaning = _of_column(lines, index)
        if meaning.is_since:
            meaning = _after(columns, meaning)
        columns.append(Column(index, heading, meaning.fields, meaning.sure, meaning.fields))
    return Header(first, last, tuple(_one_each(_ticked(columns))), width)


def is_column_numbers(row: Cells) -> bool:
    """A line that only counts the columns: 1 2 3 4, or (1) (2) (3)."""
    texts = [text for cell in row if (text := text_of(cell))]
    if len(texts) < MOST_HEADING_LINES:
        return False
    if len(texts) > MOST_HEADING_LINES and "".join(texts).lower() == _LETTERS[: len(texts)]:
        return True
    found = [_COLUMN_NUMBER.match(text) for text in texts]
    counted = [int(one[1]) for one in found if one]
    if len(counted) < len(texts):
        return False
    return counted == sorted(counted) and counted[0] <= 1 and counted[-1] <= len(row)


def layout_of(header: Header) -> Layout:
    """Which kind of list has this heading."""
    words = {" ".join(tokens(column.heading)) for column in header.columns}
    if {"ID ABDI", "NAMA UNOR"} <= words:
        return Layout.OTHER
    joined = " ".join(words)
    if {"PNS ID", "NIP BARU"} <= words or "UNOR ID" in words:
        return Layout.SIASN if len(words) > len(Field) else Layout.PPPK
    if "LATIHAN JABATAN" in joined or "MASA KERJA" in joined:
        return Layout.DUK
    if header.points > _SIASN_WORDS and Field.UNIT in header.mapping:
        return Layout.NOMINATIVE
    return Layout.OTHER


def source_key(headings: Sequence[str]) -> str:
    """What lists of one source have in common: their headings, capitals and spaces apart."""
    plain = "\n".join(" ".join(heading.split()).casefold() for heading in headings)
    return sha256(plain.encode()).hexdigest()


def with_mapping(header: Header, wanted: Mapping[Field, int]) -> Header:
    """The heading with columns chosen by a person: only what `wanted` names is read."""
    fields: dict[int, list[Field]] = {}
    for field, index in wanted.items():
        fields.setdefault(index, []).append(field)
    columns = (
        replace(column, fields=tuple(fields.get(column.index, ()))) for column in header.columns
    )
    return replace(header, columns=tuple(columns))


def _points(row: Cells) -> int:
    texts = [text_of(cell) for cell in row]
    told: set[Field] = set()
    for text in texts:
        told.update(heading_meaning(text).fields if text else ())
    return len(told) if told & _KEYS and len(told - {Field.LINE_NUMBER}) > 1 else 0


def _continues(rows: Sequence[Cells], first: int, last: int) -> bool:
    """Whether the next line still belongs to the heading."""
    if last + 1 >= len(rows):
        return False
    texts = [text_of(cell) for cell in rows[last + 1]]
    filled = [text for text in texts if text]
    if not filled or is_column_numbers(rows[last + 1]) or any(map(_VALUE.search, filled)):
        return False
    if [text for text in texts if text] == [text_of(cell) for cell in rows[first] if cell]:
        return False
    known = sum(set(tokens(text)) <= VOCABULARY for text in filled)
    return known * 2 > len(filled)


def _is_wide_word_line(rows: Sequence[Cells], at: int) -> bool:
    """Whether the line above the best one groups its columns: few words, wide, no sentence."""
    texts = [text_of(cell) for cell in rows[at]]
    filled = [text for text in texts if text]
    below = [text_of(cell) for cell in rows[at + 1]]
    over = sum(1 for index, text in enumerate(below) if text and index < len(texts))
    return (
        len(filled) > 1
        and over > len(filled)
        and not any(":" in text or any(map(str.isdigit, text)) for text in filled)
    )


def _of_column(lines: list[list[str]], index: int) -> tuple[str, Meaning]:
    """The heading of a column and what it says, wide words above it included."""
    texts = [line[index] for line in lines]
    own = [at for at, text in enumerate(texts) if text]
    if not own:
        return "", heading_meaning("")
    lowest = own[-1]
    above = " ".join(filter(None, (_above(lines, at, index) for at in range(lowest))))
    same = "\n".join(texts[at] for at in own)
    if len(own) > 1 and not any(_is_wide(lines, at, index) for at in own[:-1]):
        return " / ".join(texts[at] for at in own), heading_meaning(same)
    meaning = heading_meaning(texts[lowest], above)
    return f"{above} / {texts[lowest]}" if above else texts[lowest], meaning


def _above(lines: list[list[str]], at: int, index: int) -> str:
    """The wide word of a line that covers a column: its own cell or the last one before it."""
    line = lines[at]
    for back in range(min(index, len(line) - 1), -1, -1):
        if line[back]:
            return line[back] if back == index or _reaches(lines, at, back, index) else ""
    return ""


def _reaches(lines: list[list[str]], at: int, start: int, index: int) -> bool:
    """A wide word reaches as far as words stand below it without one of their own above."""
    below = lines[at + 1 :]
    if not below:
        return True
    return all(any(line[column] for line in below) for column in range(start, index + 1))


def _is_wide(lines: list[list[str]], at: int, index: int) -> bool:
    line, after = lines[at], index + 1
    if after >= len(line) or line[after]:
        return False
    return any(below[after] for below in lines[at + 1 :])


def _after(columns: list[Column], meaning: Meaning) -> Meaning:
    """A bare TMT tells since when what stands before it holds."""
    for column in reversed(columns):
        for field in reversed(column.fields):
            if field in SINCE_OF:
                return Meaning((SINCE_OF[field],), meaning.sure)
        if column.fields:
            break
    return Meaning((), 0)


def _ticked(columns: list[Column]) -> list[Column]:
    """Two columns side by side, L and P, in which one is ticked: the first tells the sex."""
    for one, other in pairwise(columns):
        if (own_heading(one), own_heading(other)) in _SEX_COLUMNS:
            columns[one.index] = replace(one, fields=(Field.SEX,), sure=_TICKED)
            columns[other.index] = replace(other, fields=())
    return columns


def _one_each(columns: list[Column]) -> list[Column]:
    """Each field is told by the surest of its columns; the first one wins a tie."""
    best: dict[Field, Column] = {}
    for column in columns:
        for field in column.fields:
            if field not in best or column.sure > best[field].sure:
                best[field] = column
    return [
        replace(column, fields=tuple(field for field in column.fields if best[field] is column))
        for column in columns
    ]
