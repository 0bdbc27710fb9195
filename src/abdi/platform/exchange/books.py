"""Workbooks read line by line: the child process stays and sends the rows it is asked for."""

from __future__ import annotations

import json
import os
import signal
import subprocess  # the reader of workbooks is a process of its own
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from abdi.platform.exchange import reading
from abdi.platform.exchange.problems import SENTENCES, BadFile
from abdi.platform.exchange.reading import Value


@dataclass(frozen=True)
class Limits:
    """What the process that reads may use."""

    cpu_seconds: int
    memory: int
    cells: int
    unpacked: int
    wall_seconds: int


UPLOAD: Final = Limits(10, 512 << 20, 3_000_000, 100_000_000, 30)
OPERATOR: Final = Limits(600, 1 << 30, 100_000_000, 4_000_000_000, 900)


@dataclass(frozen=True)
class SheetHead:
    """The first rows of a sheet and how many there are."""

    number: int
    name: str
    is_hidden: bool
    count: int
    rows: list[list[Value]]
    high_cells: list[tuple[int, int, int]]
    """Cells merged over several rows of one column: first row, last row, column, from 0."""


class Book:
    """An open workbook: heads of all sheets at once, rows of one sheet as a stream."""

    def __init__(self, kind: str, source: bytes | Path, limits: Limits) -> None:
        """Open and judge the file. Raises BadFile with a sentence, OSError where there is none."""
        with _as_file(source) as file:
            taken, self._commands = os.pipe()
            words = [limits.cpu_seconds, limits.memory, limits.cells, limits.unpacked, taken]
            self._child = subprocess.Popen(  # noqa: S603 - our own script, kind from a fixed set
                [sys.executable, "-I", str(reading.CHILD), kind, *map(str, words)],
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[taken],
                env=reading.bare_environment(),
            )
            os.close(taken)
        self._is_slow = False
        self._watch = Timer(limits.wall_seconds, self._stop)
        self._watch.daemon = True
        self._watch.start()
        try:
            self.sheets = self._heads()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def rows(self, sheet: SheetHead) -> Iterator[list[Value]]:
        """All rows of a sheet from its first line. Raises BadFile where the process gave up."""
        os.write(self._commands, b"%d\n" % sheet.number)
        while (batch := self._line()) is not None:
            for row in batch:
                yield [cell if type(cell) is not dict else reading.value_of(cell) for cell in row]

    def close(self) -> None:
        """End the process."""
        self._watch.cancel()
        with suppress(OSError):
            os.close(self._commands)
        self._commands = -1
        self._child.kill()
        if self._child.stdout:
            self._child.stdout.close()
        self._child.wait()

    def _heads(self) -> list[SheetHead]:
        said = self._line()
        if "refused" in said:
            code = str(said["refused"])
            raise BadFile(code if code in SENTENCES else "damaged")
        return [
            SheetHead(
                number,
                sheet["name"],
                sheet["hidden"],
                sheet["count"],
                [[reading.value_of(cell) for cell in row] for row in sheet["rows"]],
                [(top, bottom, column) for top, bottom, column in sheet["high"]],
            )
            for number, sheet in enumerate(said["sheets"])
        ]

    def _line(self) -> Any:
        line = self._child.stdout.readline() if self._child.stdout else b""
        if line.endswith(b"\n"):
            return json.loads(line)
        code = self._child.wait()
        if self._is_slow:
            raise BadFile("slow")
        if code < 0:
            raise BadFile(reading.ENDS.get(signal.Signals(-code), "damaged"))
        raise BadFile("memory")

    def _stop(self) -> None:
        self._is_slow = True
        self._child.kill()


def _as_file(source: bytes | Path) -> BinaryIO:
    if isinstance(source, Path):
        return source.open("rb")
    file: Any = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who asks
    file.write(source)
    file.seek(0)
    return file  # type: ignore[no-any-return]
