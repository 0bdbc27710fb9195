"""`abdi formula` from the shell: streams, days, rule sets, refusals."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest

from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput

GAIN = '{"pre": 60, "post": 85, "max": 100}'


def answer(capsys, *words):
    code = formula_cli.main(words)
    return code, json.loads(capsys.readouterr().out)


def test_inputs_may_come_from_a_stream(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(GAIN))
    code, found = answer(capsys, "run", "training.gain", "-")
    assert (code, found["gain"]) == (0, 0.63)


def test_figures_of_an_earlier_day_can_be_asked_for(capsys):
    values = '{"result": "meets", "behaviour": "meets"}'
    code, found = answer(capsys, "run", "skp.predicate", values, "--on", "2022-06-01")
    assert (code, found["norms"]["performance.predicate_matrix"]["from"]) == (0, "2022-01-01")
    code, found = answer(capsys, "run", "skp.predicate", values, "--on", "1999-06-01")
    assert (code, found["field"]) == (2, "name")
    code, found = answer(capsys, "run", "skp.predicate", values, "--on", "1 June")
    assert (code, found["field"]) == (2, "on")


def test_a_rule_set_chosen_by_an_input_is_told():
    values = {"tasks": [], "effective_minutes": Decimal(72_000)}
    found = formula_cli.run("abk.need", values, today=date(2026, 3, 2))
    assert found["norms"]["workload.effective_minutes"] == {
        "set": "72000",
        "from": None,
        "given": True,
    }


def test_without_inputs_the_first_missing_one_is_named(capsys):
    code, found = answer(capsys, "run", "training.gain")
    assert (code, found["field"]) == (2, "pre")


def test_too_much_input_is_refused():
    with pytest.raises(BadInput, match="too long"):
        formula_cli.parse(" " * 1_000_001)


def test_show_prints_a_command_that_works(capsys):
    assert formula_cli.main(["show", "training.gain"]) == 0
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if "abdi formula run" in line)
    name, _, given = line.partition("formula run ")[2].partition(" ")
    assert formula_cli.main(["run", name, given.strip("'")]) == 0


def test_list_prints_a_line_for_each(capsys):
    assert formula_cli.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(formula_cli.named_formulas())
