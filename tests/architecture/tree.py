"""The files of the repository, for the tests that walk them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/abdi"
OURS = ("src", "tests", "ops")


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file we write by hand."""
    found = [path for folder in OURS for path in sorted((ROOT / folder).rglob("*.py"))]
    return (
        ROOT / "dev.py",
        ROOT / "conftest.py",
        *(path for path in found if "migrations" not in path.parts),
    )


@cache
def templates() -> tuple[Path, ...]:
    """Every template of ours."""
    return tuple(sorted(SOURCE.glob("*/templates/**/*.html")))


def template_name(path: Path) -> str:
    """The name a template is loaded by."""
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def shown(path: Path) -> str:
    """A path as a reader types it."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def expect_none(found: Collection[object]) -> None:
    """Fail with everything that was found, a line each."""
    lines = (
        [f"{key}: {value}" for key, value in found.items()] if isinstance(found, dict) else found
    )
    assert not found, "\n".join(["", *map(str, lines)])
