"""Tables written in tags: web pages and the XML workbooks of 2003, both often named .xls.

Part of the process that opens files of strangers (see `child`): imports nothing of the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, NamedTuple

WIDEST = 1000
LONGEST = 1_048_576
BREAK = "\ue000"
SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
OFFICE = "{urn:schemas-microsoft-com:office:excel}"


class Unfit(Exception):
    """The text holds no table that may be read; the argument is the code of the sentence."""


class Cell(NamedTuple):
    """A cell, where it wants to stand (0: next to the last one), how far it reaches."""

    value: Any
    wide: int
    high: int
    at: int = 0


def read_html(data: bytes) -> list[dict[str, Any]]:
    """The tables of a page, each with the rows of its own and none of a table inside. Raises Unfit.

    Where a program forgot the tag of the row, the cells that stand together are one.
    """
    from lxml import etree, html

    page: Any = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    etree.strip_elements(page, etree.Comment, "script", "style", with_tail=False)
    for line_break in page.iter("br"):
        line_break.tail = BREAK + (line_break.tail or "")
    sheets = []
    for number, table in enumerate(page.iter("table"), 1):
        own = (row for row in table.iter("tr", "thead", "tbody") if _table_of(row) is table)
        told = ((row.tag, [_page_cell(one) for one in row.iterchildren("td", "th")]) for row in own)
        sheets.append(_sheet(str(number), (cells for tag, cells in told if cells or tag == "tr")))
    if not sheets:
        raise Unfit("kind")
    return sheets


def read_xml(data: bytes) -> list[dict[str, Any]]:
    """The sheets of an XML workbook of 2003. Raises Unfit, also for any that declares entities."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    book: Any = etree.fromstring(data, parser)
    if book.getroottree().docinfo.doctype:
        raise Unfit("damaged")
    sheets = []
    for sheet in book.iter(f"{SPREADSHEET}Worksheet"):
        rows = sheet.iterfind(f"{SPREADSHEET}Table/{SPREADSHEET}Row")
        seen = sheet.findtext(f"{OFFICE}WorksheetOptions/{OFFICE}Visible", "")
        name = sheet.get(f"{SPREADSHEET}Name", "")
        sheets.append(_sheet(name, _xml_rows(rows)) | {"hidden": "Hidden" in seen})
    if not sheets:
        raise Unfit("kind")
    return sheets


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _page_cell(cell: Any) -> Cell:
    return Cell(_words(cell.itertext()) or None, _span(cell, "colspan"), _span(cell, "rowspan"))


def _words(texts: Iterable[Any]) -> str:
    """Texts with single spaces; only a line break of the page itself begins a new line."""
    lines = "".join(map(str, texts)).split(BREAK)
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _xml_rows(rows: Iterable[Any]) -> Iterator[list[Cell]]:
    made = 0
    for row in rows:
        for _skipped in range(made + 1, _number(row, "Index", LONGEST)):
            made += 1
            yield []
        made += 1
        yield [_xml_cell(one) for one in row.iterchildren(f"{SPREADSHEET}Cell")]


def _xml_cell(cell: Any) -> Cell:
    data = cell.find(f"{SPREADSHEET}Data")
    wide, high = (_number(cell, name, WIDEST) + 1 for name in ("MergeAcross", "MergeDown"))
    return Cell(_xml_value(data), wide, high, _number(cell, "Index", WIDEST))


def _xml_value(data: Any) -> Any:
    if data is None:
        return None
    text = "".join(data.itertext()).strip()
    kind = data.get(f"{SPREADSHEET}Type")
    if kind == "DateTime":
        return {"moment": text[:19]}
    if kind == "Number":
        return float(text)
    return text or None


def _span(cell: Any, name: str) -> int:
    """How many cells a cell covers; nonsense counts as one."""
    told = _whole(cell.get(name))
    return told if 0 < told <= WIDEST else 1


def _number(element: Any, name: str, most: int) -> int:
    """A number of an XML workbook; 0 where there is none. Raises Unfit for one that is too far."""
    told = _whole(element.get(f"{SPREADSHEET}{name}"))
    if told > most:
        raise Unfit("cells")
    return told


def _whole(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < WIDEST else 0


def _sheet(name: str, rows: Iterable[list[Cell]]) -> dict[str, Any]:
    """A table as it is seen: a wide or high cell leaves the others it covers empty."""
    covered: dict[int, int] = {}
    table: list[list[Any]] = []
    highs: list[tuple[int, int, int]] = []
    for top, cells in zip(count(), rows, strict=False):
        line: list[Any] = []
        for cell in cells:
            line += [None] * (cell.at - 1 - len(line))
            while not cell.at and covered.get(len(line), 0):
                line.append(None)
            if cell.high > 1 and cell.wide == 1:
                highs.append((top, top + cell.high - 1, len(line)))
            for column in range(len(line), len(line) + cell.wide):
                covered[column] = cell.high
            line += [cell.value, *[None] * (cell.wide - 1)]
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        table.append(line)
    return {"name": name, "hidden": False, "rows": table, "high": highs}
