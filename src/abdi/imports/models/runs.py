"""What applying a list did, person by person, so that it can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from abdi.imports.choices import Effect
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "who changed what by a list, and taking it back"
BASIS = "UU 20/2023; UU 27/2022"
KEEP = "archive schedule"


class ImportRun(Owned):
    """One pressing of Apply: who, when, how many; taken back at most once."""

    draft = models.ForeignKey(
        "imports.ImportDraft", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    row_count = models.PositiveIntegerField(default=0)
    made_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    undone_by = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ScopedManager()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="")
                | Q(undone_at__isnull=False, undone_by__gt=""),
                name="run_undone",
            )
        ]
        indexes = [models.Index(fields=["institution", "at"], name="run_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class ImportChange(Owned):
    """What a run did to one person. The number is no key: undo removes people it had made."""

    run = models.ForeignKey("imports.ImportRun", models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    person_number = models.BigIntegerField()
    name = models.CharField(max_length=150)
    effect = models.CharField(max_length=8, choices=pairs(Effect))
    data = models.JSONField(default=dict)

    privacy = Privacy("sensitive", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person_number"], name="change_once"),
        ]
        indexes = [models.Index(fields=["run", "line"], name="change_line")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.person_number}"
