"""Applying and undoing a list that stops at a chosen statement, in a process a test may kill."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

ROWS = 2_300
"""More than one part of two thousand: a kill between the parts is a kill in the middle."""
PAUSE = 120.0


def main(what: str, stop: str = "", after: int = 1) -> None:
    """start: make a draft; apply, undo: do it; show: print. Stops once `stop` was written."""
    import django

    django.setup()
    from django.db import connection

    from abdi.platform.tenancy import Institution, within

    with within(Institution.objects.get().pk), connection.execute_wrapper(_Stop(stop, after)):
        {"start": _start, "apply": _apply, "undo": _undo, "show": _show}[what]()


class _Stop:
    """Says so and dawdles when the database has run a statement so many times."""

    def __init__(self, words: str, after: int) -> None:
        self.words = words
        self.left = after

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        found = execute(sql, params, many, context)
        if self.words and sql.startswith(self.words):
            self.left -= 1
            if self.left == 0:
                print("stopped", flush=True)
                time.sleep(PAUSE)
        return found


def _start() -> None:
    from abdi.imports import actions, reading
    from abdi.imports.testing import as_csv
    from abdi.platform.access import SYSTEM

    table = [["NAMA", "NIP", "GOL", "TMT GOL", "JABATAN", "UNIT KERJA"]] + [
        ["Sari Wulandari", _number(at), "III/a", "01-04-2020", "Analis", "Dinas"]
        for at in range(ROWS)
    ]
    with reading.read(as_csv(table), "besar.csv") as opened:
        actions.start_draft(None, by=SYSTEM, opened=opened, rows=list(opened))


def _number(at: int) -> str:
    """A number of its own for each: 999 on a day of appointment."""
    return f"19800101{2005 + at // 999}011{at % 999 + 1:03d}"


def _apply() -> None:
    from abdi.imports import actions
    from abdi.imports.models import ImportDraft
    from abdi.platform.access import SYSTEM

    actions.apply_ready(ImportDraft.objects.get(), by=SYSTEM)


def _undo() -> None:
    from abdi.imports import actions
    from abdi.imports.models import ImportRun
    from abdi.platform.access import SYSTEM

    actions.undo_run(ImportRun.objects.get(), by=SYSTEM)


def _show() -> None:
    """How many rows of each table there are, and where the draft stands."""
    from abdi.imports import queries
    from abdi.imports.models import ImportChange, ImportDraft, ImportRun
    from abdi.people.models import Assignment, Person, Position, RankHold
    from abdi.platform.journal import Entry

    draft = ImportDraft.objects.get()
    applied = Entry.objects.filter(kind="imports.ListApplied").count()
    tables = (Person, Assignment, RankHold, Position, ImportRun, ImportChange)
    counts = [model._default_manager.count() for model in tables]  # type: ignore[attr-defined]
    ready = queries.counts_of(draft).ready
    print(json.dumps([*counts, applied, draft.state, draft.version, ready]), flush=True)
