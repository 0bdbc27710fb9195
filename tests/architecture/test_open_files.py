"""A module is entered by six doors only."""

import grimp
import pytest

from tests.architecture.tree import SOURCE

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
    in_tests = "tests" in ours or "testing" in ours
    return (
        door in OPEN
        or (door in MOUNTED and ours[1] in MOUNTERS)
        or (door == "demo" and (ours[1] == "config" or "demo" in ours))
        or (door == "testing" and (in_tests or ours[1] in MOUNTERS))
    )


def test_modules_meet_at_their_open_files_only(graph):
    closed = [
        f"{'.'.join(ours)} → {'.'.join(theirs)}"
        for ours, theirs in crossings(graph)
        if not is_allowed(ours, theirs)
    ]
    assert closed == []


def test_every_module_has_its_short_readme():
    modules = {path.parent for path in SOURCE.glob("*/actions*")}
    assert [
        m.name for m in sorted(modules) if m.name != "platform" and not (m / "README.md").exists()
    ] == []
