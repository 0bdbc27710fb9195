"""Rights as they fall due, and what became of each."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.rights.choices import Look, RightKind, RightState

OPEN = (RightState.DUE, RightState.DRAFTED)


class RightQuerySet(models.QuerySet["Right"]):
    """Filters on rights."""

    def open(self) -> Self:
        """Not given and not set aside."""
        return self.filter(state__in=OPEN)

    def late(self, on: date) -> Self:
        """Open although the day has passed."""
        return self.open().filter(due_on__lt=on)


class Right(Owned):
    """Something the rules give a person on a day, computed from the record; nobody asks for it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=pairs(RightKind))
    due_on = models.DateField()
    base_on = models.DateField()
    what = models.CharField(max_length=8, blank=True)
    look = models.CharField(max_length=12, choices=pairs(Look), blank=True)
    state = models.CharField(max_length=10, choices=pairs(RightState), default=RightState.DUE)
    letter = models.CharField(max_length=80, blank=True)
    announced_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    given_on = models.DateField(null=True, blank=True)
    decree = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=500, blank=True)
    closed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(RightQuerySet)()
    privacy = Privacy(
        "personal",
        purpose="what the rules give comes without asking",
        basis="UU 20/2023; PP 7/1977; PP 99/2000; PP 11/2017",
        keep="archive schedule",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "due_on"], name="right_once"),
            models.CheckConstraint(
                condition=Q(state__in=["given", "set_aside"], closed_at__isnull=False)
                | Q(state__in=["due", "drafted"], closed_at__isnull=True),
                name="right_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_on__isnull=False), name="right_given_on"
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(words=""), name="right_aside_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "due_on"], name="right_by_day"),
            models.Index(fields=["person", "due_on"], name="right_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Still to be given."""
        return self.state in OPEN
