"""`abdi catalogue`: actions, events, reactions, jobs, rules and routes, written from the code."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from abdi.platform.actions import ACTIONS
from abdi.platform.checks import CHECKS
from abdi.platform.events import EVENTS
from abdi.platform.formula_cli import named_formulas
from abdi.platform.jobs import JOBS
from abdi.platform.journal import REACTIONS
from abdi.platform.route_check import routes

HEAD = """# Catalogue

Made by `python3 dev.py catalogue`; do not edit. What the program can do, from the code itself.
"""


def main(words: list[str]) -> int:
    """Print the catalogue, write it, or check that the written one is fresh (exit 1 where not)."""
    parser = argparse.ArgumentParser(prog="abdi catalogue")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--check", type=Path)
    asked = parser.parse_args(words)
    text = catalogue()
    if asked.check:
        fresh = asked.check.exists() and asked.check.read_text(encoding="utf-8") == text
        if not fresh:
            print(f"{asked.check} is stale: run `python3 dev.py catalogue`.", file=sys.stderr)
        return 0 if fresh else 1
    if asked.write:
        asked.write.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


def catalogue() -> str:
    """The whole catalogue as Markdown."""
    return "\n".join(
        [
            HEAD,
            *_table("Actions", ("action", "what it does"), _documented(_functions())),
            *_table("Events", ("event", "what happened"), _documented(EVENTS.items())),
            *_table("Reactions", ("event", "reaction", "what it does"), _reactions()),
            *_table("Jobs", ("job", "rhythm", "what it does"), _jobs()),
            *_table("Checks", ("check", "what it counts"), _documented(CHECKS.items())),
            *_table("Named formulas", ("formula", "what it gives"), _formulas()),
            *_table("Routes", ("address", "key"), sorted(_routes())),
        ]
    )


def _functions() -> Iterable[tuple[str, Callable[..., Any]]]:
    return ((name, declared.function) for name, declared in ACTIONS.items())


def _sentence(thing: object) -> str:
    text = inspect.getdoc(thing) or ""
    return text.split("\n\n", maxsplit=1)[0].replace("\n", " ").replace("|", "\\|")


def _documented(things: Iterable[tuple[str, Any]]) -> list[tuple[str, ...]]:
    return sorted((f"`{name}`", _sentence(thing)) for name, thing in things)


def _reactions() -> list[tuple[str, ...]]:
    return sorted(
        (f"`{kind}`", f"`{name}`", _sentence(function))
        for kind, found in REACTIONS.items()
        for name, function in found.items()
    )


def _jobs() -> list[tuple[str, ...]]:
    return sorted(
        (f"`{name}`", found.rhythm, _sentence(found.function)) for name, found in JOBS.items()
    )


def _formulas() -> list[tuple[str, ...]]:
    return [(f"`{name}`", found.summary) for name, found in named_formulas().items()]


def _routes() -> Iterable[tuple[str, ...]]:
    for pattern, _view, key in routes():
        words = []
        if key and key.cell:
            words.append(f"`{key.cell[0]}` {key.cell[1]}")
        if key and key.public:
            words.append(f"public: {key.public}")
        if key and key.own:
            words.append(f"own: {key.own}")
        yield f"`/{pattern}`", "; ".join(words)


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    if not rows:
        return []
    lines = [f"\n## {title}\n", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]
