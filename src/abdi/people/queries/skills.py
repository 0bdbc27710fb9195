"""Languages and skills: of one person, of several, and those that wait to be checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from abdi.people.choices import AssignmentKind, SkillKind, SkillState
from abdi.people.models import Assignment, PersonSkill
from abdi.platform import clock
from abdi.platform.access import Actor


def skills_of(person_id: int) -> list[PersonSkill]:
    """What a person says he can, languages first; one query."""
    rows = PersonSkill.objects.filter(person_id=person_id)
    return list(rows.order_by("kind", "name", "id"))


def checked_skills(person_ids: Iterable[int]) -> QuerySet[PersonSkill]:
    """What others confirmed of these persons, by name."""
    rows = PersonSkill.objects.filter(person_id__in=list(person_ids), state=SkillState.CHECKED)
    return rows.order_by("name", "person_id")


def checked_names() -> list[str]:
    """Names of the skills (no languages) that were checked of anybody; one query."""
    rows = PersonSkill.objects.filter(state=SkillState.CHECKED, kind=SkillKind.SKILL)
    return list(rows.order_by("name").values_list("name", flat=True).distinct())


def skills_in_units(unit_ids: Iterable[int], on: date | None = None) -> list[PersonSkill]:
    """What people who hold posts in these units said they can, refused apart; one query."""
    seats = Assignment.objects.on(on or clock.today()).filter(
        kind=AssignmentKind.DEFINITE, position__unit_id__in=list(unit_ids)
    )
    rows = PersonSkill.objects.filter(person__in=seats.values("person_id"))
    return list(rows.exclude(state=SkillState.REFUSED).order_by("id"))


def skills_to_check(actor: Actor) -> QuerySet[PersonSkill]:
    """What waits for this actor: said by people of his agency or the city, not by himself."""
    reach = actor.reach("people.profile", "create")
    rows = PersonSkill.objects.filter(state=SkillState.SAID).select_related("person")
    rows = rows.exclude(person_id=actor.person_id or 0).order_by("said_on", "id")
    if reach.all:
        return rows
    seat = Assignment.objects.on(clock.today()).filter(
        person_id=OuterRef("person_id"), kind=AssignmentKind.DEFINITE
    )
    rows = rows.annotate(agency=Subquery(seat.values("position__unit__agency_id")[:1]))
    return rows.filter(agency__in=reach.agency_ids)
