"""Languages and skills: said by the person, checked by somebody else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from abdi.people import events
from abdi.people.choices import SkillGrade, SkillKind, SkillState
from abdi.people.models import Person, PersonSkill
from abdi.people.permissions import may_check_skill, may_drop_skill, may_say_skill
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, guard_version, lock
from abdi.platform.journal import record


@action(allowed=may_say_skill)
def say_skill(
    person: Person, *, by: Actor, kind: str, name: str, grade: str, evidence: str = ""
) -> PersonSkill:
    """A person says he knows a language or a skill; the same again replaces what he said.

    What was checked before is to be checked again. Raises Invalid for an unknown kind or grade.
    """
    if kind not in SkillKind.codes() or grade not in SkillGrade.codes():
        raise Invalid(_("Please choose one of the list."), field="grade")
    told = " ".join(name.split())
    lock(person)
    row = PersonSkill.objects.filter(person=person, kind=kind, name__iexact=told).first()
    if row is None:
        row = PersonSkill(person=person, kind=kind)
    row.name, row.grade, row.evidence, row.said_on = told, grade, evidence, clock.today()
    row.state, row.checked_by, row.checked_on, row.note = SkillState.SAID, "", None, ""
    row.save()
    record(events.SkillSaid(skill_id=row.pk, person_id=person.pk), by=by, about=person)
    return row


@action(allowed=may_drop_skill)
def drop_skill(skill: PersonSkill, *, by: Actor) -> None:
    """A person takes back what he said; nothing of it stays but the line in the journal."""
    fact = events.SkillDropped(skill_id=skill.pk, person_id=skill.person_id)
    PersonSkill.objects.filter(pk=skill.pk).delete()
    record(fact, by=by, about=skill.person)


@action(allowed=may_check_skill)
def check_skill(
    skill: PersonSkill, *, by: Actor, seen: int, confirmed: bool, note: str = ""
) -> PersonSkill:
    """Confirm a language or skill, or say why not. Raises Conflict where that is done, Invalid."""
    guard_version(skill, seen)
    row = lock(skill)
    if row.state != SkillState.SAID:
        raise Conflict(_("This is checked already."), current=row)
    if not confirmed and not note:
        raise Invalid(_("Please write the reason."), field="note")
    row.state = SkillState.CHECKED if confirmed else SkillState.REFUSED
    row.checked_by, row.checked_on, row.note = by.ref, clock.today(), note
    row.save(update_fields=["state", "checked_by", "checked_on", "note"])
    fact = events.SkillChecked(skill_id=row.pk, person_id=row.person_id, is_confirmed=confirmed)
    record(fact, by=by, about=row.person)
    return row
