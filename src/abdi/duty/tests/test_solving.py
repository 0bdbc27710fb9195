"""The solver on small units: no rule broken, little left open, what it says about the rest.

Rules are checked by the rules of duty, never by the solver's own arithmetic.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abdi.duty import rules
from abdi.duty.rules import Member, Need, Past, Place, Planning, Wish
from abdi.duty.solving.improve import improved
from abdi.duty.solving.model import Roster
from abdi.duty.solving.search import solve
from abdi.platform.norms import norms

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 6, 1)
NORMS = dict(norms("duty", on=MONDAY))
THREE = ((6, 14), (14, 22), (22, 6))
TWO = ((6, 18), (18, 6))
WIRING = Need("panel", 2)


def places(days=7, turns=THREE, wanted=1, needs=(), **more):
    """Turns of so many days, numbered from 1."""
    found = []
    for day in range(days):
        for start, end in turns:
            moments = rules.turn_on(MONDAY + timedelta(days=day), time(start), time(end), WIB)
            night = needs if start in {18, 22} else ()
            found.append(Place(len(found) + 1, *moments, wanted, night, **more))
    return tuple(found)


def crew(count, **more):
    """So many free people, numbered from 1."""
    return tuple(Member(n, **more) for n in range(1, count + 1))


def leave(first, days):
    """A leave of whole days."""
    start = datetime.combine(MONDAY + timedelta(days=first), time(0), WIB)
    return (start, start + timedelta(days=days))


def solved(planning, seconds=6):
    """The roster as (place, person), and what the solver says."""
    answer = solve(rules.sheet_of(planning), seconds)
    pairs = rules.pairs_of(planning, answer["placed"])
    assert len(set(pairs)) == len(pairs)
    assert rules.open_places(planning, pairs) == answer["open"]
    return pairs, answer


def holds(planning, pairs):
    """No rule is broken, by the rules of duty."""
    return not rules.broken_rules(planning, pairs) and not rules.hours_broken(planning, pairs)


def test_a_week_is_filled_evenly_without_a_broken_rule():
    planning = Planning(places(), crew(6, budget=2250, week_budget=2880), NORMS)
    pairs, answer = solved(planning)
    assert answer["open"] == 0
    assert holds(planning, pairs)
    low, high = rules.spread_of(planning, pairs)["nights"]
    assert high - low <= 1


def test_who_stood_more_nights_before_stands_fewer_now():
    people = (*crew(3), Member(4, past=Past(nights=2)), Member(5, past=Past(call_outs=2)))
    planning = Planning(places(6, TWO), people, NORMS)
    pairs, _answer = solved(planning)
    nights = {
        one.person_id: rules.load_of(planning, one, pairs).nights - one.past.nights
        for one in people
    }
    assert nights[4] < max(nights[n] for n in (1, 2, 3))
    assert nights[5] < max(nights[n] for n in (1, 2, 3))


def test_leave_fixed_turns_day_only_and_skills_are_honoured():
    people = (
        Member(1, levels={"panel": 2}),
        Member(2, levels={"panel": 3}, busy=(leave(2, 2),)),
        Member(3, is_day_only=True, levels={"panel": 3}),
        Member(4, fixed=frozenset({1})),
        Member(5),
        Member(6, levels={"panel": 2}),
        Member(7),
    )
    planning = Planning(places(needs=(WIRING,)), people, NORMS)
    pairs, answer = solved(planning)
    assert (1, 4) in pairs
    assert answer["lacking"] == 0 == answer["open"]
    assert not rules.missing_skills(planning, pairs)
    assert holds(planning, pairs)


def test_the_last_days_of_the_month_before_count():
    nights = [
        Place(0, *rules.turn_on(MONDAY - timedelta(days=n), time(22), time(6), WIB), 1).stand(1)
        for n in (3, 2, 1)
    ]
    planning = Planning(places(1, THREE[2:]), (Member(1, stands=tuple(nights)),), NORMS)
    pairs, answer = solved(planning)
    assert pairs == []
    assert answer["open"] == 1
    assert {"rule": "nights", "was": 3, "to": 4, "fills": 1, "skills": 0} in answer["loosened"]


def test_a_wish_is_met_where_nothing_else_suffers():
    wish = Wish(2, *leave(0, 1))
    planning = Planning(places(1, TWO[:1]), crew(2), NORMS, wishes=(wish,))
    assert solved(planning)[0] == [(1, 1)]
    wanted = replace(wish, wants_duty=True)
    planning = Planning(places(1, TWO[:1]), crew(2), NORMS, wishes=(wanted,))
    assert solved(planning)[0] == [(1, 2)]


def test_a_platoon_stands_its_rhythm_and_is_helped_by_another_only_where_it_lacks_people():
    turns = places(6, ((7, 7),), wanted=2)
    turns = tuple(replace(one, platoon=1 + n % 3) for n, one in enumerate(turns))
    people = tuple(Member(n, platoon=1 + (n - 1) // 2) for n in range(1, 7))
    pairs, _answer = solved(Planning(turns, people, NORMS))
    assert {(key, 1 + (person - 1) // 2) for key, person in pairs} == {
        (one.key, one.platoon) for one in turns
    }
    people = (replace(people[0], busy=(leave(0, 2),)), *people[1:])
    planning = Planning(turns, people, NORMS)
    pairs, answer = solved(planning)
    assert answer["open"] == 0
    borrowed = [(key, n) for key, n in pairs if (n + 1) // 2 != turns[key - 1].platoon]
    assert len(borrowed) == 1
    assert holds(planning, pairs)


# ------------------------------------------------------------------ what cannot be filled


def test_the_rest_rule_is_named_with_the_least_hours_that_fill_most():
    turns = (
        Place(1, *rules.turn_on(MONDAY, time(6), time(14), WIB), 1),
        Place(2, *rules.turn_on(MONDAY, time(23), time(23, 30), WIB), 1),
    )
    planning = Planning(turns, crew(1), NORMS)
    _pairs, answer = solved(planning)
    assert answer["open"] == 1
    assert answer["loosened"][0] == {
        "rule": "people", "was": 0, "to": 1, "fills": 1, "skills": 0
    }  # fmt: skip
    assert {"rule": "rest", "was": 660, "to": 540, "fills": 1, "skills": 0} in answer["loosened"]


def test_leave_for_everybody_leaves_the_day_open_and_only_more_people_would_help():
    planning = Planning(places(2, TWO), crew(5, busy=(leave(0, 1),)), NORMS)
    pairs, answer = solved(planning)
    assert answer["open"] == 2
    assert [one["rule"] for one in answer["loosened"]] == ["people"]
    assert {key for key, _n in rules.summary_of(planning, pairs)["away"]} == {1, 2}


def test_a_skill_nobody_has_is_named_and_the_turn_is_still_stood():
    planning = Planning(places(3, TWO, needs=(WIRING,)), crew(4), NORMS)
    pairs, answer = solved(planning)
    assert (answer["open"], answer["lacking"]) == (0, 3)
    assert rules.summary_of(planning, pairs)["without_skill"] == [["panel", 2, 1, 0]]
    assert answer["loosened"] == [{"rule": "people", "was": 0, "to": 1, "fills": 0, "skills": 3}]


def test_impossible_rules_leave_places_open_instead_of_failing():
    impossible = {**NORMS, "most_days_in_a_row": 1, "rest_hours": 24}
    planning = Planning(places(4, TWO, wanted=2), crew(3), impossible)
    pairs, answer = solved(planning)
    assert answer["open"] > 0
    assert holds(planning, pairs)
    assert answer["loosened"]


def test_hours_of_the_period_and_of_a_week_are_kept():
    people = crew(3, budget=1440, week_budget=960)
    planning = Planning(places(14, THREE[:1]), people, NORMS)
    pairs, answer = solved(planning)
    assert answer["open"] == 14 - 9  # three turns each in all, two each in a week
    assert holds(planning, pairs)
    more = next(one for one in answer["loosened"] if one["rule"] == "hours")
    assert (more["to"], more["fills"]) == (150, 3)


# ------------------------------------------------------------------ least change


def without(planning, person_id, first, days):
    """The same roster after a sick call: the person is away, his turns are open."""
    span = leave(first, days)
    place = planning.place
    return replace(
        planning,
        keeps_people=True,
        members=tuple(
            replace(
                one,
                busy=(*one.busy, span),
                held=frozenset(
                    key
                    for key in one.held
                    if not (place[key].start < span[1] and span[0] < place[key].end)
                ),
            )
            if one.person_id == person_id
            else one
            for one in planning.members
        ),
    )


def holding(planning, pairs):
    """The same plan with this roster as the one that stands."""
    return replace(
        planning,
        members=tuple(
            replace(one, held=frozenset(key for key, who in pairs if who == one.person_id))
            for one in planning.members
        ),
    )


def fewest_by_trying(planning):
    """Least places left open, then least changes, by trying every roster; small ones only."""
    held = set(planning.held)
    choices = []
    for place in planning.places:
        able = [
            one.person_id
            for one in planning.members
            if not rules.against_place(planning, place, one, ())
        ]
        sets = [
            [(place.key, who) for who in group]
            for n in range(place.wanted + 1)
            for group in combinations(able, n)
        ]
        choices.append(sets)
    best = None
    for picked in product(*choices):
        pairs = [pair for group in picked for pair in group]
        score = (rules.open_places(planning, pairs), len(set(pairs) - held))
        if (best is None or score < best) and not rules.broken_rules(planning, pairs):
            best = score
    return best


@pytest.mark.parametrize("sick", [1, 2, 3])
def test_after_a_sick_call_no_roster_with_fewer_changes_exists(sick):
    planning = Planning(places(3, TWO), crew(4), NORMS)
    pairs, _answer = solved(planning)
    torn = without(holding(planning, pairs), sick, 0, 2)
    again, answer = solved(torn)
    assert holds(torn, again)
    assert (answer["open"], answer["changes"]) == fewest_by_trying(torn)
    assert answer["proven"]["changes"]
    assert rules.changes(torn.held, again) == answer["changes"]


def test_a_hole_that_only_a_chain_fills_takes_two_changes():
    """Only 1 may stand the night, and he stands the day before; 2 takes that day from him."""
    turns = places(1, TWO)
    people = (
        Member(1, held=frozenset({1})),
        Member(2, is_day_only=True),
    )
    planning = Planning(turns, people, NORMS, keeps_people=True)
    pairs, answer = solved(planning)
    assert pairs == [(1, 2), (2, 1)]
    assert (answer["open"], answer["changes"]) == (0, 2)


# ------------------------------------------------------------------ drawn cases


@st.composite
def plannings(draw):
    """Small units with leave, fixed turns, skills and people who stand no nights."""
    turns = places(
        draw(st.integers(2, 6)),
        draw(st.sampled_from([TWO, THREE])),
        wanted=draw(st.integers(1, 2)),
        needs=draw(st.sampled_from([(), (WIRING,)])),
    )
    people = []
    for n in range(1, draw(st.integers(1, 5)) + 1):
        away = draw(st.sampled_from([(), ((0, 1),), ((1, 3),), ((0, 9),)]))
        people.append(
            Member(
                n,
                busy=tuple(leave(first, days) for first, days in away),
                levels={"panel": draw(st.integers(0, 3))},
                is_day_only=draw(st.booleans()),
                past=Past(nights=draw(st.integers(0, 9))),
                budget=draw(st.sampled_from([None, 900, 2250])),
            )
        )
    return Planning(turns, tuple(people), NORMS)


@settings(max_examples=12)
@given(plannings())
def test_no_drawn_roster_breaks_a_rule(planning):
    sheet = {**rules.sheet_of(planning)}
    answer = solve(sheet, 2, loosens=False)
    pairs = rules.pairs_of(planning, answer["placed"])
    assert holds(planning, pairs)
    taken = [key for key, _person in pairs]
    assert all(taken.count(one.key) <= one.wanted for one in planning.places)


@settings(max_examples=8)
@given(plannings(), st.integers(1, 99))
def test_small_moves_break_no_rule_and_leave_nothing_open_that_was_filled(planning, seed):
    roster = Roster(rules.sheet_of(planning))
    before = {(p, t): 1 for p, t in roster.sheet["hint"] if (p, t) in roster.x}
    start = rules.pairs_of(planning, [list(pair) for pair in before])
    after = rules.pairs_of(planning, [list(p) for p in improved(roster, before, 0.05, seed)])
    assert rules.open_places(planning, after) == rules.open_places(planning, start)
    if holds(planning, start):
        assert holds(planning, after)
