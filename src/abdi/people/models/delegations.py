"""Powers a person hands to a colleague for his absence."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.people.choices import DeputyPower
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Filters on powers handed over."""

    def on(self, day: date) -> Self:
        """Those that count on a day."""
        return self.filter(start_on__lte=day, end_on__gte=day, taken_back=False)

    def lasting(self, day: date) -> Self:
        """Those that count on a day or later."""
        return self.filter(end_on__gte=day, taken_back=False)


class Delegation(Owned):
    """One power, handed from a person to a colleague from a day to a day, with the reason."""

    giver = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    power = models.CharField(max_length=10, choices=pairs(DeputyPower))
    start_on = models.DateField()
    end_on = models.DateField()
    reason = models.CharField(max_length=300)
    taken_back = models.BooleanField(default=False)

    objects: ClassVar = ScopedManager.from_queryset(DelegationQuerySet)()
    privacy = Privacy("internal", purpose="who may do what", basis="product rule", keep="5 years")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="delegation_dates"),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="delegation_two_persons"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "end_on"], name="delegation_receiver"),
            models.Index(fields=["giver", "end_on"], name="delegation_giver"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id} ({self.power})"
