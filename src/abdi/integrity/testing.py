"""Builders for tests of integrity: declarations and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abdi.integrity import actions
from abdi.integrity.choices import AdviceKind
from abdi.integrity.models import Advice, Pledge
from abdi.people.testing import actor_for, an_actor
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Person


def words_of_today() -> str:
    """The version of the declaration in force."""
    return str(norms("integrity", on=clock.today())["pledge"]["version"])


def a_pledge(person: Person) -> Pledge:
    """A person signed this year's declaration."""
    return actions.sign_pledge(person, by=actor_for(person), text_version=words_of_today())


def a_question(
    person: Person, kind: AdviceKind = AdviceKind.PHOTO, text: str = "Bolehkah saya berfoto?"
) -> Advice:
    """A person asked."""
    return actions.ask(person, by=actor_for(person), kind=kind, question=text)


def an_officer() -> Actor:
    """An officer of the integrity desk."""
    return an_actor("integrity_officer")


def an_answer(advice: Advice, officer: Actor, text: str = "Boleh, tanpa simbol.") -> Advice:
    """An officer answered."""
    return actions.answer(advice, by=officer, text=text)
