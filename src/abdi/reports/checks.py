"""Promises of this module that a count can contradict."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from abdi.platform import clock
from abdi.platform.checks import reconciliation
from abdi.platform.journal import Entry
from abdi.reports import queries
from abdi.reports.choices import Status
from abdi.reports.models import Report, StatusChange
from abdi.survey import queries as ratings

LATELY = timedelta(days=2)
GRACE = timedelta(minutes=30)
HOUR = timedelta(hours=1)


@reconciliation
def reports_without_their_entry() -> int:
    """Reports of the last two days that the journal does not know; joined ones are under theirs."""
    rows = _lately().filter(joined_to__isnull=True)
    return rows.filter(~Exists(_entries("reports.ReportReceived"))).count()


@reconciliation
def reports_without_a_first_step() -> int:
    """Reports of the last two days without history."""
    steps = StatusChange.objects.filter(report=OuterRef("pk"))
    return _lately().filter(~Exists(steps)).count()


@reconciliation
def accepted_reports_without_a_person() -> int:
    """Open reports somebody accepted that nobody has."""
    return Report.objects.open().filter(accepted_at__isnull=False, person__isnull=True).count()


@reconciliation
def broken_promises_not_written_down() -> int:
    """Open reports whose deadline passed half an hour ago, unknown to the journal."""
    return queries.overdue(clock.now() - GRACE).count()


@reconciliation
def reports_not_closed_after_the_reply_window() -> int:
    """Done reports nobody objected to for two hours past the last day."""
    return queries.to_close(clock.now() - timedelta(hours=2)).count()


@reconciliation
def closed_without_an_invitation_to_rate() -> int:
    """Reports closed in the last hour that nobody may rate."""
    rows = Report.objects.leading().filter(status=Status.CLOSED, closed_at__gte=clock.now() - HOUR)
    return sum(ratings.invitation_for(row.ref) is None for row in rows.only("pk"))


@reconciliation
def joined_counts_that_differ() -> int:
    """Reports of the last two days whose count of joined ones is not their number."""
    joined = (
        Report.objects.filter(joined_to=OuterRef("pk"))
        .values("joined_to")
        .annotate(n=Count("id"))
        .values("n")
    )
    counted = Coalesce(Subquery(joined), 0, output_field=IntegerField())
    return int(_lately().annotate(n=counted).exclude(n=F("joined_count")).count())


def _lately() -> QuerySet[Report]:
    rows: QuerySet[Report] = Report.objects.filter(received_at__gte=clock.now() - LATELY)
    return rows


def _entries(*kinds: str) -> QuerySet[Entry]:
    ref = Concat(Value("reports.report:"), Cast(OuterRef("pk"), CharField()))
    return Entry.objects.filter(about=ref, kind__in=kinds)
