"""`abdi export people FILE`: staff lists taken along, in the layouts that come in."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from abdi.imports import actions, queries
from abdi.imports.choices import Form
from abdi.imports.rules.layouts import TABLES
from abdi.people import queries as people
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Invalid
from abdi.platform.tenancy import Institution, within

if TYPE_CHECKING:
    from abdi.people.models import Unit

LAYOUTS = {table.name: layout for layout, table in TABLES.items()}
FAILED = 1
MISUSED = 2


def main(words: list[str]) -> int:
    """Write a list; 0 where that was done, 1 where it could not be, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="abdi export")
    parser.add_argument("what", choices=["people"])
    parser.add_argument("file", type=Path, help="ends with .xlsx or .csv")
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="own")
    parser.add_argument("--agency", default="", help="code of the agency; without it everybody")
    parser.add_argument("--reason", default="", help="why; it is kept")
    parser.add_argument("--institution", default="", help="code, where several are installed")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    form = asked.file.suffix.removeprefix(".").lower()
    if form not in set(Form):
        parser.error("the file ends with .xlsx or .csv")
    try:
        count = _export(asked, Form(form))
    except LookupError as problem:
        print(problem, file=sys.stderr)
        return MISUSED
    except Invalid as problem:
        print(problem.message, file=sys.stderr)
        return FAILED
    except OSError as problem:
        print(f"{problem.strerror}: {problem.filename}", file=sys.stderr)
        return FAILED
    told = {"file": asked.file.name, "layout": asked.layout, "people": count}
    print(json.dumps(told) if asked.json else f"{asked.file.name}: {count}")
    return 0


def _export(asked: argparse.Namespace, form: Form) -> int:
    with ExitStack() as stack:
        stack.enter_context(within(_institution(asked.institution)))
        agency = _agency(asked.agency)
        prepared = queries.list_out(SYSTEM, agency, LAYOUTS[asked.layout])
        reason = asked.reason or "abdi export"
        actions.note_export(agency, by=SYSTEM, prepared=prepared, form=form, reason=reason)
        _write(asked.file, prepared.content(form))
        return len(prepared.people)


def _write(path: Path, content: bytes) -> None:
    """A file that only its owner reads; an old one of this name is written anew."""
    kept = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(kept, "wb") as file:
        file.write(content)


def _institution(code: str) -> int:
    rows = Institution.objects.filter(code=code) if code else Institution.objects.all()
    found = list(rows.values_list("pk", flat=True)[:2])
    if not found and code:
        raise LookupError(f"no institution {code} is here")
    if len(found) != 1:
        raise LookupError("say which institution: --institution CODE")
    return int(found[0])


def _agency(code: str) -> Unit | None:
    if not code:
        return None
    found: Unit | None = people.agencies().filter(code=code).first()
    if found is None:
        raise LookupError(f"no agency {code} is here")
    return found
