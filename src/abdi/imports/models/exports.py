"""Staff lists that were taken along: who, when, why, how many people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from abdi.imports.choices import Form, Layout
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class ListExport(Owned):
    """One staff list taken along, with the reason; the people of it stand in the journal."""

    layout = models.CharField(max_length=12, choices=pairs(Layout))
    form = models.CharField(max_length=4, choices=pairs(Form))
    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    people_count = models.PositiveIntegerField()

    objects: ClassVar = ScopedManager()
    privacy = Privacy(
        "internal",
        purpose="who took data of people along, and why",
        basis="UU 27/2022",
        keep="archive schedule",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="export_reason"),
        ]
        indexes = [models.Index(fields=["institution", "at"], name="export_newest")]

    def __str__(self) -> str:
        return f"{self.layout} {self.at:%Y-%m-%d %H:%M}"
