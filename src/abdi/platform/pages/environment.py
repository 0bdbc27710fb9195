"""The Jinja2 environment of all pages: strict, escaping, with the formats bound to the reader.

Settings name it: `"OPTIONS": {"environment": "abdi.platform.pages.environment.environment"}`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from abdi.platform.pages import charts, filters, grids
from abdi.platform.pages.shell import shell
from abdi.platform.pages.tables import with_query

EXTENSIONS = ("jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols")
SPRITE = "dist/icons.svg"


def environment(**options: Any) -> Environment:
    """Build the environment; called once by Django's Jinja2 backend with its options."""
    options.setdefault("autoescape", True)
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    options["extensions"] = [*EXTENSIONS, *options.get("extensions", ())]
    options.setdefault("bytecode_cache", _bytecode_cache())
    made = Environment(**options)  # noqa: S701 - autoescape is set above
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        url=url,
        static=static,
        icon=icon,
        shell=shell,
        csrf_field=csrf_field,
        once_field=once_field,
        json_script=json_script,
        with_query=with_query,
        charts=charts,
        grids=grids,
        attributes=attributes,
        htmx_headers=htmx_headers,
    )
    made.filters.update(filters.ALL)
    return made


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    folder = getattr(settings, "TEMPLATE_CACHE_DIR", None)
    return FileSystemBytecodeCache(str(folder)) if folder else None


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: `url("reports:page", report.code)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def _sprite_address() -> str:
    return str(static(SPRITE))


@cache
def icon(name: str, label: str = "", extra: str = "") -> Markup:
    """One icon of the sprite. Decorative unless it has a label, as an icon alone must."""
    meaning = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="i{}" {}><use href="{}#i-{}"></use></svg>').format(
        f" {extra}" if extra else "", meaning, _sprite_address(), name
    )


@pass_context
def csrf_field(context: Context) -> Markup:
    """The hidden token of a form. Call it in the page, not inside an imported macro."""
    return Markup(context["csrf_input"])  # noqa: S704 - made by Django


@pass_context
def once_field(context: Context) -> Markup:
    """The hidden key that makes a form act once, however often it is sent."""
    from abdi.platform.once import once_field as field

    request = context["request"]
    return Markup(field(request))  # noqa: S704 - made by platform.once


@pass_context
def htmx_headers(context: Context) -> str:
    """JSON for `hx-headers` on body: the token that htmx sends with every write."""
    return json.dumps({"X-CSRFToken": str(context["csrf_token"])})


def attributes(given: dict[str, Any] | None) -> Markup:
    """Further attributes of an element: True stands alone, None and False vanish, `_` becomes `-`."""
    parts = [Markup("")]
    for name, value in (given or {}).items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        parts.append(Markup(" {}").format(key) if value is True else Markup(' {}="{}"').format(key, value))
    return Markup("").join(parts)
