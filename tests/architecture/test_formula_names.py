"""Every formula of the fact files can be run by name, and every worked example comes out."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import rows_of

TODAY = date(2026, 3, 2)
ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "FORMULAS.md"
ROW = re.compile(r"^\| ([a-z_]+\.[a-z_0-9]+) \| (.+) \| (.+) \| (.+) → ([a-z]+) \|$", re.MULTILINE)
MODULES = sorted(entry.parent.name for entry in (ROOT / "src/abdi").glob("*/norms.yaml"))
NAMES = list(formula_cli.named_formulas())


def as_json(value):
    return json.loads(formula_cli.dumps(value))


def test_every_row_of_the_facts_is_there_in_its_module():
    if not FACTS.exists():
        pytest.skip("the fact files are not beside this checkout")
    rows = {row[1]: row[5] for row in ROW.finditer(FACTS.read_text(encoding="utf-8"))}
    assert len(rows) > 20
    found = {name: rule.module for name, rule in formula_cli.named_formulas().items()}
    assert {name: found.get(name) for name in rows} == rows


@pytest.mark.parametrize("name", NAMES)
def test_the_worked_example_comes_out(name):
    given, expected = formula_cli.named_formulas()[name].example
    outputs = formula_cli.run(name, formula_cli.parse(formula_cli.dumps(given)), today=TODAY)
    found = as_json(outputs)
    assert {key: found[key] for key in expected} == as_json(expected)
    assert (found["formula"], found["version"]) == (name, 1)
    assert found["norms"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_names_all_that_comes_out(name):
    rule = formula_cli.named_formulas()[name]
    outputs = formula_cli.run(name, dict(rule.example[0]), today=TODAY)
    assert set(outputs) - {"formula", "version", "norms"} <= set(rule.outputs)
    assert rule.summary
    assert rule.source
    assert formula_cli.main(["show", name]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_unknown_and_missing_inputs_end_with_code_2(name, capsys):
    rule = formula_cli.named_formulas()[name]
    given = dict(rule.example[0])
    assert formula_cli.main(["run", name, formula_cli.dumps({**given, "surprise": 1})]) == 2
    assert json.loads(capsys.readouterr().out)["field"] == "surprise"
    needed = next((key for key, spec in rule.inputs.items() if not spec.optional), None)
    if needed:
        del given[needed]
        assert formula_cli.main(["run", name, formula_cli.dumps(given)]) == 2
        assert json.loads(capsys.readouterr().out)["field"] == needed


HOSTILE = [
    *(None, True, False, 0, -1, 10**30, -(10**30), "", "x" * 10_000, "\x00", "\ud800", "'; --"),
    *(Decimal("NaN"), Decimal("-Infinity"), Decimal("1e999999"), Decimal("1e-999999")),
    *(
        Decimal("0.1234567890123"),
        Decimal("-0.0"),
        [],
        {},
        [[]],
        {"": {}},
        [{}],
        [None],
        {"x": None},
    ),
    *("2026-02-30", "0000-00-00", "9999-12-31", "2026-01-01T25:00", "٢٠٢٦-٠١-٠١"),
]


def spoiled(value):
    """Copies of a value in which one part after the other is replaced by something hostile."""
    yield from HOSTILE
    if isinstance(value, dict):
        for key, part in value.items():
            yield {k: v for k, v in value.items() if k != key}
            yield from ({**value, key: bad} for bad in spoiled(part))
    if isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from ([*value[:number], bad, *value[number + 1 :]] for bad in spoiled(part))


def outcome(name, values):
    """JSON of the answer, or of the refusal; anything else is a defect."""
    try:
        return formula_cli.dumps(formula_cli.run(name, values, today=TODAY))
    except BadInput as bad:
        return formula_cli.dumps({"error": bad.error, "field": bad.field})


@pytest.mark.parametrize("name", NAMES)
def test_no_input_breaks_a_formula(name):
    given = dict(formula_cli.named_formulas()[name].example[0])
    found = [outcome(name, values) for values in spoiled(given) if isinstance(values, dict)]
    assert len(found) > 20
    assert all({"error", "field"} == set(row) or "formula" in row for row in map(json.loads, found))


def test_list_and_show_speak_json(capsys):
    assert formula_cli.main(["list", "--json"]) == 0
    listed = [row["name"] for row in json.loads(capsys.readouterr().out)]
    assert listed == sorted(NAMES)
    assert formula_cli.main(["show", listed[0], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == listed[0]


def test_an_unknown_name_ends_with_code_2(capsys):
    assert formula_cli.main(["run", "skp.magic", "{}"]) == 2
    assert set(json.loads(capsys.readouterr().out)) == {"error", "field"}


@pytest.mark.parametrize("module", MODULES)
def test_figures_have_a_source_and_a_kind(module):
    kinds = {"regulation", "practice", "product_default"}
    for rows in rows_of(module).values():
        assert all(row.source and row.kind in kinds for row in rows)
