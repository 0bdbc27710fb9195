"""Rules of levels and gaps."""

from __future__ import annotations

import pytest

from abdi.competence import rules
from abdi.competence.choices import Source


@pytest.mark.parametrize(
    ("required", "held", "missing"), [(3, 1, 2), (3, 3, 0), (2, 4, 0), (0, 0, 0)]
)
def test_missing_levels_count_only_what_is_below_the_standard(required, held, missing):
    assert rules.missing_levels(required, held) == missing


@pytest.mark.parametrize(
    ("below", "people", "step"),
    [(0, 14, 0), (1, 14, 1), (2, 14, 1), (3, 20, 2), (1, 4, 2), (7, 20, 3), (4, 11, 4), (0, 0, 0)],
)
def test_heat_step_follows_the_words_of_the_legend(below, people, step):
    assert rules.heat_step(below, people) == step


def test_needs_talk_from_two_levels_apart():
    assert not rules.needs_talk(2, 3)
    assert rules.needs_talk(2, 4)
    assert rules.needs_talk(4, 2)


def test_agreed_level_of_equal_answers_is_that_level():
    assert rules.agreed_level(3, 3, None) == rules.Agreed(3, Source.AGREED)


def test_agreed_level_one_apart_is_what_the_superior_observed():
    assert rules.agreed_level(3, 2, None) == rules.Agreed(2, Source.SUPERIOR)


def test_agreed_level_two_apart_waits_for_the_talk():
    assert rules.agreed_level(4, 2, None) is None
    assert rules.agreed_level(4, 2, 3) == rules.Agreed(3, Source.TALK)


def test_required_level_of_the_position_goes_before_the_default_of_the_tier():
    assert rules.required_level({"M.1": 3}, 1, "M.1") == 3
    assert rules.required_level({}, 1, "M.1") == 1
    assert rules.required_level({}, None, "M.1") is None
