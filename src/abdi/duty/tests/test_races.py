"""Races for places and for people, each with a control that fails when the guard is off."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions
from abdi.duty.actions import Pattern, planning, rosters
from abdi.duty.models import Plan, Shift, Turn
from abdi.duty.testing import a_coverage, a_crew, a_plan, a_roster, worked_out
from abdi.people.testing import a_city, a_unit
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict
from abdi.platform.testing.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NEXT = datetime(2026, 3, 9, tzinfo=ZoneInfo("Asia/Jakarta")).date()
MORNING = (Pattern("pagi", "P", time(6), time(14)),)
LATER = (Pattern("siang", "S", time(8), time(16)),)


def an_open_turn(unit, patterns=MORNING):
    """The first turn of next week, without anybody on it."""
    a_coverage(unit, patterns, round_the_clock=False)
    roster = a_roster(unit, NEXT, published=False)
    for shift in Shift.objects.filter(roster=roster):
        actions.remove_shift(shift, by=SYSTEM)
    return Turn.objects.filter(roster=roster).order_by("starts_at").first()


def placing(turn, person):
    return lambda: actions.set_shift(Turn.objects.get(pk=turn.pk), person, by=SYSTEM)


def placing_all(turn, people):
    """Each with its own copy of the turn, read before any of them acts."""
    copies = [Turn.objects.select_related("roster").get(pk=turn.pk) for _person in people]
    return [
        lambda copy=copy, person=person: actions.set_shift(copy, person, by=SYSTEM)
        for copy, person in zip(copies, people, strict=True)
    ]


def test_one_place_goes_to_one_of_six_people(inside_institution):
    city = a_city()
    crew = a_crew(city.section, 6)
    turn = an_open_turn(city.section)
    assert len(at_once(*placing_all(turn, crew))) == 1
    turn.refresh_from_db()
    assert turn.taken_count == Shift.objects.filter(turn=turn).count() == 1


def test_control_counting_before_writing_sells_the_place_more_than_once(
    inside_institution, monkeypatch
):
    def count_then_take(turn, count):
        if turn.missing < count:
            raise Conflict("full")
        Turn.objects.filter(pk=turn.pk).update(taken_count=turn.taken_count + count)

    monkeypatch.setattr(rosters, "take_places", count_then_take)
    city = a_city()
    crew = a_crew(city.section, 6)
    turn = an_open_turn(city.section)
    assert len(at_once(*placing_all(turn, crew))) > 1


def two_turns_at_a_time(city):
    other = a_unit(city.agency, name="Seksi Lain")
    return an_open_turn(city.section), an_open_turn(other, LATER)


def test_a_person_asked_for_two_places_at_once_gets_one(inside_institution):
    city = a_city()
    turns = two_turns_at_a_time(city)
    acts = [placing(turn, city.crew) for turn in turns]
    assert len(at_once(*acts)) == 1
    assert Shift.objects.filter(person=city.crew).count() == 1


def test_control_without_looking_into_the_calendar_a_person_stands_twice(
    inside_institution, monkeypatch
):
    monkeypatch.setattr(rosters, "_problem", lambda turn, person: None)
    city = a_city()
    turns = two_turns_at_a_time(city)
    acts = [placing(turn, city.crew) for turn in turns]
    assert len(at_once(*acts)) == 2


def test_two_drafts_of_the_same_week_place_nobody_twice(inside_institution):
    city = a_city()
    a_crew(city.section, 6)
    a_coverage(city.section)
    a_roster(city.section, NEXT, published=False)
    for shift in Shift.objects.all():
        actions.remove_shift(shift, by=SYSTEM)
    act = lambda: actions.draft_roster(city.section, by=SYSTEM, week_start_on=NEXT)  # noqa: E731
    assert len(at_once(act, act)) >= 1
    assert Shift.objects.count() == 14
    shifts = list(Shift.objects.order_by("person_id", "starts_at"))
    pairs = pairwise(shifts)
    assert all(
        one.ends_at + timedelta(hours=11) <= other.starts_at
        for one, other in pairs
        if one.person_id == other.person_id
    )


def two_plans_for_the_same_people(city):
    """The section and the agency above it want everybody on the same mornings."""
    a_coverage(city.section, (replace(MORNING[0], needed=9),), round_the_clock=False)
    a_coverage(city.agency, (replace(LATER[0], needed=9),), round_the_clock=False)
    return [worked_out(a_plan(unit, NEXT)) for unit in (city.section, city.agency)]


def applying(plan):
    return lambda: actions.apply_plan(Plan.objects.get(pk=plan.pk), by=SYSTEM)


def people_in_two_posts():
    shifts = list(Shift.objects.order_by("person_id", "starts_at"))
    return {
        one.person_id
        for one, other in pairwise(shifts)
        if one.person_id == other.person_id and other.starts_at < one.ends_at
    }


def test_two_plans_applied_at_once_put_nobody_in_two_posts(inside_institution):
    plans = two_plans_for_the_same_people(a_city())
    assert {person for _key, person in plans[0].pairs} & {p for _key, p in plans[1].pairs}
    assert len(at_once(*map(applying, plans))) == 1
    assert not people_in_two_posts()


def test_control_without_looking_again_two_plans_put_people_in_two_posts(
    inside_institution, monkeypatch
):
    monkeypatch.setattr(planning, "check_new", lambda plan, new: None)
    plans = two_plans_for_the_same_people(a_city())
    assert len(at_once(*map(applying, plans))) == 2
    assert people_in_two_posts()


def test_one_plan_applied_twice_at_once_counts_once(inside_institution):
    city = a_city()
    a_coverage(city.section, MORNING, round_the_clock=False)
    plan = worked_out(a_plan(city.section, NEXT))
    assert at_once(applying(plan), applying(plan)) == [len(plan.pairs)]
    assert Shift.objects.count() == len(plan.pairs)
