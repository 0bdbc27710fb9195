"""The report of a citizen: one row, found by number, link, queue, person and place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.reports import rules
from abdi.reports.choices import (
    Channel,
    Identity,
    Jurisdiction,
    Outcome,
    PauseReason,
    Priority,
    RejectReason,
    ReportClass,
    Status,
)

PURPOSE = "answer citizens within the promised time"
BASIS = "UU 25/2009; PermenPANRB 62/2018"
OPEN_CODES = sorted(status.value for status in rules.OPEN_STATUSES)
IS_OPEN = Q(status__in=OPEN_CODES, joined_to__isnull=True)
"""Reports somebody still has to act on: the condition of the queue and of its index."""


def is_past(at: datetime) -> Q:
    """The promise is over: its moment has passed, or had when the clock was stopped."""
    return Q(due_at__lt=at) & (Q(paused_at__isnull=True) | Q(due_at__lt=F("paused_at")))


class ReportQuerySet(models.QuerySet["Report"]):
    """Filters on reports."""

    def open(self) -> Self:
        """Reports somebody still has to act on."""
        return self.filter(IS_OPEN)

    def leading(self) -> Self:
        """Reports that are not joined to another one; the rows every figure counts."""
        return self.filter(joined_to__isnull=True)

    def ours(self) -> Self:
        """Reports that are the city's own matter."""
        return self.filter(jurisdiction=Jurisdiction.CITY)

    def late(self, at: datetime) -> Self:
        """Open reports of our own whose promise is over."""
        return self.open().ours().filter(is_past(at))

    def closed_between(self, start: datetime, end: datetime) -> Self:
        """Reports closed from `start` on and before `end`."""
        return self.leading().filter(status=Status.CLOSED, closed_at__gte=start, closed_at__lt=end)

    def of_units(self, unit_ids: Iterable[int] | None) -> Self:
        """Reports of these units; None means all."""
        return self if unit_ids is None else self.filter(unit_id__in=list(unit_ids))

    def with_names(self) -> Self:
        """With category, unit and person in the same query."""
        return self.select_related("category", "unit", "person")


class Report(Owned):
    """What a citizen told us, and where it stands. Deadlines are computed once, at writing."""

    number = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64)
    key_hash = models.CharField(max_length=64)
    input_hash = models.CharField(max_length=64)

    category = models.ForeignKey("reports.Category", models.PROTECT, related_name="+")
    service = models.ForeignKey(
        "people.Service", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    priority = models.CharField(max_length=2, choices=pairs(Priority))
    status = models.CharField(max_length=16, choices=pairs(Status), default=Status.RECEIVED)
    channel = models.CharField(max_length=12, choices=pairs(Channel), default=Channel.WEB)
    identity = models.CharField(max_length=9, choices=pairs(Identity), default=Identity.OPEN)
    jurisdiction = models.CharField(
        max_length=22, choices=pairs(Jurisdiction), default=Jurisdiction.CITY
    )
    outcome = models.CharField(max_length=12, choices=pairs(Outcome), blank=True)
    reject_reason = models.CharField(max_length=15, choices=pairs(RejectReason), blank=True)

    text = models.TextField(blank=True)
    place_text = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=80, blank=True)
    lat_e6 = models.IntegerField(null=True, blank=True)
    lng_e6 = models.IntegerField(null=True, blank=True)
    cell = models.CharField(max_length=24, blank=True)
    owner_text = models.CharField(max_length=200, blank=True)
    hide_reason = models.CharField(max_length=200, blank=True)

    received_at = models.DateTimeField()
    ack_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    arrive_due_at = models.DateTimeField(null=True, blank=True)
    safe_due_at = models.DateTimeField(null=True, blank=True)
    check_at = models.DateTimeField(null=True, blank=True)
    """From when on a step before the last one may have broken; none where nobody watches."""
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=16, choices=pairs(PauseReason), blank=True)
    report_class = models.CharField(max_length=22, choices=pairs(ReportClass), blank=True)
    """Class of SP4N; none for what was loaded from elsewhere."""
    verify_due_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reply_until = models.DateTimeField(null=True, blank=True)
    new_date_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hide_asked_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    minutes = models.PositiveIntegerField(null=True, blank=True)
    in_time = models.BooleanField(null=True, blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    joined_count = models.PositiveIntegerField(default=0)
    is_confidential = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    pause_count = models.PositiveSmallIntegerField(default=0)
    broken_count = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(ReportQuerySet)()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="archive schedule",
        text=Privacy("personal", keep="anonymised 2 years after close"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="report_number"),
            models.UniqueConstraint(fields=["institution", "key_hash"], name="report_once"),
            models.UniqueConstraint(fields=["institution", "token_hash"], name="report_token"),
            models.CheckConstraint(
                condition=(
                    Q(status=Status.CLOSED, closed_at__isnull=False)
                    & ~Q(closed_by="")
                    & ~Q(outcome="")
                )
                | (~Q(status=Status.CLOSED) & Q(closed_at__isnull=True, closed_by="")),
                name="report_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.REJECTED) | ~Q(reject_reason=""),
                name="report_rejected_why",
            ),
            models.CheckConstraint(
                condition=Q(lat_e6__isnull=True, lng_e6__isnull=True)
                | Q(
                    lat_e6__range=(-90_000_000, 90_000_000),
                    lng_e6__range=(-180_000_000, 180_000_000),
                ),
                name="report_point",
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__range=(1, 5)), name="report_stars"
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("id")),
                name="report_not_own_double",
            ),
            models.CheckConstraint(
                condition=(Q(jurisdiction=Jurisdiction.CITY) & Q(owner_text=""))
                | (~Q(jurisdiction=Jurisdiction.CITY) & ~Q(owner_text="")),
                name="report_owner_named",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("received_at")), name="report_due"),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, pause_reason="")
                | (Q(paused_at__isnull=False) & ~Q(pause_reason="")),
                name="report_paused_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "due_at", "id"], name="report_open_due", condition=IS_OPEN
            ),
            models.Index(
                fields=["institution", "agency", "due_at", "id"],
                name="report_open_agency",
                condition=IS_OPEN,
            ),
            models.Index(
                fields=["institution", "person", "due_at"],
                name="report_open_person",
                condition=IS_OPEN & Q(person__isnull=False),
            ),
            models.Index(
                fields=["institution", "status", "received_at", "id"], name="report_status"
            ),
            models.Index(fields=["institution", "received_at", "id"], name="report_received"),
            models.Index(
                fields=["institution", "agency", "received_at", "id"],
                name="report_agency_received",
            ),
            models.Index(
                fields=["institution", "closed_at", "unit"],
                name="report_closed",
                condition=Q(status=Status.CLOSED),
            ),
            models.Index(
                fields=["institution", "resolved_by", "closed_at"],
                name="report_person_closed",
                condition=Q(status=Status.CLOSED),
            ),
            models.Index(
                fields=["institution", "category", "lat_e6", "lng_e6"],
                name="report_open_near",
                condition=IS_OPEN & Q(lat_e6__isnull=False),
            ),
            models.Index(
                fields=["institution", "reply_until"],
                name="report_reply_until",
                condition=Q(status=Status.RESOLVED),
            ),
            models.Index(
                fields=["institution", "check_at"],
                name="report_check",
                condition=IS_OPEN & Q(check_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.joined_to_id is None and rules.is_open(self.status)

    @property
    def is_text_public(self) -> bool:
        """Whether everybody may read the words and see the photos.

        Not before somebody of the desk looked, and never of a confidential report.
        """
        closed_off = self.is_confidential or self.is_protected or self.hidden_at is not None
        return self.published_at is not None and not closed_off
