"""What happened to the promise of a report: where its clock stood still, and what broke."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned
from abdi.reports.choices import Cause, PauseReason, ReportClass, Step

PURPOSE = "answer citizens within the promised time"
BASIS = "UU 25/2009"


class ClockPause(Owned):
    """The clock of a report stood still: who stopped it, why, from when to when."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=pairs(PauseReason))
    note = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=80)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_by = models.CharField(max_length=80, blank=True)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="as the report")

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="pause_report")]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(until_at__isnull=True), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="pause_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} of report {self.report_id}"


class ClassChange(Owned):
    """A report got another class of SP4N: what was promised before stays readable. Only added."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    was = models.CharField(max_length=22, choices=pairs(ReportClass), blank=True)
    to = models.CharField(max_length=22, choices=pairs(ReportClass))
    verify_due_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    """When it was to be checked and answered by the class it had."""
    reason = models.CharField(max_length=300, blank=True)
    """Empty where the class came with another kind of report."""
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="as the report")

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="class_change_report")]
        constraints = [
            models.CheckConstraint(condition=~Q(was=F("to")), name="class_change_differs")
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.to} of report {self.report_id}"


class BrokenStep(Owned):
    """A step of the promise that broke, as it was promised then. Only ever added, never changed."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    step = models.CharField(max_length=9, choices=pairs(Step))
    due_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    """What was promised, from receipt to `due_at`."""
    cause = models.CharField(max_length=12, choices=pairs(Cause))
    noted_at = models.DateTimeField()
    told_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    told_after = models.DateTimeField(null=True)
    """Whose head hears of it, and after which full hour; without one at once.

    Without a unit nobody is told: a protected case.
    """

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="as the report")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "step"], name="broken_step_once"),
        ]
        indexes = [
            models.Index(
                fields=["institution", "told_after"],
                condition=Q(told_after__isnull=False),
                name="broken_step_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of report {self.report_id}"
