"""Tables of planning: what a unit wants of its turns, platoons, plans, and who was moved."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.duty.choices import ChangeKind, PlanKind, PlanState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "who is on duty"
BASIS = "UU 25/2009; PermenPANRB 1/2020"


class PatternNeed(Owned):
    """So many of those on a turn of the day hold a skill at a level or above.

    `skill` is the code of a competency, or the name of a skill that was checked.
    """

    pattern = models.ForeignKey("duty.ShiftPattern", models.CASCADE, related_name="needs")
    skill = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(default=1)
    needed_count = models.PositiveSmallIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pattern", "skill"], name="pattern_need_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="pattern_need_level"),
            models.CheckConstraint(
                condition=Q(needed_count__range=(1, 200)), name="pattern_need_count"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.needed_count} × {self.skill} {self.level}"


class Platoon(Owned):
    """A group of people who stand turns together (regu), one after the other in a fixed order."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="archive schedule",
        name=Privacy("internal"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "place"], condition=Q(is_active=True), name="platoon_place"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlatoonMember(Owned):
    """A person of a platoon; nobody is in two."""

    platoon = models.ForeignKey("duty.Platoon", models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="platoon_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.platoon_id}"


class DayOnly(Owned):
    """A person stands no nights between two days. Why is not kept here, by design."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField()

    privacy = Privacy(
        "sensitive",
        purpose="protection from night duty",
        basis="UU 13/2003 Art. 76",
        keep="2 years",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "start_on"], name="day_only_once"),
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="day_only_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.end_on}"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Filters on plans."""

    def unfinished(self) -> Self:
        """Plans the worker still has to work out."""
        return self.filter(state__in=[PlanState.WAITING, PlanState.RUNNING])


class Plan(Owned):
    """Weeks of a unit the program works out; nothing of it counts before it is applied.

    `pairs` are [turn id, person id] beside what is fixed, `before` those that stood when it was
    asked, `found` what the solver says: open, lacking, changes, proven, seconds, loosened.
    """

    LONGEST = timedelta(weeks=6)

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=pairs(PlanKind))
    state = models.CharField(
        max_length=8, choices=pairs(PlanState), default=PlanState.WAITING.value
    )
    first_on = models.DateField()
    last_on = models.DateField()
    is_anew = models.BooleanField(default=False)
    pairs = models.JSONField(default=list)
    before = models.JSONField(default=list)
    found = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(PlanQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="2 years")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="plan_order"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=["waiting", "running"]),
                name="plan_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="plan_waiting")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.first_on}–{self.last_on}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked out."""
        return self.state in (PlanState.WAITING, PlanState.RUNNING)


class ShiftChange(Owned):
    """Somebody got or lost a turn of a roster that was in force, and why."""

    roster = models.ForeignKey("duty.Roster", models.CASCADE, related_name="+")
    turn = models.ForeignKey("duty.Turn", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=pairs(ChangeKind))
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    privacy = Privacy(
        "internal", purpose=PURPOSE, basis=BASIS, keep="5 years", reason=Privacy("internal")
    )

    class Meta:
        indexes = [models.Index(fields=["roster", "at"], name="shift_change_roster")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.turn_id}"
