"""Lock files name versions and hashes, never the place they were fetched from."""

import re

import pytest

from tests.architecture.tree import ROOT, expect_none

REQUIREMENTS = sorted((ROOT / "requirements").iterdir())
FRONTEND_LOCK = ROOT / "frontend/package-lock.json"


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_carry_no_address(path):
    places = re.findall(
        r"--index-url|--extra-index-url|--find-links|://", path.read_text(encoding="utf-8")
    )
    expect_none(places)


@pytest.mark.parametrize(
    "path", [path for path in REQUIREMENTS if path.suffix == ".in"], ids=lambda path: path.name
)
def test_every_requirement_is_locked_with_a_hash(path):
    locked = path.with_suffix(".txt").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9].*?==", locked, flags=re.MULTILINE)
    with_hash = re.findall(r"^[a-z0-9][^\n]*\\\n +--hash=sha256:", locked, flags=re.MULTILINE)
    assert packages
    assert len(with_hash) == len(packages)


@pytest.mark.skipif(not FRONTEND_LOCK.exists(), reason="the front end has no lock yet")
def test_the_front_end_lock_carries_no_address():
    assert '"resolved"' not in FRONTEND_LOCK.read_text(encoding="utf-8")


def test_locks_that_record_addresses_are_not_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"uv.lock", "pylock.toml"} <= set(ignored)
