"""Pages of lists are kept for what they show and for nothing less; rows and reader come anew."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from jinja2 import ChoiceLoader, DictLoader, UndefinedError

from abdi.platform.access import Actor, Grant
from abdi.platform.pages import lists
from abdi.platform.pages.shell import shell

TOKEN = re.compile(r"[A-Za-z0-9]{64}")
HEAD = '{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}{% block main %}'
ROWS = HEAD + (
    "{% macro row(a, b) %}<tr><td>{{ a }}</td><td>{{ b }}</td></tr>{% endmacro %}"
    "{% macro chip(text, tone) %}<i class='{{ tone }}'>{{ text }}</i>{% endmacro %}"
    "<h1>{{ title }} {{ request.path }} {{ request.GET.get('q', '') }}</h1>"
    "{% if rows %}{{ filled(row, rows, chip) }}{% else %}{{ _('Nothing') }}{% endif %}"
    "{% endblock %}"
)
CELLS = [("<a>", ("x", "red")), ("b", ("<y>", ""))]


@pytest.fixture
def template(monkeypatch):
    """A template by its text, under a name of its own."""
    known = {}
    environment = engines["jinja2"].env
    both = ChoiceLoader([DictLoader(known), environment.loader])
    monkeypatch.setattr(environment, "loader", both)

    def make(text):
        name = f"uji/{uuid4().hex}.html"
        known[name] = text
        return name

    lists._kept.cache_clear()
    yield make
    lists._kept.cache_clear()


def a_request(path="/unit", name="Rina", role="dispatcher", place=1, messages=()):
    request = RequestFactory().get(path)
    request.META["CSRF_COOKIE"] = "a" * 32
    request.institution = SimpleNamespace(pk=place, name=f"Kota {place}", accent="")
    request.actor = Actor("account", place, 7, 7, name, grants=(Grant(role),))
    request._messages = messages
    return request


def shown(request, template, rows=CELLS, lang="id", **facts):
    with translation.override(lang):
        answer = lists.list_page(request, template, {"title": "Daftar", **facts}, rows)
    return answer.content.decode()


DIFFERENT = [
    {},
    {"path": "/unit?q=a"},
    {"path": "/pegawai"},
    {"name": "Budi <b>"},
    {"role": "employee"},
    {"place": 2},
]


def test_a_kept_page_is_the_one_that_would_be_made_anew(template):
    page = template(ROWS)
    again = [shown(a_request(**more), page) for more in [*DIFFERENT, *DIFFERENT]]
    fresh = []
    for more in DIFFERENT:
        lists._kept.cache_clear()
        fresh.append(shown(a_request(**more), page))
    assert [TOKEN.sub("", text) for text in again] == [TOKEN.sub("", text) for text in fresh] * 2
    assert len(set(fresh)) == len(DIFFERENT)


def test_a_kept_page_is_the_ordinary_one(template):
    page, request = template(ROWS), a_request("/unit?q=%3Cb%3E")
    context = {"title": "Daftar", "rows": CELLS, "request": request}
    with translation.override("id"):
        plain = lists._environment().get_template(page).render(context)
    assert TOKEN.sub("", shown(request, page)) == TOKEN.sub("", plain)


def test_readers_share_a_page_but_neither_name_nor_token(template):
    page = template(ROWS)
    first, second = (shown(a_request(name=name), page) for name in ("Rina", "Budi"))
    assert lists._kept.cache_info().currsize == 1
    assert "Rina" in first
    assert "Rina" not in second
    tokens = [set(TOKEN.findall(text)) for text in (first, second)]
    assert len(tokens[0]) == len(tokens[1]) == 1
    assert tokens[0] != tokens[1]


def test_rows_facts_and_language_are_those_of_this_answer(template):
    page = template(ROWS)
    shown(a_request(), page)
    other = shown(a_request(), page, rows=[("c", ("z", "red"))])
    assert "<tr><td>c</td><td><i class='red'>z</i></td></tr>" in other
    assert "&lt;a&gt;" not in other
    assert "<h1>Lain" in shown(a_request(), page, title="Lain")
    assert '<html lang="en"' in shown(a_request(), page, lang="en")
    assert "<tr>" not in shown(a_request(), page, rows=[])


def test_what_is_said_once_is_said_once(template):
    page = template(ROWS)
    shown(a_request(), page)
    request = a_request(messages=["x"])
    assert lists.list_page(request, page, {"title": "Daftar"}, CELLS).context_data["rows"] == CELLS


@pytest.mark.parametrize("text", ["{{ once_field() }}", "{{ at | ago }}"])
def test_what_is_new_on_each_page_cannot_be_kept(template, text):
    from abdi.platform import clock

    with pytest.raises(RuntimeError, match="cannot show"):
        shown(a_request(), template(HEAD + text + "{% endblock %}"), at=clock.now())


@pytest.mark.parametrize("text", ["{{ request.actor.name }}", "{{ shell(request).actor.name }}"])
def test_a_kept_page_sees_nothing_of_the_reader(template, text):
    with pytest.raises(UndefinedError):
        shown(a_request(), template(HEAD + text + "{% endblock %}"))


def test_rows_stand_once(template):
    twice = ROWS.replace("{{ filled(row, rows, chip) }}", "{{ filled(row, rows, chip) }}" * 2)
    with pytest.raises(RuntimeError, match="once"):
        shown(a_request(), template(twice))


def test_the_frame_of_a_kept_page_leaves_nothing_out():
    frame = shell(a_request()).still
    assert frame.institution_name == "Kota 1"
    assert frame.places.keys
