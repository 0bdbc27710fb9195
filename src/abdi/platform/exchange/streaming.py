"""Large files of the operator, on the command line: one row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from abdi.platform.exchange.problems import BadFile
from abdi.platform.exchange.text_tables import encoding_of, rows_of, separator_of

_CHUNK: Final = 1 << 20
_SAMPLE: Final = 65_536


def stream_csv(
    path: Path, *, encoding: str | None = None, separator: str | None = None
) -> Iterator[list[str]]:
    """The rows of a CSV file of any size, headings first; memory stays small.

    Encoding and separator are found out where they are not given. Raises BadFile, with the line
    where there is one, for text that cannot be read; OSError where the file cannot be opened.
    """
    if path.stat().st_size == 0:
        raise BadFile("empty")
    encoding = encoding or encoding_of(_chunks(path))
    with path.open(encoding=encoding, newline="") as text:
        try:
            separator = separator or separator_of(text.read(_SAMPLE))
        except UnicodeDecodeError as error:
            raise BadFile("encoding") from error
        text.seek(0)
        yield from rows_of(text, separator)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
