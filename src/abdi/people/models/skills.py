"""Languages and skills a person says he has, and who checked them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from abdi.people.choices import SkillGrade, SkillKind, SkillState
from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned, ScopedManager


class PersonSkill(Owned):
    """One language or skill: said by the person, checked by the HR officer with the evidence."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=pairs(SkillKind))
    name = models.CharField(max_length=80)
    grade = models.CharField(max_length=8, choices=pairs(SkillGrade))
    evidence = models.CharField(max_length=200, blank=True)
    said_on = models.DateField()
    state = models.CharField(max_length=10, choices=pairs(SkillState), default=SkillState.SAID)
    checked_by = models.CharField(max_length=80, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = ScopedManager()
    privacy = Privacy(
        "personal", purpose="who can stand in for whom", basis="UU 20/2023", keep="as the record"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "name"], name="person_skill_once"),
            models.CheckConstraint(
                condition=Q(state=SkillState.SAID) | Q(checked_on__isnull=False),
                name="person_skill_checked",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="person_skill_state")]

    def __str__(self) -> str:
        return f"{self.name} ({self.grade})"
