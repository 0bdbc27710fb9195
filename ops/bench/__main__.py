"""`python3 dev.py bench`: run the comparisons, print the ratios, write docs/benchmarks.md.

`--rows 20000 --formula-rows 50000 --seconds 1` makes a small run for a look; it writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ops.bench import report
from tests.kill.place import SET_UP, Place

ROOT = Path(__file__).resolve().parents[2]
SIDES = (
    "list", "list-pg", "people", "people-pg", "intake", "intake-pg", "formula", "pages", "import",
    "roster",
    "roster-month",
)  # fmt: skip
SECONDS_LONGEST = 1_800
NOTES = "\n## Notes\n"
"""What stands from here on is written by hand and stays."""


def main(words: list[str]) -> int:
    """0 where every goal that was measured is met or said not to be met."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formula-rows", type=int, default=5_000_000)
    parser.add_argument("--import-rows", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=5_000_000)
    parser.add_argument("--people-pg", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--roster-seconds", type=float, default=60.0)
    parser.add_argument("--only", default="", help=f"with commas, of {', '.join(SIDES)}")
    parser.add_argument("--write", action="store_true", help="write also a small run")
    asked = parser.parse_args(words)
    chosen = [side for side in SIDES if not asked.only or side in asked.only.split(",")]
    is_whole = not words
    found = {side: _measured(side, asked) for side in chosen}
    text = report.text_of(found, " ".join(["python3 dev.py bench", *words]))
    print(text)
    if is_whole or asked.write:
        document = ROOT / "docs/benchmarks.md"
        _told, mark, notes = document.read_text(encoding="utf-8").partition(NOTES)
        document.write_text(f"{text}{mark}{notes}", encoding="utf-8")
        print("Written to docs/benchmarks.md.", file=sys.stderr)
    return 0


def _measured(side: str, asked: argparse.Namespace) -> dict[str, Any]:
    print(f"→ {side} …", file=sys.stderr, flush=True)
    if side == "formula":
        return _child("formula", Path(), "", str(asked.formula_rows))
    if side == "roster":
        return _child("roster", Path(), "", str(asked.roster_seconds))
    if side == "roster-month":
        return _child("roster-month", Path(), "")
    with _place(on_postgresql=side.endswith(("-pg", "import"))) as place:
        if side == "import":
            return _import(place, str(asked.import_rows))
        if side.startswith("intake"):
            return _intake(place, asked.seconds)
        if side == "pages":
            _run([str(Path(sys.executable).with_name("abdi")), "demo", "--no-serve"], place)
            return _child("pages", place.folder, place.database_url)
        if side.startswith("people"):
            many = asked.people_pg if side.endswith("-pg") else asked.people
            return _child("people", place.folder, place.database_url, str(many))
        return _child("list", place.folder, place.database_url, str(asked.rows))


def _import(place: Place, rows: str) -> dict[str, Any]:
    from ops.bench import importing

    found = {
        kind: _child("import", place.folder, place.database_url, kind, rows)
        for kind in importing.KINDS
    }
    return {**found, "million": importing.million(place.folder)}


def _intake(place: Place, seconds: float) -> dict[str, Any]:
    from ops.bench import intake

    place.python(SET_UP)
    if place.database_url.startswith("postgres"):
        intake.make_bare_tables(place.database_url)
    return intake.measure(place, seconds)


@contextmanager
def _place(*, on_postgresql: bool) -> Iterator[Place]:
    """An empty installation in a folder of its own, on SQLite or on a throw-away PostgreSQL."""
    from tests.with_pg import start

    with tempfile.TemporaryDirectory(prefix="abdi-bench-", dir="/tmp") as folder:
        server = None
        url = f"sqlite:///{folder}/bench.sqlite3"
        if on_postgresql:
            server, url = start(Path(folder) / "pg")
        place = Place(Path(folder), url)
        try:
            yield place
        finally:
            place.kill()
            if server is not None:
                server.cleanup()  # type: ignore[attr-defined]


def _child(what: str, folder: Path, url: str, *words: str) -> dict[str, Any]:
    """Run one measurement in a process of its own; its last line is the answer."""
    place = Place(folder, url) if url else None
    printed = _run([sys.executable, "-m", "ops.bench.inside", what, *words], place)
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def _run(command: list[str], place: Place | None) -> str:
    env = place.environment if place else dict(os.environ)
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env={**env, "ABDI_PLAIN_HTTP": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=SECONDS_LONGEST,
    )
    if ran.returncode:
        raise SystemExit(f"{command[-2:]} ended with {ran.returncode}")
    return ran.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
