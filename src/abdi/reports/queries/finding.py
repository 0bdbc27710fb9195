"""Finding reports: by number, by secret link, by place; and the categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from abdi.platform.access import Actor
from abdi.reports import links, rules
from abdi.reports.choices import Status
from abdi.reports.models import Category, Report

NEAR_METRES = 150
NEAR_TIME = timedelta(hours=48)
MOST_NEAR = 50
LONGEST_CODE = 64


@dataclass(frozen=True)
class Near:
    """A report close to a point."""

    report: Report
    metres: int


def opened_by(code: str) -> tuple[Report, bool] | None:
    """The report behind a code of /l/, and whether the code is the reporter's own link.

    A number opens the public view, the token the reporter's. One query whatever the code is, so
    that a wrong one answers like a protected or hidden one, and as fast.
    """
    asked = _plain(code)
    token_hash = links.hash_of(asked.lower())
    found = (
        _whole()
        .filter(
            Q(token_hash=token_hash)
            | Q(number=asked.upper(), is_protected=False, hidden_at__isnull=True)
        )
        .first()
    )
    return None if found is None else (found, found.token_hash == token_hash)


def by_number(number: str) -> Report | None:
    """The report of a number; None for an unknown, protected or hidden one."""
    return (
        _whole()
        .filter(number=_plain(number).upper(), is_protected=False, hidden_at__isnull=True)
        .first()
    )


def by_token(token: str) -> Report | None:
    """The report of a secret link."""
    return _whole().filter(token_hash=links.hash_of(_plain(token).lower())).first()


def by_ref(ref: str) -> Report | None:
    """The report a journal reference such as `reports.report:12` names."""
    kind, _colon, key = ref.partition(":")
    if kind != "reports.report" or not key.isdigit():
        return None
    return _whole().filter(pk=int(key)).first()


def _plain(code: str) -> str:
    """A code of the address as every database takes it."""
    return code[:LONGEST_CODE].replace("\x00", "?")


def _whole() -> QuerySet[Report]:
    rows: QuerySet[Report] = Report.objects.select_related(
        "category", "unit", "person", "joined_to__category", "joined_to__unit"
    )
    return rows


def near(category: Category, lat_e6: int, lng_e6: int, at: datetime, *, actor: Actor) -> list[Near]:
    """Open reports of the same kind within 150 m and 48 hours, the nearest first. One query."""
    from abdi.reports.queries.scopes import visible_reports

    box = rules.box_around(lat_e6, lng_e6, NEAR_METRES)
    rows = (
        visible_reports(actor)
        .open()  # type: ignore[attr-defined]
        .filter(
            category=category,
            lat_e6__range=(box.south, box.north),
            lng_e6__range=(box.west, box.east),
            received_at__gte=at - NEAR_TIME,
        )
        .order_by("-received_at")[:MOST_NEAR]
    )
    found = [
        Near(row, rules.metres_between(lat_e6, lng_e6, row.lat_e6, row.lng_e6)) for row in rows
    ]
    return sorted((one for one in found if one.metres <= NEAR_METRES), key=lambda one: one.metres)


def recent(actor: Actor, limit: int = 3) -> list[Report]:
    """The newest reports whose words everybody may read, being worked on or just done."""
    from abdi.reports.queries.scopes import visible_reports

    rows = visible_reports(actor).filter(
        published_at__isnull=False,
        is_confidential=False,
        hidden_at__isnull=True,
        joined_to__isnull=True,
    )
    return list(
        rows.exclude(status__in=(Status.REJECTED, Status.RECEIVED))
        .select_related("category")
        .order_by("-received_at", "-id")[:limit]
    )


def categories() -> QuerySet[Category]:
    """Categories a citizen may choose, tiles first."""
    rows: QuerySet[Category] = Category.objects.offered()
    return rows


def category_of(code: str) -> Category | None:
    """The active category of a code, with its unit."""
    rows: QuerySet[Category] = Category.objects.filter(code=_plain(code), is_active=True)
    return rows.select_related("unit").first()
