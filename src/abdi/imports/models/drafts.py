"""A staff list that waits: its rows, what is wrong with them, what becomes of them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.imports.choices import DraftState, Fate
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "taking over staff lists of the city"
BASIS = "UU 20/2023"
KEEP = "90 days"


class DraftQuerySet(models.QuerySet["ImportDraft"]):
    """Filters on drafts."""

    def open(self) -> Self:
        """Drafts that wait."""
        return self.filter(state=DraftState.OPEN)


class ImportDraft(Owned):
    """A list that was read; nothing of it counts until its ready rows are applied.

    `mapping` gives the column of each field, `content` the file as it came (web only, 10 MB), so
    that other columns can be chosen; it is emptied when the draft is put away.
    """

    name = models.CharField(max_length=150)
    sheet = models.CharField(max_length=80, blank=True)
    layout = models.CharField(max_length=12)
    header_row = models.PositiveIntegerField(default=0)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    content = models.BinaryField(default=b"")
    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=pairs(DraftState), default=DraftState.OPEN)
    skipped_count = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=dict)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(DraftQuerySet)()
    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state", "expires_on"], name="draft_expires")
        ]

    def __str__(self) -> str:
        return self.name


class DraftRow(Owned):
    """One person of a draft: values as they will count, findings, and what becomes of the row.

    `values` are texts by field, days in ISO form; `issues` are [code, field, value, same_as, hint];
    `accepted` names findings a person looked at and let stand.
    """

    draft = models.ForeignKey("imports.ImportDraft", models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=18, blank=True)
    fate = models.CharField(max_length=8, choices=pairs(Fate))
    values = models.JSONField(default=dict)
    issues = models.JSONField(default=list)
    accepted = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("sensitive", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "line"], name="draft_row_line"),
            models.CheckConstraint(
                condition=Q(fate__in=[fate.value for fate in Fate]), name="draft_row_fate_known"
            ),
        ]
        indexes = [
            models.Index(fields=["draft", "fate", "line"], name="draft_row_fate"),
            models.Index(fields=["draft", "number"], name="draft_row_number"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}:{self.line}"
