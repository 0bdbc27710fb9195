"""Need against people, per position and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.norms import norms
from abdi.workload import rules
from abdi.workload.models import Cover, Task, Volume

if TYPE_CHECKING:
    from abdi.people.models import Position


@dataclass(frozen=True)
class TaskLoad:
    """One task with its volume of the year."""

    task: Task
    volume: int
    measured_days: int
    minutes: int
    known: bool


@dataclass(frozen=True)
class PositionLoad:
    """Need and people of the posts with one title in one unit; need in ten-thousandths."""

    key: int
    unit_id: int
    unit_name: str
    title: str
    tasks: tuple[TaskLoad, ...]
    cover: Cover | None
    minutes: int
    need_fte: int
    load_fte: int
    cover_fte: int | None
    need_headcount: int
    existing: int
    load_permyriad: int
    grade: str | None
    binding: str
    is_shared: bool = True

    @property
    def gap(self) -> int:
        """People there less people needed; below zero is a shortage."""
        return self.existing - self.need_headcount

    @property
    def may_give(self) -> bool:
        """Whether people could be offered elsewhere: the work is known, no seat must be manned."""
        known = self.is_shared and bool(self.tasks)
        return known and self.binding == rules.LOAD and self.existing > 0


@dataclass(frozen=True)
class UnitLoad:
    """The load of a unit (and what lies below it) on a day; need in ten-thousandths."""

    unit_id: int
    need_fte: int
    need_headcount: int
    existing: int
    load_permyriad: int
    minutes: int
    effective_minutes: int
    rule_set: str
    rows: tuple[PositionLoad, ...]

    @property
    def gap(self) -> int:
        """People there less people needed; below zero is a shortage."""
        return self.existing - self.need_headcount

    @property
    def has_tasks(self) -> bool:
        """Whether anything is known about the work."""
        return any(row.tasks or row.cover for row in self.rows)


def load_of_unit(unit_id: int, on: date | None = None, *, below: bool = True) -> UnitLoad:
    """Need, people and load of a unit on a day, with a row for each kind of post; 5 queries."""
    units = people.unit_and_below(unit_id) if below else [unit_id]
    return loads_of_units({unit_id: units}, on)[unit_id]


def loads_of_units(
    groups: Mapping[int, Sequence[int]], on: date | None = None
) -> dict[int, UnitLoad]:
    """The load of several groups of units at once; the same few queries for any number."""
    day = on or clock.today()
    inside = {unit for group in groups.values() for unit in group}
    rows = _position_loads(inside, day)
    figures = norms("workload", on=day)
    effective = figures.row("effective_minutes")
    return {
        key: _summed(
            key, [row for unit in group for row in rows[unit]], int(effective.value), effective.set
        )
        for key, group in groups.items()
    }


def _summed(
    unit_id: int, rows: Sequence[PositionLoad], effective_minutes: int, rule_set: str
) -> UnitLoad:
    need = sum(row.need_fte for row in rows)
    existing = sum(row.existing for row in rows)
    return UnitLoad(
        unit_id=unit_id,
        need_fte=need,
        need_headcount=sum(row.need_headcount for row in rows),
        existing=existing,
        load_permyriad=rules.load_share(need, existing),
        minutes=sum(row.minutes for row in rows),
        effective_minutes=effective_minutes,
        rule_set=rule_set,
        rows=tuple(sorted(rows, key=lambda row: (-row.load_permyriad, row.title))),
    )


def _position_loads(unit_ids: Iterable[int], day: date) -> dict[int, list[PositionLoad]]:
    tasks = _tasks(unit_ids, day)
    by_position: dict[int | None, list[TaskLoad]] = defaultdict(list)
    unshared: dict[int, list[TaskLoad]] = defaultdict(list)
    for load in tasks:
        if load.task.position_id is None:
            unshared[load.task.unit_id].append(load)
        else:
            by_position[load.task.position_id].append(load)
    covers = {
        row.position_id: row for row in Cover.objects.filter(position__unit_id__in=list(unit_ids))
    }
    groups: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for position in people.positions_with_seats(unit_ids, day).select_related("unit"):
        groups[position.unit_id, position.title].append(position)
    found: dict[int, list[PositionLoad]] = defaultdict(list)
    figures = norms("workload", on=day)
    for (unit_id, _title), posts in groups.items():
        work = [load for post in posts for load in by_position[post.pk]]
        manned = next((covers[post.pk] for post in posts if post.pk in covers), None)
        found[unit_id].append(_position_load(posts, work, manned, figures))
    for unit_id, work in unshared.items():
        found[unit_id].append(_unshared(work, figures))
    return found


def _position_load(
    posts: Sequence[Any], work: list[TaskLoad], manned: Cover | None, figures: Mapping[str, Any]
) -> PositionLoad:
    existing = sum(post.taken for post in posts)
    seats = rules.cover(manned.seats, manned.hours_per_year, figures) if manned else None
    need = rules.position_need(
        [(load.volume, load.task.minutes) for load in work],
        figures["effective_minutes"],
        figures,
        existing=existing,
        manned=seats,
    )
    need_fte = rules.ten_thousandths(need.people)
    first: Position = posts[0]
    return PositionLoad(
        key=min(post.pk for post in posts),
        unit_id=first.unit_id,
        unit_name=first.unit.name,
        title=first.title,
        tasks=tuple(work),
        cover=manned,
        minutes=int(need.total_minutes),
        need_fte=need_fte,
        load_fte=rules.ten_thousandths(need.load),
        cover_fte=None if need.cover is None else rules.ten_thousandths(need.cover),
        need_headcount=need.headcount,
        existing=existing,
        load_permyriad=rules.load_share(need_fte, existing),
        grade=need.grade,
        binding=need.binding,
    )


def _unshared(work: list[TaskLoad], figures: Mapping[str, Any]) -> PositionLoad:
    """Tasks of a unit that are shared out to no position yet: a row of their own."""
    need = rules.position_need(
        [(load.volume, load.task.minutes) for load in work], figures["effective_minutes"], figures
    )
    need_fte = rules.ten_thousandths(need.people)
    unit = work[0].task.unit
    return PositionLoad(
        key=0,
        unit_id=unit.pk,
        unit_name=unit.name,
        title=_("Not yet shared out to a position"),
        tasks=tuple(work),
        cover=None,
        minutes=int(need.total_minutes),
        need_fte=need_fte,
        load_fte=need_fte,
        cover_fte=None,
        need_headcount=need.headcount,
        existing=0,
        load_permyriad=rules.load_share(need_fte, 0),
        grade=None,
        binding=need.binding,
        is_shared=False,
    )


def _tasks(unit_ids: Iterable[int], day: date) -> list[TaskLoad]:
    latest = Volume.objects.filter(task_id=OuterRef("pk"), year__lte=day.year).order_by("-year")
    rows = (
        Task.objects.on(day)
        .filter(unit_id__in=list(unit_ids))
        .select_related("unit")
        .annotate(
            counted=Subquery(latest.values("count")[:1], output_field=IntegerField()),
            days=Subquery(latest.values("days")[:1], output_field=IntegerField()),
        )
        .order_by("name", "id")
    )
    return [_task_load(row) for row in rows]


def _task_load(row: Any) -> TaskLoad:
    known = row.counted is not None
    volume = rules.yearly_volume(row.counted, row.days) if known else 0
    return TaskLoad(row, volume, row.days if known else 0, volume * row.minutes, known)


def after_move(load: UnitLoad, giver: int, taker: int, count: int) -> UnitLoad | None:
    """The load if `count` people went from one row to another; None where that cannot be.

    Rows are named by their `key`. A post bound by its hours to be manned gives nobody.
    """
    rows = {row.key: row for row in load.rows if row.is_shared}
    if giver == taker or giver not in rows or taker not in rows:
        return None
    if not rows[giver].may_give or not 1 <= count <= rows[giver].existing:
        return None
    moved = tuple(
        _with_people(row, row.existing + {giver: -count, taker: count}.get(row.key, 0))
        if row.is_shared
        else row
        for row in load.rows
    )
    return replace(load, rows=moved)


def _with_people(row: PositionLoad, existing: int) -> PositionLoad:
    share = rules.load_share(row.need_fte, existing)
    return replace(row, existing=existing, load_permyriad=share)
