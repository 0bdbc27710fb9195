"""The last day of somebody who leaves: what ended with it, and how it was taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class Leaving(Owned):
    """One last day that was noted. `posts` keeps when each post was to end before it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    last_on = models.DateField()
    posts = models.JSONField(default=dict)
    noted_by = models.CharField(max_length=80)
    noted_at = models.DateTimeField()
    taken_back_by = models.CharField(max_length=80, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar = ScopedManager()
    privacy = Privacy(
        "internal", purpose="personnel record", basis="UU 20/2023", keep="archive schedule"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, reason="", taken_back_by="")
                | Q(taken_back_at__isnull=False) & ~Q(reason="") & ~Q(taken_back_by=""),
                name="leaving_taken_back_with_reason",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(taken_back_at__isnull=True),
                name="leaving_one_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.last_on}"
