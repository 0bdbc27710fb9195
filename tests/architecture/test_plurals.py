"""A singular has one plural: catalogues know a text by its singular alone."""

import re
from collections import defaultdict

from tests.architecture.tree import ROOT, expect_none, shown

COUNTED = re.compile(r'ngettext(?:_lazy)?\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"')


def counted_texts():
    """Each singular in the product with its plurals and a place of each."""
    found = defaultdict(dict)
    for kind in ("py", "html", "txt"):
        for path in (ROOT / "src").rglob(f"*.{kind}"):
            for one, many in COUNTED.findall(path.read_text(encoding="utf-8")):
                found[one][many] = shown(path)
    return found


def test_no_singular_stands_for_two_plurals():
    texts = counted_texts()
    assert len(texts) > 100
    expect_none({one: many for one, many in texts.items() if len(many) > 1})
