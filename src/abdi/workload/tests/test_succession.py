"""A post that goes to another unit keeps its tasks, volumes, skills and cover."""

from __future__ import annotations

from datetime import timedelta

import pytest

from abdi.people import actions as people_actions
from abdi.people import queries as people
from abdi.people.testing import a_city, a_person, a_unit, an_actor
from abdi.platform import clock
from abdi.platform.access import SYSTEM
from abdi.platform.journal import Entry, deliver_due
from abdi.workload import actions, queries
from abdi.workload.models import Cover, Task, TaskSkill
from abdi.workload.testing import a_measured_task, a_standby_post, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


def act(unit, kind, **more):
    """An act of today, approved, and everybody has heard of it."""
    given = people_actions.ActGiven(kind=kind, on=clock.today(), decree="Perwali 7/2026", **more)
    row = people_actions.prepare_act(unit, by=an_actor("organisation_office"), given=given)
    people_actions.approve_act(row, by=an_actor("organisation_office"), seen=row.version)
    deliver_due()


def test_a_merge_brings_tasks_volumes_skills_and_cover_along(city):
    other = a_unit(city.agency, name="Seksi Taman")
    member = a_person(other)
    post = people.position_of(member.pk)
    task = a_measured_task(other, post, count=400)
    whole = a_task(other, name="Laporan bulanan", volume=12)
    a_standby_post(post)
    actions.note_skill(task, city.crew, by=SYSTEM, level="can")
    before = queries.load_of_unit(other.pk).minutes
    act(city.section, "merge", units=[other])
    after = people.position_of(member.pk)
    carried = Task.objects.get(position=after)
    assert (carried.name, carried.source, carried.unit) == (task.name, "reports", city.section)
    assert queries.volume_of(carried) == 400
    assert Cover.objects.filter(position=after).count() == 1
    assert TaskSkill.objects.get(task=carried).person == city.crew
    assert Task.objects.get(name=whole.name, end_on=None).unit == city.section
    assert queries.load_of_unit(city.section.pk).minutes == before
    assert queries.load_of_unit(other.pk).minutes == 0
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"people.UnitSucceeded", "workload.TasksCarried"} <= kinds
    yesterday = clock.today() - timedelta(days=1)
    assert not Task.objects.on(yesterday).filter(position=after).exists()


def test_a_split_takes_the_tasks_of_the_chosen_posts_only(city):
    post = people.position_of(city.crew.pk)
    stays = people.position_of(city.second_crew.pk)
    a_task(city.section, post, name="Panel", volume=100)
    a_task(city.section, stays, name="Tiang", volume=100)
    a_task(city.section, name="Bersama", volume=100)
    act(city.section, "split", new_name="Seksi Panel", new_code="panel", positions=[post])
    new = people.unit_of(city.crew.pk)
    names = Task.objects.filter(end_on=None).values_list("name", "unit_id")
    assert set(names) == {
        ("Panel", new.pk),
        ("Tiang", city.section.pk),
        ("Bersama", city.section.pk),
    }


def test_carrying_twice_changes_nothing(city):
    post = people.position_of(city.crew.pk)
    a_task(city.section, post)
    act(city.section, "split", new_name="Seksi Panel", new_code="panel", positions=[post])
    after = people.position_of(city.crew.pk)
    count = Task.objects.count()
    assert actions.carry_tasks(post, after, by=SYSTEM, on=clock.today()) == 0
    assert Task.objects.count() == count
