"""The board of a duty PC where nobody has stepped in: open work of its room, nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

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
    """The open reports of a room. Two queries; words, reporters and crews are not even read."""
    rows = visible_work(actor).filter(IS_OPEN)
    late = Q(due_at__lt=at, jurisdiction=Jurisdiction.CITY)
    counted = rows.aggregate(total=Count("pk"), late=Count("pk", filter=late))
    shown = rows.select_related("category").only(*_COLUMNS).order_by("due_at", "id")[:LENGTH]
    return Board(list(shown), counted["total"], counted["late"])


def street_of(report: Report) -> str:
    """Where it is, as far as a room may read it: the street once the desk has looked at it.

    Citizens type the place; until somebody looked, and for confidential kinds always, the
    neighbourhood has to do.
    """
    looked_at = report.published_at is not None and report.hidden_at is None
    if looked_at and not report.is_confidential and report.place_text:
        return report.place_text
    return report.area
