"""Work-culture groups (KBK): what they work on, who takes part, how far they are."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from abdi.culture.choices import CircleRole, CircleState, CircleStep, StepState, Verdict
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "improve services in groups"
BASIS = "PermenPANRB 39/2012"
KEEP = "archive schedule"


class CircleQuerySet(models.QuerySet["Circle"]):
    """Filters on work-culture groups."""

    def running(self) -> Self:
        """Groups still at work."""
        return self.filter(state=CircleState.RUNNING)


class Circle(Owned):
    """A work-culture group that works on one theme: many reports of one kind in one place.

    `report_ids` are the reports of the cluster it began with; figures are read anew from the
    reports of that kind and place. `target_count` is in reports per 30 days.
    """

    name = models.CharField(max_length=120)
    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    theme_key = models.CharField(max_length=140)
    category = models.CharField(max_length=40)
    category_name = models.CharField(max_length=120)
    area = models.CharField(max_length=80)
    report_count = models.PositiveIntegerField()
    reopened_count = models.PositiveIntegerField(default=0)
    report_ids = models.JSONField(default=list)
    step = models.CharField(max_length=12, choices=pairs(CircleStep), default=CircleStep.THEME)
    state = models.CharField(max_length=8, choices=pairs(CircleState), default=CircleState.RUNNING)
    target_count = models.PositiveIntegerField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()
    executed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=pairs(Verdict), blank=True)
    competency = models.CharField(max_length=12, blank=True)
    audit_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(CircleQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "theme_key"],
                condition=Q(state=CircleState.RUNNING),
                name="circle_one_per_theme",
            ),
            models.CheckConstraint(
                condition=Q(state=CircleState.RUNNING, closed_at__isnull=True)
                | (~Q(state=CircleState.RUNNING) & Q(closed_at__isnull=False)),
                name="circle_closed_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=CircleState.CLOSED) | ~Q(verdict=""), name="circle_verdict"
            ),
            models.CheckConstraint(
                condition=~Q(state=CircleState.STOPPED) | ~Q(stop_reason=""),
                name="circle_stopped_why",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "agency", "state"], name="circle_by_agency"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether the group is still at work."""
        return self.state == CircleState.RUNNING


class CircleMember(Owned):
    """A person in a group, with one role."""

    circle = models.ForeignKey("culture.Circle", models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=pairs(CircleRole), default=CircleRole.MEMBER)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "person"], name="circle_member_once"),
            models.UniqueConstraint(
                fields=["circle", "role"],
                condition=~Q(role=CircleRole.MEMBER),
                name="circle_role_once",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="circle_member_person")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"


class StepRecord(Owned):
    """What a group wrote on the page of one step, and who sent and approved it.

    `texts` holds the answers by name, `figures` what the data said when the step was done.
    """

    circle = models.ForeignKey("culture.Circle", models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=pairs(CircleStep))
    state = models.CharField(max_length=8, choices=pairs(StepState), default=StepState.OPEN)
    texts = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    returned_note = models.CharField(max_length=1000, blank=True)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "step"], name="circle_step_once"),
            models.CheckConstraint(
                condition=Q(state=StepState.DONE, done_at__isnull=False)
                | (~Q(state=StepState.DONE) & Q(done_at__isnull=True)),
                name="circle_step_done_at",
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True)
                | Q(approved_by__isnull=True)
                | ~Q(sent_by=models.F("approved_by")),
                name="circle_step_not_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of circle {self.circle_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for approval."""
        return self.state == StepState.WAITING

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.state == StepState.DONE


class Meeting(Owned):
    """A meeting of a group: when, where, who came, what was decided."""

    circle = models.ForeignKey("culture.Circle", models.CASCADE, related_name="meetings")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    step = models.CharField(max_length=12, choices=pairs(CircleStep))
    agenda = models.CharField(max_length=1000)
    decisions = models.CharField(max_length=4000, blank=True)
    attendee_ids = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "start_at"], name="circle_meeting_once"),
            models.CheckConstraint(
                condition=Q(end_at__gt=models.F("start_at")), name="circle_meeting_order"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"
