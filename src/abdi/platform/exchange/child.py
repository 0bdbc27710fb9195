"""The process that opens a workbook of a stranger: little time, little memory, no network needed.

Started by `reading` as a script of its own, so it imports nothing of the product. The file comes on
standard input; the answer is one JSON object on standard output, `{"sheets": …}` or
`{"refused": code}`. With more words it stays and streams (see `books`): first the head of each
sheet, then, for each number of a sheet that it is sent, its rows, some hundred a line.
"""

from __future__ import annotations

import io
import json
import math
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TextIO

CPU_SECONDS = 10
MEMORY = 512 * 1024 * 1024
ANSWER = 128 * 1024 * 1024
MOST_PARTS = 500
MOST_UNPACKED = 100_000_000
LARGEST_RATIO = 100
RATIO_FROM = 1_000_000
MOST_CELLS = 3_000_000
EXACT_DIGITS = 10**15
CHUNK = 1 << 20
HEAD_ROWS = 400
BATCH = 500
MOST_MERGES = 20_000
WIDEST = 1000
BREAK = "\ue000"

MACRO_PARTS = re.compile(r"vbaproject|macrosheets/|^basic/|^scripts/|activex/", re.IGNORECASE)
LINK_PARTS = re.compile(
    r"externallinks/|^xl/connections\.xml$|querytables/|^xl/model/|embeddings/", re.IGNORECASE
)
OUTSIDE = re.compile(rb"<[\w:]*Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
ODS_LINKS = re.compile(rb"<table:(table-source|dde-link|cell-range-source)\b|<office:dde-source\b")


class Refused(Exception):
    """The file is refused; the argument is the code of the sentence."""


def limit(seconds: int = CPU_SECONDS, memory: int = MEMORY) -> None:
    """Give up time and memory before the file is touched."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER, ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def check_package(data: bytes) -> None:
    """Judge the zip around a workbook. Raises Refused."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error
    parts = [part for part in package.infolist() if not part.is_dir()]
    names = {part.filename for part in parts}
    for code, wrong in (
        ("parts", len(parts) > MOST_PARTS),
        ("damaged", len(names) != len(parts)),
        ("encrypted", any(part.flag_bits & 1 for part in parts)),
        ("macros", any(MACRO_PARTS.search(name) for name in names)),
        ("links", any(LINK_PARTS.search(name) for name in names)),
    ):
        if wrong:
            raise Refused(code)
    unpack(package, parts)
    if not {"xl/workbook.xml", "content.xml"} & names:
        raise Refused("kind")


def unpack(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack all parts to see how large they really are. Raises Refused."""
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")
    left = MOST_UNPACKED
    for part in parts:
        size = check_part(package, part, left)
        left -= size
        if size > RATIO_FROM and size > LARGEST_RATIO * max(part.compress_size, 1):
            raise Refused("bomb")


def check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack one part to see how large it really is and what it asks for; returns its size."""
    size = 0
    tail = b""
    try:
        with package.open(part) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > left:
                    raise Refused("bomb")
                check_content(part.filename.lower(), tail + chunk)
                tail = chunk[-4096:]
    except Refused:
        raise
    except Exception as error:
        raise Refused("damaged") from error
    return size


def check_content(name: str, content: bytes) -> None:
    """Look for macros, links and passwords in the parts that would name them."""
    if name.endswith(".rels"):
        if any(not HYPERLINK.search(found) for found in OUTSIDE.findall(content)):
            raise Refused("links")
    elif name == "[content_types].xml":
        if b"macroEnabled" in content:
            raise Refused("macros")
    elif name == "meta-inf/manifest.xml":
        if b"encryption-data" in content:
            raise Refused("encrypted")
    elif name == "content.xml" and ODS_LINKS.search(content):
        raise Refused("links")


def check_compound(data: bytes) -> None:
    """Judge the old container of Excel 97 by the names of its streams. Raises Refused."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("encrypted")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refused("macros")


def plain(value: Any) -> Any:
    """A cell as JSON: whole floats as ints while they are exact, times as marked text."""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"minutes": int(value.total_seconds() // 60)}
    return None if value == "" else value


def number(value: float) -> Any:
    """A number: whole ones as ints while exact, and none that JSON does not know."""
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < EXACT_DIGITS else value


def read_workbook(data: bytes) -> list[dict[str, Any]]:
    """All sheets with their rows. Raises Refused."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refused("encrypted") from error
    sheets = []
    left = MOST_CELLS
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        last_row, last_column = sheet.end or (-1, -1)
        left -= (last_row + 1) * (last_column + 1)
        if left < 0:
            raise Refused("cells")
        hidden = about.visible != SheetVisibleEnum.Visible
        sheets.append({"name": about.name, "hidden": hidden, "rows": Rows(sheet)})
    return sheets


def high_cells(sheet: Any) -> list[tuple[int, int, int]]:
    """Cells merged over several rows of one column: first row, last row, column."""
    ranges = sheet.merged_cell_ranges or []
    found = ((top, bottom, left) for (top, left), (bottom, right) in ranges if left == right)
    return sorted(one for one in found if one[0] < one[1])[:MOST_MERGES]


class Rows:
    """The rows of a sheet from its first line on, made plain as they are asked for."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator[list[Any]]:
        """Each row as JSON values; lines above the first filled one are empty rows.

        The reader gives those lines itself, but not the empty columns on the left.
        """
        _first_row, first_column = self.sheet.start or (0, 0)
        left = [None] * first_column
        for row in self.sheet.iter_rows():
            yield left + [cell if cell and type(cell) is str else plain(cell) for cell in row]

    def __len__(self) -> int:
        return int((self.sheet.end or (-1, -1))[0]) + 1


def read_html(data: bytes) -> list[dict[str, Any]]:
    """The tables of a page, as some programs export them under the name .xls."""
    from lxml import html

    page: Any = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    for line_break in page.iter("br"):
        line_break.tail = BREAK + (line_break.tail or "")
    sheets = []
    for number, table in enumerate(page.iter("table"), 1):
        rows = spread(
            [cell_of(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")
        )
        sheets.append({"name": str(number), "hidden": False, "rows": rows})
    if not sheets:
        raise Refused("kind")
    return sheets


def cell_of(cell: Any) -> tuple[str | None, int, int]:
    """A cell of a page: its text, and how many columns and rows it covers."""
    wide, high = (span(cell.get(name)) for name in ("colspan", "rowspan"))
    return words(cell.itertext()) or None, wide, high


def span(told: str | None) -> int:
    """How many cells a cell covers; nonsense counts as one."""
    return (
        int(told) if told and told.isascii() and told.isdigit() and 0 < int(told) <= WIDEST else 1
    )


def spread(rows: Iterable[list[tuple[str | None, int, int]]]) -> list[list[str | None]]:
    """Cells put where a reader sees them: a wide or high cell leaves the others it covers empty."""
    covered: dict[int, int] = {}
    table = []
    for cells in rows:
        line: list[str | None] = []
        for text, wide, high in cells:
            while covered.get(len(line), 0):
                line.append(None)
            for column in range(len(line), len(line) + wide):
                covered[column] = high
            line += [text, *[None] * (wide - 1)]
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        table.append(line)
    return table


def words(texts: Any) -> str:
    """Texts with single spaces; only a line break of the page itself begins a new line."""
    lines = "".join(map(str, texts)).split(BREAK)
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def answer(kind: str, data: bytes) -> dict[str, Any]:
    """The sheets of the file, or why it is refused."""
    return listed(opened(kind, data))


def listed(said: dict[str, Any]) -> dict[str, Any]:
    """An answer with all its rows."""
    try:
        for sheet in said.get("sheets", ()):
            sheet["rows"] = list(sheet["rows"])
    except MemoryError:
        return {"refused": "memory"}
    return said


def opened(kind: str, data: bytes) -> dict[str, Any]:
    """The sheets of the file with rows still to be fetched, or why it is refused."""
    try:
        if kind == "html":
            return {"sheets": read_html(data)}
        if kind == "xls":
            check_compound(data)
        else:
            check_package(data)
        return {"sheets": read_workbook(data)}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "memory"}
    except BaseException:  # the reader's own panics are not Exceptions
        return {"refused": "damaged"}


def stream(kind: str, commands: TextIO) -> None:
    """Say the head of each sheet, then the rows of each sheet that is asked for by its number."""
    said = opened(kind, sys.stdin.buffer.read())
    sheets = said.get("sheets", [])
    heads = [
        {
            "name": sheet["name"],
            "hidden": sheet["hidden"],
            "count": len(sheet["rows"]),
            "rows": list(islice(sheet["rows"], HEAD_ROWS)),
            "high": high_cells(sheet["rows"].sheet) if isinstance(sheet["rows"], Rows) else [],
        }
        for sheet in sheets
    ]
    say({"sheets": heads} if sheets else said)
    for command in commands:
        rows = iter(sheets[int(command)]["rows"])
        while batch := list(islice(rows, BATCH)):
            say(batch)
        say(None)


def say(told: Any) -> None:
    """One line of JSON, sent at once: who reads it works while the next one is made."""
    sys.stdout.write(json.dumps(told, allow_nan=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def main(words: list[str]) -> None:
    """Answer once, or, with limits and a pipe for commands, stay and stream."""
    global MOST_CELLS, MOST_UNPACKED
    if len(words) == 1:
        limit()
        json.dump(answer(words[0], sys.stdin.buffer.read()), sys.stdout, allow_nan=False)
        return
    seconds, memory, MOST_CELLS, MOST_UNPACKED, commands = map(int, words[1:])
    limit(seconds, memory)
    with open(commands, encoding="ascii") as pipe:
        stream(words[0], pipe)


if __name__ == "__main__":
    main(sys.argv[1:])
