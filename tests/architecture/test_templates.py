"""Templates: each one is used, each part stands in the gallery, none carries script or style."""

import re

import pytest

from tests.architecture.tree import SOURCE, expect_none, shown, template_name, templates

PARTS = [path for path in templates() if "/templates/parts/" in path.as_posix()]
# Loaded by name by Django or by a package.
LOADED_BY_NAME = re.compile(
    r"^(errors/)?(400|401|403|403_csrf|404|409|422|429|500|503)\.html$|^(account|mfa|admin|usersessions|socialaccount)/"
)
FORBIDDEN = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>{}]*\son[a-z]+\s*=", re.I),
    "something from outside": re.compile(
        r"(<link[^>]*href|\bsrc|\baction)\s*=\s*[\"']https?://(?!127\.0\.0\.1)", re.I
    ),
    "unescaped output": re.compile(r"\|\s*safe\b"),
}


def sources():
    """Python and templates, by path."""
    files = [*SOURCE.rglob("*.py"), *templates()]
    return {path: path.read_text(encoding="utf-8") for path in files if "tests" not in path.parts}


def test_every_template_is_used():
    texts = sources()
    unused = [
        shown(path)
        for path in templates()
        if not LOADED_BY_NAME.match(template_name(path))
        and not any(
            re.search(rf"[\"']{re.escape(template_name(path))}[\"']", text)
            for other, text in texts.items()
            if other != path
        )
    ]
    expect_none(unused)


@pytest.mark.skipif(not PARTS, reason="there are no parts yet")
def test_every_part_stands_in_the_gallery():
    gallery = "".join(
        path.read_text(encoding="utf-8") for path in templates() if "gallery" in path.as_posix()
    )
    missing = [
        f"{shown(path)}: {name}"
        for path in PARTS
        for name in re.findall(r"{%-?\s*macro\s+([a-z]\w*)", path.read_text(encoding="utf-8"))
        if not re.search(rf"\b{name}\s*\(", gallery)
        and not re.search(rf"\bcall[^%]*\b{name}\(", gallery)
    ]
    expect_none(missing)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_carries(what):
    found = [
        f"{shown(path)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if FORBIDDEN[what].search(line)
    ]
    expect_none(found)


def test_templates_are_tidy():
    """No tabs, no spaces at the end."""
    found = [
        f"{shown(path)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "\t" in line or line != line.rstrip()
    ]
    expect_none(found)
