"""Documents: links lead somewhere, decisions are listed, the glossary knows the code."""

import re

import pytest
import yaml

from tests.architecture.tree import ROOT, expect_none, shown

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_links_inside_the_repository_lead_somewhere(path):
    targets = [
        target for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target
    ]
    expect_none([target for target in targets if not (path.parent / target).exists()])


def test_every_decision_is_listed_and_names_what_was_refused():
    folder = ROOT / "docs/adr"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(folder.glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(numbers) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert f"]({path.name})" in listed
        assert {"## Context", "## Decision", "## Refused", "## Consequences"} <= set(
            text.splitlines()
        )


def test_the_glossary_gives_each_term_once():
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:5] for line in text.splitlines() if line.startswith("| ")]
    terms = [row[0].strip() for row in rows if row[0].strip() != "Indonesian"]
    assert len(terms) == len(set(terms))
    assert all(cell.strip() for row in rows for cell in row)


def test_publiccode_keeps_to_its_limits():
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    needed = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert needed <= set(found)
    assert set(found["description"]) == set(found["localisation"]["availableLanguages"])
    for description in found["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 500 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_the_version_is_the_same_everywhere():
    project = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert project
    assert code["softwareVersion"] == project[1]
