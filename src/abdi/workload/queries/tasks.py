"""Tasks and positions to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from abdi.people import queries as people
from abdi.platform import clock
from abdi.workload import rules
from abdi.workload.models import Cover, Task, Volume

if TYPE_CHECKING:
    from abdi.people.models import Position, Unit


def similar_positions(unit_id: int, limit: int = 12) -> list[Task]:
    """For a unit without tasks: one task of each position elsewhere whose title it has, too."""
    titles = set(people.positions_with_seats([unit_id]).values_list("title", flat=True))
    rows = (
        Task.objects.on(clock.today())
        .filter(position__title__in=titles)
        .exclude(unit_id=unit_id)
        .select_related("unit", "position")
        .order_by("position__title", "unit__name", "id")
    )
    found: dict[int, Task] = {}
    for task in rows[:500]:
        found.setdefault(task.position_id or 0, task)
    return list(found.values())[:limit]


def tasks_of_position(position_id: int) -> QuerySet[Task]:
    """Tasks done today in a position."""
    return Task.objects.on(clock.today()).filter(position_id=position_id).order_by("name", "id")


def volume_of(task: Task) -> int | None:
    """Results a year of a task, as last typed or counted."""
    row = Volume.objects.filter(task=task, year__lte=clock.today().year).order_by("-year").first()
    return rules.yearly_volume(row.count, row.days) if row else None


def positions_of_unit(unit_id: int) -> list[Position]:
    """Positions of a unit, one for each title."""
    first: dict[str, Position] = {}
    for position in people.positions_with_seats([unit_id]):
        first.setdefault(position.title, position)
    return list(first.values())


def measured_tasks() -> QuerySet[Task]:
    """Tasks whose volume collects by itself."""
    return Task.objects.on(clock.today()).filter(source="reports").order_by("unit_id", "id")


def tasks_to_carry(position: Position) -> QuerySet[Task]:
    """Tasks of a post that have no last day yet: they go along where it goes."""
    return Task.objects.filter(position=position, end_on__isnull=True)


def unit_tasks_to_carry(unit: Unit) -> QuerySet[Task]:
    """Tasks of a unit as a whole that have no last day yet."""
    return Task.objects.filter(unit=unit, position__isnull=True, end_on__isnull=True)


def cover_to_carry(before: Position, after: Position) -> Cover | None:
    """The hours a post must be manned, where the one that continues it has none yet."""
    if Cover.objects.filter(position=after).exists():
        return None
    return Cover.objects.filter(position=before).first()
