"""Tables out: CSV that no spreadsheet runs, Excel with the types of its values."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django.http import StreamingHttpResponse

from abdi.platform import clock

Row = Sequence[Any]
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_EXACT_DIGITS: Final = 10**15
_ROWS_A_CHUNK: Final = 500
_MARK: Final = "\ufeff"
_BAD_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME: Final = 31


def csv_lines(
    headings: Sequence[str], rows: Iterable[Row], *, separator: str = ","
) -> Iterator[bytes]:
    """CSV in UTF-8 with its mark, in chunks; text that a spreadsheet would run is disarmed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    buffer.write(_MARK)
    writer.writerow([_disarmed(heading) for heading in headings])
    for number, row in enumerate(rows, 1):
        writer.writerow([_disarmed(value) for value in row])
        if number % _ROWS_A_CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def write_csv(headings: Sequence[str], rows: Iterable[Row], *, separator: str = ",") -> bytes:
    """The whole CSV as bytes."""
    return b"".join(csv_lines(headings, rows, separator=separator))


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Row]) -> StreamingHttpResponse:
    """CSV as a download called `name`.csv; the name is plain ASCII chosen by us."""
    answer = StreamingHttpResponse(
        csv_lines(headings, rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def write_xlsx(
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Row]]], *, hidden: Collection[str] = ()
) -> bytes:
    """A workbook with a sheet for each name: headings and rows; columns of `hidden` do not show.

    Text is always text, so a staff number keeps its digits and nothing runs; numbers, days and
    moments keep their types, moments in the institution's zone.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "time": book.add_format({"num_format": "hh:mm"}),
        }
        for name, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(_sheet_name(name))
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading, formats["head"])
                width = min(max(len(heading) + 2, 12), 40)
                sheet.set_column(column, column, width, None, {"hidden": heading in hidden})
            for line, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    _write(sheet, line, column, value, formats)
    return target.getvalue()


def _write(sheet: Any, line: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif _is_exact(value):
        sheet.write_number(line, column, value)
    elif isinstance(value, datetime):
        shown = clock.local(value).replace(tzinfo=None)
        sheet.write_datetime(line, column, shown, formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, formats["day"])
    elif isinstance(value, time):
        sheet.write_datetime(line, column, value, formats["time"])
    else:
        sheet.write_string(line, column, str(value))


def _is_exact(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and -_EXACT_DIGITS < value < _EXACT_DIGITS


def _disarmed(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="minutes")
    if value is None or isinstance(value, int | float | Decimal | date | time):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_RUNS) else text


def _emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _sheet_name(name: str) -> str:
    return name.translate(_BAD_IN_NAMES)[:_LONGEST_NAME].strip() or "-"
