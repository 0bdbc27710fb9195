"""What joins units of the demo city: teams by decree, and what people say they can."""

from __future__ import annotations

from datetime import timedelta

from abdi.people import actions
from abdi.people.choices import SkillGrade, SkillKind, SkillState
from abdi.people.demo.city import DemoCity
from abdi.people.models import Person, PersonSkill
from abdi.platform import clock
from abdi.platform.access import SYSTEM

TEAMS = (
    ("Tim Siaga Banjir", "bpbd", ("damkar", "pju", "pohon"), "Turun bersama saat air naik", 330),
    ("Tim Malam Lampu Jalan", "pju", ("pohon", "damkar"), "Menata giliran malam", 150),
)
"""Name, unit of the leader, units of the members, task, days it still lasts."""
PANEL = "Memperbaiki panel lampu"
CHECKED = (
    ("pju", PANEL, SkillGrade.GOOD, slice(2, 8)),
    ("damkar", "Pertolongan pertama", SkillGrade.GOOD, slice(0, 24, 5)),
)
"""Skills somebody confirmed, which turns of duty count on: unit, name, grade, who."""
SKILLS = (
    ("pju", SkillKind.SKILL, PANEL, SkillGrade.EXPERT),
    ("pju", SkillKind.SKILL, "Mengemudikan mobil tangga", SkillGrade.GOOD),
    ("pohon", SkillKind.SKILL, "Mengoperasikan gergaji mesin", SkillGrade.GOOD),
    ("damkar", SkillKind.SKILL, "Pertolongan pertama", SkillGrade.EXPERT),
    ("damkar", SkillKind.LANGUAGE, "Bahasa isyarat", SkillGrade.BASIC),
)


def build(city: DemoCity) -> None:
    """Two teams of several units, and a skill each for some people of the crews."""
    people = Person.objects.in_bulk(
        {city.head_of(code) for _name, code, *_rest in TEAMS}
        | {city.people_of(code)[0] for _name, _code, others, *_rest in TEAMS for code in others}
        | {who for code, *_skill in SKILLS for who in city.people_of(code)[:2]}
    )
    today = clock.today()
    for number, (name, code, others, task, days) in enumerate(TEAMS, start=1):
        team = actions.make_team(
            city.units[code],
            by=SYSTEM,
            name=name,
            leader=people[city.head_of(code)],
            start_on=today - timedelta(days=35),
            end_on=today + timedelta(days=days),
            task=task,
            decree=f"188/{40 + number}/2026",
        )
        for other in others:
            member = people[city.people_of(other)[0]]
            actions.add_to_team(team, by=SYSTEM, person=member, start_on=team.start_on)
    for turn, (code, kind, name, grade) in enumerate(SKILLS):
        person = people[city.people_of(code)[turn % 2]]
        actions.say_skill(person, by=SYSTEM, kind=kind, name=name, grade=grade)
    _checked(city)


def _checked(city: DemoCity) -> None:
    today = clock.today()
    said = {row for row in PersonSkill.objects.values_list("person_id", "name")}
    PersonSkill.objects.bulk_create(
        PersonSkill(
            person_id=person_id,
            kind=SkillKind.SKILL,
            name=name,
            grade=grade,
            said_on=today - timedelta(days=90),
            state=SkillState.CHECKED,
            checked_on=today - timedelta(days=80),
            checked_by=SYSTEM.ref,
        )
        for code, name, grade, who in CHECKED
        for person_id in city.people_of(code)[who]
        if (person_id, name) not in said
    )
