"""Plans and targets: written, cascaded, handed over, agreed; never by the wrong person."""

from __future__ import annotations

import pytest

from abdi.people.testing import a_city, a_person, actor_for, an_actor, an_agency
from abdi.performance import actions, queries
from abdi.performance.choices import Measure, PlanState
from abdi.performance.models import Period, Plan, Target
from abdi.performance.testing import a_plan, a_target, an_agreed_plan, an_input, periods
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def test_a_year_has_four_quarters_however_often_they_are_opened():
    periods()
    assert [period.number for period in periods()] == [1, 2, 3, 4]
    assert Period.objects.count() == 4


def test_everybody_begins_his_own_plan_and_no_other(city):
    me = actor_for(city.crew)
    plan = actions.start_plan(city.crew, by=me, year=2026)
    assert plan.state == PlanState.DRAFT
    with pytest.raises(Refused):
        actions.start_plan(city.second_crew, by=me, year=2026)


def test_a_second_plan_for_a_year_shows_the_first(city):
    plan = a_plan(city.crew)
    with pytest.raises(Conflict) as clash:
        a_plan(city.crew)
    assert clash.value.current == plan


def test_a_plan_may_begin_with_last_years_targets(city):
    a_target(a_plan(city.crew, 2025), result="Tiang terdata")
    plan = actions.start_plan(city.crew, by=SYSTEM, year=2026, like_last_year=True)
    assert [target.result for target in queries.plan_targets(plan)] == ["Tiang terdata"]


def test_a_target_needs_a_figure_and_a_unit(city):
    plan = a_plan(city.crew)
    for given, field in ((an_input(figure=0), "figure"), (an_input(unit=""), "unit")):
        with pytest.raises(Invalid) as refusal:
            actions.add_target(plan, by=SYSTEM, given=given)
        assert refusal.value.field == field


def test_a_measure_that_collects_by_itself_brings_its_unit_and_direction(city):
    plan = a_plan(city.crew)
    target = a_target(plan, measure=Measure.REPORT_MINUTES, unit="", figure=24_000)
    assert (target.unit, target.better) == ("minutes", "lower")


def test_a_ticked_target_of_the_superior_becomes_a_draft_of_ones_own(city):
    above = a_target(
        a_plan(city.head),
        result="Tanggapan cepat",
        measure=Measure.REPORTS_IN_TIME,
        is_of_unit=True,
    )
    plan = a_plan(city.crew)
    actions.adopt_targets(plan, by=actor_for(city.crew), parents=[above])
    (mine,) = queries.plan_targets(plan)
    assert (mine.parent, mine.result, mine.is_of_unit) == (above, "Tanggapan cepat", False)
    with pytest.raises(Invalid):
        actions.adopt_targets(plan, by=SYSTEM, parents=[above])
    assert [target.pk for target in queries.superiors_targets(city.crew.pk, 2026)] == [above.pk]


def test_a_target_hangs_only_under_ones_superior(city):
    stranger = a_target(a_plan(a_person(an_agency(), head=True)))
    with pytest.raises(Invalid):
        a_target(a_plan(city.crew), parent=stranger)


def test_a_draft_stands_before_the_superiors_and_is_linked_later(city):
    plan = an_agreed_plan(city.crew, city.head)
    (mine,) = queries.plan_targets(plan)
    above = a_target(a_plan(city.head))
    actions.link_target(mine, by=actor_for(city.crew), parent=above)
    assert [target.pk for target in queries.chain_of(queries.plan_targets(plan))] == [above.pk]


def test_a_plan_without_targets_is_not_handed_over(city):
    plan = a_plan(city.crew)
    with pytest.raises(Invalid):
        actions.propose_plan(plan, by=SYSTEM, seen=plan.version)


def test_the_superior_agrees_and_nobody_agrees_to_his_own(city):
    plan = a_plan(city.crew)
    a_target(plan)
    plan = actions.propose_plan(plan, by=actor_for(city.crew), seen=1)
    with pytest.raises(Refused):
        actions.agree_plan(plan, by=actor_for(city.crew), seen=2)
    with pytest.raises(Refused):
        actions.agree_plan(plan, by=actor_for(city.agency_head), seen=2)
    agreed = actions.agree_plan(plan, by=actor_for(city.head), seen=2)
    assert agreed.is_agreed
    assert agreed.agreed_by_id == city.head.pk


def test_an_agreed_plan_is_closed_to_changes_until_it_is_opened_again(city):
    plan = an_agreed_plan(city.crew, city.head)
    with pytest.raises(Conflict):
        a_target(plan)
    plan = actions.reopen_plan(plan, by=actor_for(city.crew), seen=plan.version)
    assert a_target(plan)


def test_a_plan_is_sent_back_with_a_word(city):
    plan = a_plan(city.crew)
    target = a_target(plan)
    plan = actions.propose_plan(plan, by=SYSTEM, seen=1)
    head = actor_for(city.head)
    with pytest.raises(Invalid):
        actions.return_plan(plan, by=head, seen=2, note="")
    plan = actions.return_plan(Plan.objects.get(), by=head, seen=2, note="Tambah mutu")
    assert plan.returned_note == "Tambah mutu"
    actions.drop_target(target, by=actor_for(city.crew), seen=1)
    assert queries.plan_targets(plan) == []


def test_a_stale_target_shows_what_is_there_now(city):
    target = a_target(a_plan(city.crew))
    actions.change_target(target, by=SYSTEM, seen=1, given=an_input(result="Baru"))
    with pytest.raises(Conflict) as clash:
        actions.change_target(target, by=SYSTEM, seen=1, given=an_input(result="Lama"))
    assert clash.value.current.result == "Baru"
    assert Target.objects.get().result == "Baru"


def test_each_role_sees_the_plans_in_its_reach(city):
    mine, theirs = a_plan(city.crew), a_plan(a_person(an_agency()))

    def seen(actor):
        return set(queries.visible_plans(actor).values_list("id", flat=True))

    assert seen(actor_for(city.crew)) == {mine.pk}
    assert seen(actor_for(city.head)) == {mine.pk}
    assert seen(an_actor("agency_hr", city.agency)) == {mine.pk}
    assert seen(an_actor("personnel_office")) == {mine.pk, theirs.pk}
    assert seen(an_actor("sysadmin")) == set()
