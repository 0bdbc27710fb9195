"""The search: prices are exact, rosters keep the rules, impossible tasks say why, time is kept."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from abdi.duty.scheduling import cli, reading
from abdi.duty.scheduling.arrays import NEVER, Task
from abdi.duty.scheduling.checker import check
from abdi.duty.scheduling.crew import Crew, Shop, Window
from abdi.duty.scheduling.dive import Climb
from abdi.duty.scheduling.part import Part, place
from abdi.duty.scheduling.search import Search
from abdi.duty.scheduling.solve import solve
from abdi.duty.scheduling.start import NoScheduleError, first_roster
from abdi.duty.tests.scheduling_tasks import task_text

PLACES = [parent / "shared/data/roster" for parent in Path(__file__).resolve().parents[4:]]
SHARED = next((place for place in PLACES if place.exists()), PLACES[0])

TINY = """\
SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
{staff}
SECTION_DAYS_OFF
A,3
SECTION_SHIFT_ON_REQUESTS
A,2,L,3
B,1,E,2
SECTION_SHIFT_OFF_REQUESTS
B,4,L,2
SECTION_COVER
{cover}
"""
COVER = "\n".join(f"{day},{shift},1,20,3" for day in range(7) for shift in "EL")
STAFF = "A,E=7|L=2,2600,1000,3,2,2,1\nB,E=3|L=7,3000,480,4,1,1,0"


def tiny(staff=STAFF):
    return reading.read(TINY.format(staff=staff, cover=COVER), "tiny")


def countdown(steps):
    """A clock that is asked a number of times and then has run out."""
    left = iter(range(steps, -1, -1))
    return lambda: next(left, 0) / 100


def searched(instance, steps=400, seed=0):
    search = Search(
        task=Task(instance),
        chance=np.random.default_rng(seed),
        seconds_left=countdown(steps),
        tell=lambda _: None,
        listen=lambda _: None,
    )
    search.run()
    return search


def rows_of(task, person):
    """Every schedule of one person that keeps the rules, by trying all."""
    names = ["", *(shift.name for shift in task.instance.shifts)]
    idle = [[""] * task.days for _ in task.people]
    for row in product(names, repeat=task.days):
        roster = [*idle[:person], list(row), *idle[person + 1 :]]
        broken = check(task.instance, roster).violations
        if not any(one.person == task.people[person].name for one in broken):
            yield task.rows([row])[0]


@pytest.mark.parametrize("person", [0, 1])
def test_the_price_of_a_schedule_is_the_least_of_all_there_are(person):
    task = Task(tiny())
    valid = list(rows_of(task, person))
    crew = Crew(Shop(task), Window(0, task.days), None, [0, 1])
    chance = np.random.default_rng(3)
    for _ in range(6):
        cost = task.base + chance.normal(-2, 9, task.base.shape).round(3)
        found, bound = crew.price(cost, [person])
        prices = [sum(cost[person, d, s] for d, s in enumerate(row) if s >= 0) for row in valid]
        assert min(prices) == pytest.approx(bound[person])
        row = found[0].row
        assert any((row == other).all() for other in valid)
        assert sum(cost[person, d, s] for d, s in enumerate(row) if s >= 0) == pytest.approx(
            min(prices)
        )


def test_the_optimum_of_a_tiny_task_is_found_and_proven_by_trying_all():
    task = Task(tiny())
    least = min(
        task.cost(np.array(pair)) for pair in product(*(list(rows_of(task, who)) for who in (0, 1)))
    )
    found = searched(task.instance)
    assert found.cost == least
    assert found.bound <= least


@pytest.mark.parametrize(
    ("days", "staff", "shifts", "seed"), [(14, 6, 2, 1), (14, 7, 4, 2), (21, 5, 3, 3)]
)
def test_rosters_keep_every_rule_and_cost_what_the_checker_counts(days, staff, shifts, seed):
    instance = reading.read(task_text(days, staff, shifts, seed))
    found = searched(instance, steps=150, seed=seed)
    verdict = check(instance, found.task.roster(found.rows))
    assert verdict.violations == ()
    assert verdict.cost == found.cost
    assert found.bound <= found.cost


def test_the_same_seed_gives_the_same_roster():
    instance = reading.read(task_text(14, 6, 3, seed=5))
    one, two = searched(instance, 200, 7), searched(instance, 200, 7)
    assert (one.rows == two.rows).all()


def test_a_window_in_a_long_horizon_is_solved_between_what_stays():
    instance = reading.read(task_text(56, 6, 2, seed=4))
    task, shop = Task(instance), Shop(Task(instance))
    chance = np.random.default_rng(1)
    rows = first_roster(shop, chance, lambda: 60.0)
    crew = Crew(shop, Window(14, 42), rows, range(6))
    part = Part(crew, rows)
    climb = Climb(part, task.cover[1][14:42] * 0.5, lambda: 60.0)
    climb.generate(20)
    chosen = climb.dive(4, chance, 0.2)
    after = place(rows, crew, chosen)
    assert (after[:, :14] == rows[:, :14]).all()
    assert (after[:, 42:] == rows[:, 42:]).all()
    assert (after != rows).any()
    assert check(instance, task.roster(after)).violations == ()
    assert task.cost(after) == pytest.approx(climb.value)


def test_a_year_of_many_shifts_starts_from_months_put_together():
    instance = reading.read(task_text(182, 2, 5, seed=6))
    rows = first_roster(Shop(Task(instance)), np.random.default_rng(1), lambda: 60.0)
    assert check(instance, Task(instance).roster(rows)).violations == ()


def test_rules_that_exclude_each_other_are_named_and_no_others():
    task = Task(tiny("A,E=7|L=2,2600,1000,3,2,2,1\nB,E=3|L=7,3000,2900,1,1,2,9"))
    with pytest.raises(NoScheduleError) as told:
        first_roster(Shop(task), np.random.default_rng(0), lambda: 20.0)
    assert {person: set(groups) for person, groups in told.value.conflicts.items()} == {
        1: {"min_minutes", "max_run"}
    }


def test_nobody_allowed_to_work_is_a_roster_of_days_off():
    found = searched(tiny("A,E=0|L=0,2600,0,3,2,2,1\nB,E=0|L=0,3000,0,4,1,1,0"), 50)
    assert (found.rows == -1).all()
    assert found.task.base.min() == NEVER


def test_a_task_is_solved_in_processes_of_its_own_and_the_command_says_so(tmp_path, capsys):
    (tmp_path / "tiny.txt").write_text(TINY.format(staff=STAFF, cover=COVER))
    heard = []
    result = solve(tiny(), seconds=60, progress=heard.append)
    assert result.faults == []
    assert result.is_best
    assert heard[-1].cost == result.cost
    (tmp_path / "roster.txt").write_text("\n".join("\t".join(row) for row in result.roster))
    words = ["check", str(tmp_path / "tiny.txt"), str(tmp_path / "roster.txt"), "--json"]
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["cost"] == result.cost


def test_an_impossible_task_and_a_broken_file_have_their_own_exit_codes(tmp_path, capsys):
    staff = "A,E=7|L=2,2600,2500,3,2,2,1\nB,E=3|L=7,3000,2900,1,1,2,9"
    (tmp_path / "bad.txt").write_text(TINY.format(staff=staff, cover=COVER))
    (tmp_path / "broken.txt").write_text("SECTION_HORIZON\nmany\n")
    words = ["solve", str(tmp_path / "bad.txt"), "--workers", "1", "--seconds", "60"]
    assert cli.main(words) == 1
    out = capsys.readouterr().out
    assert "No valid roster exists." in out
    assert "B: no schedule keeps all of: at least 2900 minutes; at most 1 shifts in a row" in out
    assert cli.main(["solve", str(tmp_path / "broken.txt")]) == 2
    assert "line 2 (SECTION_HORIZON)" in capsys.readouterr().err


def test_a_search_ends_at_its_limit_and_when_it_is_cancelled():
    instance = reading.read(task_text(28, 30, 4, seed=2))
    stopped = solve(instance, seconds=600, workers=1, cancelled=lambda: True)
    assert stopped.seconds < 300
    late = solve(instance, seconds=0.5, workers=1)
    assert late.seconds < 60
    assert late.faults == []


@pytest.mark.skipif(not SHARED.exists(), reason="the public instances are not beside this copy")
def test_the_first_public_instance_is_solved_to_its_optimum():
    instance = reading.read_file(SHARED / "Instance1.txt")
    result = solve(instance, seconds=60)
    assert (result.cost, result.bound) == (607, 607)
    assert check(instance, result.roster).is_valid
