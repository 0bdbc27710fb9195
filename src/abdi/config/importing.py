"""`abdi import people FILE`: staff lists, read and checked on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError

from abdi.imports import queries, rules
from abdi.platform.tenancy import Institution, within
from abdi.platform.text import BadInput

if TYPE_CHECKING:
    from abdi.imports.reading import Reading

UNREADABLE = 1
MISUSED = 2


def main(words: list[str]) -> int:
    """Read and check a list; 0 where it was read, 1 where it could not be, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="abdi import")
    parser.add_argument("what", choices=["people"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="header_row, rows and issues")
    parser.add_argument("--apply", action="store_true", help="take the ready rows over")
    parser.add_argument("--sheet", default="", help="where the list is not on the likeliest sheet")
    parser.add_argument("--institution", default="", help="code, where several are installed")
    asked = parser.parse_args(words)
    if asked.apply:
        print("--apply is not available here yet; nothing was changed.", file=sys.stderr)
        return MISUSED
    try:
        return _read(asked)
    except LookupError as problem:
        print(problem, file=sys.stderr)
        return MISUSED
    except BadInput as problem:
        print(f"{asked.file.name}: {problem}", file=sys.stderr)
    except OSError as problem:
        print(f"{problem.strerror}: {problem.filename}", file=sys.stderr)
    return UNREADABLE


def _read(asked: argparse.Namespace) -> int:
    with ExitStack() as stack:
        against = _records(stack, asked.institution)
        opened = stack.enter_context(queries.open_list(asked.file, sheet=asked.sheet))
        if asked.json:
            _print_json(opened, against)
        else:
            _print_words(opened, against)
    return 0


def _records(stack: ExitStack, code: str) -> queries.Against | None:
    """The records of the institution; None where there are none to compare with.

    Raises LookupError for a code that is not there.
    """
    try:
        rows = Institution.objects.filter(code=code) if code else Institution.objects.all()
        found = list(rows[:2])
        if code and not found:
            raise LookupError(f"no institution {code} is here")
        if len(found) != 1:
            return None
        stack.enter_context(within(found[0].pk))
        return queries.Against()
    except DatabaseError:
        return None


def _looked(opened: Reading, against: queries.Against | None) -> Iterator[rules.Row]:
    for row in opened:
        if against is not None:
            against.look(row)
        yield row


def _print_words(opened: Reading, against: queries.Against | None) -> None:
    ready = sum(row.is_ready for row in _looked(opened, against))
    for line in queries.report_lines(opened, ready, against.end() if against else None):
        print(line)


def _print_json(opened: Reading, against: queries.Against | None) -> None:
    """The answer in one object, its rows written as they are read."""
    head = {"file": opened.name, "sheet": opened.sheet, "header_row": opened.header_row}
    sys.stdout.write(_json(head)[:-1] + ', "rows": [')
    between = "\n"
    for row in _looked(opened, against):
        sys.stdout.write(between + _json(rules.row_as_dict(row)))
        between = ",\n"
    sys.stdout.write('\n], "issues": ')
    _write_list(map(rules.issue_as_dict, opened.issues))
    sys.stdout.write(', "details": ')
    _write_list(queries.details(opened, issue) for issue in opened.issues)
    skipped = [{"row": row, "line": kind.value} for row, kind in opened.skipped]
    sys.stdout.write(f', "skipped": {_json(skipped)}, "records": {_json(_compared(against))}}}\n')


def _write_list(items: Iterator[dict[str, object]]) -> None:
    sys.stdout.write("[")
    between = ""
    for item in items:
        sys.stdout.write(between + _json(item))
        between = ",\n"
    sys.stdout.write("]")


def _compared(against: queries.Against | None) -> dict[str, Any] | None:
    if against is None:
        return None
    found = against.end()
    return {
        "known": found.known,
        "new": found.new,
        "missing": found.missing_count,
        "unknown_units": [
            {"unit": unit, "rows": found.unknown_unit_rows[unit], "nearest": nearest}
            for unit, nearest in found.unknown_units.items()
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
