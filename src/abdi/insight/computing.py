"""From marts to figures: one Ibis expression per figure and scope, run by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from abdi.insight.choices import Scope
from abdi.insight.definitions import DEFINITIONS, Definition
from abdi.insight.marts import Marts
from abdi.platform.engine import Engine

SERVICE_MARTS = ("closed", "ratings")


@dataclass(frozen=True)
class Found:
    """The numbers of one figure for one scope."""

    key: str
    scope: Scope
    scope_id: int
    part: int
    base: int
    value: int | None


def compute(marts: Marts) -> list[Found]:
    """All figures of one period for the city, every unit with those below it, every service."""
    with Engine() as engine:
        for name, rows in marts.tables.items():
            engine.load(name, marts.columns[name], rows)
        found: list[Found] = []
        for one in DEFINITIONS:
            if one.mart in marts.tables:
                found.extend(_of_definition(engine, one))
        return found


def _of_definition(engine: Engine, one: Definition) -> Iterator[Found]:
    table = engine.table(one.mart)
    yield from _grouped(engine, one, table.mutate(scope_id=0), Scope.CITY)
    above = engine.table("above")
    with_units = table.join(above, table.unit_id == above.below_id).drop("below_id")
    yield from _grouped(engine, one, with_units.rename(scope_id="above_id"), Scope.UNIT)
    if one.mart in SERVICE_MARTS:
        served = table.filter(table.service_id.notnull()).rename(scope_id="service_id")
        yield from _grouped(engine, one, served, Scope.SERVICE)


def _grouped(engine: Engine, one: Definition, table: Any, scope: Scope) -> Iterator[Found]:
    """Part and base per group, and the formula over both as one expression."""
    sums = table.group_by("scope_id").aggregate(part=one.part(table), base=one.base(table))
    sums = sums.mutate(
        part=sums.part.coalesce(0).cast("int64"), base=sums.base.coalesce(0).cast("int64")
    )
    answer = sums.mutate(value=one.rule(sums.base, sums.part))
    for row in engine.rows(answer):
        value = int(row["value"]) if row["value"] is not None and row["base"] else None
        yield Found(one.key, scope, int(row["scope_id"]), int(row["part"]), int(row["base"]), value)
