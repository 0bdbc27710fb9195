"""The board of a duty PC where nobody has stepped in: open work of its room, nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Least

from abdi.platform.access import Actor
from abdi.reports.choices import Jurisdiction
from abdi.reports.models import Report
from abdi.reports.models.reports import IS_OPEN
from abdi.reports.queries.scopes import visible_work

LENGTH = 50
_COLUMNS = (
    "number",
    "status",
    "priority",
    "place_text",
    "area",
    "received_at",
    "ack_due_at",
    "due_at",
    "paused_at",
    "acknowledged_at",
    "published_at",
    "hidden_at",
    "is_confidential",
    "joined_to_id",
    "category__name",
    "category__name_en",
    "category__icon",
)


@dataclass(frozen=True)
class Board:
    """The rows with the least time left, and how many there are in all."""

    rows: list[Report]
    total: int
    late: int


def board(actor: Actor, at: datetime) -> Board:
    """The open reports of a room, broken first, then what breaks next, the urgent before others.

    Two queries; words, reporters and crews are not even read.
    """
    rows = visible_work(actor).filter(IS_OPEN)
    late = Q(due_at__lt=at, jurisdiction=Jurisdiction.CITY)
    counted = rows.aggregate(total=Count("pk"), late=Count("pk", filter=late))
    shown = by_what_breaks_first(rows, at).select_related("category").only(*_COLUMNS)[:LENGTH]
    return Board(list(shown), counted["total"], counted["late"])


def by_what_breaks_first(rows: QuerySet[Report], at: datetime) -> QuerySet[Report]:
    """Broken promises first, then by what is due next, then by priority; clocks that stand last.

    Due next is the first answer until it is given, then the end of the work.
    """
    answered = Q(acknowledged_at__isnull=False)
    next_due = Case(When(answered, then=F("due_at")), default=Least("ack_due_at", "due_at"))
    stands = Q(paused_at__isnull=False) & answered
    place = Case(
        When(stands, then=Value(2)), When(next_due_at__lt=at, then=Value(0)), default=Value(1)
    )
    found = rows.annotate(next_due_at=next_due).annotate(place=place)
    return found.order_by("place", "next_due_at", "priority", "id")


def street_of(report: Report) -> str:
    """Where it is, as far as a room may read it: the street once the desk has looked at it.

    Citizens type the place; until somebody looked, and for confidential kinds always, the
    neighbourhood has to do.
    """
    looked_at = report.published_at is not None and report.hidden_at is None
    if looked_at and not report.is_confidential and report.place_text:
        return report.place_text
    return report.area
