"""Tables of duty: calendars people subscribe to, and lists of hours handed to the pay office."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.duty.choices import FeedKind
from abdi.duty.models.rosters import BASIS
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Filters on feeds."""

    def active(self) -> Self:
        """Feeds whose address opens."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(Owned):
    """A calendar somebody subscribes to by a secret address; of the address stands a hash."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(CalendarFeedQuerySet)()
    privacy = Privacy(
        "internal",
        purpose="turns in the calendar of one's own phone",
        basis="product rule",
        keep="1 year after end",
        token_hash=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "token_hash"], name="feed_token"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="feed_one_a_person"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(revoked_at__isnull=True), name="feed_one_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, unit__isnull=False)
                | Q(person__isnull=False, unit__isnull=True),
                name="feed_person_or_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"feed of {self.person_id or self.unit_id}"


class FeedEvent(Owned):
    """What a feed said of one thing, so that the next answer says what moved and what is gone."""

    feed = models.ForeignKey("duty.CalendarFeed", models.CASCADE, related_name="events")
    uid = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=pairs(FeedKind))
    name = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken_count = models.PositiveSmallIntegerField(default=0)
    needed_count = models.PositiveSmallIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "internal",
        purpose="turns in the calendar of one's own phone",
        basis="product rule",
        keep="1 year after end",
        name=Privacy("internal"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "uid"], name="feed_event_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="feed_event_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.sequence}"


class PayList(Owned):
    """A month of a unit as it was handed to the pay office. Never changed, never taken back."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    month_on = models.DateField()
    rules_version = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = Privacy(
        "internal", purpose="hours for the pay office", basis=BASIS, keep="archive schedule"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month_on"], name="pay_list_month"),
        ]
        indexes = [models.Index(fields=["institution", "month_on"], name="pay_list_by_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month_on:%Y-%m}"


class PayLine(Owned):
    """A person's figures in a list: of its month, or the difference to an earlier month's."""

    pay_list = models.ForeignKey("duty.PayList", models.PROTECT, related_name="lines")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    month_on = models.DateField()
    is_difference = models.BooleanField(default=False)
    planned_minutes = models.IntegerField(default=0)
    stood_minutes = models.IntegerField(default=0)
    unknown_minutes = models.IntegerField(default=0)
    overtime_minutes = models.IntegerField(default=0)
    nights = models.IntegerField(default=0)
    holidays = models.IntegerField(default=0)
    meals = models.IntegerField(default=0)
    call_outs = models.IntegerField(default=0)
    call_out_minutes = models.IntegerField(default=0)

    privacy = Privacy(
        "personal", purpose="hours for the pay office", basis=BASIS, keep="archive schedule"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pay_list", "person", "month_on"], name="pay_line_once")
        ]
        indexes = [models.Index(fields=["person", "month_on"], name="pay_line_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month_on:%Y-%m}"
