"""Evaluations of a quarter, the seven behaviours, objections."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q

from abdi.performance.choices import EvaluationState, ObjectionState, Predicate, Rating, Value
from abdi.performance.models.plans import BASIS, KEEP, PURPOSE
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned


class Evaluation(Owned):
    """How one person did in one quarter, with the figures it stands on.

    Final, it has a predicate, or a written talk in its place; never both, never neither.
    """

    period = models.ForeignKey("performance.Period", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    plan = models.ForeignKey(
        "performance.Plan", models.PROTECT, null=True, blank=True, related_name="+"
    )
    appraiser = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=6, choices=pairs(EvaluationState), default=EvaluationState.DRAFT
    )
    proposed = models.CharField(max_length=6, choices=pairs(Rating), blank=True)
    result_rating = models.CharField(max_length=6, choices=pairs(Rating))
    result_reason = models.CharField(max_length=1000, blank=True)
    behaviour_rating = models.CharField(max_length=6, choices=pairs(Rating))
    predicate = models.CharField(max_length=16, choices=pairs(Predicate), blank=True)
    dialog_note = models.CharField(max_length=2000, blank=True)
    inputs_text = models.TextField(default="[]")
    rule_set = models.CharField(max_length=80)
    formula_version = models.PositiveSmallIntegerField()
    load_permyriad = models.PositiveIntegerField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="perf_evaluation_once"),
            models.CheckConstraint(
                condition=~Q(person=models.F("appraiser")), name="perf_evaluation_not_self"
            ),
            models.CheckConstraint(
                condition=Q(state=EvaluationState.DRAFT, final_at__isnull=True)
                | Q(state=EvaluationState.FINAL, final_at__isnull=False),
                name="perf_evaluation_final_at",
            ),
            models.CheckConstraint(
                condition=Q(state=EvaluationState.DRAFT)
                | (~Q(predicate="") & Q(dialog_note=""))
                | (Q(predicate="") & ~Q(dialog_note="")),
                name="perf_evaluation_predicate_or_talk",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "unit", "period"], name="perf_evaluation_unit"),
            models.Index(fields=["institution", "person", "period"], name="perf_evaluation_person"),
        ]

    def __str__(self) -> str:
        return f"evaluation {self.pk} of {self.person_id}"

    @property
    def is_final(self) -> bool:
        """Whether it can no longer be changed by the appraiser."""
        return self.state == EvaluationState.FINAL

    @property
    def is_talk(self) -> bool:
        """Whether a written talk stands in the place of a rating."""
        return bool(self.dialog_note)

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """The figures of the targets as they stood when it was saved."""
        loaded: list[dict[str, Any]] = json.loads(self.inputs_text)
        return loaded


class BehaviourRating(Owned):
    """One of the seven values in one evaluation, with an example unless it simply meets."""

    evaluation = models.ForeignKey(
        "performance.Evaluation", models.PROTECT, related_name="behaviours"
    )
    value = models.CharField(max_length=3, choices=pairs(Value))
    rating = models.CharField(max_length=6, choices=pairs(Rating), default=Rating.MEETS)
    example = models.CharField(max_length=1000, blank=True)

    privacy = Privacy("personal", purpose=PURPOSE, basis=BASIS, keep=KEEP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "value"], name="perf_behaviour_once"),
            models.CheckConstraint(
                condition=Q(rating=Rating.MEETS) | ~Q(example=""), name="perf_behaviour_example"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.rating}"


class Objection(Owned):
    """A person's objection to his evaluation; decided by the appraiser's superior, once."""

    evaluation = models.OneToOneField(
        "performance.Evaluation", models.PROTECT, related_name="objection"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    decider = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=4000)
    sent_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=pairs(ObjectionState), default=ObjectionState.OPEN
    )
    decision = models.CharField(max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("sensitive", purpose=PURPOSE, basis="PP 30/2019 Art. 59", keep=KEEP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN, decided_at__isnull=True)
                | (~Q(state=ObjectionState.OPEN) & Q(decided_at__isnull=False)),
                name="perf_objection_decided_at",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"
