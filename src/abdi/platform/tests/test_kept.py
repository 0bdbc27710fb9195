"""Parts of the frame are kept for what they show and for nothing less."""

import itertools
import re
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import translation
from jinja2 import DictLoader, UndefinedError

from abdi.platform.access import Actor, Grant, citizen
from abdi.platform.pages import kept
from abdi.platform.pages.environment import environment
from abdi.platform.pages.rows import filled

TOKEN = re.compile(r"[A-Za-z0-9]{64}")
PAGE = "frame: {% block x %}{{ frame_part('part.html', frame, path=path) }}{% endblock %}"


def a_page(place, role, lang, theme, path="/beranda", **more):
    """The frame of one reader, as the pages of the staff have it."""
    request = RequestFactory().get(path)
    request.META["CSRF_COOKIE"] = "a" * 32
    request.COOKIES["abdi_tampilan"] = theme
    request.institution = SimpleNamespace(name=place, accent="")
    acting = {"acting": "plt", "acting_as": "Kepala Dinas"} if more.get("acting") else {}
    name = more.get("name", "Rina")
    request.actor = Actor("account", 1, 7, 7, name, grants=(Grant(role),), **acting)
    if role == "citizen":
        request.actor = citizen(1)
    request.menu_counts = {"queue": more.get("count", 0)}
    request.notice_count = more.get("notices", 0)
    source = '{% extends "base.html" %}{% block title %}Uji{% endblock %}'
    with translation.override(lang):
        return ENVIRONMENT.from_string(source).render(request=request)


def _environment():
    from django.template import engines

    return engines["jinja2"].env


ENVIRONMENT = _environment()
READERS = [
    *itertools.product(
        ("Kota Satu", "Kota Dua"),
        ("dispatcher", "employee", "citizen"),
        ("id", "en"),
        ("", "terang", "gelap"),
    )
]
DIFFERENCES = [
    {},
    {"path": "/antrean"},
    {"path": "/antrean?tab=berjalan"},
    {"name": "Budi <b>"},
    {"acting": True},
    {"notices": 2},
    {"count": 3},
]


def test_a_kept_frame_is_the_one_that_would_be_made_anew():
    cases = [(reader, {}) for reader in READERS]
    cases += [(("Kota Satu", "dispatcher", "id", ""), more) for more in DIFFERENCES]
    again = [TOKEN.sub("", a_page(*reader, **more)) for reader, more in [*cases, *cases]]
    fresh = []
    for reader, more in cases:
        kept._pieces.cache_clear()
        fresh.append(TOKEN.sub("", a_page(*reader, **more)))
    assert again == fresh * 2
    different = len(READERS) + len(DIFFERENCES) - 2  # one is a reader of above, one the same path
    assert len(set(fresh)) == different


def test_readers_of_the_same_frame_share_it():
    kept._pieces.cache_clear()
    for _time in range(3):
        a_page("Kota Satu", "dispatcher", "id", "")
    assert kept._pieces.cache_info().currsize == 3
    assert kept._pieces.cache_info().hits == 6


def test_each_page_has_its_own_token_and_address():
    first, second = (a_page("Kota Satu", "employee", "id", "", path) for path in ("/unit", "/a&b"))
    tokens = [set(TOKEN.findall(page)) for page in (first, second)]
    assert len(tokens[0]) == len(tokens[1]) == 1
    assert tokens[0] != tokens[1]
    assert first.count('name="next" value="/unit"') == 3
    assert second.count('name="next" value="/a&amp;b"') == 3


def test_a_changed_right_changes_the_menu_at_once():
    before = a_page("Kota Satu", "dispatcher", "id", "")
    after = a_page("Kota Satu", "employee", "id", "")
    assert 'href="/antrean"' in before
    assert 'href="/antrean"' not in after


def test_a_part_sees_nothing_that_is_not_in_its_key():
    made = environment(loader=DictLoader({"part.html": "{{ request.path }}", "page.html": PAGE}))
    with pytest.raises(UndefinedError):
        made.get_template("page.html").render(request="x", frame=("a",), path="/")


def test_what_fills_a_hole_is_escaped():
    made = environment(loader=DictLoader({"part.html": "<a>{{ path }}</a>", "page.html": PAGE}))
    shown = made.get_template("page.html").render(frame=("a",), path='"><b>')
    assert shown == "frame: <a>&#34;&gt;&lt;b&gt;</a>"


# ------------------------------------------------------------------ rows

ROWS = """
{%- macro row(a, b, c) -%}
<tr title="{{ b }}" data-l="100 %"><td>{{ a }}{{ c }}</td></tr>
{%- endmacro -%}
{%- macro chip(text, tone) %}<i class="{{ tone }}">{{ text }}</i>{% endmacro -%}
{{ filled(row, rows, chip) }}"""


def shown(rows):
    return environment().from_string(ROWS).render(rows=rows)


def test_each_row_gets_its_own_cells_escaped():
    page = shown([("<1>", "a", ("x", "red")), ("2", '"b" %s', ("<y>", "green"))])
    assert page == (
        '<tr title="a" data-l="100 %"><td>&lt;1&gt;<i class="red">x</i></td></tr>'
        '<tr title="&#34;b&#34; %s" data-l="100 %"><td>2<i class="green">&lt;y&gt;</i></td></tr>'
    )


@pytest.mark.parametrize("odd", ["\x1f", "a\x1fb<", "\x1a0\x1a", "%(x)s {0}", ""])
def test_no_sign_in_a_cell_moves_the_others(odd):
    page = shown([(odd, "<", "1"), ("2", odd, "3")])
    safe = odd.replace("<", "&lt;")
    assert page == (
        f'<tr title="&lt;" data-l="100 %"><td>{safe}1</td></tr>'
        f'<tr title="{safe}" data-l="100 %"><td>23</td></tr>'
    )


def test_cells_that_are_no_text_are_shown_as_text():
    assert "<td>7None</td>" in shown([(7, "a", None)])
    assert shown([]) == ""
    assert filled(lambda: "", []) == ""
