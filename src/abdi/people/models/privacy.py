"""Requests about own data, and breaches with those they touched."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from abdi.people.choices import BreachState, PrivacyAsk, PrivacyState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    """Filters on requests about own data."""

    def open(self) -> PrivacyRequestQuerySet:
        """Requests that wait for an answer, the earliest deadline first."""
        return self.filter(state=PrivacyState.OPEN).order_by("due_at", "id")


class PrivacyRequest(Owned):
    """A person asks for a correction, an erasure or another right of UU 27/2022, with a clock."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=pairs(PrivacyAsk))
    field = models.CharField(max_length=20, blank=True)
    wanted = models.CharField(max_length=254, blank=True)
    words = models.TextField(blank=True)
    state = models.CharField(
        max_length=8, choices=pairs(PrivacyState), default=PrivacyState.OPEN.value
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(PrivacyRequestQuerySet)()
    privacy = Privacy(
        "personal", purpose="rights over own data", basis="UU 27/2022", keep="5 years"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(decided_at__isnull=False) & ~Q(answer="")),
                name="privacy_request_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "due_at"], name="privacy_request_due")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} of person {self.person_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == PrivacyState.OPEN


class Breach(Owned):
    """Data that came into wrong hands: what, since when, who was told by when."""

    title = models.CharField(max_length=150)
    what_happened = models.TextField()
    what_data = models.TextField()
    handling = models.TextField(blank=True)
    found_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=6, choices=pairs(BreachState), default=BreachState.OPEN.value
    )
    people_told_at = models.DateTimeField(null=True, blank=True)
    body_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy(
        "internal",
        purpose="notice of a breach within 72 hours",
        basis="UU 27/2022 Art. 46",
        keep="5 years",
        what_happened=Privacy("internal"),
        what_data=Privacy("internal"),
        handling=Privacy("internal"),
    )

    def __str__(self) -> str:
        return self.title


class BreachTouch(Owned):
    """A person whose data a breach touched."""

    breach = models.ForeignKey("people.Breach", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    privacy = Privacy(
        "personal", purpose="notice of a breach within 72 hours", basis="UU 27/2022 Art. 46",
        keep="5 years",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "person"], name="breach_once")]

    def __str__(self) -> str:
        return f"breach {self.breach_id} person {self.person_id}"
