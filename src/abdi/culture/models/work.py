"""What a group finds and does: causes, votes, tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from abdi.culture.choices import CauseBranch, CauseCheck
from abdi.culture.models.circles import BASIS, KEEP, PURPOSE
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned


class Cause(Owned):
    """A possible cause: its branch, why (up to five times), what the data say, if it matters most.

    `words` are what citizens write where this cause is at work, separated by commas; the reports
    of the theme are counted by them.
    """

    circle = models.ForeignKey("culture.Circle", models.CASCADE, related_name="causes")
    branch = models.CharField(max_length=8, choices=pairs(CauseBranch))
    text = models.CharField(max_length=200)
    whys = models.JSONField(default=list, blank=True)
    words = models.CharField(max_length=200, blank=True)
    check_state = models.CharField(
        max_length=12, choices=pairs(CauseCheck), default=CauseCheck.UNTESTED
    )
    proof = models.CharField(max_length=500, blank=True)
    is_dominant = models.BooleanField(default=False)
    added_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "text"], name="cause_once"),
            models.CheckConstraint(
                condition=Q(check_state__in=[CauseCheck.UNTESTED, CauseCheck.UNCLEAR])
                | ~Q(proof=""),
                name="cause_checked_how",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CauseVote(Owned):
    """A member says this cause matters most; each member once for each cause."""

    cause = models.ForeignKey("culture.Cause", models.CASCADE, related_name="votes")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "person"], name="cause_vote_once"),
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Task(Owned):
    """One line of the plan: what, why, who, when, where, how, how much."""

    circle = models.ForeignKey("culture.Circle", models.CASCADE, related_name="tasks")
    cause = models.ForeignKey(
        "culture.Cause", models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    due_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=500, blank=True)
    cost_rupiah = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.CharField(max_length=500, blank=True)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost_rupiah__gte=0), name="circle_task_cost"),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_on"],
                name="circle_task_open",
                condition=Q(done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        """Whether it is finished."""
        return self.done_at is not None
