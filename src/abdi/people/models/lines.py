"""Exceptions to the derived superior, notices that he is wrong, and teams of several units."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from abdi.people.choices import ContestState, LineKind, TeamRole
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

BASIS = "PP 30/2019; PermenPANRB 6/2022"
KEEP = "archive schedule"


Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    """Filters on rows with a first and a last day."""

    def on(self, day: date) -> Self:
        """Rows in force on a day."""
        ended = Q(end_on__isnull=True) | Q(end_on__gte=day)
        return self.filter(ended, start_on__lte=day)


class Override(Owned):
    """For some days somebody else is superior or appraiser of a person, with the reason."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    superior = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    line = models.CharField(max_length=10, choices=pairs(LineKind))
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    decided_by = models.CharField(max_length=80)

    objects: ClassVar = ScopedManager.from_queryset(DatedQuerySet)()
    privacy = Privacy("internal", purpose="who leads whom", basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("superior")), name="override_other"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_reason"),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="override_dates",
            ),
            models.UniqueConstraint(fields=["person", "line", "start_on"], name="override_once"),
            models.UniqueConstraint(
                fields=["person", "line"],
                condition=Q(end_on__isnull=True),
                name="override_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["superior", "start_on"], name="override_superior"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.superior_id}"


class Contest(Owned):
    """A person says that the superior shown is wrong; the HR officer decides with a reason."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    shown = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=pairs(ContestState), default=ContestState.OPEN)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy(
        "personal", purpose="correcting who leads whom", basis="UU 27/2022", keep="2 years"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="contest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="contest_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"contest {self.pk}"


class Team(Owned):
    """A team whose members come from several units, for a task and a time, by a decree."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    task = models.CharField(max_length=500, blank=True)
    decree = models.CharField(max_length=120, blank=True)
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(DatedQuerySet)()
    privacy = Privacy("internal", purpose="who works together", basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")), name="team_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(Owned):
    """A person is leader or member of a team for some days; the post stays where it is."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=pairs(TeamRole), default=TeamRole.MEMBER)
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(DatedQuerySet)()
    privacy = Privacy("internal", purpose="who works together", basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="team_member_dates",
            ),
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(end_on__isnull=True),
                name="team_member_once",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(role="leader", end_on__isnull=True),
                name="team_one_leader",
            ),
        ]
        indexes = [models.Index(fields=["person", "start_on"], name="team_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in team {self.team_id}"
