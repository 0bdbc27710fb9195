"""Changes in workload: tasks with norm times, volumes, seats to be manned, figures kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from abdi.people import actions as people
from abdi.people.permissions import role_for
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import Entry, record
from abdi.workload import events, queries, rules
from abdi.workload.choices import VolumeSource
from abdi.workload.models import Cover, StaffingSnapshot, Task, TaskSkill, Volume
from abdi.workload.permissions import (
    may_change_task,
    may_compute,
    may_note_skill,
    may_read_leavers,
    may_set_cover,
    may_set_tasks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abdi.people.models import Person, Position, Unit


@dataclass(frozen=True)
class TaskInput:
    """What a person writes for one task.

    `minutes` for one result, `volume` results a year (None: not known, or collected by itself),
    `category` a kind of reports, empty for all of them.
    """

    name: str
    output_unit: str
    minutes: int
    source: str = VolumeSource.TYPED
    category: str = ""
    volume: int | None = None

    def columns(self) -> dict[str, object]:
        """The columns of the row."""
        measured = self.source == VolumeSource.REPORTS
        return {
            "name": self.name,
            "output_unit": self.output_unit,
            "minutes": self.minutes,
            "source": self.source,
            "category": self.category if measured else "",
        }


@action(allowed=may_set_tasks)
def add_task(unit: Unit, *, by: Actor, given: TaskInput, position: Position | None = None) -> Task:
    """Add a task with its norm time to a position, or to the unit where none has it yet.

    Raises Invalid where the position is of another unit or already has a task of that name.
    """
    if position is not None and position.unit_id != unit.pk:
        raise Invalid(_("This position belongs to another unit."), field="position")
    _no_second(unit.pk, position.pk if position else None, given.name)
    today = clock.today()
    task = Task.objects.create(unit=unit, position=position, start_on=today, **given.columns())
    record(events.TaskSet(task_id=task.pk, unit_id=unit.pk), by=by, about=task)
    if given.volume is not None and not task.is_measured:
        _keep_volume(task, today.year, given.volume, by=by)
    return task


def _no_second(unit_id: int, position_id: int | None, name: str, but: int = 0) -> None:
    same = Task.objects.filter(unit_id=unit_id, name=name, end_on__isnull=True).exclude(pk=but)
    where = Q(position__isnull=True) if position_id is None else Q(position_id=position_id)
    if same.filter(where).exists():
        raise Invalid(_("This position already has a task of that name."), field="name")


@action(allowed=may_change_task)
def change_task(task: Task, *, by: Actor, seen: int, given: TaskInput) -> Task:
    """Change a task; `seen` is the version the person had before him. Raises Conflict."""
    guard_version(task, seen)
    task = lock(task)
    if task.end_on is not None:
        raise Conflict(_("This task has ended."), current=task)
    _no_second(task.unit_id, task.position_id, given.name, but=task.pk)
    for column, value in given.columns().items():
        setattr(task, column, value)
    task.save(update_fields=list(given.columns()))
    record(events.TaskSet(task_id=task.pk, unit_id=task.unit_id), by=by, about=task)
    if given.volume is not None and not task.is_measured:
        _keep_volume(task, clock.today().year, given.volume, by=by)
    return task


@action(allowed=may_change_task)
def end_task(task: Task, *, by: Actor, seen: int) -> Task:
    """End a task today; what it was before stays on record. Raises Conflict."""
    guard_version(task, seen)
    task = lock(task)
    if task.end_on is not None:
        raise Conflict(_("This task has ended."), current=task)
    task.end_on = max(clock.today(), task.start_on)
    task.save(update_fields=["end_on"])
    record(events.TaskEnded(task_id=task.pk, unit_id=task.unit_id), by=by, about=task)
    return task


@action(allowed=may_change_task)
def set_volume(task: Task, *, by: Actor, year: int, count: int) -> Volume:
    """Say how often a task is done in a year; raises Invalid where that collects by itself."""
    if task.is_measured:
        raise Invalid(_("This volume collects by itself."), field="volume")
    return _keep_volume(task, year, count, by=by)


def _keep_volume(
    task: Task, year: int, count: int, *, by: Actor, measured: bool = False, days: int = 365
) -> Volume:
    row, _made = Volume.objects.update_or_create(
        task=task, year=year, defaults={"count": count, "is_measured": measured, "days": days}
    )
    fact = events.VolumeSet(
        task_id=task.pk, unit_id=task.unit_id, year=year, count=count, is_measured=measured
    )
    record(fact, by=by, about=task)
    return row


@action(allowed=may_set_cover)
def set_cover(
    position: Position, *, by: Actor, seats: int, hours_per_year: int, seen: int | None = None
) -> Cover:
    """Make a post one that must be manned: seats, and hours a year for each. Raises Conflict."""
    row, made = Cover.objects.get_or_create(
        position=position, defaults={"seats": seats, "hours_per_year": hours_per_year}
    )
    if not made:
        guard_version(row, seen)
        row.seats, row.hours_per_year = seats, hours_per_year
        row.save(update_fields=["seats", "hours_per_year"])
    fact = events.CoverSet(position_id=position.pk, unit_id=position.unit_id)
    record(fact, by=by, about=position)
    return row


@action(allowed=may_set_tasks)
def copy_tasks(unit: Unit, *, by: Actor, position: Position, like: int) -> int:
    """Take over the tasks of a similar position elsewhere (its id in `like`), without volumes.

    Tasks the position has already stay as they are. Returns how many came. Raises Invalid.
    """
    if position.unit_id != unit.pk:
        raise Invalid(_("This position belongs to another unit."), field="position")
    theirs = list(queries.tasks_of_position(like))
    if not theirs:
        raise Invalid(_("This position has no tasks to copy."), field="like")
    known = set(queries.tasks_of_position(position.pk).values_list("name", flat=True))
    today = clock.today()
    made = Task.objects.bulk_create(
        Task(
            unit=unit,
            position=position,
            name=task.name,
            output_unit=task.output_unit,
            minutes=task.minutes,
            source=task.source,
            category=task.category,
            start_on=today,
        )
        for task in theirs
        if task.name not in known
    )
    fact = events.TasksCopied(unit_id=unit.pk, position_id=position.pk, count=len(made))
    record(fact, by=by, about=position)
    return len(made)


def _nobody(by: Actor, *things: object) -> bool:
    return by.is_system


@action(allowed=_nobody)
def measure_volume(task: Task, *, by: Actor, count: int, days: int) -> Volume:
    """Keep what was counted for a task over the last `days` days."""
    return _keep_volume(task, clock.today().year, count, by=by, measured=True, days=days)


@action(allowed=may_compute)
def compute_staffing(unit: Unit, *, by: Actor, cause: Entry | None = None) -> StaffingSnapshot:
    """Compute and keep need, people and load of a unit and below, with the formula's version.

    Announces LoadChanged when the load moved by five points or more since last announced.
    """
    load = queries.load_of_unit(unit.pk)
    before = queries.snapshot_of(unit.pk)
    moved = before is None or rules.has_moved(load.load_permyriad, before.announced_permyriad)
    row = _keep_snapshot(unit, load, before, moved=moved)
    own = [post for post in load.rows if post.unit_id == unit.pk and post.is_shared]
    needs = {post.key: post.need_headcount for post in own if post.tasks or post.cover}
    if needs:
        people.note_needs(unit, by=by, needs=needs)
    fact = events.StaffingComputed(snapshot_id=row.pk, unit_id=unit.pk)
    record(fact, by=by, about=unit, cause=cause)
    if moved:
        changed = events.LoadChanged(unit_id=unit.pk, load_permyriad=load.load_permyriad)
        record(changed, by=by, about=unit, cause=cause)
    return row


def _keep_snapshot(
    unit: Unit, load: queries.UnitLoad, before: StaffingSnapshot | None, *, moved: bool
) -> StaffingSnapshot:
    shared = [row for row in load.rows if row.is_shared and row.existing]
    heaviest = max(shared, key=lambda row: row.load_permyriad, default=None)
    announced = load.load_permyriad if moved or before is None else before.announced_permyriad
    today = clock.today()
    StaffingSnapshot.objects.filter(unit=unit, is_current=True).exclude(on=today).update(
        is_current=False
    )
    row, _made = StaffingSnapshot.objects.update_or_create(
        unit=unit,
        on=today,
        defaults={
            "is_current": True,
            "minutes": load.minutes,
            "need_fte": load.need_fte,
            "need_headcount": load.need_headcount,
            "existing": load.existing,
            "load_permyriad": load.load_permyriad,
            "announced_permyriad": announced,
            "heaviest_title": heaviest.title if heaviest else "",
            "heaviest_permyriad": heaviest.load_permyriad if heaviest else 0,
            "effective_minutes": load.effective_minutes,
            "rule_set": load.rule_set,
            "formula_version": rules.LOAD_VERSION,
        },
    )
    return row


@action(allowed=may_note_skill)
def note_skill(task: Task, person: Person, *, by: Actor, level: str) -> TaskSkill:
    """Note that a person learns, can do or can teach a task; a later note replaces the earlier."""
    row, _made = TaskSkill.objects.update_or_create(
        task=task, person=person, defaults={"level": level, "noted_on": clock.today()}
    )
    fact = events.SkillNoted(task_id=task.pk, person_id=person.pk, level=level)
    record(fact, by=by, about=person)
    return row


@action(allowed=_nobody)
def carry_tasks(
    before: Position, after: Position, *, by: Actor, on: date, cause: Entry | None = None
) -> int:
    """A post continues as another one from a day on: tasks, volumes, skills and cover go along.

    The old post's tasks end that day, so that the work is counted once on every day. Returns how
    many tasks came; a second run brings none.
    """
    count = _carry(queries.tasks_to_carry(before), after.unit, after, on)
    cover = queries.cover_to_carry(before, after)
    if cover is not None:
        Cover.objects.create(position=after, seats=cover.seats, hours_per_year=cover.hours_per_year)
    fact = events.TasksCarried(unit_id=after.unit_id, from_unit_id=before.unit_id, count=count)
    record(fact, by=by, about=after, cause=cause)
    return count


@action(allowed=_nobody)
def carry_unit_tasks(
    before: Unit, after: Unit, *, by: Actor, on: date, cause: Entry | None = None
) -> int:
    """What a unit did as a whole is done by the unit it goes into, from a day on."""
    count = _carry(queries.unit_tasks_to_carry(before), after, None, on)
    fact = events.TasksCarried(unit_id=after.pk, from_unit_id=before.pk, count=count)
    record(fact, by=by, about=after, cause=cause)
    return count


def _carry(rows: Iterable[Task], unit: Unit, position: Position | None, on: date) -> int:
    there = Task.objects.filter(unit=unit, position=position, end_on__isnull=True)
    known = set(there.values_list("name", flat=True))
    count = 0
    for task in rows:
        if task.name not in known:
            _copy_task(task, unit, position, on)
            count += 1
        task.end_on = max(on, task.start_on)
        task.save(update_fields=["end_on"])
    return count


def _copy_task(task: Task, unit: Unit, position: Position | None, on: date) -> None:
    made = Task.objects.create(
        unit=unit,
        position=position,
        name=task.name,
        output_unit=task.output_unit,
        minutes=task.minutes,
        source=task.source,
        category=task.category,
        start_on=max(on, task.start_on),
    )
    Volume.objects.bulk_create(
        Volume(
            task=made, year=row.year, count=row.count, is_measured=row.is_measured, days=row.days
        )
        for row in Volume.objects.filter(task=task)
    )
    TaskSkill.objects.bulk_create(
        TaskSkill(task=made, person_id=row.person_id, level=row.level, noted_on=row.noted_on)
        for row in TaskSkill.objects.filter(task=task)
    )


@action(allowed=may_read_leavers)
def note_leavers_read(people: Iterable[int], *, by: Actor) -> None:
    """One line in the access log for a page that shows when others leave, with their ids."""
    ids = ",".join(str(pk) for pk in sorted(people))
    fact = events.LeaversRead(people=ids, role=role_for(by, "people.profile"))
    record(fact, by=by, about="people.person")
