"""Parts of the frame that many pages share: rendered once for what they depend on.

A kept part is a template that gets `frame`, a record of plain values, and holes: nothing of the
request. That record and the language are the key under which it is kept, so a part cannot show
what its key does not hold. Holes are filled anew on each page: the token of forms, the address.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

MOST_PARTS: Final = 4_096
_MARK: Final = secrets.token_hex(8)
_HOLE: Final = re.compile(f"{_MARK}-([a-z]+)-")


@pass_context
def frame_part(context: Context, template: str, frame: Any, **holes: Any) -> Markup:
    """The part `template` for these facts, its holes filled; escaped like any other value."""
    pieces = _pieces(context.environment, template, get_language(), frame, tuple(holes))
    texts = {name: escape(value) for name, value in holes.items()}
    whole = [texts[piece] if n % 2 else piece for n, piece in enumerate(pieces)]
    return Markup("".join(whole))  # noqa: S704 - rendered by the escaping environment


@lru_cache(maxsize=MOST_PARTS)
def _pieces(
    environment: Environment, template: str, _language: str | None, frame: Any, holes: tuple[str]
) -> list[str]:
    """Text and names of holes in turns."""
    marks = {name: Markup(f"{_MARK}-{name}-") for name in holes}  # noqa: S704 - a mark of ours
    return _HOLE.split(environment.get_template(template).render(frame=frame, **marks))
