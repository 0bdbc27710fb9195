"""The long list of reports, newest first: plain columns, no objects, one query a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from abdi.platform.access import Actor
from abdi.platform.choices import N_, Choice
from abdi.platform.db.texts import Text, aware, read, text_of
from abdi.platform.tenancy import scope
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


class Lines(Sequence[Line]):
    """The list of one reader, read a page at a time: `lines[25:51]` is one statement."""

    def __init__(self, actor: Actor, view: View = View.ALL, number: str = "") -> None:
        self.asked = (actor, view, number)

    def __len__(self) -> int:
        return listed(*self.asked).count()

    def __getitem__(self, part: Any) -> Any:
        found = read(_text(scope(), *self.asked, part.start, part.stop))
        return [Line._make((*row[:7], aware(row[7]), row[8])) for row in found]


@lru_cache(maxsize=1_024)
def _text(_scope: int | None, actor: Actor, view: View, number: str, start: int, stop: int) -> Text:
    return text_of(listed(actor, view, number)[start:stop])


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
