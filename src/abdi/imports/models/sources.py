"""How the columns of a source are read, remembered from one file to the next."""

from __future__ import annotations

from django.db import models

from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned


class SourceColumns(Owned):
    """The columns a person chose for lists with the same headings."""

    headings = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    chosen_at = models.DateTimeField()

    privacy = Privacy(
        "internal", purpose="reading the next list of a source", basis="product rule", keep="always"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "headings"], name="source_once")
        ]

    def __str__(self) -> str:
        return self.headings
