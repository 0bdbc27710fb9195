"""Tables of duty: what a unit promises, the turns of a day, a week's roster, who stands when."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.duty.choices import Problem, RosterState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "who is on duty"
BASIS = "UU 25/2009; PermenPANRB 1/2020"


class Coverage(Owned):
    """What a unit promises: somebody on duty around the clock, or at set hours."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    is_round_the_clock = models.BooleanField(default=False)
    figures = models.JSONField(default=dict)
    """Own figures of the unit that go before the norms, whole numbers by name of the norm."""

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit"], name="coverage_unit")]

    def __str__(self) -> str:
        return f"coverage of unit {self.unit_id}"


class ShiftPattern(Owned):
    """A turn of the day at a unit: name, letter, hours (they may pass midnight), people needed."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    letter = models.CharField(max_length=2)
    starts = models.TimeField()
    ends = models.TimeField()
    needed_count = models.PositiveSmallIntegerField(default=1)
    zone = models.CharField(max_length=40, blank=True)
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
                fields=["unit", "letter"], condition=Q(is_active=True), name="pattern_letter"
            ),
            models.CheckConstraint(
                condition=Q(needed_count__range=(1, 200)), name="pattern_needed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class Roster(Owned):
    """The roster of one unit for one week, a draft until it is published."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    week_start_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=pairs(RosterState), default=RosterState.DRAFT.value
    )
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "week_start_on"], name="roster_week"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state="published", published_at__isnull=False),
                name="roster_published",
            ),
        ]
        indexes = [models.Index(fields=["institution", "week_start_on"], name="roster_by_week")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.week_start_on}"

    @property
    def is_published(self) -> bool:
        """Whether the roster is in force."""
        return self.state == RosterState.PUBLISHED


class TurnQuerySet(models.QuerySet["Turn"]):
    """Filters on turns."""

    def short(self) -> Self:
        """Turns that still lack people."""
        return self.filter(taken_count__lt=F("needed_count"))


class Turn(Owned):
    """One turn of a roster that wants so many people; nobody is placed beyond that number."""

    roster = models.ForeignKey("duty.Roster", models.CASCADE, related_name="turns")
    pattern = models.ForeignKey("duty.ShiftPattern", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    letter = models.CharField(max_length=2)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    needed_count = models.PositiveSmallIntegerField()
    taken_count = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar = ScopedManager.from_queryset(TurnQuerySet)()
    privacy = Privacy(
        "internal", purpose=PURPOSE, basis=BASIS, keep="5 years", name=Privacy("internal")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "pattern", "starts_at"], name="turn_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="turn_order"),
            models.CheckConstraint(
                condition=Q(taken_count__lte=F("needed_count")), name="turn_not_oversold"
            ),
        ]
        indexes = [models.Index(fields=["institution", "starts_at"], name="turn_by_time")]

    def __str__(self) -> str:
        return f"{self.letter} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def missing(self) -> int:
        """People it still lacks."""
        return self.needed_count - self.taken_count


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Filters on shifts."""

    def in_force(self) -> Self:
        """Shifts of published rosters."""
        return self.filter(roster__state=RosterState.PUBLISHED)


class Shift(Owned):
    """A person stands a turn, or waits at home for it (standby, which takes no place)."""

    roster = models.ForeignKey("duty.Roster", models.CASCADE, related_name="+")
    turn = models.ForeignKey("duty.Turn", models.CASCADE, related_name="shifts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    letter = models.CharField(max_length=2)
    is_standby = models.BooleanField(default=False)
    is_by_hand = models.BooleanField(default=False)
    override_problem = models.CharField(max_length=20, choices=pairs(Problem), blank=True)
    override_reason = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(ShiftQuerySet)()
    privacy = Privacy(
        "internal",
        purpose=PURPOSE,
        basis=BASIS,
        keep="5 years",
        override_reason=Privacy("internal"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["turn", "person"], name="shift_once"),
            models.UniqueConstraint(fields=["person", "starts_at"], name="shift_one_start"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_order"),
            models.CheckConstraint(
                condition=Q(override_problem="") | ~Q(override_reason=""),
                name="shift_override_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "ends_at", "starts_at"], name="shift_by_time"),
            models.Index(fields=["person", "ends_at"], name="shift_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.letter} {self.starts_at:%Y-%m-%d %H:%M}"


class CallOut(Owned):
    """A person on duty was sent out for something."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("internal", purpose="load of those on duty", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "about", "at"], name="call_out_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")),
                name="call_out_order",
            ),
        ]
        indexes = [models.Index(fields=["person", "at"], name="call_out_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.about}"
