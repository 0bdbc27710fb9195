"""Single posts, and those that continue another one in a new unit."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from abdi.people.models import Position, Unit


def post(pk: int) -> Position | None:
    """A post with its unit, whether it still exists or not."""
    return Position.objects.select_related("unit").filter(pk=pk).first()


def posts_that_continue(on: date) -> QuerySet[Position]:
    """Posts that continue another one and have begun by a day, the earliest first."""
    rows = Position.objects.filter(predecessor__isnull=False, start_on__lte=on)
    return rows.order_by("start_on", "id")


def all_units() -> QuerySet[Unit]:
    """Every unit, also those that ended; for lookups by id."""
    return Unit.objects.all()
