"""Reads of the handover book: what fills itself in, which books there are, what came since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Max, Q, QuerySet

from abdi.duty import queries as duty
from abdi.platform.access import Actor
from abdi.reports.choices import Jurisdiction, Priority
from abdi.reports.models import BrokenStep, Handover, Report
from abdi.reports.models.reports import IS_OPEN
from abdi.reports.queries.board import street_of
from abdi.reports.queries.scopes import visible_work
from abdi.reports.rules.promises import LAST

MOST: Final = 100
SHIFT: Final = timedelta(hours=12)
NEAR: Final = timedelta(hours=2)
"""So long before and after its turn a shift hands over."""


def visible_books(actor: Actor) -> QuerySet[Handover]:
    """The handovers this actor may read, the newest first."""
    reach = actor.reach("reports.handover_book", "view")
    rows = Handover.objects.select_related("agency", "leaving", "coming").order_by("-to_at", "-id")
    return rows if reach.all else rows.filter(agency_id__in=reach.agency_ids)


def waiting_book(agency_id: int | None) -> Handover | None:
    """The handover of an agency that waits for the coming shift; None where none does."""
    rows = Handover.objects.select_related("agency", "leaving")
    return rows.filter(agency_id=agency_id or 0, coming_at__isnull=True).first()


def begins_at(agency_id: int, at: datetime) -> datetime:
    """Since when the shift runs that hands over now: the last handover, twelve hours at most."""
    last = Handover.objects.filter(agency_id=agency_id).aggregate(at=Max("to_at"))["at"]
    return max(last, at - 2 * SHIFT) if last is not None else at - SHIFT


def content_of(actor: Actor, since: datetime, at: datetime) -> dict[str, Any]:
    """All that the page fills in by itself, as plain values. Seven queries, whatever is open."""
    work = visible_work(actor)
    opened = work.filter(IS_OPEN)
    late = Q(due_at__lt=at, jurisdiction=Jurisdiction.CITY)
    counted = opened.aggregate(total=Count("pk"), late=Count("pk", filter=late))
    calls = duty.calls_of_shift(actor, since, at)
    broken = _steps_broken(work, since, at)
    told = work.filter(
        Q(broken_at__gte=since, broken_at__lte=at)
        | Q(priority=Priority.P1, received_at__gte=since, received_at__lte=at)
    )
    return {
        "open": [_case(row) for row in _first(opened, "due_at")],
        "open_total": counted["total"],
        "open_late": counted["late"],
        **crews_of(actor, at, SHIFT),
        "unusual": [_unusual(row) for row in _first(told, "received_at")],
        "calls": [_call(row) for row in calls[:MOST]],
        "calls_total": len(calls),
        "calls_open": sum(not (row.is_over or row.answered_at) for row in calls),
        "broken": [_step(row) for row in broken[:MOST]],
        "broken_total": len(broken),
    }


def _call(row: duty.CallRow) -> list[Any]:
    """A call as plain values; the last one says how it stands."""
    if row.answered_at is not None:
        how = "answered"
    elif row.is_over:
        how = "over"
    else:
        how = "nobody" if row.has_nobody_left else "runs"
    number = row.path.rpartition("/")[2]
    answered = [row.answered_by, row.answered_at.isoformat()] if row.answered_at else ["", ""]
    raised = row.raised_at.isoformat()
    return [number, row.subject, row.unit_name, raised, row.told, row.passed_over, *answered, how]


def _steps_broken(work: QuerySet[Report], since: datetime, at: datetime) -> list[BrokenStep]:
    """Steps whose break was noted in the shift, the first ones first. One query.

    The promise itself stands among what is unusual already.
    """
    rows = BrokenStep.objects.filter(noted_at__gte=since, noted_at__lte=at, report__in=work)
    rows = rows.exclude(step__in=LAST, noted_at=F("report__broken_at"))
    return list(rows.select_related("report__category").order_by("noted_at", "id"))


def _step(row: BrokenStep) -> list[str]:
    number, kind = row.report.number, row.report.category.name
    return [number, kind, row.step, row.due_at.isoformat(), row.cause]


def crews_of(actor: Actor, at: datetime, within: timedelta) -> dict[str, Any]:
    """Who is on duty and who comes, of the rosters an actor may see, and how many they are."""
    now = [
        [one.person_name, one.unit_name, one.ends_at.isoformat()]
        for one in duty.on_duty(actor, at)
        if not one.is_standby
    ]
    coming = [
        [name, unit, start.isoformat()] for name, unit, start in duty.coming_on(actor, at, within)
    ]
    return {
        "on_duty": now[:MOST],
        "on_duty_total": len(now),
        "coming": coming[:MOST],
        "coming_total": len(coming),
    }


def _first(rows: QuerySet[Report], order: str) -> list[Report]:
    return list(rows.select_related("category").order_by(order, "id")[:MOST])


def _case(row: Report) -> list[str]:
    return [row.number, row.category.name, street_of(row), row.status, row.due_at.isoformat()]


def _unusual(row: Report) -> list[str]:
    what = "broken" if row.broken_at is not None else "p1"
    at = row.broken_at or row.received_at
    return [what, row.number, row.category.name, at.isoformat()]


def newest(actor: Actor) -> int:
    """The newest report of the actor's reach. One query."""
    return visible_work(actor).aggregate(newest=Max("pk"))["newest"] or 0


def came_after(actor: Actor, known_id: int) -> list[Report]:
    """What came in after a report that was known, in order. One query."""
    rows = visible_work(actor).filter(pk__gt=known_id).select_related("category")
    return list(rows.order_by("pk")[:MOST])


def turn_of(person_id: int, at: datetime, *, is_coming: bool) -> str:
    """The turn by the roster that somebody leaves or begins around a moment."""
    return duty.turn_near(person_id, at, NEAR, latest=is_coming)


def unsigned_since(actor: Actor) -> datetime | None:
    """Since when a handover of a room waits for its second signature: the moment and no more."""
    rows = Handover.objects.filter(coming_at__isnull=True)
    if actor.agency_id is not None:
        rows = rows.filter(agency_id=actor.agency_id)
    found: datetime | None = rows.order_by("to_at").values_list("to_at", flat=True).first()
    return found
