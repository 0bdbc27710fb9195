"""Why a person stands a turn, what another would change; figures of a plan, by named examples."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from abdi.duty import rules
from abdi.duty.choices import Problem
from abdi.duty.rules import Member, Need, Past, Place, Planning, Stand, Wish
from abdi.platform.norms import norms

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 6, 1)
NORMS = dict(norms("duty", on=MONDAY))


def place(key, day, start, end, wanted=1, **more):
    """A turn of a day of June 2026."""
    moments = rules.turn_on(date(2026, 6, day), time(start), time(end), WIB)
    return Place(key, *moments, wanted, **more)


def at(day, hour=0):
    return datetime(2026, 6, day, hour, tzinfo=WIB)


NIGHT, NEXT_DAY = place(1, 1, 22, 6), place(2, 2, 18, 22)


def test_candidates_come_free_first_then_those_a_reason_lets_then_those_nothing_lets():
    people = (
        Member(1),
        Member(2, is_day_only=True),
        Member(3, busy=((at(1), at(3)),)),
        Member(4, stands=(Stand(at(1, 6), at(1, 14), 4),)),
        Member(5, past=Past(nights=3)),
        Member(6),
    )
    planning = Planning((NIGHT, NEXT_DAY), people, NORMS)
    found = rules.weighed(planning, NIGHT, [(1, 6)])
    assert [one.member.person_id for one in found] == [1, 5, 4, 2, 3]
    assert [one.is_free for one in found] == [True, True, False, False, False]
    assert [one.is_never for one in found] == [False, False, False, True, True]
    assert found[2].problems == (Problem.REST_TOO_SHORT,)
    assert rules.against_place(planning, NIGHT, people[4], [(2, 5)]) == [Problem.NO_DAY_OFF]


def test_the_effect_counts_places_skills_spread_hours_and_wishes():
    wiring = Need("panel", 2)
    night = replace(NIGHT, needs=(wiring,))
    people = (Member(1, levels={"panel": 2}), Member(2, past=Past(nights=2)), Member(3))
    wish = Wish(1, at(1), at(2))
    planning = Planning((night, NEXT_DAY), people, NORMS, wishes=(wish,))
    first = next(one for one in rules.weighed(planning, night, []) if one.member.person_id == 1)
    assert first.effect == rules.Outcome((1, 0), (1, 0), (2, 2), (0, 480), -1)
    assert rules.missing_skills(planning, [(1, 3)]) == [(1, wiring, 1)]
    assert people[0].has(wiring)
    assert not people[2].has(wiring)


def test_a_turn_weighs_in_holidays_then_nights_then_weekends_then_hours():
    saturday = place(3, 6, 6, 14)
    planning = Planning((NIGHT, NEXT_DAY, saturday), (), NORMS)
    columns = [rules.column_of(planning, one) for one in planning.places]
    assert columns == ["nights", "minutes", "weekends"]
    feast = replace(planning, holidays=frozenset({MONDAY}))
    assert rules.column_of(feast, NIGHT) == "holidays"
    assert rules.is_weekend(saturday.start)


def test_hours_of_a_stretch_shrink_in_ramadan_and_by_leave():
    assert rules.budget_minutes(MONDAY, MONDAY + timedelta(days=6), NORMS) == 2_250
    fasting = date(2026, 3, 2)
    assert rules.budget_minutes(fasting, fasting + timedelta(days=6), NORMS) == 1_950
    edge = date(2026, 3, 19)  # two days of Ramadan are left
    assert rules.budget_minutes(edge, edge + timedelta(days=6), NORMS) == (2 * 1950 + 5 * 2250) // 7
    leave = ((at(2), at(4)), (at(5, 8), at(5, 12)))
    assert rules.days_away(leave, MONDAY, date(2026, 6, 7)) == 2


def test_three_platoons_on_turns_of_a_day_stand_24_and_are_off_48():
    days = [at(n, 7) for n in range(1, 8)]
    order = [rules.platoon_on(day, 0, 1, [7, 8, 9]) for day in days]
    assert order[:3] == order[3:6]
    assert set(order[:3]) == {7, 8, 9}
    assert rules.platoon_on(days[0], 0, 1, []) is None
    two = [rules.platoon_on(days[0], n, 2, [7, 8, 9]) for n in (0, 1)]
    assert two[0] != two[1]


def test_the_ledger_adds_a_roster_and_who_joined_late_is_held_near_the_middle():
    planning = Planning((NIGHT, place(2, 6, 6, 14)), (Member(1, past=Past(1, 1, 0, 2, 60)),), NORMS)
    load = rules.load_of(planning, planning.members[0], [(1, 1), (2, 1)])
    assert load == Past(2, 2, 0, 2, 60 + 960)
    assert rules.levelled([0, 20, 21, 40], 1) == [18, 20, 21, 24]
    assert rules.levelled([], 1) == []


def test_a_summary_names_open_turns_and_where_too_few_people_are_there():
    people = (Member(1, busy=((at(1), at(3)),)), Member(2))
    planning = Planning((replace(NIGHT, wanted=2), NEXT_DAY), people, NORMS)
    found = rules.summary_of(planning, [(1, 2)])
    assert (found["places"], found["open"]) == (3, 2)
    assert found["open_turns"] == [[1, 1], [2, 1]]
    assert found["away"] == [[1, 1]]
    assert found["spread"]["nights"] == [0, 1]
    assert rules.spread_of(planning, [])["minutes"] == [0, 0]


def test_loosening_and_changes_are_counted():
    planning = Planning((NIGHT,), (Member(1, stands=(Stand(at(1, 6), at(1, 14), 1),)),), NORMS)
    assert rules.broken_rules(planning, [(1, 1)]) == [(1, 1, Problem.REST_TOO_SHORT)]
    assert not rules.broken_rules(rules.with_loosened(planning, rest_hours=8), [(1, 1)])
    assert rules.changes([(1, 1), (2, 2)], [(1, 3), (2, 2)]) == 1
    assert rules.rotation(planning) == []
    tired = replace(planning, members=(Member(1, budget=100),))
    assert rules.hours_broken(tired, [(1, 1)]) == [1]
    assert rules.days_in_a_row([NIGHT.stand(1), NEXT_DAY.stand(1)], around=NIGHT.stand(1)) == 2
    assert rules.nights_of(NIGHT.stand(1), NORMS) == [MONDAY]
