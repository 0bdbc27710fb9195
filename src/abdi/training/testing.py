"""Builders for tests of training: classes, seats, passed classes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from abdi.people.testing import actor_for
from abdi.platform.access import SYSTEM, Actor
from abdi.training import actions
from abdi.training.models import Class, Enrolment, Session

if TYPE_CHECKING:
    from abdi.people.models import Person

FIRST_DAY = date(2026, 3, 10)


def a_class(by: Actor = SYSTEM, **more: Any) -> Class:
    """An open class of one day for communication up to level 2, twenty seats."""
    people = {name: more.pop(name) for name in ("organiser", "trainer") if name in more}
    proposal = more.pop("proposal", None)
    plan: dict[str, Any] = {
        "title": "Komunikasi pelayanan",
        "goal": "Menjawab warga dengan bahasa sederhana.",
        "competency": "M.3",
        "level": 2,
        "hours": 8,
        "start_on": FIRST_DAY,
        "end_on": FIRST_DAY,
        "capacity": 20,
        "place": "Aula Diklat",
        **more,
    }
    return actions.open_class(proposal, by=by, plan=actions.ClassPlan(**plan), **people)


def an_enrolment(klass: Class, person: Person) -> Enrolment:
    """A person enrols himself: a seat, or a place in the queue."""
    return actions.enrol(klass, person, by=actor_for(person))


def attended(enrolment: Enrolment) -> Enrolment:
    """A person was there in every session."""
    for session in Session.objects.filter(klass_id=enrolment.klass_id):
        actions.mark_present(enrolment, session, by=SYSTEM)
    enrolment.refresh_from_db()
    return enrolment


def a_passed_class(klass: Class, person: Person) -> Enrolment:
    """A person enrolled, came and passed."""
    return actions.complete(attended(an_enrolment(klass, person)), by=SYSTEM)
