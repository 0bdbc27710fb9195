"""Start-up check: every route carries a key, and every key is a cell of the permission file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from abdi.platform.access import Key, key_of, law


def routes() -> Iterator[tuple[str, Any, Key | None]]:
    """Every route: its pattern, its view and its key."""
    yield from _walk("", get_resolver().url_patterns)


def _walk(prefix: str, patterns: list[Any]) -> Iterator[tuple[str, Any, Key | None]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from _walk(prefix + str(found.pattern), found.url_patterns)
        elif isinstance(found, URLPattern):
            yield prefix + str(found.pattern), found.callback, key_of(found.callback)


def problem_of(key: Key | None) -> str:
    """What is wrong with the key of a route; empty where nothing is."""
    if key is None or not (key.cell or key.public or key.own):
        return "has no access key: use @guard, @public or @own"
    if key.cell is None:
        return ""
    try:
        cell = law().cell(*key.cell)
        if key.also:
            law().cell(*key.also)
    except LookupError as problem:
        return str(problem)
    if key.public and "citizen" not in cell.grants:
        return "is @public but its cell grants nothing to citizen"
    return ""


@register("access")
def every_route_has_a_key(app_configs: object, **kwargs: object) -> list[Error]:
    """Refuse to start where a route has no key."""
    return [
        Error(f"/{pattern} {problem}", id="abdi.E001")
        for pattern, _view, key in routes()
        if (problem := problem_of(key))
    ]
