"""Standards, assessments, evidence and the levels people hold."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from abdi.competence.choices import AssessmentState, EvidenceKind, Source, StandardState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned

BASIS = "UU 20/2023; PermenPANRB 38/2017"
LEVELS = (1, 5)


class Standard(Owned):
    """What one position asks for by decree; goes before the default of its tier."""

    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=pairs(StandardState), default=StandardState.DRAFT
    )
    decree_number = models.CharField(max_length=80, blank=True)
    decree_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    start_on = models.DateField(null=True, blank=True)
    end_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy(
        "public", purpose="what a position asks for", basis=BASIS, keep="archive schedule"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["position"], condition=Q(state="in_force"), name="standard_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["position"], condition=Q(state="draft"), name="standard_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(start_on__isnull=False), name="standard_has_start"
            ),
        ]

    def __str__(self) -> str:
        return f"standard of position {self.position_id} ({self.state})"


class StandardLevel(Owned):
    """One competency of a standard."""

    standard = models.ForeignKey("competence.Standard", models.CASCADE, related_name="levels")
    competency = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()

    privacy = Privacy(
        "public", purpose="what a position asks for", basis=BASIS, keep="as the standard"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "competency"], name="standard_level_once"),
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="standard_level_range"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class StandardRequest(Owned):
    """Somebody told the organisation office that a position has no standard."""

    position = models.OneToOneField("people.Position", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    privacy = Privacy(
        "internal", purpose="close holes in the standards", basis="product rule", keep="2 years"
    )

    def __str__(self) -> str:
        return f"request for position {self.position_id}"


class AssessmentRound(Owned):
    """A stretch of days in which everybody assesses himself."""

    name = models.CharField(max_length=80)
    start_on = models.DateField()
    end_on = models.DateField()

    privacy = Privacy("internal", purpose="when answers count", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="round_name"),
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="round_dates"),
        ]
        indexes = [models.Index(fields=["institution", "start_on"], name="round_start")]

    def __str__(self) -> str:
        return self.name


class Assessment(Owned):
    """One person in one round; place, position and superior as they were when it began."""

    round = models.ForeignKey("competence.AssessmentRound", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    superior = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        max_length=12, choices=pairs(AssessmentState), default=AssessmentState.PARTIAL
    )
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("personal", purpose="development of staff", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="assessment_once"),
            models.CheckConstraint(
                condition=Q(state="partial") | Q(sent_at__isnull=False), name="assessment_sent"
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(settled_at__isnull=False),
                name="assessment_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "state", "agency"], name="assessment_state"),
            models.Index(fields=["person", "round"], name="assessment_person"),
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class Answer(Owned):
    """Base of what a person and his superior chose; kept apart so that neither sees the other."""

    competency = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    example = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class SelfAnswer(Answer):
    """What a person chose for himself."""

    assessment = models.ForeignKey(
        "competence.Assessment", models.CASCADE, related_name="self_answers"
    )

    privacy = Privacy("sensitive", purpose="development of staff", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "competency"], name="self_answer_once"),
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="self_answer_level"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class SuperiorAnswer(Answer):
    """What the superior chose, without seeing the person's own answer."""

    assessment = models.ForeignKey(
        "competence.Assessment", models.CASCADE, related_name="superior_answers"
    )
    by_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    privacy = Privacy("sensitive", purpose="development of staff", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "competency"], name="superior_answer_once"
            ),
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="superior_answer_level"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Talk(Owned):
    """A difference of two levels or more, talked over, with the level both agreed on."""

    assessment = models.ForeignKey("competence.Assessment", models.CASCADE, related_name="talks")
    competency = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("sensitive", purpose="development of staff", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "competency"], name="talk_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=LEVELS), name="talk_level"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True, at__isnull=True)
                | Q(level__isnull=False, at__isnull=False),
                name="talk_together",
            ),
        ]

    def __str__(self) -> str:
        return f"talk {self.pk}"


class Evidence(Owned):
    """Something that happened at work or in a class and speaks for a competency."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    competency = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=pairs(EvidenceKind))
    about = models.CharField(max_length=80)
    note_code = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    added_at = models.DateTimeField()
    cause_entry = models.BigIntegerField(null=True, blank=True)
    assessment = models.ForeignKey(
        "competence.Assessment", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    privacy = Privacy("personal", purpose="development of staff", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "competency", "kind", "about"], name="evidence_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "competency", "on"], name="evidence_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Result(Owned):
    """The level held in one competency, with what the position asked for frozen beside it.

    The newest row of a person and competency is current; `missing` above 0 is a gap.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    competency = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    required = models.PositiveSmallIntegerField(null=True, blank=True)
    missing = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=8, choices=pairs(Source))
    formula_version = models.CharField(max_length=30)
    round = models.ForeignKey(
        "competence.AssessmentRound", models.PROTECT, null=True, blank=True, related_name="+"
    )
    assessment = models.ForeignKey(
        "competence.Assessment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(
        "competence.Evidence", models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    privacy = Privacy("personal", purpose="development of staff", basis=BASIS, keep="10 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "competency"],
                condition=Q(is_current=True),
                name="result_one_current",
            ),
            models.UniqueConstraint(fields=["assessment", "competency"], name="result_once"),
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="result_level"),
            models.CheckConstraint(
                condition=Q(missing=0)
                | (Q(required__isnull=False) & Q(missing=F("required") - F("level"))),
                name="result_missing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "agency", "competency"],
                condition=Q(is_current=True),
                name="result_map",
            ),
            models.Index(
                fields=["institution", "unit"],
                condition=Q(is_current=True),
                name="result_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.competency}"
