"""A long list is applied beside the pages: who asked for it, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.imports.choices import OrderState
from abdi.imports.models.drafts import BASIS, KEEP, PURPOSE
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class OrderQuerySet(models.QuerySet["ApplyOrder"]):
    """Filters on orders."""

    def waiting(self) -> Self:
        """Orders that are not done."""
        return self.filter(state=OrderState.WAITING)

    def free(self, at: datetime) -> Self:
        """Those nobody works on."""
        return self.waiting().filter(Q(leased_until__isnull=True) | Q(leased_until__lte=at))


class ApplyOrder(Owned):
    """Somebody pressed Apply on a long list: the worker does it in his name.

    `seen` is the version of the draft he saw; a draft that changed since is not applied.
    """

    draft = models.ForeignKey("imports.ImportDraft", models.CASCADE, related_name="+")
    run = models.ForeignKey(
        "imports.ImportRun", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=pairs(OrderState), default=OrderState.WAITING)
    by = models.CharField(max_length=80)
    account_number = models.BigIntegerField()
    seen = models.PositiveIntegerField()
    row_count = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(OrderQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state="waiting"), name="apply_order_once"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="apply_order_due")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.state}"
