"""Write first migrations short: constraints and indexes go into the table they belong to.

Django puts them behind all tables; each one there costs a fresh picture of all models, which made
the first start ten seconds longer. Run it after `abdi makemigrations`; the schema is the same.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter

ROOT = Path(__file__).resolve().parents[1]
FOLDED = {migrations.AddIndex: "indexes", migrations.AddConstraint: "constraints"}


def fold(operations: list[Any]) -> list[Operation]:
    """The same operations with indexes and constraints inside the tables, where all fields are."""
    tables = {
        one.name.lower(): one for one in operations if isinstance(one, migrations.CreateModel)
    }
    late = {one.model_name.lower() for one in operations if isinstance(one, migrations.AddField)}
    kept: list[Operation] = []
    for one in operations:
        option = FOLDED.get(type(one))
        table = tables.get(getattr(one, "model_name", "").lower())
        if option is None or table is None or one.model_name.lower() in late:
            kept.append(one)
            continue
        value = one.index if option == "indexes" else one.constraint
        table.options[option] = [*table.options.get(option, []), value]
    return kept


def rewrite(module: str) -> bool:
    """Fold one module's first migration; says whether it changed."""
    path = ROOT / "src/abdi" / module / "migrations/0001_initial.py"
    found = importlib.import_module(f"abdi.{module}.migrations.0001_initial").Migration
    before = len(found.operations)
    found.operations = fold(found.operations)
    if len(found.operations) == before:
        return False
    migration = found("0001_initial", module)
    path.write_text(MigrationWriter(migration).as_string(), encoding="utf-8")
    return True


def main() -> int:
    """Fold all of them and print which changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "abdi.config.settings")
    django.setup()
    for path in sorted((ROOT / "src/abdi").glob("*/migrations/0001_initial.py")):
        if rewrite(path.parents[1].name):
            print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
