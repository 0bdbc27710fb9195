"""Plans from asking to applying: what they honour, whom they tell, what refuses them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions, queries, rules
from abdi.duty.actions import TurnRules
from abdi.duty.choices import PlanKind, PlanState
from abdi.duty.models import Plan, Roster, Shift, ShiftChange, Turn
from abdi.duty.testing import a_coverage, a_crew, a_plan, a_roster, a_turn, worked_out
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city, a_person, a_unit, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.platform.notices.models import Notice
from abdi.platform.testing import counted_queries

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 3, 2)
NEXT, LATER = date(2026, 3, 9), date(2026, 3, 16)


def moment(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=WIB)


@pytest.fixture
def city():
    found = a_city()
    a_crew(found.section, 6)
    a_coverage(found.section)
    return found


def sick(person, first, last, about="presence.leave:1"):
    people_actions.take_time(
        person,
        start=moment(first, 0),
        end=moment(last + 1, 0),
        kind=TimeKind.LEAVE,
        about=about,
        by=SYSTEM,
    )


def rules_hold(plan):
    """The roster as it stands breaks no rule, by the rules of duty."""
    planning = queries.planning_of(queries.asked_of(plan))
    loose = replace(
        planning, members=tuple(replace(one, fixed=frozenset()) for one in planning.members)
    )
    return not rules.broken_rules(loose, planning.fixed + planning.held)


def test_a_month_is_laid_out_worked_out_and_applied_as_drafts(city):
    plan = a_plan(city.section, NEXT, weeks=2, by=city.commander)
    assert Roster.objects.filter(unit=city.section).count() == 2
    assert not Shift.objects.exists()
    plan = worked_out(plan)
    assert plan.state == PlanState.DONE
    assert plan.found["open"] == 0
    given = actions.apply_plan(plan, by=city.commander)
    assert given == Shift.objects.count() == 28
    assert not Roster.objects.filter(state="published").exists()
    assert not Notice.objects.exists()
    assert rules_hold(plan)
    kinds = list(Entry.objects.filter(kind="duty.RosterPlanned"))
    assert len(kinds) == 2
    assert people.is_busy(Shift.objects.first().person_id, moment(9, 0), moment(23, 0))


def test_a_second_month_keeps_what_stands_and_anew_frees_what_no_hand_placed(city):
    roster = a_roster(city.section, NEXT, published=False)
    turn = a_turn(roster, moment(10, 8))
    actions.remove_shift(Shift.objects.get(turn=turn), by=SYSTEM)
    actions.set_shift(turn, city.crew, by=SYSTEM, override_reason="ia yang minta")
    kept = set(Shift.objects.values_list("turn_id", "person_id"))
    plan = worked_out(a_plan(city.section, NEXT))
    actions.apply_plan(plan, by=SYSTEM)
    assert kept <= set(Shift.objects.values_list("turn_id", "person_id"))
    again = worked_out(a_plan(city.section, NEXT, is_anew=True))
    assert [turn.pk, city.crew.pk] in again.pairs
    actions.apply_plan(again, by=SYSTEM)
    assert Shift.objects.get(turn=turn).person == city.crew
    assert Shift.objects.count() == 14


def test_leave_classes_skills_and_those_without_nights_are_honoured(city):
    crew = list(people.people_of_unit(city.section.pk).order_by("id"))
    day_only = crew[2]
    sick(crew[3], 9, 15)
    actions.set_day_only(day_only, by=city.commander, start_on=NEXT, end_on=NEXT)
    plan = worked_out(a_plan(city.section, NEXT))
    actions.apply_plan(plan, by=SYSTEM)
    assert not Shift.objects.filter(person=crew[3]).exists()
    assert not Shift.objects.filter(person=day_only, letter="M").exists()
    turn = Turn.objects.filter(letter="M").first()
    with pytest.raises(Conflict):
        actions.set_shift(turn, day_only, by=city.commander, override_reason="tidak ada lagi")


def test_what_no_rule_allows_stays_open_and_the_plan_says_what_would_help(city):
    actions.set_unit_rules(city.section, by=SYSTEM, figures={"ramadan_week_minutes": 2_700})
    for person in people.people_of_unit(city.section.pk):
        sick(person, 9, 10, about=f"presence.leave:{person.pk}")
    plan = worked_out(a_plan(city.section, NEXT))
    assert plan.found["open"] == 4
    assert len(plan.found["away"]) == 4
    assert {one["rule"] for one in plan.found["loosened"]} == {"people"}


def test_a_wanted_skill_comes_from_levels_and_one_nobody_has_is_named(city):
    need = rules.Need("panel", 2)
    actions.set_unit_rules(
        city.section, by=city.commander, turns=[TurnRules("M", "Utara", (need,))]
    )
    plan = worked_out(a_plan(city.section, NEXT))
    assert plan.found["open"] == 0
    assert plan.found["lacking"] == 7
    assert plan.found["without_skill"] == [["panel", 2, 1, 0]]


def test_rules_of_a_unit_are_checked(city):
    for turns, figures in (
        ([TurnRules("X")], None),
        ([TurnRules("M", "", (rules.Need("panel", 2, 3),))], None),
        ([], {"rest_hours": 3}),
        ([], {"unknown": 3}),
    ):
        with pytest.raises(Invalid):
            actions.set_unit_rules(city.section, by=SYSTEM, turns=turns, figures=figures)
    with pytest.raises(Invalid):
        actions.set_platoons(city.section, by=SYSTEM, platoons=[("A", [city.dispatcher.person_id])])
    with pytest.raises(Invalid):
        actions.set_day_only(city.crew, by=SYSTEM, start_on=NEXT, end_on=MONDAY)
    actions.set_unit_rules(city.section, by=SYSTEM, figures={"rest_hours": 12})
    assert queries.figures_of(city.section.pk, NEXT)["rest_hours"] == 12


def test_platoons_stand_one_after_the_other(city):
    crew = queries.crew_of(city.section.pk, MONDAY)[:6]
    platoons = [("Regu A", crew[:2]), ("Regu B", crew[2:4]), ("Regu C", crew[4:])]
    actions.set_platoons(city.section, by=city.commander, platoons=platoons)
    a_coverage(city.section, (actions.Pattern("piket", "R", time(7), time(7), 2),))
    plan = worked_out(a_plan(city.section, NEXT))
    actions.apply_plan(plan, by=SYSTEM)
    stood = {}
    for shift in Shift.objects.order_by("starts_at"):
        stood.setdefault(shift.starts_at, set()).add(shift.person_id)
    sets = list(stood.values())
    assert len(sets) == 7
    assert sets[0] == sets[3] == sets[6]
    assert {frozenset(one) for one in sets} == {frozenset(ids) for _name, ids in platoons}


# ------------------------------------------------------------------ asking


def test_a_plan_is_refused_for_days_that_are_over_too_long_or_too_far(city):
    for first, last in (
        (date(2026, 2, 2), date(2026, 2, 8)),
        (NEXT, NEXT + timedelta(weeks=6)),
        (date(2027, 3, 1), date(2027, 3, 7)),
    ):
        with pytest.raises(Invalid):
            actions.ask_plan(city.section, by=city.commander, first_on=first, last_on=last)
    empty = a_unit(city.agency, name="Seksi Kosong")
    with pytest.raises(Invalid, match="Nobody"):
        actions.ask_plan(empty, by=SYSTEM, first_on=NEXT, last_on=NEXT)
    a_person(empty)
    with pytest.raises(Invalid, match="no turns"):
        actions.ask_plan(empty, by=SYSTEM, first_on=NEXT, last_on=NEXT)


def test_one_plan_of_a_unit_is_worked_out_at_a_time(city):
    plan = a_plan(city.section, NEXT)
    with pytest.raises(Conflict):
        a_plan(city.section, NEXT)
    actions.drop_plan(plan, by=city.commander)
    assert a_plan(city.section, NEXT)
    with pytest.raises(Conflict):
        actions.drop_plan(plan, by=city.commander)


def test_only_who_lays_out_rosters_of_the_agency_asks_applies_and_puts_in_force(city):
    plan = worked_out(a_plan(city.section, NEXT))
    other = an_actor("duty_commander", a_unit(None, name="Dinas Lain"))
    for stranger in (other, city.dispatcher):
        for act in (
            lambda by: actions.ask_plan(city.section, by=by, first_on=NEXT, last_on=NEXT),
            lambda by: actions.apply_plan(plan, by=by),
            lambda by: actions.drop_plan(plan, by=by),
            lambda by: actions.publish_weeks(city.section, by=by, first_on=NEXT, last_on=NEXT),
            lambda by: actions.set_unit_rules(city.section, by=by),
            lambda by: actions.set_platoons(city.section, by=by, platoons=[]),
            lambda by: actions.set_day_only(city.crew, by=by, start_on=NEXT, end_on=NEXT),
        ):
            with pytest.raises(Refused):
                act(stranger)


def test_a_worker_that_was_killed_leaves_the_plan_to_the_next_one(city):
    plan = a_plan(city.section, NEXT)
    assert actions.lease_plan(queries.next_plan(clock.now()))
    assert not actions.lease_plan(plan)
    assert queries.next_plan(clock.now()) is None
    assert queries.is_planning(clock.now())
    with clock.at(clock.now() + actions.LEASE):
        again = queries.next_plan(clock.now())
        assert again.pk == plan.pk
        Plan.objects.filter(pk=plan.pk).update(tries=actions.MOST_TRIES + 1)
        again.refresh_from_db()
        assert worked_out(again).state == PlanState.FAILED


# ------------------------------------------------------------------ applying


def test_a_roster_or_calendar_that_moved_meanwhile_refuses_the_plan(city):
    plan = worked_out(a_plan(city.section, NEXT))
    key, person_id = plan.pairs[0]
    other = worked_out(plan)
    person = people.visible_people(SYSTEM).get(pk=person_id)
    sick(person, 9, 15)
    with pytest.raises(Conflict, match="has changed"):
        actions.apply_plan(plan, by=city.commander)
    people_actions.free_time("presence.leave:1", by=SYSTEM)
    shift = actions.set_shift(Turn.objects.get(pk=key), person, by=SYSTEM)
    with pytest.raises(Conflict, match="has changed"):
        actions.apply_plan(plan, by=city.commander)
    actions.remove_shift(shift, by=SYSTEM)
    with clock.at(moment(10, 12)), pytest.raises(Conflict):
        actions.apply_plan(plan, by=city.commander)
    assert actions.apply_plan(other, by=city.commander) == 14
    with pytest.raises(Conflict, match="applied already"):
        actions.apply_plan(plan, by=city.commander)


def test_everybody_in_a_month_is_told_once_when_it_comes_into_force(city):
    plan = worked_out(a_plan(city.section, NEXT, weeks=2))
    actions.apply_plan(plan, by=SYSTEM)
    last = LATER + timedelta(days=6)
    assert actions.publish_weeks(city.section, by=city.commander, first_on=NEXT, last_on=last) == 2
    people_in = set(Shift.objects.values_list("person_id", flat=True))
    receivers = list(Notice.objects.values_list("receiver", flat=True))
    assert sorted(receivers) == sorted(f"people.person:{one}" for one in people_in)
    with pytest.raises(Conflict):
        actions.publish_weeks(city.section, by=city.commander, first_on=NEXT, last_on=last)


def a_torn_week(city, day=16):
    """A roster in force beyond the frozen days, and somebody in it who falls sick."""
    roster = a_roster(city.section, LATER)
    Notice.objects.all().delete()
    shift = Shift.objects.get(turn=a_turn(roster, moment(day, 8)))
    sick(shift.person, day, day + 1)
    return roster, shift


def test_a_sick_call_is_mended_with_the_fewest_changes_and_the_affected_are_told(city):
    roster, shift = a_torn_week(city)
    before = set(Shift.objects.values_list("turn_id", "person_id"))
    plan = worked_out(a_plan(city.section, LATER, kind=PlanKind.REPAIR))
    lost = Shift.objects.filter(person=shift.person, starts_at__lt=moment(18, 0)).count()
    assert plan.found["open"] == 0
    assert plan.found["changes"] == lost
    actions.apply_plan(plan, by=city.commander, reason="Sakit")
    after = set(Shift.objects.values_list("turn_id", "person_id"))
    assert len(after - before) == lost
    changed = {person_id for _turn, person_id in before ^ after}
    assert Notice.objects.count() == len(changed)
    assert set(Notice.objects.values_list("receiver", flat=True)) == {
        f"people.person:{one}" for one in changed
    }
    assert ShiftChange.objects.filter(reason="Sakit").count() == 2 * lost
    assert Roster.objects.get(pk=roster.pk).is_published


def test_nobody_is_moved_inside_the_frozen_window_but_holes_there_are_filled(city):
    roster = a_roster(city.section, MONDAY)
    gone = Shift.objects.get(turn=a_turn(roster, moment(4, 8)))
    sick(gone.person, 4, 4)
    before = set(Shift.objects.exclude(pk=gone.pk).values_list("turn_id", "person_id"))
    plan = worked_out(a_plan(city.section, MONDAY, kind=PlanKind.REPAIR))
    actions.apply_plan(plan, by=SYSTEM)
    after = set(Shift.objects.values_list("turn_id", "person_id"))
    coming = {one.pk for one in Turn.objects.filter(starts_at__gt=clock.now())}
    assert {pair for pair in before if pair[0] in coming} <= after
    assert gone.turn_id in {turn for turn, _person in after - before}


def test_taking_somebody_off_a_close_turn_needs_a_reason_and_he_is_told(city):
    roster = a_roster(city.section, MONDAY)
    Notice.objects.all().delete()
    shift = Shift.objects.get(turn=a_turn(roster, moment(4, 8)))
    with pytest.raises(Invalid, match="Say why"):
        actions.remove_shift(shift, by=city.commander)
    actions.remove_shift(shift, by=city.commander, reason="Dipanggil sidang")
    assert Notice.objects.get().receiver == shift.person.ref
    assert "Dipanggil sidang" in Notice.objects.get().body
    far = a_roster(city.section, LATER + timedelta(days=7))
    Notice.objects.all().delete()
    actions.remove_shift(Shift.objects.filter(roster=far).first(), by=city.commander)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("size", [6, 30])
def test_the_problem_takes_the_same_queries_for_six_and_thirty_people(city, size):
    section = a_unit(city.agency, name="Seksi Besar")
    a_crew(section, size)
    a_coverage(section)
    plan = a_plan(section, NEXT)
    asked = queries.asked_of(plan)
    with counted_queries(20):
        assert len(queries.planning_of(asked).members) == size
