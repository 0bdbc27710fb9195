"""List pages of which only the rows change: all else is rendered once for what it depends on.

    return list_page(request, "reports/list.html", facts={"view": view, "page": found.shown},
                     rows=[(address, number, kind), …])

The template is an ordinary page that shows its rows by `filled(row, rows)`. It gets the facts and
a stand-in for the request that knows the address and the frame, nothing of the reader: facts,
address, frame, institution and language are the key under which its text is kept, so a page
cannot show what its key does not hold; what reads the clock or draws a key raises. Put in anew
each time: the rows, the token of forms, the bar on top with the reader's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, ClassVar, Final, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import engines
from django.utils.translation import get_language
from jinja2 import Environment

from abdi.platform.csrf import csrf_token_of
from abdi.platform.pages.answers import ENGINE, page
from abdi.platform.pages.kept import Later, hole, keeping, part_of, split
from abdi.platform.pages.rows import Pattern, Rows
from abdi.platform.pages.shell import Frame, shell

MOST_PAGES: Final = 1_024
TOP: Final = "frame/topbar.html"


class Asked(NamedTuple):
    """What the text of a page depends on, its rows apart."""

    template: str
    path: str
    query: str
    frame: Frame
    facts: tuple[tuple[str, Any], ...]
    width: int


class Kept(NamedTuple):
    """A page in pieces, and how its rows look."""

    pieces: list[bytes]
    """Ready to be sent, but for the names of what comes later, at every second place."""
    holes: list[str]
    pattern: Pattern | None


class StandIn:
    """What a kept page sees of a request."""

    _abdi_token: ClassVar = hole("token")

    def __init__(self, asked: Asked) -> None:
        self.path = asked.path
        self.GET = QueryDict(asked.query)
        self._abdi_shell = _StillFrame(asked.frame)


class _StillFrame:
    """The frame of a kept page; the reader's own bar on top comes later."""

    top: ClassVar = Later("top")
    console: ClassVar = None

    def __init__(self, frame: Frame) -> None:
        for name, value in frame._asdict().items():
            setattr(self, name, value)


def list_page(
    request: HttpRequest,
    template: str,
    facts: Mapping[str, Any],
    rows: Sequence[tuple[Any, ...]],
) -> HttpResponse:
    """The page `template` with these facts, all hashable, and rows of cells.

    With something to say once (`done`), or at a shared PC, it is rendered as any other page.
    """
    frame = shell(request)
    if frame.console or len(getattr(request, "_messages", ())):
        return page(request, template, {**facts, "rows": rows})
    asked = Asked(
        template,
        request.path,
        request.META.get("QUERY_STRING", ""),
        frame.still,
        tuple(facts.items()),
        len(rows[0]) if rows else 0,
    )
    environment = _environment()
    kept = _kept(environment, get_language(), asked)
    token = csrf_token_of(request)
    holes = {"token": token, "path": asked.path}
    texts = {"token": token, "top": part_of(environment, TOP, frame.top, holes)}
    if kept.pattern is not None:
        texts["rows"] = kept.pattern.fill(rows)
    whole = kept.pieces.copy()
    whole[1::2] = [texts[name].encode() for name in kept.holes]
    return HttpResponse(b"".join(whole))


@lru_cache(maxsize=MOST_PAGES)
def _kept(environment: Environment, _language: str | None, asked: Asked) -> Kept:
    rows: Any = Rows(asked.width, hole("rows")) if asked.width else ()
    context = {**dict(asked.facts), "rows": rows, "request": StandIn(asked)}
    with keeping():
        text = environment.get_template(asked.template).render(context)
    pieces = split(text)
    return Kept([piece.encode() for piece in pieces], pieces[1::2], rows.pattern if rows else None)


@cache
def _environment() -> Environment:
    backend: Any = engines[ENGINE]
    found: Environment = backend.env
    return found
