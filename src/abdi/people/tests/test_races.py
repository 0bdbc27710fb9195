"""Two people press at one moment. Each guard has a control without it, which breaks."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from abdi.people import actions, queries
from abdi.people.actions import lines, organising, seating
from abdi.people.guards import keep_one_definite
from abdi.people.models import Act, Assignment, Contest, Person, Position, Unit
from abdi.people.testing import a_city, a_position, a_unit, actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry
from abdi.platform.testing import as_owner, races

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(work, things):
    """Run `work(thing)` for each at one moment; which of them were done and which refused."""
    answers = races.all_at_once(work, things, refused=(Conflict, Invalid))
    return sorted("refused" if isinstance(each, Exception) else "done" for each in answers)


@pytest.fixture
def city():
    return a_city()


# ------------------------------------------------------------- two definite posts on a day


def seats_today(person):
    rows = Assignment.objects.on(clock.today()).filter(person=person, kind="definite")
    return rows.count()


def place(person, post, **more):
    """A definite post from today on, for some days, so that no constraint stands behind."""
    today = clock.today()
    actions.place_person(
        Person.objects.get(pk=person.pk),
        Unit.objects.get(pk=post.unit_id),
        by=SYSTEM,
        position=post,
        start_on=today,
        end_on=today + timedelta(days=90),
        **more,
    )


def two_posts(city):
    return [a_position(city.agency, title=title) for title in ("Analis A", "Analis B")]


def test_two_placements_at_once_leave_one_definite_post(city):
    posts = two_posts(city)
    answers = all_at_once(lambda post: place(city.crew, post), posts)
    assert answers == ["done", "refused"]
    assert seats_today(city.crew) == 1


@pytest.fixture
def no_trigger():
    """The database without its own refusal."""
    drops = {
        "sqlite": [
            "DROP TRIGGER people_one_definite_insert",
            "DROP TRIGGER people_one_definite_update",
        ],
        "postgresql": ["DROP TRIGGER people_one_definite ON people_assignment"],
    }
    with as_owner(), connection.cursor() as cursor:
        for drop in drops[connection.vendor]:
            cursor.execute(drop)
    yield
    Assignment.objects.filter(kind="definite", end_on__isnull=False).delete()
    with as_owner():
        keep_one_definite(using="default")


def test_control_without_the_guard_somebody_holds_two_definite_posts(city, no_trigger, monkeypatch):
    posts, looked = two_posts(city), Barrier(2)

    def unguarded(post):
        begins = Assignment.objects.filter(person=city.crew, start_on__gte=clock.today())
        free = not begins.exists()
        looked.wait(timeout=20)
        if free:
            monkeypatch.setattr(seating, "_end_definite", lambda _person, _day: None)
            place(city.crew, post)

    all_at_once(unguarded, posts)
    assert seats_today(city.crew) > 1


# ------------------------------------------------------------- two acts on the same units


def two_moves(city):
    """One section goes below the other, and the other below the first."""
    other = a_unit(city.agency, name="Seksi Taman")
    office = an_actor("organisation_office")
    acts = []
    for unit, parent in ((city.section, other), (other, city.section)):
        given = actions.ActGiven(
            kind="move", on=clock.today(), decree="Perwali 7/2026", new_parent=parent
        )
        acts.append(actions.prepare_act(unit, by=office, given=given))
    return acts


def approve(act):
    fresh = Act.objects.get(pk=act.pk)
    actions.approve_act(fresh, by=SYSTEM, seen=fresh.version)


def in_circles():
    """Units that stand below themselves."""
    return [one for one in queries.units_at() if len(set(one.above_ids)) < len(one.above_ids)]


def test_two_acts_on_the_same_units_leave_a_tree(city):
    assert all_at_once(approve, two_moves(city)) == ["done", "refused"]
    assert in_circles() == []


def test_control_without_the_guard_a_unit_stands_below_itself(city, monkeypatch):
    looked = Barrier(2)

    def unguarded(act):
        organising._check_move(act.unit, organising.given_of(act))
        looked.wait(timeout=20)
        monkeypatch.setattr(organising, "_check_days", lambda _unit, _given: None)
        monkeypatch.setitem(organising.CHECKS, "move", lambda _unit, _given: None)
        monkeypatch.setattr("abdi.people.actions.carrying._keep_states", overwrite)
        approve(act)

    all_at_once(unguarded, two_moves(city))
    assert in_circles()


def overwrite(_act, pairs):
    """Write what units are without asking what else changes them on that day."""
    for _before, after in pairs:
        Unit.objects.filter(pk=after.id).update(path=after.path, parent_id=after.parent_id)


# ------------------------------------------------------------- an acting appointment twice


def appoint(city, person):
    today = clock.today()
    post = Position.objects.get(unit=city.section, is_head=True)
    actions.appoint_acting(
        post,
        Person.objects.get(pk=person.pk),
        by=SYSTEM,
        kind="plh",
        start_on=today,
        end_on=today + timedelta(days=5),
    )


def stand_ins():
    return Assignment.objects.filter(kind="plh").count()


def test_two_stand_ins_at_once_make_one(city):
    answers = all_at_once(lambda one: appoint(city, one), [city.crew, city.second_crew])
    assert answers == ["done", "refused"]
    assert stand_ins() == 1


def test_control_without_the_guard_two_stand_in(city, monkeypatch):
    looked = Barrier(2)

    def unguarded(person):
        free = stand_ins() == 0
        looked.wait(timeout=20)
        if free:
            monkeypatch.setattr(seating, "_check_holders", lambda *_inputs: None)
            appoint(city, person)

    all_at_once(unguarded, [city.crew, city.second_crew])
    assert stand_ins() == 2


# ------------------------------------------------------------- a notice decided twice


def decided():
    return Entry.objects.filter(kind="people.ContestDecided").count()


def a_notice(city):
    return actions.contest_superior(city.crew, by=actor_for(city.crew), words="Keliru")


def decide(row, answer):
    actions.decide_contest(row, by=SYSTEM, seen=row.version, answer=answer)


def test_a_notice_is_decided_once(city):
    row = a_notice(city)
    answers = all_at_once(
        lambda answer: decide(Contest.objects.get(pk=row.pk), answer), ["Tetap", "Tetap juga"]
    )
    assert answers == ["done", "refused"]
    assert decided() == 1


def test_control_without_the_guard_it_is_decided_twice(city, monkeypatch):
    row, looked = a_notice(city), Barrier(2)

    def unguarded(answer):
        found = Contest.objects.select_related("person").get(pk=row.pk)
        looked.wait(timeout=20)
        monkeypatch.setattr(lines, "guard_version", lambda _row, _seen: None)
        monkeypatch.setattr(lines, "lock", lambda held: held)
        decide(found, answer)

    all_at_once(unguarded, ["Tetap", "Tetap juga"])
    assert decided() == 2
