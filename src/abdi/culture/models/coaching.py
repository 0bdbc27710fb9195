"""Coaching: private between a person and the superior who opened it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.culture.choices import CoachingKind, CoachingOutcome, CoachingState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "help a person to do well"
BASIS = "PP 30/2019; PermenPANRB 6/2022"
LIVE = (CoachingState.PROPOSED.value, CoachingState.OPEN.value)


class CoachingQuerySet(models.QuerySet["Coaching"]):
    """Filters on coaching cases."""

    def live(self) -> Self:
        """Cases that wait for a decision or run."""
        return self.filter(state__in=LIVE)

    def proposed(self) -> Self:
        """Cases that wait for the superior."""
        return self.filter(state=CoachingState.PROPOSED)


class Coaching(Owned):
    """A coaching case: what it stands on, what was decided, the plan and the outcome.

    `basis` lists the low results it was proposed from (reference, day, predicate, load).
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    coach = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=12, choices=pairs(CoachingKind), default=CoachingKind.GUIDANCE
    )
    state = models.CharField(max_length=8, choices=pairs(CoachingState))
    basis = models.JSONField(default=list, blank=True)
    low_count = models.PositiveSmallIntegerField(default=0)
    explained_count = models.PositiveSmallIntegerField(default=0)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    cause_entry = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    goal = models.CharField(max_length=1000, blank=True)
    help_text = models.CharField(max_length=2000, blank=True)
    check_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=pairs(CoachingOutcome), blank=True)
    outcome_note = models.CharField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(CoachingQuerySet)()
    privacy = Privacy("sensitive", purpose=PURPOSE, basis=BASIS, keep="2 years after close")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "coach"], condition=Q(state__in=LIVE), name="coaching_one_live"
            ),
            models.UniqueConstraint(
                fields=["institution", "cause_entry"],
                condition=Q(cause_entry__isnull=False),
                name="coaching_once_per_cause",
            ),
            models.CheckConstraint(condition=~Q(person=F("coach")), name="coaching_not_self"),
            models.CheckConstraint(
                condition=~Q(state=CoachingState.DECLINED) | ~Q(reason=""),
                name="coaching_declined_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CoachingState.OPEN, CoachingState.CLOSED])
                | (~Q(goal="") & Q(check_on__isnull=False)),
                name="coaching_has_plan",
            ),
            models.CheckConstraint(
                condition=(Q(state=CoachingState.CLOSED, closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state=CoachingState.CLOSED) & Q(closed_at__isnull=True, outcome="")),
                name="coaching_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["coach", "state"], name="coaching_by_coach"),
            models.Index(fields=["person", "state"], name="coaching_by_person"),
        ]

    def __str__(self) -> str:
        return f"coaching {self.pk}"

    @property
    def is_proposed(self) -> bool:
        """Whether the superior has still to decide."""
        return self.state == CoachingState.PROPOSED

    @property
    def is_open(self) -> bool:
        """Whether the plan runs."""
        return self.state == CoachingState.OPEN


class CoachingSession(Owned):
    """One talk of a coaching case: what was said, what was agreed."""

    coaching = models.ForeignKey("culture.Coaching", models.CASCADE, related_name="sessions")
    on = models.DateField()
    note = models.CharField(max_length=4000)
    agreed = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()

    privacy = Privacy("sensitive", purpose=PURPOSE, basis=BASIS, keep="2 years after close")

    class Meta:
        indexes = [models.Index(fields=["coaching", "on"], name="coaching_session_day")]

    def __str__(self) -> str:
        return f"talk {self.pk}"
