"""Dated figures: which one is in force, and rows of the institution."""

from datetime import date

import pytest

from abdi.platform import norms as platform_norms
from abdi.platform.norms import NoNorm, Norms, Override, Row

OLD = Row("limit", {"a": {"days": 5}}, date(2010, 1, 1), "old", "a rule", True, "regulation")
NEW = Row("limit", {"a": {"days": 3}}, date(2020, 1, 1), "new", "a rule", True, "regulation")


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


def test_the_institution_may_add_a_figure_the_file_does_not_know():
    row = Override(("own",), 4, date(2021, 1, 1), "decree 8")
    platform_norms.set_override_provider(lambda module, on: [row])
    assert Norms("x", date(2022, 1, 1))["own"] == 4
    assert set(Norms("x", date(2022, 1, 1))) == {"limit", "own"}
