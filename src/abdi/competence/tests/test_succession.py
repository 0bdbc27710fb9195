"""A post that goes to another unit keeps what it asks for; maps show people where they sit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.competence import actions, queries
from abdi.competence.models import Result, Standard
from abdi.competence.testing import settled
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.testing import a_city, an_actor, an_agency
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import deliver_due

pytestmark = pytest.mark.django_db
CODE = queries.CODES[0]


@pytest.fixture
def city():
    return a_city()


def act(unit, kind, days=0, **more):
    """An act approved today, in force after some days; everybody has heard of it."""
    day = clock.today() + timedelta(days=days)
    given = people_actions.ActGiven(kind=kind, on=day, decree="Perwali 7/2026", **more)
    row = people_actions.prepare_act(unit, by=an_actor("organisation_office"), given=given)
    people_actions.approve_act(row, by=an_actor("organisation_office"), seen=row.version)
    deliver_due()


def a_standard(post, level=4):
    """A standard of a post in force since last month."""
    today = clock.today()
    row = actions.draft_standard(
        post, by=SYSTEM, levels={CODE: level}, decree_number="1/2026", decree_on=today
    )
    return actions.approve_standard(row, by=SYSTEM, start_on=today - timedelta(days=30))


def test_the_standard_counts_for_the_successor_from_its_day(city):
    post = people.position_of(city.crew.pk)
    a_standard(post)
    act(city.section, "split", 20, new_name="Panel", new_code="panel", positions=[post])
    day = clock.today() + timedelta(days=20)
    after = people.position_of(city.crew.pk, day)
    assert after != post
    assert queries.standard_of(after, day).decree_number == "1/2026"
    assert queries.required_levels(after, day)[CODE] == 4
    assert queries.required_levels(post, day - timedelta(days=1))[CODE] == 4


def test_a_draft_goes_along_and_carrying_twice_changes_nothing(city):
    post = people.position_of(city.crew.pk)
    a_standard(post)
    actions.draft_standard(post, by=SYSTEM, levels={CODE: 5}, decree_number="2/2026")
    act(city.section, "split", new_name="Panel", new_code="panel", positions=[post])
    after = people.position_of(city.crew.pk)
    assert queries.draft_of(after).decree_number == "2/2026"
    assert actions.carry_standard(post, after, by=SYSTEM, on=clock.today()) == 0
    assert Standard.objects.filter(position=after).count() == 2


def test_levels_held_stand_at_the_new_post_unit_and_agency(city):
    settled(city.crew)
    post, other = people.position_of(city.crew.pk), an_agency("Dinas Lain")
    act(city.section, "split", new_name="Panel", new_code="panel", positions=[post])
    new = people.unit_of(city.crew.pk)
    act(new, "move", 1, new_parent=other)
    assert set(Result.objects.values_list("position_id", "unit_id", "agency_id")) == {
        (people.position_of(city.crew.pk).pk, new.pk, city.agency.pk)
    }
    with clock.at(clock.now() + timedelta(days=1)):
        from abdi.people import jobs

        jobs.take_effect_of_acts()
        deliver_due()
    assert set(Result.objects.values_list("agency_id", flat=True)) == {other.pk}
