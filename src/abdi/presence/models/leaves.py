"""Leave: asked, decided, cancelled; and what a source says is left."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.presence.choices import LeaveKind, LeaveState

PURPOSE = "leave that rosters, classes and workload go around"
BASIS = "PP 11/2017; PP 49/2018"
KEEP = "archive schedule"
STANDING: Final = (LeaveState.REQUESTED, LeaveState.POSTPONED, LeaveState.APPROVED)


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Filters on leave."""

    def standing(self) -> Self:
        """Asked for or approved, not refused and not cancelled."""
        return self.filter(state__in=STANDING)

    def approved(self) -> Self:
        """What blocks a roster."""
        return self.filter(state=LeaveState.APPROVED)

    def touching(self, first: date, last: date) -> Self:
        """Leave that shares a day with a stretch, both ends counted."""
        return self.filter(first_on__lte=last, last_on__gte=first)


class Leave(Owned):
    """A leave of a person, from the form or from the city's own system."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=pairs(LeaveKind))
    first_on = models.DateField()
    last_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=pairs(LeaveState))
    reason = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=300, blank=True)
    stand_in = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    letter_number = models.CharField(max_length=80, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(LeaveQuerySet)()
    privacy = Privacy(
        "personal", purpose=PURPOSE, basis=BASIS, keep=KEEP, reason=Privacy("sensitive")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="leave_order"),
            models.CheckConstraint(
                condition=~Q(stand_in=F("person")) | Q(stand_in__isnull=True),
                name="leave_another_stands_in",
            ),
            models.UniqueConstraint(
                fields=["person", "first_on"],
                condition=Q(state__in=["requested", "postponed", "approved"]),
                name="leave_one_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "first_on"], name="leave_of_person"),
            models.Index(fields=["institution", "state", "last_on"], name="leave_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.first_on}"

    @property
    def is_open(self) -> bool:
        """Waits for a decision."""
        return self.state in (LeaveState.REQUESTED, LeaveState.POSTPONED)


class LeaveStep(Owned):
    """A state a leave came to: when, by whom, in which words."""

    leave = models.ForeignKey("presence.Leave", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=pairs(LeaveState))
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    words = models.CharField(max_length=500, blank=True)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        indexes = [models.Index(fields=["leave", "at"], name="leave_steps")]

    def __str__(self) -> str:
        return f"{self.leave_id} {self.state}"


class BalanceStatement(Owned):
    """What a source says is left of annual leave at a moment: this year, N-1, N-2."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    left_n = models.PositiveSmallIntegerField()
    left_n1 = models.PositiveSmallIntegerField(default=0)
    left_n2 = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=80, blank=True)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "at"], name="statement_once"),
            models.CheckConstraint(
                condition=Q(left_n__lte=60, left_n1__lte=60, left_n2__lte=60),
                name="statement_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}: {self.left_n}/{self.left_n1}/{self.left_n2}"
