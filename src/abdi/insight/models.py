"""Runs and figures: every published number with base, period, formula and version."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from abdi.insight.choices import Kind, Scope
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned

BASIS = "UU 25/2009; Perpres 95/2018"


class Run(Owned):
    """One calculation of all figures for one period."""

    at = models.DateTimeField()
    start_on = models.DateField()
    end_on = models.DateField()
    before_on = models.DateField()
    milliseconds = models.PositiveIntegerField(default=0)
    is_complete = models.BooleanField(default=False)

    privacy = Privacy("internal", purpose="when figures were made", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="run_period")
        ]
        indexes = [models.Index(fields=["institution", "-id"], name="run_latest")]

    def __str__(self) -> str:
        return f"{self.start_on} – {self.end_on}"


class Figure(Owned):
    """One number: `part` of `base` gives `value` by a formula; `before` is the period before."""

    run = models.ForeignKey("insight.Run", models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    scope = models.CharField(max_length=8, choices=pairs(Scope))
    scope_id = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=pairs(Kind))
    value = models.BigIntegerField(null=True, blank=True)
    part = models.BigIntegerField(default=0)
    base = models.BigIntegerField(default=0)
    before = models.BigIntegerField(null=True, blank=True)
    before_base = models.BigIntegerField(default=0)
    formula = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)

    privacy = Privacy("internal", purpose="figures for decisions", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "key", "scope", "scope_id"], name="figure_once")
        ]
        indexes = [
            models.Index(fields=["institution", "run", "scope", "scope_id"], name="figure_scope")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.scope} {self.scope_id}: {self.value}"
