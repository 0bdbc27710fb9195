"""The table of figures an institution set for itself."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.choices import N_, Choice
from abdi.platform.norms import Override
from abdi.platform.norms.leaves import BETWEEN, from_text
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class NormState(Choice):
    """Where a figure of the institution stands on a day."""

    WAITING = "waiting", N_("Waits for approval")
    PLANNED = "planned", N_("Planned")
    IN_FORCE = "in_force", N_("In force")
    ENDED = "ended", N_("Ended")
    WITHDRAWN = "withdrawn", N_("Taken back")


class DatedNorm(Owned):
    """One figure the institution set: from which day, on which legal basis, by whom.

    `path` is the norm and the place inside its value, parted by colons; `value_text` is JSON.
    Rows are never changed but for approval, withdrawal and the last day.
    """

    module = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    value_text = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    entered_by = models.CharField(max_length=80)
    author_id = models.BigIntegerField(null=True, blank=True)
    entered_at = models.DateTimeField()
    needs_approval = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=80, blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True, default="")
    is_void = models.BooleanField(default=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    privacy = Privacy(
        "internal",
        purpose="figures set by the institution, with their legal basis",
        basis="product rule",
        keep="archive schedule",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "module", "path", "since"],
                condition=Q(is_void=False),
                name="dated_norm_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="dated_norm_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_void=False) | Q(withdrawn_at__isnull=False),
                name="dated_norm_void_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.path} {self.since.isoformat()}"

    @property
    def value(self) -> Any:
        """The figure itself, exact."""
        return from_text(self.value_text)

    @property
    def steps(self) -> tuple[str, ...]:
        """The path: the norm first."""
        return tuple(self.path.split(BETWEEN))

    @property
    def counts(self) -> bool:
        """Whether it counts on its days: not void, and approved where that is asked."""
        return not self.is_void and (not self.needs_approval or self.approved_at is not None)

    def state(self, on: date) -> NormState:
        """Where it stands on a day."""
        if self.is_void:
            return NormState.WITHDRAWN
        if not self.counts:
            return NormState.WAITING
        if self.since > on:
            return NormState.PLANNED
        return NormState.ENDED if self.until is not None and self.until < on else NormState.IN_FORCE

    @property
    def override(self) -> Override:
        """The row as `norms()` reads it."""
        return Override(self.steps, self.value, self.since, self.source, until=self.until)
