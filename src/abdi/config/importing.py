"""`abdi import people FILE`: staff lists, read and checked on the command line."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TextIO

from django.db import DatabaseError

from abdi.imports import actions, queries, rules
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid, Refused
from abdi.platform.tenancy import Institution, within
from abdi.platform.text import BadInput

if TYPE_CHECKING:
    from abdi.imports.reading import Reading

UNREADABLE = 1
MISUSED = 2
NOT_READY = 3
_CHUNK = 1 << 20


def main(words: list[str]) -> int:
    """Read, check and apply a list; 0 where that was done, 1 where it could not be read.

    2 for wrong use, 3 where rows wait for a repair and none was applied.
    """
    parser = argparse.ArgumentParser(prog="abdi import")
    parser.add_argument("what", choices=["people"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="header_row, rows and issues")
    parser.add_argument("--apply", action="store_true", help="take the ready rows over")
    parser.add_argument(
        "--ready-only", action="store_true", help="with --apply: rows that wait stay in the draft"
    )
    parser.add_argument(
        "--difference", action="store_true", help="new, gone, changed by field; changes nothing"
    )
    parser.add_argument("--sheet", default="", help="where the list is not on the likeliest sheet")
    parser.add_argument("--institution", default="", help="code, where several are installed")
    asked = parser.parse_args(words)
    try:
        if asked.difference:
            return _differ(asked)
        return _apply(asked) if asked.apply else _read(asked)
    except (Conflict, Refused, Invalid) as problem:
        print(f"{asked.file.name}: {getattr(problem, 'message', problem)}", file=sys.stderr)
    except LookupError as problem:
        print(problem, file=sys.stderr)
        return MISUSED
    except BadInput as problem:
        print(f"{asked.file.name}: {problem}", file=sys.stderr)
        if asked.json:
            refused = {"code": problem.code, "sentence": str(problem)}
            print(_json({"file": asked.file.name, "refused": refused}))
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


def _apply(asked: argparse.Namespace) -> int:
    """Take the rows over; refused while some need a repair, unless only ready ones are asked for.

    Either way the list waits as a draft under Import; nothing is half applied.
    """
    with ExitStack() as stack:
        if _records(stack, asked.institution) is None:
            raise LookupError("say which institution: --institution CODE")
        opened = stack.enter_context(queries.open_list(asked.file, sheet=asked.sheet))
        draft = actions.start_draft(None, by=SYSTEM, opened=opened, rows=opened)
        counts = queries.counts_of(draft)
        told: dict[str, Any] = {"file": opened.name, "draft": draft.pk, **counts.as_dict()}
        if counts.blocked and not asked.ready_only:
            _print_applied(asked, told, None)
            return NOT_READY
        run = actions.apply_ready(draft, by=SYSTEM)
        _print_applied(asked, told | {"run": run.pk}, run)
    return 0


def _differ(asked: argparse.Namespace) -> int:
    """The list beside the record, person by person."""
    with ExitStack() as stack:
        if _records(stack, asked.institution) is None:
            raise LookupError("say which institution: --institution CODE")
        opened = stack.enter_context(queries.open_list(asked.file, sheet=asked.sheet))
        found = queries.difference_in(opened, SYSTEM)
        if asked.json:
            people = {
                kind.value: list(map(queries.difference_dict, some))
                for kind, some in found.people.items()
            }
            print(_json({"file": opened.name, "counts": found.counts, **people}))
        else:
            for line in queries.difference_lines(found):
                print(line)
    return 0


def _print_applied(asked: argparse.Namespace, told: dict[str, Any], run: Any) -> None:
    done = {"applied": 0, "new": 0, "changed": 0}
    if run is not None:
        done = {
            "applied": run.row_count, "new": run.made_count, "changed": run.changed_count
        }  # fmt: skip
    told |= done
    if asked.json:
        print(_json(told))
    else:
        print("\n".join(f"  {name}: {value}" for name, value in told.items()))
    if run is None:
        words = "rows need a repair; nothing was applied (--ready-only applies the others)"
        print(f"{asked.file.name}: {told['blocked']} {words}", file=sys.stderr)


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
    """The answer in one object, its rows written as they are read.

    It goes to a file of its own first: of a list that breaks off, nothing is answered.
    """
    with TemporaryFile("w+", encoding="utf-8") as answer:
        _write_json(opened, against, answer)
        answer.seek(0)
        shutil.copyfileobj(answer, sys.stdout, _CHUNK)


def _write_json(opened: Reading, against: queries.Against | None, answer: TextIO) -> None:
    head = {
        "file": opened.name,
        "sheet": opened.sheet,
        "other_lists": opened.other_lists,
        "header_row": opened.header_row,
    }
    answer.write(_json(head)[:-1] + ', "rows": [')
    between = "\n"
    for row in _looked(opened, against):
        answer.write(between + _json(rules.row_as_dict(row)))
        between = ",\n"
    answer.write('\n], "issues": ')
    _write_list(map(rules.issue_as_dict, opened.issues), answer)
    answer.write(', "details": ')
    _write_list((queries.details(opened, issue) for issue in opened.issues), answer)
    skipped = [{"row": row, "line": kind.value} for row, kind in opened.skipped]
    answer.write(f', "skipped": {_json(skipped)}, "records": {_json(_compared(against))}}}\n')


def _write_list(items: Iterator[dict[str, object]], answer: TextIO) -> None:
    answer.write("[")
    between = ""
    for item in items:
        answer.write(between + _json(item))
        between = ",\n"
    answer.write("]")


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
