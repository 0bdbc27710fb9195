"""Looking addresses up by their first word finds what trying all patterns finds."""

import re

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, include, path, re_path

from abdi.config.routing import ByFirstWord, first_words
from abdi.config.urls import _mounted

SAMPLES = {"int": "7", "str": "abc", "slug": "a-b", "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
PIECE = re.compile(r"<(?:(\w+):)?\w+>")
ODD = ["", "tidak-ada", "laporan/x/y/z", "lapor", "api", "api/v1/x", "laporan/", "/laporan", "<"]


def view(request):
    """A page that is never asked."""


def addresses(patterns, before=""):
    """An address for each pattern, with plain words in its holes."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield PIECE.sub(lambda hole: SAMPLES.get(hole[1] or "str", "abc"), route)


def found(resolver, address):
    try:
        match = resolver.resolve(address)
    except Resolver404:
        return None
    return (match.func, match.args, match.kwargs, match.view_name, match.route, match.namespaces)


def test_every_address_leads_where_it_led():
    mounted = _mounted()
    quick, plain = ByFirstWord(mounted), URLResolver(ByFirstWord(mounted).pattern, mounted)
    all_of_them = [*addresses(mounted), *ODD]
    assert len(all_of_them) > 300
    for address in all_of_them:
        assert found(quick, address) == found(plain, address), address


def test_the_program_uses_it():
    assert any(isinstance(one, ByFirstWord) for one in get_resolver().url_patterns)


def test_the_order_of_patterns_stays():
    patterns = [path("", include([path("<str:any>", view, name="any")])), path("a", view, name="a")]
    assert ByFirstWord(patterns).resolve("a").url_name == "any"
    assert ByFirstWord(patterns[::-1]).resolve("a").url_name == "a"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (path("laporan", view), {"laporan"}),
        (path("laporan/<str:number>", view), {"laporan"}),
        (path("", view), {""}),
        (path("<str:number>/x", view), {"<"}),
        (path("a<str:number>", view), {"<"}),
        (path("api/", include([path("x", view)])), {"api"}),
        (path("open", include([path("x", view)])), {"<"}),
        (path("", include([path("x", view), path("y/z", view)])), {"x", "y"}),
        (re_path("^x$", view), {"<"}),
    ],
)
def test_the_first_words_of_a_pattern(pattern, words):
    assert first_words(pattern) == words
