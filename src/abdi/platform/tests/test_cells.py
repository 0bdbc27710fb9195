from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.platform.cells import ALL, publish_cells


def test_large_groups_and_their_totals_are_shown():
    published = publish_cells(
        {("north", "m"): 12, ("north", "f"): 9, ("south", "m"): 7, ("south", "f"): 30}
    )
    assert published.hidden == frozenset()
    assert published.count("north", ALL) == 21
    assert published.count(ALL, ALL) == 58


def test_a_small_group_is_hidden_and_another_with_it():
    published = publish_cells({"north": 3, "south": 20, "west": 8})
    assert published.count("north") is None
    assert published.count("west") is None, "31 - 20 - 8 would give the three away"
    assert published.count("south") == 20
    assert published.count(ALL) == 31


def test_a_total_of_a_small_group_is_hidden_too():
    published = publish_cells({"north": 3})
    assert published.hidden == {("north",), (ALL,)}


def test_nobody_is_no_group():
    published = publish_cells({"north": 0, "south": 20})
    assert published.count("north") == 0
    assert published.count("unknown") == 0


def test_two_small_groups_that_make_five_cover_each_other():
    published = publish_cells({"a": 2, "b": 3, "c": 40})
    assert published.count("c") == 40
    assert published.count(ALL) == 45
    assert not published.shows("a")


def test_in_a_grid_one_small_cell_takes_a_rectangle():
    grid = {(row, column): 10 + row + column for row in range(3) for column in range(3)}
    grid[1, 1] = 2
    published = publish_cells(grid)
    inner = [key for key in published.hidden if ALL not in key]
    assert len(inner) == 4
    assert all(ALL not in key for key in published.hidden), "the totals can stay"


def test_only_the_totals_that_are_asked_for_are_published():
    published = publish_cells({("a", "m"): 3, ("a", "f"): 9, ("b", "m"): 20}, totals=[(0,)])
    assert published.count("a", ALL) == 12
    assert (ALL, ALL) not in published.counts


def test_the_same_table_is_published_the_same_way():
    grid = {(row, column): (row * 7 + column * 5) % 13 for row in range(6) for column in range(5)}
    assert publish_cells(grid).hidden == publish_cells(grid).hidden


def test_a_large_table_is_done_at_once():
    grid = {
        (row, column): (row * 31 + column * 17) % 23 for row in range(60) for column in range(9)
    }
    published = publish_cells(grid)
    assert published.count(ALL, ALL) == sum(grid.values())


def test_broken_tables_are_refused():
    with pytest.raises(ValueError, match="fewer than no people"):
        publish_cells({"a": -1})
    with pytest.raises(ValueError, match="same number of parts"):
        publish_cells({("a",): 1, ("a", "b"): 2})


def test_an_empty_table_is_empty():
    assert publish_cells({}).counts == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=12), st.integers(1, 3))
def test_no_adding_and_subtracting_leaves_a_small_group(counts, columns):
    grid = {divmod(n, columns): count for n, count in enumerate(counts)}
    published = publish_cells(grid)
    atoms = [key for key in grid if key in published.hidden and grid[key]]
    equations = _equations(grid, published, atoms)
    for size in range(1, len(atoms) + 1):
        for group in combinations(atoms, size):
            if 0 < sum(grid[key] for key in group) < 5:
                wanted = [Fraction(key in group) for key in atoms]
                assert not _follows(wanted, equations), group


def _equations(grid, published, atoms):
    """The published totals as lines over the hidden cells."""
    lines = []
    for key in published.counts:
        if ALL in key:
            lines.append(
                [
                    Fraction(all(k in (ALL, a) for k, a in zip(key, atom, strict=True)))
                    for atom in atoms
                ]
            )
    return lines


def _follows(wanted, lines):
    """Whether `wanted` is a combination of `lines`, by exact elimination."""
    return _rank(lines) == _rank([*lines, wanted])


def _rank(lines):
    lines = [list(line) for line in lines]
    rank = 0
    for column in range(len(lines[0]) if lines else 0):
        pivot = next((i for i in range(rank, len(lines)) if lines[i][column]), None)
        if pivot is None:
            continue
        lines[rank], lines[pivot] = lines[pivot], lines[rank]
        for i in range(rank + 1, len(lines)):
            times = lines[i][column] / lines[rank][column]
            lines[i] = [a - times * b for a, b in zip(lines[i], lines[rank], strict=True)]
        rank += 1
    return rank
