"""Tasks with a roster planted in them: lengths that differ, long horizons, odd spellings."""

import json

import numpy as np
import pytest

from abdi.duty.scheduling import cli, exchange, reading
from abdi.duty.scheduling.arrays import Task
from abdi.duty.scheduling.checker import check
from abdi.duty.scheduling.crew import Crew, Shop, Window
from abdi.duty.scheduling.polish import polish
from abdi.duty.scheduling.start import first_roster
from abdi.duty.tests.planted_tasks import LENGTHS, planted


def task_of(days, staff, shifts, lengths, seed=1):
    text, lines = planted(days, staff, shifts, lengths, seed)
    instance = reading.read(text)
    return Task(instance), exchange.parse("\n".join(lines), instance)


@pytest.mark.parametrize("lengths", LENGTHS)
def test_a_planted_roster_keeps_every_rule(lengths):
    task, roster = task_of(42, 8, 4, lengths)
    verdict = check(task.instance, roster)
    assert verdict.violations == ()
    assert verdict.cost == task.cost(task.rows(roster))


def test_counted_shifts_keep_the_minutes_and_the_bound_stays_below_every_schedule():
    task, roster = task_of(28, 5, 4, "minutes")
    shop = Shop(task)
    shop.counts = True
    crew = Crew(shop, Window(0, task.days), None, range(5))
    crew.tries = 12
    chance = np.random.default_rng(2)
    for _ in range(3):
        cost = task.base + chance.normal(-2, 9, task.base.shape)
        found, bound = crew.price(cost, range(5))
        rows = task.rows(roster)
        for one in found:
            rows[one.person] = one.row
            assert bound[one.person] <= price(cost, one.person, one.row) + 1e-6
        assert found
        assert check(task.instance, task.roster(rows)).violations == ()
        for person, row in enumerate(task.rows(roster)):
            assert bound[person] <= price(cost, person, row) + 1e-6


def price(cost, person, row):
    return sum(cost[person, day, shift] for day, shift in enumerate(row) if shift >= 0)


@pytest.mark.parametrize(("days", "window"), [(28, Window(0, 28)), (56, Window(14, 42))])
def test_a_pass_over_everybody_keeps_the_rules_and_never_costs_more(days, window):
    task, _ = task_of(days, 6, 3, "quarters")
    shop = Shop(task)
    shop.counts = True
    rows = first_roster(shop, np.random.default_rng(1), lambda: 60.0)
    after = polish(shop, window, rows, np.random.default_rng(1), lambda: 60.0)
    assert check(task.instance, task.roster(after)).violations == ()
    assert task.cost(after) <= task.cost(rows)
    assert (after != rows).any()
    outside = np.r_[0 : window.start, window.end : days]
    assert (after[:, outside] == rows[:, outside]).all()


def test_sections_in_another_order_and_loose_spelling_are_the_same_instance():
    text, _ = planted(14, 4, 2, "equal", 1)
    plain = reading.read(text)
    parts = text.split("SECTION_")[1:]
    loose = "\ufeff# first\r\n" + "".join(f"section_{part}" for part in reversed(parts))
    loose = loose.replace(",100,1\n", ",100,1,, # said twice\r\n\r\n,,\r\n")
    assert reading.read(loose) == plain


def test_a_roster_is_read_from_the_public_xml_and_from_what_solve_prints():
    task, roster = task_of(14, 4, 2, "equal")
    names = [person.name for person in task.people]
    assigned = "".join(
        f'<Employee ID="{name}">'
        + "".join(
            f"<Assign><Day>{day}</Day><Shift>{shift}</Shift></Assign>"
            for day, shift in enumerate(row)
        )
        + "</Employee>"
        for name, row in zip(names, roster, strict=True)
    )
    xml = f'<?xml version="1.0"?><!-- x --><Roster xmlns="urn:r">{assigned}</Roster>'
    assert exchange.parse(xml, task.instance) == roster
    told = json.dumps({"roster": dict(zip(names, roster, strict=True))})
    assert exchange.parse(told, task.instance) == roster


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<Roster>", "no well-formed XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><Roster/>', "declaration"),
        ('<Roster><Employee ID="Z"><Assign/></Employee></Roster>', "unknown person Z"),
        ('{"roster": {"P0": [["x"], 3]}}', "no shift is called"),
        ('{"roster": 3}', "no JSON with a roster"),
        ('{"roster": {"P0": ["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o"]}}', "14"),
    ],
)
def test_a_roster_that_cannot_be_read_is_told_also_as_json(text, words, tmp_path, capsys):
    (tmp_path / "task.txt").write_text(planted(14, 4, 2, "equal", 1)[0])
    (tmp_path / "roster").write_text(text)
    asked = ["check", str(tmp_path / "task.txt"), str(tmp_path / "roster"), "--json"]
    code = cli.main(asked)
    out = capsys.readouterr().out
    assert code in (1, 2)
    assert ("error" in json.loads(out)) == (code == 2)
    assert words in out
