"""Opening a staff list: which sheet, which heading, which columns; then its persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from abdi.imports.choices import Field, Layout, Line
from abdi.imports.reading.sources import Cells, Head, Source, open_source
from abdi.imports.rules.cells import DAYS
from abdi.imports.rules.checks import Checker, Issue, Row
from abdi.imports.rules.days import is_month_first
from abdi.imports.rules.guessing import are_men_p, headless, refine
from abdi.imports.rules.headings import (
    Header,
    find_header,
    header_from,
    layout_of,
    source_key,
    with_mapping,
)
from abdi.imports.rules.joining import filled_down, joined
from abdi.platform import clock
from abdi.platform.text import BadInput

SHOWN: Final = 20
_SAMPLES = re.compile(r"contoh|format|templat|petunjuk|panduan|referensi|example", re.IGNORECASE)
BOOKS: Final = (".xlsx", ".xls", ".ods")


class Unreadable(BadInput):
    """A file that opened and holds no staff list; the message is a sentence."""


@dataclass
class Reading:
    """A staff list that was opened. Iterating gives its persons, once, as they are read.

    `header_row` counts from 1 as the program does that made the file; 0 where there is no heading.
    `other_lists` are sheets that hold people too and are not read.
    `issues` and `skipped` are complete when the iteration has ended. Rows are read while the file
    is open: use it as a context, or call `close`.
    """

    name: str
    kind: str
    sheet: str
    other_sheets: list[str]
    other_lists: list[str]
    header: Header
    preview: list[Cells]
    source: Source
    head: Head
    today: date
    issues: list[Issue] = field(default_factory=list)
    skipped: list[tuple[int, Line]] = field(default_factory=list)
    count: int = 0

    @property
    def header_row(self) -> int:
        """The first line of the heading, from 1."""
        return self.header.first + 1

    @property
    def mapping(self) -> dict[Field, int]:
        """The column (from 0) of each field."""
        return self.header.mapping

    @property
    def headings(self) -> list[str]:
        """The words above each column."""
        return [column.heading for column in self.header.columns]

    @property
    def layout(self) -> Layout:
        """Which kind of list this is."""
        return layout_of(self.header)

    @property
    def source_key(self) -> str:
        """What this list has in common with others of its source."""
        return source_key(self.headings)

    def choose(self, mapping: Mapping[Field, int]) -> None:
        """Read by these columns instead of the guessed ones."""
        self.header = with_mapping(self.header, mapping)

    def __iter__(self) -> Iterator[Row]:
        """Each person with values and issues. Raises BadFile where the file breaks midway."""
        below = self.head.rows[self.header.last + 1 :]
        checker = Checker(
            self.header,
            today=self.today,
            month_first=self._month_first(),
            p_is_man=are_men_p(self.header, below),
        )
        self.skipped = checker.skipped
        for row in checker.rows(self._lines()):
            self.issues += row.issues
            self.count += 1
            yield row

    def lines(self) -> Iterator[Sequence[object]]:
        """Each line below the heading as it stands, whatever it is."""
        return (cells for _line, cells in self._lines())

    def close(self) -> None:
        """Let go of the file."""
        self.source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _lines(self) -> Iterator[tuple[int, Sequence[object]]]:
        below = self.header.last + 1
        lines = islice(enumerate(self.source.rows(self.head), 1), below, None)
        high = [one for one in self.head.high_cells if one[0] >= below]
        return joined(filled_down(lines, high) if high else lines, self.header)

    def _month_first(self) -> frozenset[int]:
        """The columns of days that write the month first; what does not show follows the others."""
        rows = self.head.rows[self.header.last + 1 :]
        days = {
            column.index: [row[column.index] for row in rows if column.index < len(row)]
            for column in self.header.columns
            if DAYS.intersection(column.fields)
        }
        told = {at: is_month_first(cells) for at, cells in days.items()}
        others = True in told.values() and False not in told.values()
        return frozenset(
            at
            for at, first in told.items()
            if first or (first is None and others and any("/" in str(day) for day in days[at]))
        )


def read(
    source: Path | bytes | str,
    name: str = "",
    *,
    sheet: str = "",
    line: int = 0,
    is_upload: bool | None = None,
    today: date | None = None,
) -> Reading:
    """Open a staff list: a path, the bytes of an upload, or pasted text.

    `sheet` and `line` (from 1) say where the heading is; without them it is looked for.

    Raises BadFile or Unreadable with a sentence, OSError where a path cannot be opened. Never call
    this inside a transaction.
    """
    today = today or clock.today()
    opened = open_source(source, is_upload=is_upload)
    try:
        heads = opened.heads()
        head, header = _at_line(heads, sheet, line) if line else _best(heads, sheet, today)
    except BaseException as problem:
        opened.close()
        if getattr(problem, "code", "") == "no_heading" and _is_no_book(source, name, opened.kind):
            raise Unreadable(_no_book(name, source), "no_book") from problem
        raise
    below = head.rows[header.last + 1 :]
    return Reading(
        name=name or (source.name if isinstance(source, Path) else ""),
        kind=opened.kind,
        sheet=head.name,
        other_sheets=[one.name for one in heads if one.name and one is not head],
        other_lists=[one.name for one in heads if one is not head and _is_list(one)],
        header=refine(header, below, today) if header.first >= 0 else header,
        preview=below[:SHOWN],
        source=opened,
        head=head,
        today=today,
    )


def _best(heads: list[Head], sheet: str, today: date) -> tuple[Head, Header]:
    """The table that looks most like a staff list, shown sheets before hidden ones."""
    wanted = _named(heads, sheet)
    found: list[tuple[tuple[Any, ...], Head, Header]] = []
    for order, head in enumerate(wanted):
        header = find_header(head.rows)
        if header:
            lines = min(max(head.count, len(head.rows)) - header.last - 1, SHOWN)
            found.append(
                (
                    (not head.is_hidden, *_worth(head, lines), *header.weight, lines, -order),
                    head,
                    header,
                )
            )
    if found:
        __, head, header = max(found, key=lambda one: one[0])
        return head, header
    for head in wanted:
        if bare := headless(head.rows, today):
            return head, bare
    raise Unreadable(_no_heading(wanted), "no_heading")


def _worth(head: Head, lines: int) -> tuple[bool, bool]:
    """A table with people before an empty one, and before one that calls itself a sample."""
    return lines > 0, not _SAMPLES.search(head.name)


def _is_list(head: Head) -> bool:
    """Whether a sheet that is shown holds people too, so that nobody thinks it came along."""
    if not head.name or head.is_hidden or _SAMPLES.search(head.name):
        return False
    header = find_header(head.rows)
    return header is not None and max(head.count, len(head.rows)) > header.last + 1


def _at_line(heads: list[Head], sheet: str, line: int) -> tuple[Head, Header]:
    """The table with the heading in this line; where several could be meant, what tells most."""
    wanted = [head for head in _named(heads, sheet) if len(head.rows) >= line]
    if not wanted:
        raise Unreadable(_("There is no row %(line)d in this sheet.") % {"line": line}, "line")
    found = [(header_from(head.rows, line - 1), head) for head in wanted]
    header, head = max(found, key=lambda one: (one[0].points, not one[1].is_hidden))
    return head, header


def _named(heads: list[Head], sheet: str) -> list[Head]:
    wanted = [head for head in heads if not sheet or head.name == sheet]
    if not wanted:
        raise Unreadable(_("There is no sheet %(sheet)s in this file.") % {"sheet": sheet}, "sheet")
    return wanted


def _named_as(source: Path | bytes | str, name: str) -> str:
    return Path(name or (source.name if isinstance(source, Path) else "")).suffix.lower()


def _is_no_book(source: Path | bytes | str, name: str, kind: str) -> bool:
    """Whether a file has the name of a workbook and holds plain text."""
    return _named_as(source, name) in BOOKS and kind == "csv"


def _no_book(name: str, source: Path | bytes | str) -> str:
    return _("This is no Excel file, though its name ends in %(ending)s.") % {
        "ending": _named_as(source, name)
    }


def _no_heading(heads: list[Head]) -> str:
    sheets = ", ".join(head.name for head in heads if head.name)
    if sheets:
        return _(
            "No heading was found (%(sheets)s). A row with NIP or NAMA and more is needed."
        ) % {"sheets": sheets}
    return _("No heading was found. A row with NIP or NAMA and more is needed.")
