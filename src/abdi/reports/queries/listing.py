"""The long list of reports, newest first: plain columns, no objects, one query a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from abdi.platform.access import Actor, Reach
from abdi.platform.choices import N_, Choice
from abdi.platform.tenancy import current_institution_id
from abdi.reports.choices import Status
from abdi.reports.models import Report
from abdi.reports.models.reports import IS_OPEN
from abdi.reports.queries.scopes import visible_work

COLUMNS = (
    "number",
    "category__name",
    "category__name_en",
    "place_text",
    "area",
    "unit__name",
    "status",
    "received_at",
    "in_time",
)


class View(Choice):
    """Which reports of the reader's reach are listed."""

    ALL = "", N_("All")
    OPEN = "terbuka", N_("Open")
    CLOSED = "selesai", N_("Closed")


class Line(NamedTuple):
    """One row of the list, in the order of COLUMNS."""

    number: str
    kind: str
    kind_en: str
    place: str
    area: str
    unit: str
    status: str
    received_at: datetime
    in_time: bool | None


def listed(
    actor: Actor, view: View = View.ALL, number: str = ""
) -> QuerySet[Report, tuple[object, ...]]:
    """Reports whose work this actor may see, newest first, as tuples of COLUMNS.

    Served by the indexes on agency and moment of receipt. A number finds that report alone.
    """
    rows = visible_work(actor)
    if number:
        rows = rows.filter(number=number)
    if view == View.OPEN:
        rows = rows.filter(IS_OPEN)
    elif view == View.CLOSED:
        rows = rows.filter(status=Status.CLOSED)
    return rows.order_by("-received_at", "-id").values_list(*COLUMNS)


@dataclass(frozen=True)
class Lines:
    """The same list by parts (`lines[0:26]`), without building the statement anew each time.

    The statement depends on the institution, the reach and the view alone, so it is kept by them.
    """

    actor: Actor
    view: View = View.ALL
    number: str = ""

    def __getitem__(self, part: slice) -> list[Line]:
        """The lines from `start` to `stop`. One query."""
        try:
            sql, values = _statement(
                (connection.vendor, current_institution_id()),
                _Reader(self.actor),
                self.view,
                self.number,
                (part.start, part.stop),
            )
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [_line(row) for row in cursor.fetchall()]


class _Reader:
    """An actor, the same as every other one with his reach."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.mark: tuple[Reach, int | None] = (
            actor.reach("reports.dispatch", "view"),
            actor.person_id,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reader) and self.mark == other.mark

    def __hash__(self) -> int:
        return hash(self.mark)


@lru_cache(maxsize=1_024)
def _statement(
    _place: tuple[str, int], reader: _Reader, view: View, number: str, part: tuple[int, int]
) -> tuple[str, tuple[Any, ...]]:
    rows = listed(reader.actor, view, number)[part[0] : part[1]]
    sql, values = rows.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(values)


def _line(row: tuple[Any, ...]) -> Line:
    """SQLite keeps moments as text and truth as a number."""
    came, in_time = row[-2:]
    if isinstance(came, str):
        came = datetime.fromisoformat(came).replace(tzinfo=UTC)
    return Line._make((*row[:-2], came, None if in_time is None else bool(in_time)))
