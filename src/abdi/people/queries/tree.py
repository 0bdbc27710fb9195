"""The tree of units as of any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from abdi.people.choices import UnitKind
from abdi.people.models import Unit, UnitState
from abdi.people.models.paths import below
from abdi.platform import clock


@dataclass(frozen=True)
class UnitAt:
    """A unit as it was on a day."""

    id: int
    code: str
    kind: str
    name: str
    parent_id: int | None
    agency_id: int
    path: str

    @property
    def sort(self) -> UnitKind:
        """What kind of unit it is, for its label."""
        return UnitKind(self.kind)

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.path.count("/") - 2

    @property
    def above_ids(self) -> list[int]:
        """Its own id and those of the units above, the nearest first."""
        return ids_of(self.path)


COLUMNS = ("name", "parent_id", "agency_id", "path")


def ids_of(path: str) -> list[int]:
    """The units of a path, the last one first."""
    return [int(part) for part in reversed(path.strip("/").split("/")) if part]


def units_at(on: date | None = None, within: Iterable[str] | None = None) -> list[UnitAt]:
    """Units of a day (below these paths of that day), those above first; two queries.

    What was changed by an act is read from its dated state, the others are what they always were.
    """
    day = on or clock.today()
    under = Q() if within is None else _below_any(list(within))
    states = UnitState.objects.on(day).filter(under).select_related("unit")
    told = UnitState.objects.on(day).filter(unit_id=OuterRef("pk"))
    plain = Unit.objects.on(day).filter(under).exclude(Exists(told))
    rows = [_from_state(row) for row in states if _lives(row.unit, day)]
    rows += [_plain(row) for row in plain]
    return sorted(rows, key=lambda row: row.path)


def _below_any(paths: Sequence[str]) -> Q:
    return reduce(or_, map(below, paths)) if paths else Q(pk__in=())


def unit_at(unit: Unit, on: date | None = None) -> UnitAt:
    """One unit as it was on a day; one query."""
    day = on or clock.today()
    state = UnitState.objects.on(day).filter(unit=unit).select_related("unit").first()
    return _from_state(state) if state is not None else _plain(unit)


def paths_at(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """The path of these units on a day; two queries."""
    ids = set(unit_ids)
    paths = dict(Unit.objects.filter(id__in=ids).values_list("id", "path"))
    told = UnitState.objects.on(on).filter(unit_id__in=ids)
    return {**paths, **dict(told.values_list("unit_id", "path"))}


def _lives(unit: Unit, day: date) -> bool:
    return unit.start_on <= day and (unit.end_on is None or unit.end_on >= day)


def _from_state(row: UnitState) -> UnitAt:
    return UnitAt(
        row.unit_id, row.unit.code, row.unit.kind, row.name, row.parent_id, row.agency_id, row.path
    )


def _plain(row: Unit) -> UnitAt:
    agency_id = row.agency_id or row.pk
    return UnitAt(row.pk, row.code, row.kind, row.name, row.parent_id, agency_id, row.path)
