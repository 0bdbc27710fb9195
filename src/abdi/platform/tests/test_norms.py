"""Dated figures: which one is in force, and rows of the institution."""

from datetime import date
from decimal import Decimal

import pytest

from abdi.platform import norms as platform_norms
from abdi.platform.norms import NoNorm, Norms, Override, Row

OLD = Row("limit", {"a": {"days": 5}}, date(2010, 1, 1), "old", "a rule", True, "regulation")
READ = platform_norms.rows_of.__wrapped__
NEW = Row("limit", {"a": {"days": 3}}, date(2020, 1, 1), "new", "a rule", True, "regulation")


def test_the_files_of_a_module_are_read_exactly_and_once(tmp_path, monkeypatch):
    good = "a:\n  - {from: 2020-01-01, value: 0.30, source: x, verified: true, kind: practice}\n"
    (tmp_path / "norms.yaml").write_text(good)
    monkeypatch.setattr(platform_norms, "files", lambda package: tmp_path)
    assert READ("x")["a"][0].value == Decimal("0.30")
    (tmp_path / "norms_more.yaml").write_text(good)
    with pytest.raises(ValueError, match="twice"):
        READ("x")
    (tmp_path / "norms_more.yaml").write_text(
        good.replace("a:", "b:").replace("2020-01-01", "soon")
    )
    with pytest.raises(ValueError, match="no date"):
        READ("x")


@pytest.fixture(autouse=True)
def _figures(monkeypatch):
    monkeypatch.setattr(platform_norms, "rows_of", lambda module: {"limit": (OLD, NEW)})
    yield
    platform_norms.set_override_provider(None)


def test_the_figure_of_the_day_counts():
    assert Norms("x", date(2019, 12, 31))["limit"]["a"]["days"] == 5
    assert Norms("x", date(2020, 1, 1))["limit"]["a"]["days"] == 3


def test_before_the_first_row_there_is_no_figure():
    with pytest.raises(NoNorm, match=r"x\.limit"):
        Norms("x", date(2009, 12, 31))["limit"]


def test_a_row_of_the_institution_goes_before_the_file():
    row = Override(("limit", "a", "days"), 9, date(2021, 1, 1), "decree 7")
    platform_norms.set_override_provider(lambda module, on: [row])
    assert Norms("x", date(2020, 12, 31))["limit"] == {"a": {"days": 3}}
    later = Norms("x", date(2021, 1, 1))
    assert later["limit"] == {"a": {"days": 9}}
    assert later.used["limit"].source == "decree 7"
    assert NEW.value == {"a": {"days": 3}}


def test_a_row_of_the_institution_may_reach_a_numbered_level(monkeypatch):
    levels = {1: {"name": "a"}, 2: {"name": "b"}}
    row = Override(("levels", "2", "name"), "c", date(2021, 1, 1), "decree 9")
    old = Row("levels", levels, date(2010, 1, 1), "s", "a rule", True, "regulation")
    platform_norms.set_override_provider(lambda module, on: [row])
    monkeypatch.setattr(platform_norms, "rows_of", lambda module: {"levels": (old,)})
    assert Norms("x", date(2022, 1, 1))["levels"] == {1: {"name": "a"}, 2: {"name": "c"}}


def test_a_reach_into_a_figure_nobody_knows_is_left_out():
    row = Override(("gone", "days"), 9, date(2021, 1, 1), "decree 7")
    platform_norms.set_override_provider(lambda module, on: [row])
    with pytest.raises(NoNorm):
        Norms("x", date(2022, 1, 1))["gone"]


def test_the_institution_may_add_a_figure_the_file_does_not_know():
    row = Override(("own",), 4, date(2021, 1, 1), "decree 8")
    platform_norms.set_override_provider(lambda module, on: [row])
    assert Norms("x", date(2022, 1, 1))["own"] == 4
    assert set(Norms("x", date(2022, 1, 1))) == {"limit", "own"}
