"""Reading uploaded tables: judged by what they are, not by their name."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess  # the reader of workbooks is a process of its own
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO, Final

from abdi.platform.exchange.problems import SENTENCES, BadFile
from abdi.platform.exchange.text_tables import bounded, encoding_of, rows_of, separator_of

KINDS: Final = frozenset({"xlsx", "xls", "ods", "csv", "html", "xml"})
LARGEST_UPLOAD: Final = 10_000_000
WALL_SECONDS: Final = 30
CHILD: Final = Path(__file__).with_name("child.py")
ENDS: Final = {
    signal.SIGXCPU: "slow",
    signal.SIGKILL: "slow",
    signal.SIGXFSZ: "cells",
    signal.SIGABRT: "memory",
    signal.SIGSEGV: "damaged",
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_BINARIES: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ", b"Rar!")
_PAGE = re.compile(r"<(?:!--|!doctype html|[a-z][a-z0-9]{0,9}[\s>:])")
_XML_BOOK: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_JSON = re.compile(r"(?:\[\s*)?\{\s*\"|\[\s*[\[\"]")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

Value = str | int | float | bool | date | datetime | time | None
"""What a cell can hold. Whole numbers of more than 15 digits are floats: Excel has lost their last
digits, so a staff number that was not stored as text must be refused by the reader of the rows."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: all its rows, headings too, as they stand there."""

    name: str
    rows: list[list[Value]]
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """What a file held."""

    kind: str
    sheets: tuple[Sheet, ...]

    @property
    def first(self) -> Sheet:
        """The first sheet that shows and has rows, else the first one."""
        seen = (sheet for sheet in self.sheets if sheet.rows and not sheet.hidden)
        return next(seen, self.sheets[0])


def read_table(upload: bytes | BinaryIO, kinds: Collection[str] = KINDS) -> Table:
    """Read an uploaded table of at most 10 MB into plain values.

    `kinds` are those taken here, of KINDS. Raises BadFile with a sentence. Workbooks are read in a
    child process with 10 s of CPU and 512 MB. Never call this inside a transaction.
    """
    data = upload if isinstance(upload, bytes) else upload.read(LARGEST_UPLOAD + 1)
    if not data:
        raise BadFile("empty")
    if len(data) > LARGEST_UPLOAD:
        raise BadFile("size")
    kind = kind_of(data)
    if kind not in kinds:
        raise BadFile("wanted")
    if kind == "csv":
        return Table(kind, (Sheet("", _text_rows(data)),))
    return Table(kind, tuple(_read_in_child(kind, data)))


def kind_of(data: bytes) -> str:
    """The kind of a file by its first bytes. Raises BadFile for kinds nobody reads."""
    if data.startswith(b"PK\x03\x04"):
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "xlsx"
    if data.startswith(_OLE):
        return "xls"
    if data.startswith((b"PK", *_OTHER_BINARIES)):
        raise BadFile("kind")
    return _kind_of_text(_start_of(data))


def _start_of(data: bytes) -> str:
    """The first words of a text in small letters, whatever its encoding."""
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "latin-1"))
    start = data[len(mark) : 4096].decode(encoding, "replace")
    return start.lstrip().lower()


def _kind_of_text(start: str) -> str:
    if start.startswith("<?xml"):
        if _XML_BOOK in start:
            return "xml"
        if "<html" not in start:
            raise BadFile("kind")
        return "html"
    if _JSON.match(start):
        raise BadFile("kind")
    return "html" if _PAGE.match(start) else "csv"


def _text_rows(data: bytes) -> list[list[Value]]:
    encoding = encoding_of([data])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadFile("encoding") from error
    rows = bounded(rows_of(io.StringIO(text, newline=""), separator_of(text[:65_536])))
    return [[cell if cell else None for cell in row] for row in rows]


def _read_in_child(kind: str, data: bytes) -> list[Sheet]:
    with tempfile.TemporaryFile() as answer:
        command = [sys.executable, "-I", str(CHILD), kind]
        try:
            ended = subprocess.run(  # noqa: S603 - our own script, no shell, kind from a fixed set
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS,
                env=bare_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BadFile("slow") from error
        answer.seek(0)
        return _sheets(ended.returncode, answer)


def bare_environment() -> dict[str, str]:
    """What the child needs of our environment, and no secret of it."""
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}


def _sheets(code: int, answer: BinaryIO) -> list[Sheet]:
    if code < 0:
        raise BadFile(ENDS.get(signal.Signals(-code), "damaged"))
    if code > 0:
        raise BadFile("memory")
    said: dict[str, Any] = json.load(answer)
    if "refused" in said:
        refused = str(said["refused"])
        raise BadFile(refused if refused in SENTENCES else "damaged")
    return [
        Sheet(
            sheet["name"],
            [[value_of(cell) for cell in row] for row in sheet["rows"]],
            sheet["hidden"],
        )
        for sheet in said["sheets"]
    ]


def value_of(cell: Any) -> Value:
    """A cell as the child wrote it."""
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    [(kind, content)] = cell.items()
    if kind == "moment":
        return datetime.fromisoformat(content)
    if kind == "day":
        return date.fromisoformat(content)
    if kind == "time":
        return time.fromisoformat(content)
    return int(content)
