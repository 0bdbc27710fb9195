"""The Jinja2 environment of all pages: strict, escaping, with the formats bound to the reader.

Settings name it: `"OPTIONS": {"environment": "abdi.platform.pages.environment.environment"}`.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.html import json_script
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    pass_context,
    pass_eval_context,
)
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from abdi.platform.csrf import csrf_token_of
from abdi.platform.pages import charts, filters, grids
from abdi.platform.pages.kept import frame_part, refuse_in_kept
from abdi.platform.pages.menu import is_page
from abdi.platform.pages.rows import filled
from abdi.platform.pages.shell import shell
from abdi.platform.pages.tables import with_query

EXTENSIONS = ("jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols")
SPRITE = "dist/icons.svg"


class Pages(Environment):
    """Jinja2 without globals of single templates: nobody sets any, and asking costs 0.2 ms."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The one dictionary of globals, which nothing changes once it is filled."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """Build the environment; called once by Django's Jinja2 backend with its options."""
    options.setdefault("autoescape", True)
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["extensions"] = [*EXTENSIONS, *options.get("extensions", ())]
    options.setdefault("bytecode_cache", _bytecode_cache())
    made = Pages(**options)
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        _=said,
        gettext=said,
        url=url,
        static=_static,
        icon=icon,
        shell=shell,
        is_page=is_page,
        frame_part=frame_part,
        filled=filled,
        csrf_field=csrf_field,
        csrf_token_of=csrf_token_of,
        once_field=once_field,
        json_script=json_script,
        with_query=with_query,
        charts=charts,
        grids=grids,
        attributes=attributes,
        htmx_headers=htmx_headers,
        messages_of=messages_of,
        pick_list=pick_list,
    )
    made.filters.update(filters.ALL)
    return made


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    data: Path | None = getattr(settings, "ABDI_DATA_DIR", None)
    if data is None:
        return None
    folder = data / "templates"
    folder.mkdir(mode=0o700, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: `url("reports:page", report.code)`."""
    return _address(get_script_prefix(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=4_096, typed=True)
def _address(
    _prefix: str, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


@lru_cache(maxsize=256)
def _static(path: str) -> str:
    """The address of a file of ours; asked several times on each page."""
    return str(static(path))


@pass_eval_context
def said(kind: EvalContext, text: str, /, **values: Any) -> str:
    """`_("…")` of templates: the words of the reader's language, looked up once per language."""
    if not kind.autoescape:
        return gettext(text) % values
    return _words(get_language(), text) % values if values else _sentence(get_language(), text)


@lru_cache(maxsize=8_192)
def _words(_language: str | None, text: str) -> Markup:
    return Markup(gettext(text))  # noqa: S704 - our own translations


@lru_cache(maxsize=8_192)
def _sentence(language: str | None, text: str) -> Markup:
    return _words(language, text) % {}


@cache
def _sprite_address() -> str:
    return str(static(SPRITE))


@cache
def icon(name: str, label: str = "", extra: str = "") -> Markup:
    """One icon of the sprite. Decorative unless it has a label, as an icon alone must."""
    meaning = (
        Markup('role="img" aria-label="{}"').format(label)
        if label
        else Markup('aria-hidden="true"')
    )
    return Markup('<svg class="i{}" {}><use href="{}#i-{}"></use></svg>').format(
        f" {extra}" if extra else "", meaning, _sprite_address(), name
    )


@pass_context
def csrf_field(context: Context) -> Markup:
    """The hidden token of a form. Call it in the page, not inside an imported macro."""
    field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
    return field.format(csrf_token_of(context["request"]))


def once_field() -> Markup:
    """The hidden key that makes a form act once, however often it is sent."""
    from abdi.platform.once import once_field as field

    refuse_in_kept("a key that is new on each page")
    return Markup(field())  # noqa: S704 - made by platform.once


@pass_context
def htmx_headers(context: Context) -> str:
    """JSON for `hx-headers` on body: the token that htmx sends with every write."""
    return json.dumps({"X-CSRFToken": csrf_token_of(context["request"])})


def attributes(given: dict[str, Any] | None) -> Markup:
    """More attributes of an element: True stands alone, None and False vanish, `_` is `-`."""
    parts = [Markup("")]
    for name, value in (given or {}).items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        parts.append(
            Markup(" {}").format(key) if value is True else Markup(' {}="{}"').format(key, value)
        )
    return Markup("").join(parts)


def messages_of(request: HttpRequest | None) -> list[tuple[str, str]]:
    """What `done` said on the way here, with the address that takes it back; read once."""
    if request is None or not hasattr(request, "_messages"):
        return []
    return [(str(said), str(said.extra_tags or "")) for said in messages.get_messages(request)]


def pick_list(widget: Any, width: int = 2, *, blank: bool = False) -> list[tuple[Any, ...]]:
    """The choices of a form widget as tuples of `width`; the empty one only where `blank`."""
    rows = [(key, text) for key, text in widget.choices if blank or key not in ("", None)]
    spoken = [(key, text if isinstance(text, list | tuple) else str(text)) for key, text in rows]
    return [(key, text, *[""] * (width - 2)) for key, text in spoken]
