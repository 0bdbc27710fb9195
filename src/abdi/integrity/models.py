"""Declarations of neutrality, may-I questions, answers published for all."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from abdi.integrity.choices import AbsenceBasis, AdviceKind, AdviceState, ProposalState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager

PURPOSE = "neutrality of civil servants"
BASIS = "UU 20/2023; PP 94/2021; SKB of five bodies 2022"
SMALLEST_GROUP = 5


class Pledge(Owned):
    """A person signed the declaration of a year; once, in the words of that day."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    text_version = models.CharField(max_length=20)
    signed_at = models.DateTimeField()

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "person", "year"], name="pledge_once"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2200)), name="pledge_year"),
        ]
        indexes = [
            models.Index(fields=["institution", "year", "unit"], name="pledge_by_unit"),
        ]

    def __str__(self) -> str:
        return f"pledge {self.year} of {self.person_id}"


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Filters on questions."""

    def waiting(self) -> Self:
        """Questions without an answer."""
        return self.filter(state=AdviceState.ASKED)


class Advice(Owned):
    """A may-I question and its answer, both on record. Advice, never a class of violation."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=pairs(AdviceKind))
    question = models.CharField(max_length=2000)
    about_boss = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=pairs(AdviceState), default=AdviceState.ASKED)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.CharField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager.from_queryset(AdviceQuerySet)()
    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state=AdviceState.ANSWERED, answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                    & ~Q(answer="")
                )
                | Q(state=AdviceState.ASKED, answered_at__isnull=True, answer=""),
                name="advice_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person")),
                name="advice_not_self",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "asked_at"], name="advice_waiting"),
            models.Index(fields=["person", "-asked_at"], name="advice_by_person"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def is_answered(self) -> bool:
        """Whether an officer answered."""
        return self.state == AdviceState.ANSWERED


class AdvicePattern(Owned):
    """What many asked, answered once for all; no names, never from fewer than five questions."""

    kind = models.CharField(max_length=20, choices=pairs(AdviceKind))
    text = models.CharField(max_length=2000)
    based_on_count = models.PositiveIntegerField()
    published_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose=PURPOSE, basis=BASIS, keep="archive schedule")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "kind"], name="pattern_of_kind"),
            models.CheckConstraint(
                condition=Q(based_on_count__gte=SMALLEST_GROUP), name="pattern_not_small"
            ),
        ]

    def __str__(self) -> str:
        return f"pattern {self.kind}"


class AbsenceProposal(Owned):
    """What the table proposes for a year of absence, with the figures and rule set of that day."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    longest_run = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    counted_days = models.PositiveSmallIntegerField()
    sanction = models.CharField(max_length=4)
    basis = models.CharField(max_length=12, choices=pairs(AbsenceBasis))
    stops_salary = models.BooleanField(default=False)
    rule_set = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10, choices=pairs(ProposalState), default=ProposalState.OPEN
    )
    made_at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy(
        "sensitive",
        purpose="absence is examined, never sanctioned by a program",
        basis="PP 94/2021 Art. 9-11",
        keep="archive schedule",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"], condition=Q(state="open"), name="absence_proposal_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False) & ~Q(words="")),
                name="absence_proposal_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year} {self.sanction}"
