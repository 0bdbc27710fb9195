"""A file is read in one sitting, a function at one glance."""

import ast

from tests.architecture.tree import ROOT, SOURCE, expect_none, functions, python_files, shown

FILE_LINES = 400
FUNCTION_LINES = 40
HAND_WRITTEN = {".py", ".html", ".css", ".js", ".ts", ".yaml"}
# Lists of facts, one row a line; nobody reads them from top to bottom.
TABLES = {".yaml"}


def test_no_file_is_longer_than_four_hundred_lines():
    pages = [path for path in SOURCE.rglob("*.html") if "dist" not in path.parts]
    scripts = [
        path
        for path in (ROOT / "frontend").rglob("*")
        if path.suffix in {".css", ".js", ".ts"} and "node_modules" not in path.parts
    ]
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*python_files(), *pages, *scripts]
    }
    expect_none({name: lines for name, lines in lengths.items() if lines > FILE_LINES})


def test_no_function_is_longer_than_forty_lines():
    lengths = {
        f"{shown(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno)
        - node.lineno
        + 1
        for path in python_files()
        for node in functions(path)
    }
    expect_none({name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES})


def test_every_public_function_says_what_it_does():
    silent = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python_files()
        if "tests" not in path.parts
        for node in top_level_functions(path)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    expect_none(silent)


def top_level_functions(path):
    """Functions that another file may call."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]
