"""What is committed is finished, and what is switched off says what."""

import re

from tests.architecture.tree import ROOT, python_files, shown, templates

UNFINISHED = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|raise NotImplemented|lorem ips" + "um"
)
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
    assert lines_with(UNFINISHED, [*python_files(), *templates(), *scripts_and_styles()]) == []


def test_a_check_is_switched_off_by_its_code():
    assert lines_with(BARE, python_files()) == []
