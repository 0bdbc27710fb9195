"""The schedule: when each job ran and is due."""

from __future__ import annotations

from django.db import models

from abdi.platform.privacy import Privacy


class Schedule(models.Model):
    """One declared job: due time, lease, last outcome."""

    name = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField(db_index=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    privacy = Privacy("internal", purpose="when jobs run", basis="product rule", keep="as the job")

    def __str__(self) -> str:
        return self.name
