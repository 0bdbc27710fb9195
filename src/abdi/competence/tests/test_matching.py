"""The job person match by examples and drawn cases."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.competence import rules
from abdi.competence.choices import Competency
from abdi.people.rules import TIERS
from abdi.platform import formula_cli
from abdi.platform.inputs import BadInput
from abdi.platform.norms import norms

TODAY = date(2026, 3, 2)
NORMS = norms("competence", on=TODAY)
NINE = dict.fromkeys(Competency.codes(), 3)


def score(achieved, required=None):
    values = {"required": required or NINE, "achieved": {**NINE, **achieved}}
    return formula_cli.run("jpm.score", values, today=TODAY)


def test_a_person_who_meets_the_standard_matches_fully():
    found = score({})
    assert (found["jpm_raw"], found["jpm_capped"]) == (100, 100)
    assert (found["category_fill_position"], found["category_mapping"]) == ("MS", "O")
    assert set(found["gaps"].values()) == {0}


def test_a_match_may_exceed_100_and_a_surplus_hides_no_gap():
    found = score({"M.1": 5, "M.2": 5, "M.3": 1}, required={"M.1": 3, "M.2": 3, "M.3": 3})
    assert (found["jpm_raw"], found["jpm_capped"]) == (Decimal("122.22"), Decimal("77.78"))
    assert found["gaps"] == {"M.1": 2, "M.2": 2, "M.3": -2}


def test_competencies_nobody_asked_for_do_not_count():
    assert score({"T.9": 5}, required={"M.1": 3})["jpm_raw"] == 100


@pytest.mark.parametrize(
    ("match", "fill", "mapping"),
    [
        (9000, "MS", "O"),
        (8999, "MS", "CO"),
        (8000, "MS", "CO"),
        (7999, "MMS", "CO"),
        (7800, "MMS", "CO"),
        (7799, "MMS", "KO"),
        (6800, "MMS", "KO"),
        (6799, "KMS", "KO"),
        (0, "KMS", "KO"),
    ],
)
def test_bands_begin_at_their_lower_bound(match, fill, mapping):
    assert rules.fill_category(match, NORMS) == fill
    assert rules.mapping_category(match, NORMS) == mapping


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"required": {"M.1": 3}, "achieved": {"M.2": 3}}, "achieved"),
        ({"required": {}, "achieved": {"M.2": 3}}, "required"),
        ({"required": {"M.1": 6}, "achieved": {"M.1": 3}}, "required"),
        ({"required": {"M.1": 3}, "achieved": {"M.1": 0}}, "achieved"),
        ({"required": {"M.1": 3}, "achieved": {"M.1": Decimal("2.5")}}, "achieved"),
        ({"required": {"M.1": True}, "achieved": {"M.1": 3}}, "required"),
        ({"required": {"": 3}, "achieved": {"M.1": 3}}, "required"),
        ({"required": {"M.1": 3}}, "achieved"),
    ],
)
def test_levels_that_cannot_be_are_refused(values, field):
    with pytest.raises(BadInput) as bad:
        formula_cli.run("jpm.score", values, today=TODAY)
    assert bad.value.field == field


@pytest.mark.parametrize(
    ("tier", "combined"),
    [("JF_AHLI_MADYA", "86"), ("JF_AHLI_MUDA", "85"), ("JF_AHLI_PERTAMA", "84")],
)
def test_both_matches_are_weighed_by_tier(tier, combined):
    values = {"technical": 80, "managerial_sociocultural": 90, "tier": tier}
    found = formula_cli.run("jpm.combined", values, today=TODAY)
    assert found["combined"] == Decimal(combined)


@pytest.mark.parametrize("tier", ["JF_AHLI_UTAMA", "PENGAWAS", "JF_MAHIR", "X"])
def test_a_tier_without_published_weights_is_never_guessed(tier):
    values = {"technical": 80, "managerial_sociocultural": 90, "tier": tier}
    with pytest.raises(BadInput) as bad:
        formula_cli.run("jpm.combined", values, today=TODAY)
    assert bad.value.field == "tier"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=20))
def test_a_cut_match_never_exceeds_100_nor_the_raw_one(levels):
    required = {str(number): need for number, (need, _) in enumerate(levels)}
    achieved = {str(number): got for number, (_, got) in enumerate(levels)}
    found = rules.match(required, achieved, NORMS)
    assert found.capped <= min(10_000, found.raw)


def test_every_tier_has_a_level_it_requires_by_default():
    levels = {tier: rules.default_level(tier, NORMS) for tier in TIERS}
    assert levels["JPT_PRATAMA"] == 4
    assert levels["PELAKSANA"] == 1
    assert set(levels.values()) == {1, 2, 3, 4, 5}


def test_the_dictionary_has_nine_competencies_of_five_levels():
    dictionary = NORMS["competencies"]
    assert tuple(dictionary) == Competency.codes()
    for entry in dictionary.values():
        assert list(entry["levels"]) == [1, 2, 3, 4, 5]
        assert all(level["descriptor_id"] for level in entry["levels"].values())


def test_the_widest_gaps_come_first():
    gaps = {"M.1": -1, "M.2": 0, "M.3": -2, "M.4": -1, "M.5": 3}
    assert rules.widest_gaps(gaps, 2) == ["M.3", "M.1"]
    assert rules.gap_share(0, 0) == 0
    assert rules.gap_share(9, 3) == 3333
    assert (rules.gap(2, 3), rules.gap(4, 3)) == (-1, 1)
