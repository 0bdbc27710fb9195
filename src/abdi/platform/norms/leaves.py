"""The single figures inside a packaged norm, and how a typed text becomes one of them.

A norm is a figure or a tree of figures. What an institution may set is one leaf: a number, a yes
or no, a text, or a word out of those the same norm already uses. Everything else changes with a
release, because the program would not know what to do with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from abdi.platform.norms import Row, rows_of, value_at
from abdi.platform.text import BadInput, clean_text

BETWEEN = ":"
MOST = 1_000_000_000
LONGEST_TEXT = 400
FIXED = frozenset({"routing", "words"})
"""Norms made by a program or for it: shown as a whole, never set by hand."""
_CODE = re.compile(r"[A-Za-z0-9_./-]{1,40}")
_WHOLE = re.compile(r"-?\d{1,12}")
_PARTS = re.compile(r"-?\d{1,12}([.,]\d{1,6})?")
_TEXT_ENDS = ("_id", "_en", "id", "en")


class BadFigure(ValueError):
    """A typed figure that does not fit; its text is a sentence for the person."""


@dataclass(frozen=True)
class Leaf:
    """One figure of a packaged norm: its path (the norm first), value, and what may stand there."""

    path: tuple[str, ...]
    value: Any
    kind: str
    options: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The path as one text."""
        return BETWEEN.join(self.path)

    @property
    def is_settable(self) -> bool:
        """Whether an institution may set it."""
        return self.kind != "fixed"


def packaged(module: str, name: str, on: date) -> Row | None:
    """The row of the module's file in force on a day; the first one before that."""
    rows = rows_of(module).get(name, ())
    valid = [row for row in rows if row.since <= on]
    return valid[-1] if valid else (rows[0] if rows else None)


def leaves_of(row: Row, under: Sequence[str] = ()) -> Iterator[Leaf]:
    """Every leaf of a norm in the order of the file, those below `under` where it is given."""
    for path in _paths(value_at(row.value, under), tuple(under)):
        yield leaf_at(row, path)


def _paths(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _paths(one, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
        for number, one in enumerate(value):
            yield from _paths(one, (*path, str(number)))
    else:
        yield path


def leaf_at(row: Row, path: Sequence[str]) -> Leaf:
    """The leaf at a path below a norm. Raises LookupError where there is none."""
    value = value_at(row.value, path)
    options = _options(row.value, path, value)
    kind = "fixed" if row.name in FIXED else _kind(value, tuple(path), options)
    return Leaf((row.name, *path), value, kind, options if kind in ("word", "words") else ())


def _kind(value: Any, path: tuple[str, ...], options: tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int):
        return "whole"
    if isinstance(value, Decimal):
        return "parts"
    if isinstance(value, str):
        if path and path[-1].endswith(_TEXT_ENDS):
            return "text"
        return "word" if len(options) > 1 else "fixed"
    if isinstance(value, list) and len(value) > 1 and options:
        return "words"
    return "fixed"


def _options(whole: Any, path: Sequence[str], value: Any) -> tuple[str, ...]:
    """The words the norm itself uses at this place: of its siblings, or of the list."""
    if isinstance(value, list):
        plain = all(isinstance(one, str) and _CODE.fullmatch(one) for one in value)
        return tuple(value) if plain else ()
    if not isinstance(value, str) or not path or not _CODE.fullmatch(value):
        return ()
    found = {word for word in _words(whole, path[-1]) if _CODE.fullmatch(word)}
    return tuple(sorted(found))


def _words(value: Any, key: str) -> Iterator[str]:
    below: Any = ()
    if isinstance(value, Mapping):
        below = value.values()
        here = value.get(key)
        if isinstance(here, str):
            yield here
    elif isinstance(value, list):
        below = value
    for one in below:
        yield from _words(one, key)


def read(leaf: Leaf, text: str) -> Any:
    """The figure a person typed, of the kind of the packaged one. Raises BadFigure."""
    readers = {
        "yes_no": _yes_no,
        "whole": _whole,
        "parts": _decimal,
        "text": _text,
        "word": _word,
        "words": _some_words,
    }
    reader = readers.get(leaf.kind)
    if reader is None:
        raise BadFigure(_("This figure changes with a new release only."))
    found = reader(leaf, text.strip())
    if found == leaf.value and type(found) is type(leaf.value):
        raise BadFigure(_("This is the figure of the program already."))
    return found


def _yes_no(leaf: Leaf, text: str) -> bool:
    if text not in ("yes", "no"):
        raise BadFigure(_("Please choose yes or no."))
    return text == "yes"


def _whole(leaf: Leaf, text: str) -> int:
    if not _WHOLE.fullmatch(text) or not text.isascii():
        raise BadFigure(
            _("Please write a whole number, for example %(now)s.") % {"now": leaf.value}
        )
    found = int(text)
    _inside(leaf, found)
    return found


def _decimal(leaf: Leaf, text: str) -> Decimal:
    shown = str(leaf.value).replace(".", ",")
    problem = BadFigure(_("Please write a number, for example %(now)s.") % {"now": shown})
    if not _PARTS.fullmatch(text) or not text.isascii():
        raise problem
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise problem from None
    _inside(leaf, found)
    return found


def _inside(leaf: Leaf, found: int | Decimal) -> None:
    """A positive figure stays positive: rules divide by it; a share stays a share."""
    most = 10_000 if leaf.path[-1].endswith("_permyriad") else MOST
    if leaf.value > 0 and found <= 0:
        raise BadFigure(_("Please write a number above 0."))
    if leaf.value >= 0 and found < 0:
        raise BadFigure(_("Please write a number that is not below 0."))
    if found > most or -found > most:
        raise BadFigure(_("Please write a number of at most %(most)d.") % {"most": most})


def _text(leaf: Leaf, text: str) -> str:
    try:
        found = clean_text(text, limit=LONGEST_TEXT)
    except BadInput as problem:
        raise BadFigure(problem.message) from None
    if not found:
        raise BadFigure(_("Please write the words."))
    return found


def _word(leaf: Leaf, text: str) -> str:
    if text not in leaf.options:
        raise BadFigure(_("Please choose one of the list."))
    return text


def _some_words(leaf: Leaf, text: str) -> list[str]:
    asked = [one.strip() for one in text.splitlines() if one.strip()]
    found = [one for one in leaf.options if one in asked]
    if not found or len(found) != len(set(asked)):
        raise BadFigure(_("Please choose from the list, at least one."))
    return found


def as_text(value: Any) -> str:
    """A figure as the table keeps it: JSON, a decimal marked so that it stays exact."""
    return json.dumps({"decimal": str(value)} if isinstance(value, Decimal) else value)


def from_text(text: str) -> Any:
    """The figure of a text written by `as_text`."""
    value = json.loads(text)
    return Decimal(value["decimal"]) if isinstance(value, dict) else value
