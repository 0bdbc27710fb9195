"""Days of presence, dispensations, objections, and the count of a year."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager
from abdi.presence.choices import DayStatus, ObjectionState

PURPOSE = "presence, kept apart from results"
BASIS = "PP 94/2021; PP 11/2017"
KEEP = "archive schedule"


class PresenceQuerySet(models.QuerySet["PresenceDay"]):
    """Filters on days."""

    def current(self) -> Self:
        """What counts now; corrected rows stay readable but count no more."""
        return self.filter(is_current=True)

    def between(self, first: date, last: date) -> Self:
        """Days of a stretch, both ends counted."""
        return self.filter(on__range=(first, last))


class PresenceDay(Owned):
    """What a day of a person was. Never changed: a later row corrects it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    status = models.CharField(max_length=24, choices=pairs(DayStatus))
    planned_in = models.TimeField(null=True, blank=True)
    planned_out = models.TimeField(null=True, blank=True)
    came_at = models.TimeField(null=True, blank=True)
    left_at = models.TimeField(null=True, blank=True)
    late_minutes = models.PositiveSmallIntegerField(default=0)
    early_minutes = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=80, blank=True)
    fetched_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    VALUES: ClassVar = (
        "status",
        "planned_in",
        "planned_out",
        "came_at",
        "left_at",
        "late_minutes",
        "early_minutes",
        "note",
    )
    objects: ClassVar = ScopedManager.from_queryset(PresenceQuerySet)()
    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on"], condition=Q(is_current=True), name="presence_one_current"
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
                name="presence_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(late_minutes__lte=1440) & Q(early_minutes__lte=1440),
                name="presence_minutes",
            ),
        ]
        indexes = [models.Index(fields=["institution", "on", "status"], name="presence_by_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on} {self.status}"

    def values(self) -> tuple[object, ...]:
        """What the row says; two rows that say the same are one."""
        return tuple(getattr(self, name) for name in self.VALUES)


class Dispensation(Owned):
    """A night call-out excuses the late morning after it; written by the call-out itself."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField()
    about = models.CharField(max_length=80)
    called_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    excused_until = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("personal", purpose=PURPOSE, basis="Perpres 21/2023", keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about", "called_at"], name="dispensation_once"
            )
        ]
        indexes = [models.Index(fields=["person", "on"], name="dispensation_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"


class Objection(Owned):
    """A person says that a day was otherwise; the office corrects it or says why not."""

    day = models.ForeignKey("presence.PresenceDay", models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    state = models.CharField(
        max_length=10, choices=pairs(ObjectionState), default=ObjectionState.OPEN
    )
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(state="open"), name="objection_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="objection_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class AbsenceCount(Owned):
    """A year of absence without a reason, as announced: days, longest run, minutes."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    longest_run = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    privacy = Privacy("personal", purpose=PURPOSE, basis="PP 94/2021 Art. 9-11", keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="absence_once_a_year"),
            models.CheckConstraint(condition=Q(longest_run__lte=F("days")), name="absence_run"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}: {self.days}"
