"""Addresses are looked up by their first word: six hundred patterns are not tried one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

ANY: Final = "<"  # stands in no address
Pattern = URLPattern | URLResolver


class ByFirstWord(URLResolver):
    """A resolver that asks only patterns which can match the first word of an address.

    Each word has a plain resolver of its own, made of those patterns in their order; so what is
    found is what Django finds without it.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        super().__init__(RoutePattern("", is_endpoint=False), patterns)

    def resolve(self, path: str) -> Any:
        """The view of an address; raises Resolver404 as the plain resolver does."""
        text = str(path)
        found: Any = self._plain.get(text)
        if found is None:
            word = text.partition("/")[0]
            found = self._narrow.get(word, self._narrow[ANY]).resolve(path)
            if (
                not found.args and not found.captured_kwargs
            ):  # as many as there are patterns, not as addresses
                self._plain[text] = found
        return found

    @cached_property
    def _plain(self) -> dict[str, Any]:
        """What addresses without a changing part lead to."""
        return {}

    @cached_property
    def _narrow(self) -> dict[str, URLResolver]:
        words = set().union(*map(first_words, self.url_patterns)) | {ANY}
        return {
            word: URLResolver(self.pattern, narrowed(self.url_patterns, word)) for word in words
        }


def first_words(pattern: Pattern) -> set[str]:
    """The words an address may begin with that this pattern matches; ANY where it may be any."""
    route = pattern.pattern
    if not isinstance(route, RoutePattern):
        return {ANY}
    text = str(route)
    if not text and isinstance(pattern, URLResolver):
        return set().union(*map(first_words, pattern.url_patterns))
    word, slash, _rest = text.partition("/")
    is_whole = bool(slash) or isinstance(pattern, URLPattern)
    return {word} if is_whole and "<" not in word else {ANY}


def narrowed(patterns: Iterable[Pattern], word: str) -> list[Pattern]:
    """The patterns, in their order, that can match an address with this first word."""
    found: list[Pattern] = []
    for one in patterns:
        if not first_words(one) & {word, ANY}:
            continue
        if isinstance(one, URLResolver) and not str(one.pattern):
            inside = narrowed(one.url_patterns, word)
            one = URLResolver(  # noqa: PLW2901 - the same module, fewer patterns
                one.pattern, inside, one.default_kwargs, one.app_name, one.namespace
            )
        found.append(one)
    return found
