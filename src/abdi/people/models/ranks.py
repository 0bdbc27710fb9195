"""Ranks a person holds, one after the other."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.people.choices import RecordSource
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class RankHoldQuerySet(models.QuerySet["RankHold"]):
    """Filters on ranks held."""

    def on(self, day: date) -> Self:
        """Ranks that had begun on a day."""
        return self.filter(start_on__lte=day)


class RankHold(Owned):
    """A person holds a rank (golongan, or the grade of a contract) from a day on.

    The next rank ends it; a row is never changed, a wrong one is followed by a right one of the
    same day. `served_months` is the service counted in this rank group on that day, where known.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    rank = models.CharField(max_length=8)
    start_on = models.DateField()
    served_months = models.PositiveSmallIntegerField(null=True, blank=True)
    decree = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=10, choices=pairs(RecordSource))
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = ScopedManager.from_queryset(RankHoldQuerySet)()
    privacy = Privacy(
        "personal", purpose="personnel record", basis="UU 20/2023", keep="archive schedule"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "start_on", "rank"], name="rank_once"),
            models.CheckConstraint(condition=~Q(rank=""), name="rank_named"),
        ]
        indexes = [models.Index(fields=["person", "start_on"], name="rank_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.rank} {self.start_on}"
