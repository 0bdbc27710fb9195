"""Actions of duty: what they do, whom they refuse, what they honour."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from abdi.duty import actions, queries
from abdi.duty.actions import Pattern
from abdi.duty.jobs import (
    published_hours_without_anybody_on_duty,
    remind_before_shift,
    turns_whose_places_differ_from_their_shifts,
)
from abdi.duty.models import CallOut, Roster, Shift, ShiftPattern, Turn
from abdi.duty.testing import DAY_AND_NIGHT, THREE_TURNS, a_coverage, a_crew, a_roster, a_turn
from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.people.testing import a_city, a_person, a_unit, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 3, 2)
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def unit(city):
    a_crew(city.section, 6)
    a_coverage(city.section)
    return city.section


def moment(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=WIB)


def test_turns_of_a_round_the_clock_unit_must_cover_the_whole_day(city):
    with pytest.raises(Invalid, match="whole day"):
        a_coverage(city.section, THREE_TURNS[:2])
    assert a_coverage(city.section, THREE_TURNS[:2], round_the_clock=False)


def test_a_unit_needs_turns_with_different_letters(city):
    twice = (Pattern("pagi", "P", time(6), time(18)), Pattern("petang", "P", time(18), time(6)))
    with pytest.raises(Invalid, match="same letter"):
        a_coverage(city.section, twice)
    with pytest.raises(Invalid, match="at least one"):
        a_coverage(city.section, ())


def test_new_turns_of_the_day_replace_the_old_ones_and_leave_laid_out_weeks(unit):
    roster = a_roster(unit)
    a_coverage(unit, THREE_TURNS)
    assert [one.letter for one in queries.patterns_of(unit.pk)] == ["P", "S", "M"]
    assert ShiftPattern.objects.filter(unit=unit).count() == 5
    assert Turn.objects.filter(roster=roster).count() == 14


def test_a_draft_fills_the_week_evenly_with_the_people_of_the_unit(unit, city):
    roster = actions.draft_roster(unit, by=city.commander, week_start_on=NEXT)
    shifts = list(Shift.objects.filter(roster=roster))
    assert len(shifts) == 14
    assert city.head.pk not in {one.person_id for one in shifts}
    counts = [sum(one.person_id == who for one in shifts) for who in {s.person_id for s in shifts}]
    assert max(counts) - min(counts) <= 1
    entry = Entry.objects.get(kind="duty.RosterDrafted")
    assert entry.data == {"roster_id": roster.pk, "unit_id": unit.pk, "placed": 14, "open": 0}


def test_a_draft_takes_the_time_of_everybody_in_it(unit):
    roster = a_roster(unit, NEXT, published=False)
    shift = Shift.objects.filter(roster=roster).first()
    found = people.busy([shift.person_id], shift.starts_at, shift.ends_at)
    assert [(one.kind, one.about) for one in found] == [("shift", shift.ref)]


def test_a_draft_goes_around_a_class(unit):
    crew = list(people.people_of_unit(unit.pk))
    for person in crew[1:]:
        people_actions.take_time(
            person,
            start=moment(9, 6),
            end=moment(15, 20),
            kind=TimeKind.CLASS,
            about="training.class:1",
            by=SYSTEM,
        )
    roster = a_roster(unit, NEXT, published=False)
    assert {one.person_id for one in Shift.objects.filter(roster=roster)} <= {crew[0].pk}


def test_a_second_draft_fills_only_what_is_open(unit):
    roster = a_roster(unit, NEXT, published=False)
    kept = set(Shift.objects.filter(roster=roster).values_list("id", flat=True))
    gone = Shift.objects.filter(roster=roster).first()
    actions.remove_shift(gone, by=SYSTEM)
    again = actions.draft_roster(unit, by=SYSTEM, week_start_on=NEXT)
    assert again.pk == roster.pk
    now = set(Shift.objects.filter(roster=roster).values_list("id", flat=True))
    assert kept - {gone.pk} <= now
    assert len(now) == 14


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2027, 3, 1)])
def test_a_draft_wants_a_monday_that_is_not_too_far(unit, day):
    with pytest.raises(Invalid):
        actions.draft_roster(unit, by=SYSTEM, week_start_on=day)


def test_a_unit_without_turns_of_the_day_has_no_roster(city):
    with pytest.raises(Invalid, match="no turns"):
        actions.draft_roster(city.section, by=SYSTEM, week_start_on=NEXT)
    assert not Roster.objects.exists()


def test_only_the_commander_of_the_agency_lays_out_places_and_publishes(unit, city):
    other = an_actor("duty_commander", a_unit(None, name="Dinas Lain"))
    roster = a_roster(unit, NEXT, published=False)
    turn = Turn.objects.filter(roster=roster).first()
    shift = Shift.objects.filter(roster=roster).first()
    for stranger in (other, city.dispatcher):
        with pytest.raises(Refused):
            actions.draft_roster(unit, by=stranger, week_start_on=NEXT)
        with pytest.raises(Refused):
            actions.set_shift(turn, city.crew, by=stranger)
        with pytest.raises(Refused):
            actions.remove_shift(shift, by=stranger)
        with pytest.raises(Refused):
            actions.publish(roster, by=stranger)
    assert actions.publish(roster, by=city.commander).is_published


def test_a_full_turn_takes_nobody_more_except_on_standby(unit):
    roster = a_roster(unit, NEXT)
    turn = a_turn(roster, moment(9, 8))
    free = next(one for one in queries.could_stand(turn, norms_of_duty()))
    person = a_person(unit)
    with pytest.raises(Conflict, match="just filled"):
        actions.set_shift(turn, person, by=SYSTEM)
    shift = actions.set_shift(turn, person, by=SYSTEM, is_standby=True)
    assert shift.is_standby
    assert free.person_id != person.pk
    turn.refresh_from_db()
    assert turn.taken_count == turn.needed_count == 1


def norms_of_duty():
    from abdi.platform.norms import norms

    return norms("duty", on=MONDAY)


def test_a_person_cannot_stand_two_turns_at_a_time(unit, city):
    turn = a_turn(a_roster(unit, NEXT), moment(9, 8))
    person = Shift.objects.get(turn=turn).person
    section = a_unit(city.agency, name="Seksi Lain")
    a_coverage(section, THREE_TURNS, round_the_clock=False)
    empty = a_turn(a_roster(section, NEXT, published=False), moment(9, 8))
    with pytest.raises(Conflict, match="already taken"):
        actions.set_shift(empty, person, by=SYSTEM)
    with pytest.raises(Conflict, match="already stands"):
        actions.set_shift(turn, person, by=SYSTEM)


def test_breaking_a_rest_rule_needs_a_reason_and_is_kept(unit, city):
    a_coverage(unit, THREE_TURNS)
    roster = a_roster(unit, NEXT, published=False)
    evening, morning = a_turn(roster, moment(9, 15)), a_turn(roster, moment(10, 7))
    for shift in Shift.objects.filter(roster=roster):
        actions.remove_shift(shift, by=SYSTEM)
    actions.set_shift(evening, city.crew, by=city.commander)
    with pytest.raises(Invalid, match="Too little rest"):
        actions.set_shift(morning, city.crew, by=city.commander)
    shift = actions.set_shift(
        morning, city.crew, by=city.commander, override_reason="Banjir, tidak ada orang lain"
    )
    assert shift.override_problem == "rest_too_short"
    assert Entry.objects.filter(kind="duty.ShiftSet").last().data["override"] == "rest_too_short"


def test_a_removed_shift_frees_the_place_and_the_time(unit):
    roster = a_roster(unit, NEXT)
    shift = Shift.objects.filter(roster=roster).first()
    actions.remove_shift(shift, by=SYSTEM)
    turn = Turn.objects.get(pk=shift.turn_id)
    assert turn.missing == 1
    assert not people.is_busy(shift.person_id, shift.starts_at, shift.ends_at)
    assert [gap.turn_id for gap in queries.gaps(NEXT)] == [turn.pk]


def test_a_turn_that_is_over_cannot_be_emptied(unit):
    roster = a_roster(unit)
    shift = Shift.objects.filter(roster=roster).order_by("starts_at").first()
    with clock.at(shift.ends_at), pytest.raises(Conflict, match="over"):
        actions.remove_shift(shift, by=SYSTEM)


def test_publishing_twice_empty_or_stale_is_a_conflict(unit, city):
    roster = a_roster(unit, NEXT, published=False)
    seen = Roster.objects.get(pk=roster.pk).version
    actions.remove_shift(Shift.objects.filter(roster=roster).first(), by=SYSTEM)
    with pytest.raises(Conflict):
        actions.publish(roster, by=SYSTEM, seen=seen)
    actions.publish(roster, by=SYSTEM)
    with pytest.raises(Conflict, match="already in force"):
        actions.publish(roster, by=SYSTEM)
    lonely = a_unit(city.agency)
    with pytest.raises(Conflict, match="Nobody"):
        a_roster(lonely, NEXT)


def test_a_call_out_counts_once(city):
    for _again in range(2):
        actions.count_call_out(city.crew, about="reports.report:7", at=clock.now(), by=SYSTEM)
    assert CallOut.objects.count() == 1
    day = timedelta(days=1)
    assert queries.call_out_count(city.crew.pk, clock.now() - day, clock.now() + day) == 1


def test_a_person_is_reminded_once_before_a_turn_in_force(unit):
    roster = a_roster(unit, published=False)
    with clock.at(moment(2, 12)):
        assert remind_before_shift() == 0
        actions.publish(roster, by=SYSTEM)
        assert remind_before_shift() == 1
        assert remind_before_shift() == 0
        shift = Shift.objects.exclude(reminded_at=None).get()
        assert shift.starts_at == moment(2, 18)
        with pytest.raises(Conflict):
            actions.remind(shift, by=SYSTEM)


def test_reconciliation_counts_hours_nobody_stands_and_only_of_published_weeks(unit):
    roster = a_roster(unit, published=False)
    assert published_hours_without_anybody_on_duty() == 0
    actions.publish(roster, by=SYSTEM)
    assert published_hours_without_anybody_on_duty() == 0
    for shift in Shift.objects.filter(starts_at__in=[moment(4, 6), moment(6, 18)]):
        actions.remove_shift(shift, by=SYSTEM)
    assert published_hours_without_anybody_on_duty() == 2


def test_reconciliation_sees_places_that_differ_from_shifts(unit):
    a_roster(unit)
    assert turns_whose_places_differ_from_their_shifts() == 0
    Turn.objects.filter(starts_at=moment(4, 6)).update(taken_count=0)
    assert turns_whose_places_differ_from_their_shifts() == 1


def test_office_hours_leave_no_holes_to_count(city):
    a_crew(city.section, 4)
    a_coverage(city.section, DAY_AND_NIGHT[:1], round_the_clock=False)
    a_roster(city.section)
    assert published_hours_without_anybody_on_duty() == 0
