"""The translation files of all modules: messages.py update | check | compile.

Each module keeps its own catalogue, src/abdi/<module>/locale/id/LC_MESSAGES/django.po. Texts come
from `_("…")` in Python, from templates, and from the labels of choices, which stand as plain
English beside their codes: `NEW = "new", "New"`.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/abdi"
LANGUAGE = "id"
METHODS = [
    ("**/tests/**", "ignore"),
    ("**/testing*", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**/static/**", "ignore"),
    ("**.py", "messages:python_and_labels"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
OPTIONS = {
    "**/templates/**": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
        "trimmed": "true",
    }
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
DATED = (
    "POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|"
    "Project-Id-Version|Report-Msgid-Bugs-To"
)
Extracted = tuple[int, str, Any, list[str]]


def python_and_labels(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Extracted]:
    """Babel's extractor for Python: marked texts, and the labels in classes of choices."""
    yield from extract_python(fileobj, keywords, comment_tags, options)
    fileobj.seek(0)
    source = fileobj.read()
    if b"Choice" not in source:
        return
    for found in ast.walk(ast.parse(source)):
        if isinstance(found, ast.ClassDef) and any("Choice" in ast.unparse(b) for b in found.bases):
            for line in found.body:
                yield from _label_of(line)


def _label_of(line: ast.stmt) -> Iterator[Extracted]:
    if not (isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple)):
        return
    texts = [part.value for part in line.value.elts if isinstance(part, ast.Constant)]
    if len(texts) > 1 and isinstance(texts[1], str):
        yield line.lineno, "", texts[1], []


def modules() -> list[Path]:
    """The folders that keep a catalogue."""
    return sorted(path.parent for path in SOURCE.glob("*/__init__.py"))


def catalogue_of(module: Path) -> Path:
    """Where a module's translations stand."""
    return module / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extract(module: Path) -> Catalog:
    """All texts of one module, from its sources."""
    found = Catalog(locale=LANGUAGE, project="abdi")
    lines = extract_from_dir(str(module), METHODS, OPTIONS, KEYWORDS)
    for _name, _line, text, _comments, context in lines:
        found.add(text, context=context)
    return found


def read(path: Path) -> Catalog:
    """A catalogue from its file; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="abdi")
    with path.open("rb") as file:
        try:
            return read_po(file, locale=LANGUAGE, abort_invalid=True)
        except PoFileError as problem:
            raise SystemExit(f"{path.relative_to(ROOT)} is broken: {problem}") from problem


def texts_of(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalogue if message.id)


def is_translated(message: Message) -> bool:
    """Every form has a text, and nobody marked it as doubtful."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy


def write(path: Path, catalogue: Catalog) -> None:
    """Write sorted and without dates or line numbers, so that a change shows only its own lines."""
    buffer = io.BytesIO()
    catalogue.header_comment, catalogue.fuzzy = "", False
    write_po(buffer, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    text = re.sub(rf'^"({DATED}).*\n', "", buffer.getvalue().decode(), flags=re.MULTILINE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.lstrip("#\n "), encoding="utf-8")


def update() -> int:
    """Bring every catalogue up to its sources; a text another module has translated is copied."""
    known = {
        (message.context, message.id): message.string
        for module in modules()
        for message in texts_of(read(catalogue_of(module)))
        if is_translated(message)
    }
    for module in modules():
        found, path = extract(module), catalogue_of(module)
        if not any(texts_of(found)) and not path.exists():
            continue
        catalogue = read(path)
        catalogue.update(found, no_fuzzy_matching=True)
        for message in texts_of(catalogue):
            if not is_translated(message):
                message.string = known.get((message.context, message.id), message.string)
        write(path, catalogue)
    return check()


def problems_of(module: Path) -> Iterator[str]:
    """What is wrong with one module's Indonesian, a line each."""
    catalogue, name = read(catalogue_of(module)), module.name
    for wanted in texts_of(extract(module)):
        message = catalogue.get(wanted.id, wanted.context)
        if message is None or not is_translated(message):
            yield f"{name}: no Indonesian for {wanted.id!r}"
    for message in texts_of(catalogue):
        yield from (f"{name}: {error} in {message.id!r}" for error in message.check(catalogue))
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            if re.search(r"\banda\b", text):
                yield f"{name}: write Anda with a capital in {text!r}"
            if "!" in text and "!" not in message.id:
                yield f"{name}: no exclamation mark in {text!r}"


def contradictions() -> Iterator[str]:
    """Texts that two modules translate in two ways: the program shows one of them everywhere."""
    seen: dict[tuple[str | None, str], tuple[str, str]] = {}
    for module in modules():
        for message in filter(is_translated, texts_of(read(catalogue_of(module)))):
            key, said = (message.context, str(message.id)), str(message.string)
            other, before = seen.setdefault(key, (module.name, said))
            if before != said:
                yield f"{module.name}: {key[1]!r} is {said!r}, in {other} it is {before!r}"


def check() -> int:
    """Name every text without Indonesian; 1 when there is one."""
    problems = [line for module in modules() for line in problems_of(module)]
    problems.extend(contradictions())
    print("\n".join(problems) or "Indonesian is complete.")
    return 1 if problems else 0


def compile_all() -> int:
    """Write every .po that changed as the .mo that the program reads."""
    for path in sorted(SOURCE.rglob("locale/*/LC_MESSAGES/*.po")):
        product = path.with_suffix(".mo")
        if product.exists() and product.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, product.open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))
    return 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check, "compile": compile_all}[sys.argv[1]]())
