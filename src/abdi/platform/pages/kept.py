"""Parts of the frame that many pages share: rendered once for what they depend on.

A kept part is a template that gets `frame`, a record of plain values, and holes: nothing of the
request. That record and the language are the key under which it is kept, so a part cannot show
what its key does not hold. Holes are filled anew on each page: the token of forms, the address.
Whole pages of which only the rows change are kept by `pages.lists`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

MOST_PARTS: Final = 4_096
_MARK: Final = secrets.token_hex(8)
_HOLE: Final = re.compile(f"{_MARK}-([a-z]+)-")
_keeping: ContextVar[bool] = ContextVar("keeping", default=False)


class Later:
    """Stands for the facts of a part that is put into a kept page anew each time."""

    def __init__(self, name: str) -> None:
        self.name = name


@pass_context
def frame_part(context: Context, template: str, frame: Any, **holes: Any) -> Markup:
    """The part `template` for these facts, its holes filled; escaped like any other value."""
    if isinstance(frame, Later):
        return hole(frame.name)
    return part_of(context.environment, template, frame, holes)


def part_of(environment: Environment, template: str, frame: Any, holes: dict[str, Any]) -> Markup:
    """The part as `frame_part` gives it, outside a template."""
    pieces = _pieces(environment, template, get_language(), frame, tuple(holes))
    return Markup(put_in(pieces, {name: escape(value) for name, value in holes.items()}))  # noqa: S704 - rendered by the escaping environment


def hole(name: str) -> Markup:
    """The mark in a kept text that stands for what changes."""
    return Markup(f"{_MARK}-{name}-")  # noqa: S704 - a mark of ours


def split(text: str) -> list[str]:
    """Text and names of holes in turns."""
    return _HOLE.split(text)


def put_in(pieces: list[str], texts: dict[str, Any]) -> str:
    """A kept text with its holes filled; `texts` are safe."""
    whole = pieces.copy()
    for place in range(1, len(whole), 2):
        whole[place] = texts[whole[place]]
    return "".join(whole)


@contextmanager
def keeping() -> Iterator[None]:
    """While a text is rendered that is kept."""
    token = _keeping.set(True)
    try:
        yield
    finally:
        _keeping.reset(token)


def refuse_in_kept(what: str) -> None:
    """Raise RuntimeError where a text that is kept would show what is new each time."""
    if _keeping.get():
        raise RuntimeError(f"a kept part cannot show {what}")


@lru_cache(maxsize=MOST_PARTS)
def _pieces(
    environment: Environment, template: str, _language: str | None, frame: Any, holes: tuple[str]
) -> list[str]:
    marks = {name: hole(name) for name in holes}
    with keeping():
        return split(environment.get_template(template).render(frame=frame, **marks))
