"""Who leads whom on any day, in a fixed number of queries."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abdi.people import actions, queries, rules
from abdi.people.guards import keep_one_definite
from abdi.people.models import Assignment, Override, Person
from abdi.people.testing import a_city, a_person, a_position, a_unit, an_agency, seat
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Invalid
from abdi.platform.testing import counted_queries

DAY = date(2026, 3, 2)


def holder(person_id, kind="definite", start=DAY, row=0):
    return rules.Holder(person_id, kind, start, row)


# ------------------------------------------------------------------ rules


def test_a_stand_in_leads_before_the_absent_holder_and_rates_nobody():
    holders = [holder(1), holder(2, "plh")]
    assert rules.head_among(holders) == holders[1]
    assert rules.head_among(holders, rules.APPRAISING) == holders[0]


def test_of_two_acting_heads_the_newer_one_leads():
    old, new = holder(1, "plt", DAY), holder(2, "plt", DAY + timedelta(days=1))
    assert rules.head_among([old, new]) == new
    assert rules.head_among([]) is None


def test_whoever_leads_his_own_unit_is_led_from_above():
    levels = [[holder(1), holder(2, "plh")], [], [holder(3)]]
    assert rules.leader_above(9, levels, leads_first=False) == 2
    assert rules.leader_above(2, levels, leads_first=False) == 3
    assert rules.leader_above(1, levels, leads_first=True) == 3
    assert rules.leader_above(3, [[holder(3)]], leads_first=False) is None


def test_a_line_begins_at_the_definite_post_else_at_the_newest():
    definite = rules.Held(1, "definite", False, DAY)
    later = rules.Held(2, "additional", True, DAY + timedelta(days=3))
    newest = rules.Held(3, "plt", True, DAY + timedelta(days=4))
    assert rules.own_post([later, definite]) == definite
    assert rules.own_post([later, newest]) == newest
    assert rules.own_post([]) is None


@given(
    st.integers(1, 5),
    st.lists(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(rules.LEADING)), max_size=3)),
    st.booleans(),
)
def test_nobody_is_his_own_superior(person, drawn, leads_first):
    levels = [[holder(one, kind) for one, kind in level] for level in drawn]
    assert rules.leader_above(person, levels, leads_first=leads_first) != person


# ------------------------------------------------------------------ queries


@pytest.mark.django_db
def test_the_superior_of_one_or_of_many_takes_the_same_few_queries():
    city = a_city()
    deep = city.section
    for _ in range(4):
        deep = a_unit(deep)
    many = [a_person(deep) for _ in range(20)]
    with counted_queries(3):
        assert queries.superior(many[0].pk) == city.head
    with counted_queries(3):
        assert queries.appraiser(many[0].pk) == city.head
    with counted_queries(3):
        found = queries.lines([person.pk for person in many])
    assert {line.superior_id for line in found.values()} == {city.head.pk}


@pytest.mark.django_db
def test_a_team_takes_the_same_few_queries_however_deep():
    city = a_city()
    for _ in range(5):
        a_person(a_unit(city.agency), head=True)
    with counted_queries(10):
        assert len(queries.team_ids(city.agency_head.pk)) == 8
    with counted_queries(2):
        assert queries.team_ids(city.crew.pk) == frozenset()


@pytest.mark.django_db
def test_an_absent_head_is_led_from_above_and_not_by_his_stand_in():
    city = a_city()
    head = a_position(city.section, is_head=True)
    today = clock.today()
    plh = {"kind": "plh", "start_on": today, "end_on": today + timedelta(days=5)}
    actions.appoint_acting(head, city.crew, by=SYSTEM, **plh)
    assert queries.superior(city.second_crew.pk) == city.crew
    assert queries.appraiser(city.second_crew.pk) == city.head
    assert queries.superior(city.head.pk) == city.agency_head
    assert queries.superior(city.crew.pk) == city.agency_head
    assert queries.team_ids(city.crew.pk) == {city.second_crew.pk}
    assert queries.team_ids(city.head.pk) == frozenset()


@pytest.mark.django_db
def test_a_head_ex_officio_leads_a_second_unit():
    city = a_city()
    other = an_agency("BPBD")
    member = a_person(other)
    post = a_position(other, is_head=True)
    seat(city.agency_head, post, kind="additional")
    assert queries.superior(member.pk) == city.agency_head
    assert member.pk in queries.team_ids(city.agency_head.pk)
    assert queries.unit_of(city.agency_head.pk) == city.agency


@pytest.mark.django_db
def test_a_head_who_has_left_leads_nobody():
    city = a_city()
    city.head.left_on = clock.today() - timedelta(days=1)
    city.head.save()
    assert queries.superior(city.crew.pk) == city.agency_head


@pytest.mark.django_db
def test_a_head_post_has_one_definite_seat_that_later_ones_do_not_cross():
    city = a_city()
    with pytest.raises(Invalid, match="another post"):
        seat(city.crew, a_position(city.agency, title="Analis"))


@pytest.mark.django_db
def test_the_database_refuses_two_definite_posts_on_a_day():
    keep_one_definite(using="default")
    city = a_city()
    held = Assignment.objects.get(person=city.crew)
    post = a_position(city.agency, title="Analis")
    held.end_on = date(2026, 3, 31)
    held.save()
    overlapping = Assignment(person=city.crew, position=post, start_on=date(2026, 3, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        overlapping.save()
    overlapping.start_on = date(2026, 4, 1)
    overlapping.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=held.pk).update(end_on=date(2026, 4, 1))


# ------------------------------------------------------------------ random histories


def _tree(chance, size):
    units = [an_agency()]
    for _ in range(size):
        units.append(a_unit(chance.choice(units)))
    return units


def _history(chance, units, people):
    """Random dated seats; what the rules refuse does not happen."""
    for _ in range(30):
        person, unit = chance.choice(people), chance.choice(units)
        post = a_position(unit, is_head=chance.random() < 0.5)
        start = DAY + timedelta(days=chance.randrange(200))
        kind = chance.choice(["definite", "definite", "plt", "plh", "additional"])
        end = start + timedelta(days=chance.randrange(80)) if kind != "definite" else None
        inputs = {"kind": kind, "start_on": start, "end_on": end}
        try:
            with transaction.atomic():
                if kind in ("plt", "plh"):
                    actions.appoint_acting(post, person, by=SYSTEM, **inputs)
                else:
                    actions.place_person(person, unit, by=SYSTEM, position=post, **inputs)
        except (Invalid, IntegrityError):
            continue


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_in_random_histories_nobody_leads_himself_and_teams_mirror_superiors(seed):
    chance = random.Random(seed)
    with transaction.atomic():
        units = _tree(chance, 8)
        people = [Person.objects.create(name=f"Orang {n}", employment="PNS") for n in range(8)]
        _history(chance, units, people)
        for day in (DAY, DAY + timedelta(days=100), DAY + timedelta(days=199)):
            definite = Assignment.objects.on(day).filter(kind="definite", person__in=people)
            held = [row.person_id for row in definite]
            assert len(held) == len(set(held))
            lines = queries.lines([person.pk for person in people], day)
            assert all(line.superior_id != pk for pk, line in lines.items())
            for person in people:
                mine = {pk for pk, line in lines.items() if line.superior_id == person.pk}
                assert queries.team_ids(person.pk, day) == mine
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_an_exception_goes_before_the_derived_superior_for_its_days():
    city = a_city()
    Override.objects.create(
        person=city.crew,
        superior=city.agency_head,
        line="superior",
        start_on=DAY,
        end_on=DAY + timedelta(days=9),
        reason="perbantuan",
        decided_by="system",
    )
    assert queries.superior(city.crew.pk, DAY) == city.agency_head
    assert queries.appraiser(city.crew.pk, DAY) == city.agency_head
    assert queries.superior(city.crew.pk, DAY + timedelta(days=10)) == city.head
    assert city.crew.pk in queries.team_ids(city.agency_head.pk, DAY)
    assert city.crew.pk not in queries.team_ids(city.head.pk, DAY)
