"""Second factors taken off an account by somebody else: a new phone, a reset by two persons."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.people.choices import FactorState, FactorWay
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class FactorChange(Owned):
    """A request to take the second factors off an account; two people stand behind each one.

    Once confirmed, a code handed over in person opens the door once, and new factors follow.
    """

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=pairs(FactorWay))
    reason = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=pairs(FactorState), default=FactorState.ASKED.value
    )
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    privacy = Privacy(
        "personal",
        purpose="sign-in",
        basis="UU 27/2022",
        keep="5 years",
        digest=Privacy("secret"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="asked"), name="factor_change_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="factor_two_persons"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "asked_at"], name="factor_change_open")
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.state} of account {self.account_id}"
