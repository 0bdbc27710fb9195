"""Tables for analysis: whole numbers only, made from the modules' own rows for analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from abdi.competence import queries as competence
from abdi.integrity import queries as integrity
from abdi.people import queries as people
from abdi.performance import queries as performance
from abdi.platform import clock
from abdi.reports import queries as reports
from abdi.training import queries as training
from abdi.workload import queries as workload

CIVIL = ("PNS", "PPPK", "PPPK_PW")
WANTED_HOURS = 20
CITY = "city"
Row = Sequence[int | None]


@dataclass
class Marts:
    """Named tables with their columns."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: dict[str, Iterable[Row]] = field(default_factory=dict)

    def add(self, name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Add one table."""
        self.columns[name] = columns
        self.tables[name] = rows


def marts_of(start: date, end: date, *, standing: bool = True) -> Marts:
    """The marts of a period; `standing` adds those that show today's state."""
    found = Marts()
    found.add("above", ("below_id", "above_id"), _above())
    found.add("closed", ("unit_id", "service_id", "in_time", "reopened"), _closed(start, end))
    found.add("ratings", ("unit_id", "service_id", "stars"), _ratings(start, end))
    found.add("evaluations", ("unit_id", "low"), _evaluations(start, end))
    if standing:
        found.add("levels", ("unit_id", "below"), _levels())
        found.add("loads", ("unit_id", "need_myriad", "existing"), _loads())
        found.add("hours", ("unit_id", "fulfilled"), _hours(end.year))
        found.add("pledges", ("unit_id", "signed"), _pledges(end.year))
    return found


def _named(rows: Any, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    for row in rows.iterator(chunk_size=5_000):
        yield dict(zip(columns, row, strict=True))


def _above() -> Iterator[Row]:
    for unit_id, path in people.paths_of_units().items():
        for part in path.strip("/").split("/"):
            yield unit_id, int(part)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.zone())


def _reports(start: date, end: date) -> Iterator[dict[str, Any]]:
    rows = reports.mart_rows().filter(
        closed_at__gte=_moment(start), closed_at__lt=_moment(end), jurisdiction=CITY
    )
    return _named(rows, reports.MART_COLUMNS)


def _closed(start: date, end: date) -> Iterator[Row]:
    for row in _reports(start, end):
        kept = int(bool(row["in_time"]))
        yield row["unit_id"], row["service_id"], kept, int(row["reopened_count"] > 0)


def _ratings(start: date, end: date) -> Iterator[Row]:
    for row in _reports(start, end):
        if row["stars"] is not None:
            yield row["unit_id"], row["service_id"], row["stars"]


def _evaluations(start: date, end: date) -> Iterator[Row]:
    for row in _named(performance.mart_rows(), performance.MART_COLUMNS):
        month = min(row["period__number"] * 3, 12)
        if start <= date(row["period__year"], month, 28) < end:
            yield row["unit_id"], int(row["result_rating"] == "below")


def _levels() -> Iterator[Row]:
    for row in _named(competence.mart_rows(), competence.MART_COLUMNS):
        if row["is_current"] and row["required"] is not None:
            yield row["unit_id"], int(row["missing"] > 0)


def _loads() -> Iterator[Row]:
    """Need (ten-thousandths of a person) and people of each unit that has tasks of its own."""
    units = workload.units_with_tasks()
    loads = workload.loads_of_units({unit_id: [unit_id] for unit_id in units})
    for unit_id, load in loads.items():
        if load.need_fte:
            yield unit_id, load.need_fte, load.existing


def _staff(kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    for person_id, unit_id, _agency, employment in people.mart_rows().iterator(chunk_size=5_000):
        if employment in kinds:
            yield person_id, unit_id


def _hours(year: int) -> Iterator[Row]:
    done = training.hours_by_person(year)
    for person_id, unit_id in _staff(("PNS",)):
        yield unit_id, int(done.get(person_id, 0) >= WANTED_HOURS)


def _pledges(year: int) -> Iterator[Row]:
    signed = integrity.signed_person_ids(year)
    for person_id, unit_id in _staff(CIVIL):
        yield unit_id, int(person_id in signed)
