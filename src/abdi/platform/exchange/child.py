"""The process that opens a workbook of a stranger: little time, little memory, no network needed.

Started by `reading` as a script of its own, so it imports nothing of the product. The file comes on
standard input; the answer is one JSON object on standard output, `{"sheets": …}` or
`{"refused": code}`. With more words it stays and streams (see `books`): first the head of each
sheet, then, for each number of a sheet that it is sent, its rows, some hundred a line.
"""

from __future__ import annotations

import importlib.util
import io
import json
import math
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
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
MOST_ERRORS = 100_000
BESIDE = Path(__file__).parent

MACRO_PARTS = re.compile(r"vbaproject|macrosheets/|^basic/|^scripts/|activex/", re.IGNORECASE)
LINK_PARTS = re.compile(
    r"externallinks/|^xl/connections\.xml$|querytables/|^xl/model/|embeddings/", re.IGNORECASE
)
OUTSIDE = re.compile(rb"<[\w:]*Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
ERROR_CELL = re.compile(
    rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]{0,80}? t=\"e\"[^>]{0,80}>.{0,2000}?<v>(#[^<]{2,20})</v>",
    re.DOTALL,
)
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$")
ODS_LINKS = re.compile(rb"<table:(table-source|dde-link|cell-range-source)\b|<office:dde-source\b")


Errors = dict[tuple[int, int], str]
FOUND_ERRORS: dict[str, Errors] = {}
"""Cells of each sheet's part that hold an error: the reader of workbooks says they are empty."""


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
                content = tail + chunk
                check_content(part.filename.lower(), content)
                note_errors(part.filename.lower(), content)
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


def note_errors(name: str, content: bytes) -> None:
    """Keep where the cells of a sheet hold an error of the spreadsheet, and which."""
    if b' t="e"' not in content or not SHEET_PART.match(name):
        return
    errors = FOUND_ERRORS.setdefault(name, {})
    for letters, row, text in ERROR_CELL.findall(content):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if len(errors) < MOST_ERRORS:
            errors[int(row) - 1, column - 1] = text.decode("ascii", "replace")


def errors_by_sheet(data: bytes) -> dict[str, Errors]:
    """The cells that hold an error, by the name of their sheet."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    package = zipfile.ZipFile(io.BytesIO(data))
    book: Any = etree.fromstring(package.read("xl/workbook.xml"), parser)
    links: Any = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    parts = {link.get("Id"): (link.get("Target") or "").lower() for link in links}
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        part = next((parts.get(told) for name, told in sheet.items() if name.endswith("}id")), "")
        errors = FOUND_ERRORS.get(f"xl/worksheets/{(part or '').rpartition('/')[2]}")
        if errors:
            found[sheet.get("name") or ""] = errors
    return found


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


def beside(name: str) -> Any:
    """Another part of this process: a file beside this one."""
    spec = importlib.util.spec_from_file_location(name, BESIDE / f"{name}.py")
    if spec is None or spec.loader is None:
        raise Refused("damaged")
    part = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(part)
    return part


def read_markup(kind: str, data: bytes) -> list[dict[str, Any]]:
    """The tables of a page or of an XML workbook. Raises Refused."""
    markup = beside("markup")
    try:
        sheets: list[dict[str, Any]] = (markup.read_html if kind == "html" else markup.read_xml)(
            data
        )
    except markup.Unfit as problem:
        raise Refused(str(problem)) from problem
    for sheet in sheets:
        sheet["rows"] = [[plain(cell) for cell in row] for row in sheet["rows"]]
    return sheets


def read_workbook(data: bytes) -> list[dict[str, Any]]:
    """All sheets with their rows. Raises Refused."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refused("encrypted") from error
    errors = errors_by_sheet(data) if FOUND_ERRORS else {}
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
        rows = Rows(sheet, errors.get(about.name, {}))
        sheets.append({"name": about.name, "hidden": hidden, "rows": rows})
    return sheets


def high_cells(sheet: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Cells merged over several rows of one column: first row, last row, column."""
    if "high" in sheet:
        return list(sheet["high"][:MOST_MERGES])
    ranges = sheet["rows"].sheet.merged_cell_ranges or []
    found = ((top, bottom, left) for (top, left), (bottom, right) in ranges if left == right)
    return sorted(one for one in found if one[0] < one[1])[:MOST_MERGES]


class Rows:
    """The rows of a sheet from its first line on, made plain as they are asked for."""

    def __init__(self, sheet: Any, errors: Errors) -> None:
        self.sheet = sheet
        self.errors = errors

    def __iter__(self) -> Iterator[list[Any]]:
        """Each row as JSON values, errors of the spreadsheet among them."""
        return self._with_errors() if self.errors else self._plain()

    def _with_errors(self) -> Iterator[list[Any]]:
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), text in self.errors.items():
            by_row.setdefault(row, {})[column] = text
        for number, cells in enumerate(self._plain()):
            for column, text in by_row.get(number, {}).items():
                if column < len(cells):
                    cells[column] = text
            yield cells

    def _plain(self) -> Iterator[list[Any]]:
        """Each row as JSON values; lines above the first filled one are empty rows.

        The reader gives those lines itself, but not the empty columns on the left.
        """
        _first_row, first_column = self.sheet.start or (0, 0)
        left = [None] * first_column
        for row in self.sheet.iter_rows():
            yield left + [cell if cell and type(cell) is str else plain(cell) for cell in row]

    def __len__(self) -> int:
        return int((self.sheet.end or (-1, -1))[0]) + 1


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
        if kind in ("html", "xml"):
            return {"sheets": read_markup(kind, data)}
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
            "high": high_cells(sheet),
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
