"""Actions of workload: tasks, volumes, standby posts, figures kept and announced."""

from __future__ import annotations

import pytest

from abdi.people.queries import position_of
from abdi.people.testing import a_city, a_person, an_actor, an_agency
from abdi.platform.access import SYSTEM, Refused
from abdi.platform.actions import Conflict, Invalid
from abdi.platform.journal import Entry, deliver_due
from abdi.workload import actions, queries
from abdi.workload.models import StaffingSnapshot, Task
from abdi.workload.testing import a_measured_task, a_snapshot, a_standby_post, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_city()


@pytest.fixture
def post(city):
    return position_of(city.crew.pk)


GIVEN = actions.TaskInput("Memperbaiki lampu", "lampu", 90, volume=500)


def test_the_organisation_office_adds_a_task_anywhere(city, post):
    office = an_actor("organisation_office")
    task = actions.add_task(city.section, by=office, position=post, given=GIVEN)
    assert queries.load_of_unit(city.section.pk).minutes == 45_000
    assert Entry.objects.get(kind="workload.TaskSet").about == task.ref


def test_the_agencys_hr_stays_inside_the_agency(city, post):
    mine = an_actor("agency_hr", city.agency)
    theirs = an_actor("agency_hr", an_agency())
    assert actions.add_task(city.section, by=mine, position=post, given=GIVEN)
    with pytest.raises(Refused):
        actions.add_task(city.section, by=theirs, position=post, given=GIVEN)


def test_a_position_of_another_unit_is_refused(city, post):
    with pytest.raises(Invalid) as refusal:
        actions.add_task(city.agency, by=SYSTEM, position=post, given=GIVEN)
    assert refusal.value.field == "position"


def test_a_position_has_a_task_of_one_name_once(city, post):
    actions.add_task(city.section, by=SYSTEM, position=post, given=GIVEN)
    with pytest.raises(Invalid):
        actions.add_task(city.section, by=SYSTEM, position=post, given=GIVEN)
    assert Task.objects.count() == 1


def test_a_stale_version_shows_what_is_there_now(city, post):
    task = a_task(city.section, post)
    actions.change_task(task, by=SYSTEM, seen=1, given=GIVEN)
    with pytest.raises(Conflict) as clash:
        actions.change_task(task, by=SYSTEM, seen=1, given=actions.TaskInput("Lama", "lampu", 1))
    assert clash.value.current.name == GIVEN.name


def test_an_ended_task_no_longer_weighs(city, post):
    task = a_task(city.section, post)
    actions.end_task(task, by=SYSTEM, seen=1)
    assert queries.load_of_unit(city.section.pk).minutes == 0
    with pytest.raises(Conflict):
        actions.end_task(task, by=SYSTEM, seen=2)


def test_a_volume_that_collects_by_itself_is_not_typed(city, post):
    task = a_measured_task(city.section, post, count=300)
    with pytest.raises(Invalid):
        actions.set_volume(task, by=SYSTEM, year=2026, count=1)


def test_half_a_year_of_reports_counts_for_a_whole_year(city, post):
    a_measured_task(city.section, post, minutes=100, count=364, days=182)
    assert queries.load_of_unit(city.section.pk).minutes == 730 * 100


def test_tasks_of_a_similar_position_come_without_their_volumes(city, post):
    a_task(city.section, post, name="Memanjat tiang", volume=900)
    other = an_agency()
    twin = position_of(a_person(other, title="Teknisi lampu").pk)
    assert actions.copy_tasks(other, by=SYSTEM, position=twin, like=post.pk) == 1
    assert actions.copy_tasks(other, by=SYSTEM, position=twin, like=post.pk) == 0
    load = queries.load_of_unit(other.pk)
    assert [task.known for row in load.rows for task in row.tasks] == [False]


def test_a_standby_post_is_changed_only_by_who_saw_it(city, post):
    cover = a_standby_post(post)
    with pytest.raises(Conflict):
        actions.set_cover(post, by=SYSTEM, seats=2, hours_per_year=8760, seen=cover.version + 1)


def test_a_load_is_announced_first_and_then_only_when_it_moved_by_five_points(city, post):
    task = a_task(city.section, post, minutes=75, volume=2900)
    a_snapshot(city.section)
    loads = Entry.objects.filter(kind="workload.LoadChanged")
    assert [entry.data["load_permyriad"] for entry in loads] == [9667]
    actions.set_volume(task, by=SYSTEM, year=2026, count=3000)
    a_snapshot(city.section)
    assert loads.count() == 1
    actions.set_volume(task, by=SYSTEM, year=2026, count=3100)
    a_snapshot(city.section)
    assert [entry.data["load_permyriad"] for entry in loads.order_by("id")] == [9667, 10_333]


def test_figures_kept_follow_a_changed_task_up_to_the_agency(city, post):
    a_task(city.section, post, volume=3000)
    deliver_due()
    kept = {row.unit_id: row.load_permyriad for row in StaffingSnapshot.objects.all()}
    assert kept[city.section.pk] == 10_000
    assert 0 < kept[city.agency.pk] < 10_000


def test_a_unit_has_one_current_row_of_figures(city, post):
    a_task(city.section, post)
    a_snapshot(city.section)
    a_snapshot(city.section)
    assert StaffingSnapshot.objects.filter(unit=city.section).count() == 1


def test_figures_kept_follow_volumes_seats_and_ended_tasks(city, post):
    """Each of VolumeSet, CoverSet and TaskEnded brings the figures up to date."""
    task = a_task(city.section, post, volume=3000)

    def kept():
        deliver_due()
        return queries.snapshot_of(city.section.pk).need_fte

    assert kept() == 30_000
    actions.set_volume(task, by=SYSTEM, year=2026, count=1000)
    assert kept() == 10_000
    a_standby_post(post)
    assert kept() == 49_702
    actions.end_task(task, by=SYSTEM, seen=1)
    assert queries.snapshot_of(city.section.pk).minutes == 75_000
    deliver_due()
    assert queries.snapshot_of(city.section.pk).minutes == 0
