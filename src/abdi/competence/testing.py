"""Builders for tests of competence: rounds, assessments, settled levels."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from abdi.competence import actions, queries
from abdi.competence.models import Assessment, AssessmentRound, Evidence, Result
from abdi.people import queries as people
from abdi.people.testing import actor_for
from abdi.platform import clock
from abdi.platform.access import SYSTEM

if TYPE_CHECKING:
    from abdi.people.models import Person


def a_round(name: str = "2026") -> AssessmentRound:
    """The open round of this year; the same one when asked twice."""
    year = clock.today().year
    found = AssessmentRound.objects.filter(name=name).first()
    return found or actions.open_round(
        by=SYSTEM, name=name, start_on=date(year, 1, 1), end_on=date(year, 12, 31)
    )


def an_assessment(person: Person, *, answered: int = 0, level: int = 1) -> Assessment:
    """A self-assessment with the first `answered` questions answered at one level."""
    a_round()
    me = actor_for(person)
    row = actions.start_self_assessment(person, by=me)
    for code in queries.CODES[:answered]:
        actions.answer(row, by=me, competency=code, level=level)
    return row


def a_sent_assessment(person: Person, levels: dict[str, int] | None = None) -> Assessment:
    """A sent self-assessment: level 1 everywhere but where `levels` says else."""
    row = an_assessment(person, answered=len(queries.CODES))
    me = actor_for(person)
    for code, level in (levels or {}).items():
        actions.answer(row, by=me, competency=code, level=level)
    return actions.send(row, by=me)


def an_agreed_assessment(
    person: Person, levels: dict[str, int] | None = None, superior: dict[str, int] | None = None
) -> Assessment:
    """Sent, answered by the superior (the same unless `superior` says else), ready to settle."""
    row = a_sent_assessment(person, levels)
    boss = people.superior(person.pk)
    by = actor_for(boss) if boss else SYSTEM
    for code in queries.CODES:
        level = (superior or levels or {}).get(code, 1)
        actions.superior_answer(row, by=by, competency=code, level=level)
    return actions.superior_send(row, by=by)


def settled(person: Person, levels: dict[str, int] | None = None) -> list[Result]:
    """The settled levels of a person: 1 everywhere but where `levels` says else."""
    return actions.settle(an_agreed_assessment(person, levels), by=SYSTEM)


def an_evidence(person: Person, competency: str = "M.3", about: str = "test:1") -> Evidence:
    """A piece of evidence for a competency."""
    return actions.add_evidence(person, competency=competency, kind="other", about=about, by=SYSTEM)
