"""What templates print is escaped as Jinja's own compiler would have it."""

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from abdi.platform.pages.escaping import Generator, escaped

SOURCE = """
{% macro one(x, y="<") %}<i title="{{ y }}">{{ x }}</i>{% endmacro %}
{% macro two(x) %}<b>{{ x }}</b>{{ caller() }}{% endmacro %}
{{ bad }}{{ good }}{{ number }}{{ word }}{{ one(bad) }}{% call two(good) %}{{ bad }}{% endcall %}
{% set kept %}{{ bad }}{% endset %}{{ kept }}{{ bad ~ good }}{{ bad | upper }}{{ [bad] }}
{% autoescape false %}{{ bad }}{% endautoescape %}{% for x in bad %}{{ x }}{% endfor %}
"""


class Word(str):
    """A text of another type."""


def environments():
    ours, plain = (Environment(autoescape=True, undefined=StrictUndefined) for _ in range(2))
    ours.code_generator_class = Generator
    ours.escaped = escaped
    return ours, plain


def test_the_same_text_leaves_as_with_jinjas_own_compiler():
    words = {"bad": "<&\"'>", "good": Markup("<hr>"), "number": 5, "word": Word("<&>")}
    ours, plain = (one.from_string(SOURCE).render(words) for one in environments())
    assert ours == plain
    assert '<i title="&lt;">&lt;&amp;&#34;&#39;&gt;</i>' in ours


def test_a_name_nobody_gave_still_fails():
    with pytest.raises(UndefinedError):
        environments()[0].from_string("{{ nobody }}").render()


@pytest.mark.parametrize("value", ["<a>", Markup("<a>"), Word("<a>"), 7, None, ["<"], Markup("")])
def test_a_value_is_escaped_as_markupsafe_does(value):
    from markupsafe import escape

    assert escaped(value) == escape(value)
