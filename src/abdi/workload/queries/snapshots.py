"""Figures kept for each unit, who sees them, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo
from abdi.workload.models import Cover, StaffingSnapshot, Task
from abdi.workload.queries.loads import load_of_unit

if TYPE_CHECKING:
    from datetime import datetime

    from abdi.people.models import Unit

HEAVY_PERMYRIAD = 12_000
LIGHT_PERMYRIAD = 7_000
MART_COLUMNS = (
    "unit_id",
    "on",
    "minutes",
    "need_fte",
    "need_headcount",
    "existing",
    "load_permyriad",
    "rule_set",
    "formula_version",
)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Units whose staffing this actor may see; a superior those he leads and below."""
    reach = actor.reach("workload.staffing", "view")
    rows = people.units()
    if reach.all:
        return rows
    wanted = [Q(agency_id__in=reach.agency_ids)]
    if reach.team_ids and actor.person_id is not None:
        wanted += [Q(path__startswith=unit.path) for unit in people.led_units(actor.person_id)]
    return rows.filter(reduce(or_, wanted))


def current_snapshots(actor: Actor) -> QuerySet[StaffingSnapshot]:
    """The newest figures of each unit this actor may see, the heaviest load first."""
    return (
        StaffingSnapshot.objects.filter(
            is_current=True, unit_id__in=visible_units(actor).values("id")
        )
        .select_related("unit__agency")
        .order_by("-load_permyriad", "unit__name")
    )


@dataclass(frozen=True)
class Overview:
    """How many units have figures, carry too much, have room; and the newest day."""

    units: int
    heavy: int
    light: int
    newest: date | None


def overview(rows: QuerySet[StaffingSnapshot]) -> Overview:
    """The counts over the figures of these units; one query."""
    found = rows.order_by().aggregate(
        units=Count("id"),
        heavy=Count("id", filter=Q(load_permyriad__gte=HEAVY_PERMYRIAD)),
        light=Count("id", filter=Q(load_permyriad__lt=LIGHT_PERMYRIAD)),
        newest=Max("on"),
    )
    return Overview(**found)


def snapshot_of(unit_id: int) -> StaffingSnapshot | None:
    """The newest figures kept for a unit."""
    return StaffingSnapshot.objects.filter(unit_id=unit_id, is_current=True).first()


def units_above(unit_id: int) -> list[Unit]:
    """A unit and all above it, the nearest first."""
    path = people.units().filter(pk=unit_id).values_list("path", flat=True).first() or ""
    ids = [int(part) for part in path.strip("/").split("/") if part]
    return sorted(people.units().filter(id__in=ids), key=lambda unit: -len(unit.path))


def is_stale(unit_id: int) -> bool:
    """Whether the figures kept for a unit are not those of today."""
    kept, load = snapshot_of(unit_id), load_of_unit(unit_id)
    now = (load.minutes, load.need_fte, load.need_headcount, load.existing)
    return kept is None or now != (
        kept.minutes, kept.need_fte, kept.need_headcount, kept.existing
    )  # fmt: skip


def units_with_tasks() -> list[int]:
    """Ids of units that have tasks or standby posts today, and of every unit above them."""
    working = Q(id__in=Task.objects.on(clock.today()).values("unit_id"))
    working |= Q(id__in=Cover.objects.values("position__unit_id"))
    found: set[int] = set()
    for path in people.units().filter(working).values_list("path", flat=True):
        found |= {int(part) for part in path.strip("/").split("/")}
    return sorted(found)


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """What waits for the office that plans staff: units that carry too much; one query."""
    reach = actor.reach("workload.staffing", "create")
    if reach.nothing:
        return []
    rows = StaffingSnapshot.objects.filter(is_current=True, load_permyriad__gte=HEAVY_PERMYRIAD)
    if not reach.all:
        rows = rows.filter(unit__agency_id__in=reach.agency_ids)
    heavy = list(rows.order_by("-load_permyriad").values_list("unit__name", flat=True)[:51])
    if not heavy:
        return []
    count = len(heavy)
    title = ngettext(
        "%(count)s unit carries more than 120%% of its people's time",
        "%(count)s units carry more than 120%% of their people's time",
        count,
    ) % {"count": count if count < 51 else "50+"}
    reason = _("Heaviest: %(unit)s") % {"unit": heavy[0]}
    return [ToDo("org", title, reason, "/beban", _("See the workload"), tone="amber")]


def mart_rows() -> QuerySet[StaffingSnapshot, tuple[Any, ...]]:
    """All kept figures for analysis, in the order of MART_COLUMNS."""
    return StaffingSnapshot.objects.order_by("id").values_list(*MART_COLUMNS)
