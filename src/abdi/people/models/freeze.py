"""The dated freeze of placements around an election, and the Minister's consents."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "no placements around an election without consent"
BASIS = "UU 10/2016"
KEEP = "archive schedule"


class FreezeQuerySet(models.QuerySet["FreezeWindow"]):
    """Filters on windows of the freeze."""

    def on(self, day: date) -> Self:
        """Windows that cover a day and were not withdrawn; both borders are inside."""
        return self.filter(is_withdrawn=False, begins_on__lte=day, term_ends_on__gte=day)


class FreezeWindow(Owned):
    """One election: from six months before the designation to the end of the term."""

    name = models.CharField(max_length=120)
    designation_on = models.DateField()
    begins_on = models.DateField()
    term_ends_on = models.DateField()
    source = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=80)
    is_withdrawn = models.BooleanField(default=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(FreezeQuerySet)()
    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on__lt=F("designation_on"))
                & Q(term_ends_on__gte=F("designation_on")),
                name="freeze_order",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | ~Q(withdrawn_reason=""),
                name="freeze_withdrawn_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.begins_on}"


class FreezeConsent(Owned):
    """A letter of the Minister that lets some persons be placed in spite of a freeze."""

    window = models.ForeignKey("people.FreezeWindow", models.PROTECT, related_name="consents")
    number = models.CharField(max_length=120)
    given_on = models.DateField()
    file_key = models.CharField(max_length=32)
    file_size = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window", "number"], name="freeze_consent_once")
        ]

    def __str__(self) -> str:
        return self.number


class ConsentPerson(Owned):
    """One person a consent names."""

    consent = models.ForeignKey("people.FreezeConsent", models.PROTECT, related_name="persons")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "person"], name="consent_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in consent {self.consent_id}"
