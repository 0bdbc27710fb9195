"""Hand edits obey the hours of a week as plans do, and candidates are ranked with them."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions, queries, rules
from abdi.duty.choices import Problem
from abdi.duty.models import Coverage, Platoon, PlatoonMember, Shift
from abdi.duty.rules import Member, Place, Planning
from abdi.duty.testing import a_coverage, a_crew, a_quiet_week, a_turn
from abdi.people.testing import a_city, a_unit
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Invalid
from abdi.platform.norms import norms
from abdi.platform.testing import counted_queries

WIB = ZoneInfo("Asia/Jakarta")
NEXT = date(2026, 3, 9)
NORMS = dict(norms("duty", on=NEXT))


def moment(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=WIB)


def by_day(day):
    return Place(day, moment(day, 6), moment(day, 18), 1)


def test_a_place_beyond_the_hours_of_its_week_is_told_apart_from_one_of_the_next():
    days = tuple(by_day(day) for day in (9, 10, 11, 12, 13, 16))
    tired = Member(1, week_budget=48 * 60)
    planning = Planning(days, (tired,), NORMS)
    four = [(day, 1) for day in (9, 10, 11, 12)]
    friday, monday = planning.place[13], planning.place[16]
    assert not rules.is_over_week(planning, planning.place[12], tired, four)
    assert rules.is_over_week(planning, friday, tired, four)
    assert not rules.is_over_week(planning, monday, tired, four)
    assert not rules.is_over_week(planning, friday, replace(tired, week_budget=None), four)


def test_who_is_over_his_hours_is_ranked_behind_who_is_not():
    days = tuple(by_day(day) for day in (9, 10, 11, 12, 13))
    members = (Member(1, week_budget=48 * 60), Member(2, week_budget=48 * 60, past=rules.Past(9)))
    planning = Planning(days, members, NORMS)
    found = rules.weighed(planning, planning.place[13], [(day, 1) for day in (9, 10, 11, 12)])
    assert [one.member.person_id for one in found] == [2, 1]
    assert found[1].problems == (Problem.OVER_HOURS,)
    assert not found[1].is_never


@pytest.fixture
def week():
    """The crew member of the city stands four long days of next week; Friday is open."""
    city = a_city()
    a_crew(city.section, 1)
    a_coverage(city.section)
    stands = [(city.crew, moment(day, 8)) for day in (9, 10, 11, 12)]
    return city, a_quiet_week(city.section, NEXT, stands)


@pytest.mark.django_db
def test_more_hours_than_a_week_allows_want_a_reason_of_the_commander(week):
    city, roster = week
    friday = a_turn(roster, moment(13, 8))
    with pytest.raises(Invalid, match="60 hours in this week; 48 are allowed") as refusal:
        actions.set_shift(friday, city.crew, by=city.commander)
    assert refusal.value.field == "override_reason"
    assert not Shift.objects.filter(turn=friday).exists()
    why = "Banjir, yang lain di lapangan"
    shift = actions.set_shift(friday, city.crew, by=city.commander, override_reason=why)
    assert (shift.override_problem, shift.override_reason) == (Problem.OVER_HOURS, why)


@pytest.mark.django_db
def test_hours_stood_in_another_unit_count_and_standby_does_not(week):
    city, _roster = week
    other = a_unit(city.agency, name="Seksi Lain")
    friday = a_turn(a_quiet_week_of(other, city), moment(13, 8))
    with pytest.raises(Invalid, match="60 hours"):
        actions.set_shift(friday, city.crew, by=city.commander)
    assert actions.set_shift(friday, city.crew, by=city.commander, is_standby=True).is_standby


def a_quiet_week_of(unit, city):
    return a_quiet_week(unit, NEXT, [(city.second_crew, moment(14, 8))])


@pytest.mark.django_db
def test_the_own_figure_of_a_unit_and_platoons_go_before_the_rule(week):
    city, roster = week
    friday, saturday = a_turn(roster, moment(13, 8)), a_turn(roster, moment(14, 8))
    Coverage.objects.filter(unit=city.section).update(figures={"most_week_hours": 60})
    assert actions.set_shift(friday, city.crew, by=city.commander).override_problem == ""
    with pytest.raises(Invalid, match="72 hours in this week; 60 are allowed"):
        actions.set_shift(saturday, city.crew, by=city.commander)
    platoon = Platoon.objects.create(unit=city.section, name="Regu A", place=1)
    PlatoonMember.objects.create(platoon=platoon, person=city.crew)
    assert actions.set_shift(saturday, city.crew, by=city.commander).override_problem == ""


@pytest.mark.django_db
def test_who_may_not_break_rules_may_not_break_the_hours(week, monkeypatch):
    city, roster = week
    monkeypatch.setattr("abdi.duty.actions.rosters.may_override", lambda *_things: False)
    with pytest.raises(Refused):
        actions.set_shift(
            a_turn(roster, moment(13, 8)), city.crew, by=SYSTEM, override_reason="Terpaksa sekali"
        )


@pytest.mark.django_db
def test_the_ranking_of_an_open_turn_knows_the_hours_and_the_query_count_stays(week):
    city, roster = week
    friday = a_turn(roster, moment(13, 8))
    found = queries.weighing_of(friday)
    problems = {one.member.person_id: one.problems for one in found.others}
    assert problems[city.crew.pk] == (Problem.OVER_HOURS,)
    assert found.others[0].is_free
    with counted_queries(2):
        hours = queries.week_hours(city.crew.pk, friday, NORMS)
    assert (hours.minutes, hours.is_over) == (60 * 60, True)


def test_wishes_met_are_counted_by_the_turns_that_touch_them():
    free, duty = (rules.Wish(1, moment(9, 0), moment(10, 0), on) for on in (False, True))
    planning = Planning((by_day(9), by_day(10)), (Member(1),), NORMS, wishes=(free, duty))
    assert rules.wishes_at(planning, planning.place[9], 1) == [free, duty]
    assert rules.wishes_met(planning, [(9, 1)]) == (1, 2)
    assert rules.wishes_met(planning, [(10, 1)]) == (1, 2)
