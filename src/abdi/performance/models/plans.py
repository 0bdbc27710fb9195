"""Quarters, yearly plans with their targets, results and feedback."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.performance.choices import (
    Aspect,
    Better,
    FeedbackKind,
    Measure,
    PlanState,
    ResultKind,
    Way,
)
from abdi.performance.rules import MEASURES
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "performance management of civil servants"
BASIS = "PP 30/2019; PermenPANRB 6/2022"
KEEP = "archive schedule"


class PeriodQuerySet(models.QuerySet["Period"]):
    """Filters on quarters."""

    def open_on(self, day: date) -> Self:
        """Quarters that may be evaluated on a day."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Period(Owned):
    """A quarter of a year, and the days on which it may be evaluated."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    start_on = models.DateField()
    end_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    objects: ClassVar = ScopedManager.from_queryset(PeriodQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "year", "number"], name="perf_period_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=4), name="perf_period_number"
            ),
            models.CheckConstraint(
                condition=Q(end_on__gt=F("start_on"), closes_on__gt=F("opens_on")),
                name="perf_period_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"

    def is_open(self, day: date) -> bool:
        """Whether this quarter may be evaluated on a day."""
        return self.opens_on <= day <= self.closes_on


class Plan(Owned):
    """What a person is to achieve in a year; without weights, as the form has none."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=pairs(PlanState), default=PlanState.DRAFT)
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_note = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="perf_plan_once"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="perf_plan_agreed_by",
            ),
        ]
        indexes = [models.Index(fields=["institution", "year", "state"], name="perf_plan_year")]

    def __str__(self) -> str:
        return f"plan {self.year} of {self.person_id}"

    @property
    def is_editable(self) -> bool:
        """Whether its targets may still be changed by its owner."""
        return self.state in (PlanState.DRAFT, PlanState.CLARIFIED, PlanState.REVISED)

    @property
    def is_agreed(self) -> bool:
        """Whether the superior agreed."""
        return self.state == PlanState.AGREED


class Target(Owned):
    """One result to be reached: sentence, indicator, figure; hung under a target of the superior.

    Figures are in hundredths of the unit. `parent` may come later.
    """

    plan = models.ForeignKey("performance.Plan", models.PROTECT, related_name="targets")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=10, choices=pairs(ResultKind), default=ResultKind.MAIN)
    result = models.CharField(max_length=300)
    indicator = models.CharField(max_length=200)
    aspect = models.CharField(max_length=10, choices=pairs(Aspect))
    measure = models.CharField(max_length=20, choices=pairs(Measure), default=Measure.MANUAL)
    better = models.CharField(max_length=6, choices=pairs(Better), default=Better.HIGHER)
    figure = models.BigIntegerField()
    unit = models.CharField(max_length=40)
    is_of_unit = models.BooleanField(default=False)
    is_dropped = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(figure__gte=1, figure__lte=10**11), name="perf_target_figure"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="perf_target_not_own_parent"),
        ]
        indexes = [models.Index(fields=["plan", "order"], name="perf_target_plan")]

    def __str__(self) -> str:
        return self.result

    @property
    def way(self) -> str:
        """How its single results become one figure."""
        return MEASURES[Measure(self.measure)].way.value

    @property
    def is_automatic(self) -> bool:
        """Whether its figure collects by itself."""
        return MEASURES[Measure(self.measure)].is_automatic

    @property
    def is_level(self) -> bool:
        """Whether it holds at a level all year, instead of growing towards its figure."""
        return self.way != Way.SUM


class Result(Owned):
    """One thing achieved: a report closed, a rating, progress entered. Hours are never one.

    `value` is 0/1, minutes or stars for what is averaged, hundredths for what is added up.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey(
        "performance.Target", models.PROTECT, null=True, blank=True, related_name="results"
    )
    measure = models.CharField(max_length=20, choices=pairs(Measure))
    value = models.BigIntegerField()
    about = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    cause_id = models.BigIntegerField(null=True, blank=True)
    is_taken_back = models.BooleanField(default=False)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause_id", "measure"],
                condition=Q(cause_id__isnull=False),
                name="perf_result_once",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | Q(cause_id__isnull=False),
                name="perf_result_has_origin",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="perf_result_value"),
        ]
        indexes = [
            models.Index(fields=["institution", "person", "on"], name="perf_result_person"),
            models.Index(fields=["institution", "unit", "on"], name="perf_result_unit"),
            models.Index(fields=["institution", "about"], name="perf_result_about"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.value} of {self.person_id}"

    @property
    def is_automatic(self) -> bool:
        """Whether it arrived by itself."""
        return self.cause_id is not None


class Feedback(Owned):
    """Words from one person to another, at a target or at behaviour."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    target = models.ForeignKey(
        "performance.Target", models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    kind = models.CharField(max_length=10, choices=pairs(FeedbackKind), default=FeedbackKind.RESULT)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "person", "at"], name="perf_feedback_person")
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk} to {self.person_id}"
