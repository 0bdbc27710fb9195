"""A module is entered by six doors only; the demo city and tests have one more each."""

import grimp
import pytest

from tests.architecture.tree import SOURCE, expect_none

OPEN = {"actions", "queries", "events", "rules", "choices", "permissions"}
MOUNTED = {"urls", "api"}
MOUNTERS = {"config", "portal", "gateway"}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("abdi", exclude_type_checking_imports=True)


def crossings(graph):
    """(importer, imported) where one module looks into another, the platform apart."""
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            ours, theirs = importer.split("."), imported.split(".")
            if len(theirs) < 2 or len(ours) < 2 or ours[1] == theirs[1] or theirs[1] == "platform":
                continue
            yield ours, theirs


def is_allowed(ours, theirs):
    door = theirs[2] if len(theirs) > 2 else ""
    return (
        "tests" in ours
        or "demo" in ours
        or door in OPEN
        or (door in MOUNTED and ours[1] in MOUNTERS)
        or (door == "demo" and ours[1] == "config")
        or (door == "testing" and (ours[2:3] == ["testing"] or ours[1] in MOUNTERS))
    )


def test_modules_meet_at_their_open_files_only(graph):
    closed = [
        f"{'.'.join(ours)} → {'.'.join(theirs)}"
        for ours, theirs in crossings(graph)
        if not is_allowed(ours, theirs)
    ]
    expect_none(closed)


def test_every_module_has_its_short_readme():
    modules = {path.parent for path in SOURCE.glob("*/actions*")} - {SOURCE / "platform"}
    expect_none([module.name for module in sorted(modules) if not (module / "README.md").exists()])
