"""Kinds of reports. What the law or the institution promises stands in the norms, not here."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.reports.choices import Priority


class CategoryQuerySet(models.QuerySet["Category"]):
    """Filters on categories."""

    def offered(self) -> Self:
        """Categories a citizen may choose, in their order."""
        return self.filter(is_active=True).order_by("place", "name")


class Category(Owned):
    """A kind of report: whose work it is, under which service, how it looks on the tile."""

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    icon = models.CharField(max_length=20, default="dots")
    priority = models.CharField(max_length=2, choices=pairs(Priority))
    opd_kind = models.CharField(max_length=30)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    service = models.ForeignKey(
        "people.Service", models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    is_confidential = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)

    objects: ClassVar = ScopedManager.from_queryset(CategoryQuerySet)()
    privacy = Privacy(
        "public", purpose="who answers what", basis="UU 25/2009", keep="archive schedule"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="category_code")
        ]

    def __str__(self) -> str:
        return self.name
