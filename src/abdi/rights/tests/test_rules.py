"""Rights by named examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abdi.platform.norms import norms
from abdi.rights import rules
from abdi.rights.choices import RightKind
from abdi.rights.rules import Held, Record

TODAY = date(2026, 3, 2)
NORMS, PEOPLE = norms("rights", on=TODAY), norms("people", on=TODAY)
YEAR = date(2027, 3, 2)


def record(**more):
    given_ranks = (Held("III/a", date(2016, 4, 1)), Held("III/b", date(2020, 4, 1)))
    return Record(
        **{"person_id": 1, "employment": "PNS", "tier": "PELAKSANA", "education": "S1",
           "ranks": given_ranks, **more}
    )  # fmt: skip


def test_a_raise_comes_every_two_years_of_service_and_a_promotion_changes_nothing():
    due = rules.raise_due(record(), TODAY, YEAR, NORMS)
    assert due is not None
    assert (due.due_on, due.base_on, due.what) == (date(2026, 4, 1), date(2016, 4, 1), "III/b")


def test_a_raise_is_counted_from_the_last_one_given():
    due = rules.raise_due(record(raised_on=date(2024, 9, 1)), TODAY, YEAR, NORMS)
    assert due is not None
    assert due.due_on == date(2026, 9, 1)


def test_an_odd_year_has_no_raise():
    last_year = record(ranks=(Held("III/a", date(2015, 4, 1)),))
    assert rules.raise_due(last_year, TODAY, date(2026, 12, 31), NORMS) is None


def test_a_crew_without_rank_has_no_rights():
    crew = Record(person_id=1, employment="contract", birth_on=date(1970, 1, 1))
    assert rules.rights_due(crew, TODAY, NORMS, PEOPLE) == []


@given(st.dates(date(1990, 1, 1), date(2026, 3, 1)))
def test_a_raise_lies_whole_steps_after_its_base(start):
    due = rules.raise_due(record(ranks=(Held("III/a", start),)), TODAY, date(2028, 3, 2), NORMS)
    assert due is not None
    assert due.due_on >= TODAY
    months = (due.due_on.year - start.year) * 12 + due.due_on.month - start.month
    assert months % 24 == 0
    assert months >= 24


def test_a_promotion_waits_four_years_and_stays_late_until_it_comes():
    due = rules.promotion_due(record(), YEAR, NORMS, PEOPLE)
    assert due is not None
    assert (due.due_on, due.what) == (date(2024, 4, 1), "III/c")


def test_a_promotion_begins_with_a_month():
    due = rules.promotion_due(
        record(ranks=(Held("III/a", date(2022, 4, 15)),)), YEAR, NORMS, PEOPLE
    )
    assert due is not None
    assert due.due_on == date(2026, 5, 1)
    assert rules.first_of_month(date(2026, 12, 2)) == date(2027, 1, 1)


def test_education_and_functional_posts_end_regular_promotion():
    top = (Held("III/d", date(2010, 4, 1)),)
    assert rules.promotion_due(record(ranks=top), YEAR, NORMS, PEOPLE) is None
    assert rules.promotion_due(record(ranks=top, education="S2"), YEAR, NORMS, PEOPLE) is not None
    assert rules.promotion_due(record(tier="JF_AHLI_MUDA"), YEAR, NORMS, PEOPLE) is None
    assert rules.promotion_due(record(employment="PPPK"), YEAR, NORMS, PEOPLE) is None


@pytest.mark.parametrize(("start", "years"), [(2016, "10"), (2006, "20"), (1996, "30")])
def test_a_medal_after_ten_twenty_and_thirty_years(start, years):
    held = (Held("III/a", date(start, 4, 1)),)
    due = rules.medal_due(record(ranks=held), TODAY, YEAR, NORMS)
    assert due is not None
    assert (due.what, due.due_on) == (years, date(2026, 4, 1))


def test_a_pension_file_is_announced_fifteen_months_ahead():
    old = record(birth_on=date(1969, 4, 20))
    [due] = [
        one for one in rules.rights_due(old, TODAY, NORMS, PEOPLE) if one.kind == RightKind.PENSION
    ]
    assert (due.due_on, due.what) == (date(2027, 5, 1), "58")
    assert rules.pension_due(record(), TODAY, YEAR, NORMS, PEOPLE) is None


def test_service_begins_with_the_first_rank_or_the_appointment():
    assert rules.service_start(record()) == date(2016, 4, 1)
    appointed = record(ranks=(), appointed_on=date(2015, 3, 1))
    assert rules.service_start(appointed) == date(2015, 3, 1)


def test_the_late_ones_and_their_base():
    states = [(date(2026, 1, 1), True), (date(2026, 1, 1), False), (date(2027, 1, 1), True)]
    assert rules.late_share(states, TODAY) == (1, 2)
