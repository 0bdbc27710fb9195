"""What is committed is finished, and what is switched off says what."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, expect_none, python_files, shown, templates

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|lorem ipsum")
HALF_MERGED = re.compile(r"^(<{7}|>{7}) ")
BARE = re.compile(r"#\s*(noqa(?!:)|type:\s*ignore(?!\[))")


def scripts_and_styles():
    """The hand-written files of the front end."""
    return [
        path
        for path in (ROOT / "frontend").rglob("*")
        if path.suffix in {".css", ".js", ".mjs"} and "node_modules" not in path.parts
    ]


def lines_with(pattern, paths):
    """Where a pattern stands."""
    return [
        f"{shown(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_marked_as_unfinished():
    others = [path for path in python_files() if path != Path(__file__)]
    expect_none(lines_with(UNFINISHED, [*others, *templates(), *scripts_and_styles()]))


def test_a_check_is_switched_off_by_its_code():
    expect_none(lines_with(BARE, python_files()))


def test_no_merge_was_left_half_done():
    kinds = ("po", "py", "html", "md", "yaml", "toml", "css", "js", "mjs", "txt")
    folders = [ROOT / name for name in ("src", "tests", "ops", "docs", "frontend", "requirements")]
    paths = [
        path
        for folder in folders
        for kind in kinds
        for path in folder.rglob(f"*.{kind}")
        if "node_modules" not in path.parts
    ]
    expect_none(lines_with(HALF_MERGED, [*paths, *ROOT.glob("*.md")]))
