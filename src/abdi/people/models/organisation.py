"""Units, their services, positions and who holds them from when to when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.people.choices import AssignmentKind, PositionKind, UnitKind
from abdi.people.models.paths import InOrder
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "the organisation as of any day"
BASIS = "UU 20/2023; PP 72/2019"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters on units."""

    def on(self, day: date) -> Self:
        """Units that exist on a day."""
        ended = Q(end_on__isnull=True) | Q(end_on__gte=day)
        return self.filter(ended, start_on__lte=day)


class Unit(Owned):
    """A unit of the organisation; an agency is its own `agency`."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=pairs(UnitKind))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=200, default="", editable=False)
    opd_kind = models.CharField(max_length=30, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    start_on = models.DateField(default=date(2020, 1, 1))
    end_on = models.DateField(null=True, blank=True)
    impact_permyriad = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(UnitQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="unit_code"),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")), name="unit_dates"
            ),
        ]
        indexes = [
            models.Index("institution", InOrder("path"), name="unit_path"),
            models.Index(fields=["institution", "agency"], name="unit_agency"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_agency(self) -> bool:
        """An agency stands on its own."""
        return self.agency_id == self.pk


class Service(Owned):
    """A service a unit gives to citizens or to other units."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    is_public = models.BooleanField(default=True)
    promise = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        "public", purpose="what a unit is for", basis="UU 25/2009", keep="archive schedule"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="service_code")]

    def __str__(self) -> str:
        return self.name


class PositionQuerySet(models.QuerySet["Position"]):
    """Filters on positions."""

    def on(self, day: date) -> Self:
        """Positions that exist on a day."""
        ended = Q(end_on__isnull=True) | Q(end_on__gte=day)
        return self.filter(ended, start_on__lte=day)


class Position(Owned):
    """A post of a unit, filled or vacant. It never changes its unit: a successor stands there."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=pairs(PositionKind))
    tier = models.CharField(max_length=40)
    echelon = models.CharField(max_length=6, blank=True)
    job_class = models.PositiveSmallIntegerField(null=True, blank=True)
    is_managerial = models.BooleanField(default=False)
    is_head = models.BooleanField(default=False)
    need_count = models.PositiveSmallIntegerField(default=1)
    work_need = models.PositiveSmallIntegerField(null=True, blank=True)
    start_on = models.DateField(default=date(2020, 1, 1))
    end_on = models.DateField(null=True, blank=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = ScopedManager.from_queryset(PositionQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(is_head=True, end_on__isnull=True),
                name="position_one_head",
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="position_dates",
            ),
            models.CheckConstraint(
                condition=Q(job_class__isnull=True) | Q(job_class__range=(1, 17)),
                name="position_job_class",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Filters on assignments."""

    def on(self, day: date) -> Self:
        """Assignments in force on a day."""
        ended = Q(end_on__isnull=True) | Q(end_on__gte=day)
        return self.filter(ended, start_on__lte=day)


class Assignment(Owned):
    """A person holds a position from a day on: definite, Plt, Plh or additional."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=12, choices=pairs(AssignmentKind), default=AssignmentKind.DEFINITE
    )
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)
    extension = models.PositiveSmallIntegerField(default=0)
    decree = models.CharField(max_length=120, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(AssignmentQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="assignment_dates",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["plt", "plh"]) | Q(end_on__isnull=False),
                name="assignment_acting_ends",
            ),
            models.UniqueConstraint(
                fields=["person", "position", "kind", "start_on"], name="assignment_once"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="definite", end_on__isnull=True),
                name="assignment_one_definite",
            ),
        ]
        indexes = [
            models.Index(fields=["position", "start_on"], name="assignment_position"),
            models.Index(fields=["person", "start_on"], name="assignment_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.position_id} ({self.kind})"
