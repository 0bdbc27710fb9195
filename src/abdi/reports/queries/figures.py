"""Figures over reports, for pages of this module and for the floors above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, When

from abdi.platform.journal import Entry
from abdi.reports.choices import Status
from abdi.reports.models import Report

CLUSTER_SMALLEST = 3
CLUSTERS_MOST = 100
MART_COLUMNS = (
    "id",
    "category__code",
    "service_id",
    "unit_id",
    "agency_id",
    "resolved_by_id",
    "status",
    "priority",
    "channel",
    "jurisdiction",
    "area",
    "received_at",
    "due_at",
    "resolved_at",
    "closed_at",
    "broken_at",
    "minutes",
    "in_time",
    "stars",
    "reopened_count",
    "joined_count",
)
"""Columns for analysis. No words, no contact, no protected case."""


@dataclass(frozen=True)
class Cluster:
    """Reports of one kind at one place in a period; `area` is a name, or a cell of the map."""

    key: str
    category: str
    category_name: str
    area: str
    count: int
    reopened: int
    report_ids: tuple[int, ...]


def volume(unit_ids: Iterable[int] | None, start: datetime, end: datetime) -> dict[str, int]:
    """Number of reports closed in a period by category code; joined ones count with theirs."""
    rows = Report.objects.closed_between(start, end).of_units(unit_ids)
    return dict(
        rows.values_list("category__code").annotate(n=Count("id")).order_by("category__code")
    )


def in_time_share(
    unit_ids: Iterable[int] | None, start: datetime, end: datetime
) -> tuple[int, int]:
    """How many reports of our own were closed in a period, and how many of them in time."""
    found = (
        Report.objects.closed_between(start, end)
        .ours()
        .of_units(unit_ids)
        .aggregate(closed=Count("id"), kept=Count("id", filter=Q(in_time=True)))
    )
    return found["closed"], found["kept"]


def newest_by_service(but_not: Iterable[int] = ()) -> dict[int, tuple[datetime, datetime]]:
    """When the newest closed report of each service came in, and when the last one was closed."""
    rows = (
        Report.objects.leading()
        .ours()
        .filter(status=Status.CLOSED, service__isnull=False, is_protected=False)
        .exclude(service_id__in=list(but_not))
        .values_list("service_id")
        .annotate(came=Max("received_at"), ended=Max("closed_at"))
        .order_by("service_id")
    )
    return {service_id: (came, ended) for service_id, came, ended in rows}


def last_loaded_at() -> datetime | None:
    """When a report of another system was last loaded; None where none was."""
    entries = Entry.objects.filter(kind="reports.ReportLoaded").order_by("-id")
    newest = entries.first()
    return newest.at if newest else None


def promises_kept(start: datetime, end: datetime) -> dict[str, tuple[int, int]]:
    """For each category code how many were closed, and how many in time; no protected ones."""
    rows = (
        Report.objects.closed_between(start, end)
        .ours()
        .filter(is_protected=False)
        .values_list("category__code")
        .annotate(closed=Count("id"), kept=Count("id", filter=Q(in_time=True)))
        .order_by("category__code")
    )
    return {code: (closed, kept) for code, closed, kept in rows}


def half_done_minutes(category_id: int, start: datetime, end: datetime) -> int | None:
    """Minutes within which half of the reports of a kind were done; None under five reports."""
    rows = Report.objects.closed_between(start, end).filter(category_id=category_id)
    minutes = list(rows.order_by("-closed_at").values_list("minutes", flat=True)[:500])
    known = sorted(value for value in minutes if value is not None)
    return known[(len(known) - 1) // 2] if len(known) >= 5 else None


def stars_of(unit_ids: Iterable[int] | None, start: datetime, end: datetime) -> tuple[int, int]:
    """How many closed reports were rated, and the sum of their stars."""
    found = (
        Report.objects.closed_between(start, end)
        .of_units(unit_ids)
        .aggregate(rated=Count("stars"), total=Sum("stars"))
    )
    return found["rated"], found["total"] or 0


def clusters(
    start: datetime, end: datetime, unit_ids: Iterable[int] | None = None
) -> list[Cluster]:
    """Kinds of reports that came three times or more from one place, most first. Two queries."""
    rows: Any = _at_places(start, end, unit_ids)
    grouped = list(
        rows.values("category__code", "category__name", "spot")
        .annotate(n=Count("id"), again=Sum("reopened_count"))
        .filter(n__gte=CLUSTER_SMALLEST)
        .order_by("-n", "category__code", "spot")[:CLUSTERS_MOST]
    )
    members = _members(rows, grouped)
    return [
        Cluster(
            key=f"{row['category__code']}@{row['spot']}",
            category=row["category__code"],
            category_name=row["category__name"],
            area=row["spot"],
            count=row["n"],
            reopened=row["again"],
            report_ids=tuple(members.get((row["category__code"], row["spot"]), ())),
        )
        for row in grouped
    ]


def _at_places(start: datetime, end: datetime, unit_ids: Iterable[int] | None) -> QuerySet[Report]:
    rows: QuerySet[Report] = (
        Report.objects.leading()
        .of_units(unit_ids)
        .filter(received_at__gte=start, received_at__lt=end, is_protected=False)
        .annotate(spot=Case(When(area="", then=F("cell")), default=F("area")))
        .exclude(spot="")
    )
    return rows


def _members(rows: Any, grouped: list[dict[str, Any]]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    if not grouped:
        return found
    codes = {row["category__code"] for row in grouped}
    spots = {row["spot"] for row in grouped}
    listed = rows.filter(category__code__in=codes, spot__in=spots).order_by("id")
    for code, spot, pk in listed.values_list("category__code", "spot", "id"):
        found.setdefault((code, spot), []).append(pk)
    return found


def for_person(person_id: int, start: datetime, end: datetime) -> QuerySet[Report]:
    """Reports a person did, closed in a period, newest first."""
    rows: QuerySet[Report] = Report.objects.closed_between(start, end)
    return rows.filter(resolved_by_id=person_id).with_names().order_by("-closed_at", "-id")  # type: ignore[attr-defined, no-any-return]


def mart_rows() -> QuerySet[Report, tuple[Any, ...]]:
    """Rows for analysis, in the order of MART_COLUMNS."""
    rows = Report.objects.leading().filter(is_protected=False)
    return rows.order_by("id").values_list(*MART_COLUMNS)
