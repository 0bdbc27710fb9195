"""Files of the city's own systems: read, checked, applied once."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.presence.choices import FileKind, FileState, RowFate, RowProblem

PURPOSE = "taking over presence and leave from the city's own systems"
BASIS = "PP 11/2017; PP 94/2021"


class FileQuerySet(models.QuerySet["CityFile"]):
    """Filters on files."""

    def drafts(self) -> Self:
        """Files that wait to be applied."""
        return self.filter(state=FileState.DRAFT)


class CityFile(Owned):
    """A file of an attendance machine or an e-leave system; counts once it is applied."""

    kind = models.CharField(max_length=8, choices=pairs(FileKind))
    state = models.CharField(max_length=10, choices=pairs(FileState), default=FileState.DRAFT)
    name = models.CharField(max_length=120)
    sheet = models.CharField(max_length=80, blank=True)
    header_line = models.PositiveIntegerField()
    columns = models.JSONField(default=dict)
    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    fetched_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    applied_by = models.CharField(max_length=80, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    changed_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(FileQuerySet)()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="90 days as a draft, 2 years once applied",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
                name="file_applied_at",
            )
        ]
        indexes = [models.Index(fields=["institution", "made_at"], name="file_newest")]

    def __str__(self) -> str:
        return self.name


class FileRow(Owned):
    """One line of a file: what it was read as, and what applying it does."""

    file = models.ForeignKey("presence.CityFile", models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    fate = models.CharField(max_length=8, choices=pairs(RowFate))
    problem = models.CharField(max_length=20, choices=pairs(RowProblem), blank=True)
    values = models.JSONField(default=dict)
    cells = models.JSONField(default=list)

    privacy = Privacy(
        "personal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="90 days as a draft, 2 years once applied",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="file_row_line"),
            models.CheckConstraint(
                condition=Q(fate="problem", problem__gt="") | (~Q(fate="problem") & Q(problem="")),
                name="file_row_problem",
            ),
        ]
        indexes = [models.Index(fields=["file", "fate"], name="file_row_fate")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.line}"
