"""Who rates whom: the appraiser of the day, with exceptions, notices and stand-ins."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.testing import a_city, a_position, actor_for, an_actor, an_agency
from abdi.performance import queries
from abdi.performance.testing import a_plan, a_target, an_evaluation, periods
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Invalid
from abdi.platform.testing import counted_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def quarter():
    rows = periods(2026)
    with clock.at(datetime(2026, 3, 30, 9, tzinfo=clock.zone())):
        yield rows[0]


def line_to(person, superior, line="superior"):
    """An exception from today on."""
    return people_actions.set_line(
        person, superior, by=SYSTEM, reason="Diperbantukan", start_on=clock.today(), line=line
    )


def stand_in(city):
    """The second of the crew stands in for the absent head today."""
    today = clock.today()
    people_actions.place_person(
        city.second_crew,
        city.section,
        by=SYSTEM,
        position=a_position(city.section, is_head=True),
        kind="plh",
        start_on=today,
        end_on=today + timedelta(days=5),
    )


def test_the_exceptional_appraiser_rates_and_the_superior_only_reads(city, quarter):
    line_to(city.crew, city.agency_head, "appraiser")
    row = an_evaluation(city.crew, city.agency_head, quarter)
    assert row.appraiser == city.agency_head
    assert city.crew.pk not in queries.appraised_by(actor_for(city.head))
    with pytest.raises(Refused):
        an_evaluation(city.crew, city.head, quarter)
    assert row in queries.visible_evaluations(actor_for(city.head))


def test_who_leads_nobody_and_rates_one_gets_nothing_else(city, quarter):
    line_to(city.crew, city.second_crew, "appraiser")
    rater = actor_for(city.second_crew)
    assert rater.team_ids == frozenset()
    assert queries.appraised_by(rater) == {city.crew.pk}
    assert an_evaluation(city.crew, city.second_crew, quarter).is_final
    assert not rater.holds("people.letter", "create")
    assert not rater.holds("people.leave", "decide")


def test_a_decided_notice_moves_the_rating_from_that_day(city, quarter):
    me = actor_for(city.crew)
    row = people_actions.contest_superior(city.crew, by=me, words="Bukan atasan saya")
    assert city.crew.pk in queries.appraised_by(actor_for(city.head)), "nothing waits for it"
    people_actions.decide_contest(
        row,
        by=an_actor("agency_hr", city.agency),
        seen=row.version,
        answer="Benar",
        superior=city.agency_head,
    )
    assert city.crew.pk not in queries.appraised_by(actor_for(city.head))
    assert an_evaluation(city.crew, city.agency_head, quarter).is_final


def test_a_daily_stand_in_leads_and_rates_nobody(city, quarter):
    stand_in(city)
    stands_in = actor_for(city.second_crew)
    assert city.crew.pk in stands_in.team_ids
    assert queries.appraised_by(stands_in) == frozenset()
    assert city.crew.pk in queries.appraised_by(actor_for(city.head))
    with pytest.raises(Refused):
        an_evaluation(city.crew, city.second_crew, quarter)
    assert an_evaluation(city.crew, city.head, quarter).is_final


def test_targets_hang_under_the_appraiser_even_while_somebody_stands_in(city):
    above = a_target(a_plan(city.head))
    stand_in(city)
    plan = a_plan(city.crew)
    assert queries.superiors_targets(city.crew.pk, plan.year) == [above]
    assert a_target(plan, above).parent == above
    with pytest.raises(Invalid):
        a_target(plan, a_target(a_plan(city.second_crew)))


def test_after_a_move_of_the_unit_the_loop_goes_on_with_the_new_line(city, quarter):
    other = an_agency("Dinas Lain")
    boss = city.agency_head
    given = people_actions.ActGiven(
        kind="move", on=clock.today(), decree="Perwali 7/2026", new_parent=other
    )
    act = people_actions.prepare_act(city.section, by=an_actor("organisation_office"), given=given)
    people_actions.approve_act(act, by=an_actor("organisation_office"), seen=act.version)
    new_boss = people.head_of(other.pk)
    assert new_boss is None
    assert city.head.pk not in queries.appraised_by(actor_for(boss))
    assert queries.appraised_by(actor_for(city.head)) == {city.crew.pk, city.second_crew.pk}
    row = an_evaluation(city.crew, city.head, quarter)
    assert row.unit.agency_id == other.pk


def test_team_and_rated_cost_ten_queries_together(city):
    line_to(city.crew, city.agency_head, "appraiser")
    with counted_queries(at_most=10):
        led = people.led_by(city.head.pk)
    assert led.team - led.rated == {city.crew.pk}
