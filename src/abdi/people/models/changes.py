"""Dated acts that change the organisation, and what units were before and after."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.people.choices import ActKind, ActState, UnitKind
from abdi.people.models.paths import InOrder
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "the organisation as of any day"
BASIS = "PP 18/2016; PP 72/2019"
KEEP = "archive schedule"


class UnitStateQuerySet(models.QuerySet["UnitState"]):
    """Filters on what units were."""

    def on(self, day: date) -> Self:
        """What units were on a day."""
        ended = Q(end_on__isnull=True) | Q(end_on__gte=day)
        return self.filter(ended, start_on__lte=day)


class UnitState(Owned):
    """Name and place of a unit between two days, written once an act changes it.

    A unit without such rows was always what it is now.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)
    act = models.ForeignKey("people.Act", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = ScopedManager.from_queryset(UnitStateQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="unit_state_dates",
            ),
            models.UniqueConstraint(fields=["unit", "start_on"], name="unit_state_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(end_on__isnull=True), name="unit_state_one_open"
            ),
            models.CheckConstraint(condition=~Q(parent=F("unit")), name="unit_state_parent"),
        ]
        indexes = [models.Index("institution", InOrder("path"), name="unit_state_path")]

    def __str__(self) -> str:
        return f"{self.name} {self.start_on}"


class Act(Owned):
    """A dated change of the organisation: one prepares it, another approves it."""

    kind = models.CharField(max_length=10, choices=pairs(ActKind))
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=pairs(ActState), default=ActState.DRAFT)
    on = models.DateField()
    decree = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    new_name = models.CharField(max_length=200, blank=True)
    new_code = models.CharField(max_length=40, blank=True)
    new_kind = models.CharField(max_length=20, choices=pairs(UnitKind), blank=True)
    new_parent = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")),
                name="act_two_persons",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state", "on"], name="act_state")]

    def __str__(self) -> str:
        return f"{self.kind} of unit {self.unit_id} on {self.on}"


class ActPart(Owned):
    """What an act takes along: a unit that is merged in, a post or a service that goes over."""

    act = models.ForeignKey("people.Act", models.PROTECT, related_name="parts")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.ForeignKey(
        "people.Position", models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        "people.Service", models.PROTECT, null=True, blank=True, related_name="+"
    )
    origin = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, position__isnull=True, service__isnull=True)
                | Q(unit__isnull=True, position__isnull=False, service__isnull=True)
                | Q(unit__isnull=True, position__isnull=True, service__isnull=False),
                name="act_part_one_thing",
            ),
            models.UniqueConstraint(
                fields=["act", "unit", "position", "service"],
                nulls_distinct=False,
                name="act_part_once",
            ),
        ]

    def __str__(self) -> str:
        return f"part of act {self.act_id}"


class Succession(Owned):
    """A unit lives on in another from a day: merged into it, or split off into it."""

    act = models.ForeignKey("people.Act", models.PROTECT, related_name="+")
    before = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    after = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="succession_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="succession_other"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
