"""Tasks with norm time, their yearly volumes, seats to be manned, and what came out."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.workload.choices import SkillLevel, VolumeSource

PURPOSE = "how many people the work of a unit needs"
BASIS = "PermenPANRB 1/2020"


class TaskQuerySet(models.QuerySet["Task"]):
    """Filters on tasks."""

    def on(self, day: date) -> Self:
        """Tasks that are done on a day."""
        ended = Q(end_on__isnull=True) | Q(end_on__gt=day)
        return self.filter(ended, start_on__lte=day)


class Task(Owned):
    """A task of a position, or of a whole unit where it is shared out to none yet."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    position = models.ForeignKey(
        "people.Position", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    output_unit = models.CharField(max_length=60)
    minutes = models.PositiveIntegerField()
    source = models.CharField(
        max_length=10, choices=pairs(VolumeSource), default=VolumeSource.TYPED
    )
    category = models.CharField(max_length=60, blank=True)
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(TaskQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=10_000_000), name="work_task_minutes"
            ),
            models.CheckConstraint(
                condition=Q(source=VolumeSource.REPORTS) | Q(category=""), name="work_task_category"
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="work_task_dates",
            ),
            models.UniqueConstraint(
                fields=["unit", "position", "name"],
                condition=Q(end_on__isnull=True, position__isnull=False),
                name="work_task_once_position",
            ),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(end_on__isnull=True, position__isnull=True),
                name="work_task_once_unit",
            ),
        ]
        indexes = [models.Index(fields=["institution", "unit"], name="work_task_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_measured(self) -> bool:
        """Whether its volume collects by itself."""
        return self.source != VolumeSource.TYPED


class Volume(Owned):
    """How often a task is done in a year; a measured one says over how many days."""

    task = models.ForeignKey("workload.Task", models.PROTECT, related_name="volumes")
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    is_measured = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(default=365)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "year"], name="work_volume_once"),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=366), name="work_volume_days"
            ),
            models.CheckConstraint(condition=Q(count__lte=10**9), name="work_volume_count"),
        ]

    def __str__(self) -> str:
        return f"{self.count} in {self.year}"


class Cover(Owned):
    """A standby post: seats that must be manned, and for how many hours a year each."""

    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    hours_per_year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis="product rule", keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position"], name="work_cover_once"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=10_000), name="work_cover_seats"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_year__gte=1, hours_per_year__lte=8784),
                name="work_cover_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats} × {self.hours_per_year} h"


class TaskSkill(Owned):
    """A person knows a task beside those of his own post: who can stand in for whom."""

    task = models.ForeignKey("workload.Task", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=pairs(SkillLevel))
    noted_on = models.DateField()

    privacy = Privacy(
        "personal", purpose="who can stand in for whom", basis=BASIS, keep="while the task is done"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="work_skill_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level} {self.task_id}"


class StaffingSnapshot(Owned):
    """Need and people of a unit and all below it, as computed on a day by a named formula."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    is_current = models.BooleanField(default=True)
    minutes = models.BigIntegerField()
    need_fte = models.PositiveIntegerField()
    need_headcount = models.PositiveIntegerField()
    existing = models.PositiveIntegerField()
    load_permyriad = models.PositiveIntegerField()
    announced_permyriad = models.PositiveIntegerField()
    heaviest_title = models.CharField(max_length=200, blank=True)
    heaviest_permyriad = models.PositiveIntegerField(default=0)
    effective_minutes = models.PositiveIntegerField()
    rule_set = models.CharField(max_length=40)
    formula_version = models.PositiveSmallIntegerField()

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "on"], name="work_snapshot_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(is_current=True), name="work_snapshot_one_current"
            ),
        ]
        indexes = [models.Index(fields=["institution", "on"], name="work_snapshot_on")]

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.on}"

    @property
    def gap(self) -> int:
        """People there less people needed; below zero is a shortage."""
        return self.existing - self.need_headcount
