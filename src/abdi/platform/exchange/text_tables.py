"""Separated text: which letters, which separator, how many cells."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from abdi.platform.exchange.problems import BadFile

SEPARATORS: Final = ",;\t|"
LONGEST_CELL: Final = 32_767
"""Characters a cell may hold, as in Excel."""
MOST_CELLS: Final = 3_000_000
MOST_ROWS: Final = 300_000
_SAMPLE: Final = 65_536
_SAMPLE_LINES: Final = 30

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(chunks: Iterable[bytes]) -> str:
    """The encoding of a text: by its mark, else UTF-8, UTF-16 by its zeros, or Windows-1252.

    Reads all of `chunks`. Raises BadFile where none fits.
    """
    checks = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "cp1252")}
    head = b""
    for chunk in chunks:
        if not head:
            head = chunk[:_SAMPLE]
            marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
            if marked := marked or _zeros(head):
                return marked
        _strike_out(checks, chunk)
    if "utf-8" in checks and _ends_whole(checks["utf-8"]):
        return "utf-8"
    if "cp1252" in checks:
        return "cp1252"
    raise BadFile("encoding")


def _strike_out(checks: dict[str, codecs.IncrementalDecoder], chunk: bytes) -> None:
    """Drop the encodings a chunk cannot be; plain ASCII between whole signs fits them all."""
    if chunk.isascii() and not any(check.getstate()[0] for check in checks.values()):
        return
    for name in list(checks):
        try:
            checks[name].decode(chunk)
        except UnicodeDecodeError:
            del checks[name]


def separator_of(sample: str) -> str:
    """The separator among comma, semicolon, tab and bar that gives the most even columns."""
    lines = _lines(sample)
    best, best_score = ",", (0, 0)
    for separator in SEPARATORS:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        if counts:
            columns, even = max(counts.items(), key=lambda item: (item[1], item[0]))
            best, best_score = max((best, best_score), (separator, (even, columns)), key=_score)
    return best


def rows_of(text: Iterable[str], separator: str) -> Iterator[list[str]]:
    """The rows of separated text. Raises BadFile with the line for cells that are too long."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_without_nul(text), delimiter=separator, skipinitialspace=True)
    try:
        yield from reader
    except csv.Error as error:
        raise BadFile("wide", reader.line_num) from error
    except UnicodeDecodeError as error:
        raise BadFile("encoding", reader.line_num + 1) from error


def _without_nul(text: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(text, 1):
        if "\x00" in line:
            raise BadFile("nul", number)
        yield line


def bounded(rows: Iterable[list[str]]) -> list[list[str]]:
    """All rows, as long as they are few enough to be kept in memory."""
    kept: list[list[str]] = []
    cells = 0
    for row in rows:
        cells += len(row)
        kept.append(row)
        if cells > MOST_CELLS or len(kept) > MOST_ROWS:
            raise BadFile("cells")
    return kept


def _score(choice: tuple[str, tuple[int, int]]) -> tuple[int, int]:
    return choice[1]


def _zeros(head: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of plain text is zero."""
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.4:
        return "utf-16-le"
    if half and head[0::2].count(0) > half * 0.4:
        return "utf-16-be"
    return ""


def _ends_whole(decoder: codecs.IncrementalDecoder) -> bool:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(sample: str) -> list[str]:
    """The first lines with everything in quotation marks taken out."""
    outside = "".join(part for n, part in enumerate(sample.split('"')) if n % 2 == 0)
    return [line for line in outside.splitlines() if line.strip(" ")][:_SAMPLE_LINES]
