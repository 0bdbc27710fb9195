"""Rules of the may-I desk by examples."""

from datetime import date

import pytest

from abdi.integrity import rules
from abdi.integrity.choices import AdviceKind, Phase
from abdi.platform.norms import norms

TODAY = date(2026, 3, 2)
NORMS = norms("integrity", on=TODAY)
ELECTION = {
    "opens": date(2026, 1, 1),
    "designation": date(2026, 3, 1),
    "campaign_start": date(2026, 3, 10),
    "campaign_end": date(2026, 5, 10),
    "ends": date(2026, 6, 30),
}


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), Phase.BEFORE_DESIGNATION),
        (date(2026, 3, 1), Phase.AFTER_DESIGNATION),
        (date(2026, 3, 10), Phase.CAMPAIGN),
        (date(2026, 5, 10), Phase.CAMPAIGN),
        (date(2026, 5, 11), Phase.AFTER_CAMPAIGN),
        (date(2026, 7, 1), None),
    ],
)
def test_phase_on_a_day_follows_the_days_of_the_election(day, phase):
    assert rules.phase_on(day, {**NORMS, "election": ELECTION}) is phase


def test_without_an_election_there_is_no_phase_and_everything_stays_forbidden():
    assert rules.phase_on(TODAY, NORMS) is None
    assert len(rules.acts_in_phase(None, NORMS)) == 19


def test_after_designation_the_acts_are_those_of_discipline():
    found = rules.acts_in_phase(Phase.CAMPAIGN, NORMS)
    assert len(found) == 13
    assert all(act.is_discipline for act in found)
    assert len(rules.acts_in_phase(Phase.BEFORE_DESIGNATION, NORMS)) == 19


def test_every_kind_of_question_names_acts_that_exist():
    known = {act.code for act in rules.acts(NORMS)}
    assert set(NORMS["advice_kinds"]) == set(AdviceKind.codes())
    assert all(set(codes) <= known for codes in NORMS["advice_kinds"].values())


def test_acts_of_kind_keep_the_order_of_the_lists():
    assert [act.code for act in rules.acts_of_kind(AdviceKind.PHOTO, NORMS)] == ["E5", "D7"]
    assert rules.acts_of_kind(AdviceKind.OTHER, NORMS) == []


def test_an_answer_for_all_needs_five_people():
    assert not rules.may_publish(4, 5)
    assert rules.may_publish(5, 5)


def test_the_addresses_outside_are_never_empty():
    outside = NORMS["outside_addresses"]
    assert outside["to"]
    assert set(outside["to"]) == set(outside["how"])


def test_the_declaration_has_words_in_both_languages():
    points = NORMS["pledge"]["points"]
    assert len(points) == 5
    assert all(point["text_id"] and point["text_en"] for point in points)
