"""Proposals, classes, seats and certificates."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned
from abdi.training.choices import (
    CertificateState,
    ClassState,
    NeedReason,
    ProposalState,
    SeatState,
)

BASIS = "UU 20/2023 Art. 49; PP 11/2017"
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SEATED = ("enrolled", "attended", "passed", "not_passed", "absent")
NO_SEAT = ("waiting", "cancelled", "replaced")


def new_code() -> str:
    """A short code for the address of a class."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def new_check_code() -> str:
    """The code of a certificate's public check page: 26 letters, 128 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))


class Proposal(Owned):
    """A class that gaps of one agency ask for: one competency up to one level."""

    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    competency = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=pairs(ProposalState), default=ProposalState.PROPOSED
    )
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_rupiah = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose="plan the year", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "competency", "level"],
                condition=Q(state="proposed"),
                name="proposal_one_open",
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="proposal_level"),
            models.CheckConstraint(
                condition=Q(cost_rupiah__isnull=True) | Q(cost_rupiah__gte=0), name="proposal_cost"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency} level {self.level}"


class Candidate(Owned):
    """A person whose gap a proposal would close."""

    proposal = models.ForeignKey("training.Proposal", models.CASCADE, related_name="candidates")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    held = models.PositiveSmallIntegerField()
    cause_entry = models.BigIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("personal", purpose="plan the year", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="candidate_once"),
        ]
        indexes = [models.Index(fields=["person"], name="candidate_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in proposal {self.proposal_id}"


class Need(Owned):
    """Another part of the work found that people of a unit should learn something."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    competency = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=12, choices=pairs(NeedReason))
    about = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "training.Class", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    privacy = Privacy("internal", purpose="plan the year", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "competency", "about"], name="need_once"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} for unit {self.unit_id}"


class Class(Owned):
    """A class with its seats. `taken` counts seats held and never passes `capacity`."""

    code = models.CharField(max_length=12, default=new_code, unique=True)
    title = models.CharField(max_length=120)
    goal = models.CharField(max_length=500)
    competency = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    start_on = models.DateField()
    end_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    is_online = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=pairs(ClassState), default=ClassState.OPEN)
    organiser = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    trainer = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    cost_rupiah = models.BigIntegerField(default=0)
    proposal = models.ForeignKey(
        "training.Proposal", models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("public", purpose="catalogue", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="class_not_oversold"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="class_capacity"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="class_level"),
            models.CheckConstraint(condition=Q(hours__range=(1, 1000)), name="class_hours"),
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="class_dates"),
            models.CheckConstraint(condition=Q(cost_rupiah__gte=0), name="class_cost"),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "start_on"], name="class_catalogue"),
        ]

    def __str__(self) -> str:
        return self.title


class Session(Owned):
    """One meeting of a class."""

    klass = models.ForeignKey("training.Class", models.CASCADE, related_name="sessions")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()

    privacy = Privacy("public", purpose="catalogue", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["klass", "start_at"], name="session_once"),
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="session_order"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"


class Enrolment(Owned):
    """One person in one class. Who holds a seat is counted in the class's `taken`."""

    klass = models.ForeignKey("training.Class", models.PROTECT, related_name="enrolments")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=pairs(SeatState))
    has_seat = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    offer_until = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("personal", purpose="development of staff", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["klass", "person"], name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(state="invited")
                | Q(state__in=SEATED, has_seat=True)
                | Q(state__in=NO_SEAT, has_seat=False),
                name="enrolment_seat",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="enrolment_score"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="enrolment_person"),
            models.Index(fields=["klass", "state", "queued_at"], name="enrolment_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in class {self.klass_id}"


class Presence(Owned):
    """A person was there in one session."""

    enrolment = models.ForeignKey("training.Enrolment", models.CASCADE, related_name="presences")
    session = models.ForeignKey("training.Session", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    privacy = Privacy("personal", purpose="development of staff", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "session"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"presence {self.pk}"


class Series(Owned):
    """The last certificate number of a year."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    privacy = Privacy("internal", purpose="numbers without holes", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "year"], name="series_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Certificate(Owned):
    """The paper of a class passed; its check page is open to everybody."""

    enrolment = models.OneToOneField("training.Enrolment", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    code = models.CharField(max_length=32, default=new_check_code, unique=True)
    holder = models.CharField(max_length=240)
    title = models.CharField(max_length=120)
    hours = models.PositiveSmallIntegerField()
    start_on = models.DateField()
    end_on = models.DateField()
    issued_on = models.DateField()
    issued_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=pairs(CertificateState), default=CertificateState.VALID
    )
    reason = models.CharField(max_length=300, blank=True)
    revoke_asked_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_on = models.DateField(null=True, blank=True)

    privacy = Privacy("personal", purpose="proof of a class passed", basis=BASIS, keep="permanent")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="certificate_number"),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_on__isnull=False)
                | (~Q(state="revoked") & Q(revoked_on__isnull=True)),
                name="certificate_revoked_together",
            ),
            models.CheckConstraint(
                condition=Q(state="valid") | ~Q(reason=""), name="certificate_reason"
            ),
        ]
        indexes = [models.Index(fields=["institution", "issued_on"], name="certificate_issued")]

    def __str__(self) -> str:
        return self.number
