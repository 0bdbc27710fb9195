"""What belongs to a report: its history, photos, messages and the reporter's contact."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned
from abdi.reports.choices import ContactField, Obstacle, PhotoKind, PhotoSource, Status

PURPOSE = "answer citizens within the promised time"
BASIS = "UU 25/2009"


class StatusChange(Owned):
    """One step of a report. Only ever added: a wrong step is followed by a right one."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=pairs(Status))
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    obstacle = models.CharField(max_length=10, choices=pairs(Obstacle), blank=True)
    note = models.CharField(max_length=500, blank=True)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="as the report")

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="change_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.status}"


class Photo(Owned):
    """A photo without hidden data. The file stands under a random key."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=pairs(PhotoKind))
    source = models.CharField(max_length=8, choices=pairs(PhotoSource), default=PhotoSource.GALLERY)
    key = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16, blank=True)
    taken_at = models.DateTimeField()
    lat_e6 = models.IntegerField(null=True, blank=True)
    lng_e6 = models.IntegerField(null=True, blank=True)
    added_by = models.CharField(max_length=80)

    privacy = Privacy(
        "personal", purpose="show the place and the work", basis=BASIS, keep="2 years after close"
    )

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="photo_report")]
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="photo_once")]

    def __str__(self) -> str:
        return f"{self.kind} of report {self.report_id}"


class Message(Owned):
    """A message between the reporter and those who work on his report."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    is_from_reporter = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep="2 years after close")

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="message_report")]

    def __str__(self) -> str:
        return f"message on report {self.report_id}"


class ReporterContact(Owned):
    """How to reach a reporter. Shown to nobody; used by the program, or revealed with a reason."""

    report = models.OneToOneField("reports.Report", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)

    privacy = Privacy(
        "sensitive",
        purpose="tell the reporter what became of it",
        basis="consent",
        keep="12 months after close",
    )

    def __str__(self) -> str:
        return f"contact of report {self.report_id}"


class Reveal(Owned):
    """Somebody of the staff saw one field of a reporter's contact; the reporter sees this row."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    field = models.CharField(max_length=5, choices=pairs(ContactField))
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    privacy = Privacy("personal", purpose="access log", basis="UU 27/2022", keep="2 years")

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="reveal_report")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reveal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of report {self.report_id}"
