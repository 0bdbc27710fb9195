"""Where lines come from: a workbook, a page, separated text, text that was pasted."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Protocol

from abdi.platform.exchange import LARGEST_UPLOAD, BadFile, stream_csv
from abdi.platform.exchange.books import OPERATOR, UPLOAD, Book, SheetHead
from abdi.platform.exchange.reading import kind_of
from abdi.platform.exchange.text_tables import bounded, encoding_of, rows_of, separator_of

Cells = list[object]
"""A line: texts, whole numbers, days; nothing is None. No fractions: those are texts."""

HEAD: Final = 400
SEPARATORS: Final = ";,\t|^~:"
_SAMPLE: Final = 65_536
_PEEKED: Final = 2
_START: Final = 4_096


@dataclass(frozen=True)
class Head:
    """A table the source offers: its name, its first lines, how many there are (0: unknown)."""

    name: str
    rows: list[Cells]
    is_hidden: bool = False
    count: int = 0
    key: Any = None
    high_cells: tuple[tuple[int, int, int], ...] = ()


class Source(Protocol):
    """A file or a text that holds one table or several."""

    kind: str

    def heads(self) -> list[Head]:
        """The first lines of each table."""

    def rows(self, head: Head) -> Iterator[Cells]:
        """All lines of one table, from its first."""

    def close(self) -> None:
        """Let go of files and processes."""


def open_source(source: Path | bytes | str, *, is_upload: bool | None = None) -> Source:
    """A source for a path, the bytes of an upload, or pasted text.

    Limits of uploads bind bytes and text, not an operator's file, unless `is_upload` says else.
    Raises BadFile with a sentence; OSError where a path cannot be opened.
    """
    limited = not isinstance(source, Path) if is_upload is None else is_upload
    if isinstance(source, str):
        return TextSource(source, "paste")
    if isinstance(source, bytes):
        size, start = len(source), source
    else:
        size, start = _measured(source)
    if not size:
        raise BadFile("empty")
    if limited and size > LARGEST_UPLOAD:
        raise BadFile("size")
    kind = kind_of(start)
    if kind != "csv":
        return BookSource(kind, source, limited=limited)
    if isinstance(source, Path):
        return FileSource(source)
    return TextSource(_decoded(source), "csv")


class BookSource:
    """A workbook or a page, read by a process of its own."""

    def __init__(self, kind: str, source: bytes | Path, *, limited: bool) -> None:
        self.kind = kind
        self.book = Book(kind, source, UPLOAD if limited else OPERATOR)

    def heads(self) -> list[Head]:
        """The first lines of each sheet."""
        return [
            Head(
                one.name,
                [plain(row) for row in one.rows],
                one.is_hidden,
                one.count,
                one,
                tuple(one.high_cells),
            )
            for one in self.book.sheets
        ]

    def rows(self, head: Head) -> Iterator[Cells]:
        """All lines of a sheet; a small one came whole with its head."""
        sheet: SheetHead = head.key
        if sheet.count <= len(sheet.rows):
            yield from head.rows
        else:
            yield from (plain(row) for row in self.book.rows(sheet))

    def close(self) -> None:
        """End the process."""
        self.book.close()


class TextSource:
    """Text in memory, of an upload or pasted."""

    def __init__(self, text: str, kind: str) -> None:
        if not text.strip():
            raise BadFile("empty")
        self.kind = kind
        self.text = text.removeprefix("\ufeff")

    def heads(self) -> list[Head]:
        """The first lines, split by each separator that may be meant, the likeliest first."""
        return [
            Head("", _head(self._split(separator)), key=separator)
            for separator in _separators(self.text[:_SAMPLE])
        ]

    def rows(self, head: Head) -> Iterator[Cells]:
        """All lines, bounded."""
        yield from (_texts(row) for row in bounded(self._split(head.key)))

    def close(self) -> None:
        """Nothing is held open."""

    def _split(self, separator: str) -> Iterator[list[str]]:
        return unwrapped(rows_of(io.StringIO(self.text, newline=""), separator), separator)


class FileSource:
    """A file of text of any size, a line at a time."""

    kind = "csv"

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.encoding = encoding_of(iter(lambda: file.read(1 << 20), b""))

    def heads(self) -> list[Head]:
        """The first lines, split by each separator that may be meant, the likeliest first."""
        try:
            with self.path.open(encoding=self.encoding, newline="") as text:
                sample = text.read(_SAMPLE)
        except UnicodeDecodeError as error:
            raise BadFile("encoding") from error
        return [
            Head("", _head(self._split(separator)), key=separator)
            for separator in _separators(sample)
        ]

    def rows(self, head: Head) -> Iterator[Cells]:
        """All lines."""
        yield from (_texts(row) for row in self._split(head.key))

    def close(self) -> None:
        """Nothing is held open."""

    def _split(self, separator: str) -> Iterator[list[str]]:
        rows = stream_csv(self.path, encoding=self.encoding, separator=separator)
        return unwrapped(rows, separator)


def unwrapped(rows: Iterator[list[str]], separator: str) -> Iterator[list[str]]:
    """Rows of a text in which each line stands in quotation marks as one cell, parted again.

    Spreadsheets of another country save lists so that they opened unparted. Other rows stay.
    """
    first = list(islice(rows, _PEEKED))
    seen = [row for row in first if row]
    if not seen or any(len(row) > 1 or separator not in row[0] for row in seen):
        return chain(first, rows)
    return (
        next(rows_of([row[0]], separator)) if len(row) == 1 and row[0] else row
        for row in chain(first, rows)
    )


def plain(row: Iterable[object]) -> Cells:
    """A line of a workbook: times and fractions as text, days as days, true and false as words.

    Whole numbers of more than 15 digits come as fractions: their text is scientific, so that
    nobody takes the digits that are left for the number that was typed.
    """
    return [cell if type(cell) is str or cell is None else _plain(cell) for cell in row]


def _plain(cell: object) -> object:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return f"{cell:.10E}" if abs(cell) >= 10**15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, int | date) else str(cell)


def _texts(row: list[str]) -> Cells:
    return [cell or None for cell in row] if "" in row else row  # type: ignore[return-value]


def _head(rows: Iterator[list[str]]) -> list[Cells]:
    head: list[Cells] = []
    try:
        for row in islice(rows, HEAD):
            head.append(_texts(row))
    except BadFile as problem:
        if problem.code != "wide":
            raise
    return head


def _separators(sample: str) -> list[str]:
    likely = separator_of(sample)
    return [likely, *(one for one in SEPARATORS if one != likely and one in sample)]


def _measured(path: Path) -> tuple[int, bytes]:
    with path.open("rb") as file:
        return path.stat().st_size, file.read(_START)


def _decoded(data: bytes) -> str:
    try:
        return data.decode(encoding_of([data]))
    except UnicodeDecodeError as error:
        raise BadFile("encoding") from error
