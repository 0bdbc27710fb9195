"""Ranks are entered once, in order, and only those that exist."""

from datetime import date

import pytest

from abdi.people import actions, queries
from abdi.people.testing import a_person, actor_for, an_actor, an_agency
from abdi.platform.access import Refused
from abdi.platform.actions import Invalid

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 1)


def test_a_rank_entered_twice_is_one_line_and_lines_stand_in_order():
    agency = an_agency()
    person, hr = a_person(agency), an_actor("agency_hr", agency)
    for rank, day in (("III/b", date(2022, 4, 1)), ("III/a", date(2018, 4, 1))) * 2:
        actions.enter_rank(person, by=hr, rank=rank, start_on=day)
    assert [row.rank for row in queries.ranks_of([person.pk])] == ["III/a", "III/b"]
    assert [row.rank for row in queries.ranks_of([person.pk], date(2020, 1, 1))] == ["III/a"]


def test_a_rank_that_does_not_exist_is_refused():
    agency = an_agency()
    with pytest.raises(Invalid):
        actions.enter_rank(
            a_person(agency),
            by=an_actor("agency_hr", agency),
            rank="V/z",
            start_on=date(2020, 1, 1),
        )


def test_a_colleague_enters_no_rank():
    agency = an_agency()
    with pytest.raises(Refused):
        actions.enter_rank(
            a_person(agency),
            by=actor_for(a_person(agency)),
            rank="III/a",
            start_on=date(2020, 1, 1),
        )
