"""Which figures an institution may set, and how a typed text becomes one."""

from datetime import date
from decimal import Decimal

import pytest

from abdi.platform.norms import (
    Override,
    Row,
    fits,
    norms,
    reading,
    rows_of,
    set_override_provider,
    wording,
)
from abdi.platform.norms.leaves import BadFigure, as_text, from_text, leaf_at, leaves_of, read

VALUE = {
    "minutes": 30,
    "share_permyriad": 9000,
    "zero": 0,
    "rate": Decimal("0.25"),
    "open": True,
    "name_id": "Darurat",
    "clock": "always",
    "other": {"clock": "working_days"},
    "steps": ["plan", "check"],
    "nothing": None,
    "bands": [{"min": 1}, {"min": 5}],
    "odd words": ["two words here", "x"],
}
ROW = Row("limits", VALUE, date(2020, 1, 1), "limits", "a law", True, "regulation")
DAY = date(2026, 3, 2)


def leaf(*path):
    return leaf_at(ROW, path)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        (("minutes",), " 45 ", 45),
        (("zero",), "3", 3),
        (("rate",), "0,5", Decimal("0.5")),
        (("open",), "no", False),
        (("name_id",), "Sangat darurat", "Sangat darurat"),
        (("clock",), "working_days", "working_days"),
        (("steps",), "check\n", ["check"]),
        (("bands", "1", "min"), "6", 6),
    ],
)
def test_a_typed_figure_takes_the_kind_of_the_packaged_one(path, text, value):
    found = read(leaf(*path), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (("minutes",), "30", "already"),
        (("minutes",), "half an hour", "whole number"),
        (("minutes",), "4.5", "whole number"),
        (("minutes",), "٤٥", "whole number"),
        (("minutes",), "0", "above 0"),
        (("minutes",), "-4", "above 0"),
        (("minutes",), "9999999999", "at most"),
        (("minutes",), "9" * 400, "whole number"),
        (("share_permyriad",), "10001", "at most 10000"),
        (("zero",), "-1", "not below 0"),
        (("rate",), "1e9", "number"),
        (("rate",), "NaN", "number"),
        (("open",), "maybe", "yes or no"),
        (("name_id",), "", "words"),
        (("name_id",), "a\x00b", "control"),
        (("clock",), "never", "list"),
        (("steps",), "plan\nrun", "list"),
        (("steps",), "", "list"),
        (("nothing",), "1", "release"),
        (("odd words",), "x", "release"),
    ],
)
def test_a_figure_of_the_wrong_kind_gets_a_sentence(path, text, words):
    with pytest.raises(BadFigure, match=words):
        read(leaf(*path), text)


def test_a_norm_made_for_the_program_is_shown_as_a_whole_only():
    row = Row("routing", {"weight": 3}, date(2020, 1, 1), "r", "s", False, "practice")
    assert not leaf_at(row, ("weight",)).is_settable


def test_a_list_of_trees_is_walked_and_a_list_of_words_is_one_leaf():
    keys = [one.key for one in leaves_of(ROW)]
    assert "limits:bands:1:min" in keys
    assert "limits:steps" in keys


def test_a_figure_stays_exact_in_the_table():
    for value in (45, True, "x", ["a"], Decimal("0.10")):
        again = from_text(as_text(value))
        assert again == value
        assert type(again) is type(value)
    assert str(from_text(as_text(Decimal("0.10")))) == "0.10"


def test_a_figure_inside_a_list_is_replaced_and_one_without_a_place_is_left_out(monkeypatch):
    from abdi.platform import norms as package

    monkeypatch.setattr(package, "rows_of", lambda module: {"limits": (ROW,)})
    rows = [
        Override(("limits", "bands", "1", "min"), 7, date(2026, 1, 1), "a decree"),
        Override(("limits", "gone", "min"), 9, date(2026, 1, 1), "a decree"),
        Override(("limits", "minutes"), 99, date(2026, 1, 1), "old", until=date(2026, 3, 1)),
    ]
    set_override_provider(lambda module, on: rows)
    try:
        found = norms("x", on=DAY)["limits"]
    finally:
        set_override_provider(None)
    assert found["bands"] == [{"min": 1}, {"min": 7}]
    assert found["minutes"] == 30
    assert not fits(VALUE, ("bands", "9"))
    assert not fits(VALUE, ("minutes", "x"))


def test_every_norm_and_module_has_an_indonesian_name():
    words = wording.words()
    missing = [module for module in reading.modules() if module not in words["modules"]]
    for module in reading.modules():
        known = words["norms"]
        missing += [
            f"{module}.{name}" for name in rows_of(module) if f"{module}.{name}" not in known
        ]
    assert missing == [], "write them into platform/norms/norm_words.yaml"


def test_a_figure_and_its_place_are_told_in_words():
    assert wording.path_name(VALUE, ("other", "clock")) == "Other, Clock"
    assert wording.shown(VALUE["open"]) == "Yes"
    assert wording.shown(75_000) == "75.000"
    assert wording.shown(Decimal("0.25")) == "0,25"
    assert wording.shown(None) == "–"
    assert wording.shown(["plan", 3]) == "Plan, 3"
    assert wording.step_name({"name_en": "Urgent"}, "P2") == "Urgent"
    assert wording.step_name({}, "0") == "Row 1"
    assert wording.step_name(3, "II.a") == "II.a"
