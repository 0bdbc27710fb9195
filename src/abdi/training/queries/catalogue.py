"""Classes: what is open, what fits a person's gaps, what clashes with his time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from abdi.competence import queries as competence
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.training.choices import ClassState
from abdi.training.models import Class, Session

if TYPE_CHECKING:
    from abdi.people.models import BusyTime


@dataclass(frozen=True)
class Fit:
    """A class that helps with a gap of one person."""

    klass: Class
    gap: competence.Gap


def open_classes() -> QuerySet[Class]:
    """Classes that take enrolments, soonest first."""
    return Class.objects.filter(state=ClassState.OPEN, end_on__gte=clock.today()).order_by(
        "start_on", "id"
    )


def upcoming_classes(competency: str = "", *, only_free: bool = False) -> QuerySet[Class]:
    """The catalogue: open and running classes, of one competency where named."""
    rows = Class.objects.filter(
        state__in=[ClassState.OPEN, ClassState.RUNNING], end_on__gte=clock.today()
    )
    if competency:
        rows = rows.filter(competency=competency)
    if only_free:
        rows = rows.filter(state=ClassState.OPEN, taken__lt=F("capacity"))
    return rows.order_by("start_on", "id")


def class_by_code(code: str) -> Class | None:
    """A class by the code of its address."""
    rows = Class.objects.select_related("organiser", "trainer", "proposal")
    return rows.filter(code=code).first()


def for_gap(person_id: int) -> list[Fit]:
    """Open classes for what a person lacks, the largest gap first.

    A class fits where it teaches the competency up to a level the person does not hold yet.
    """
    gaps = {gap.competency: gap for gap in competence.gaps_of_person(person_id)}
    rows = open_classes().filter(competency__in=gaps)
    fits = [Fit(row, gaps[row.competency]) for row in rows if row.level > gaps[row.competency].held]
    return sorted(fits, key=lambda fit: (-fit.gap.missing, fit.klass.start_on, fit.klass.pk))


def clashes(person_id: int, klass: Class) -> list[BusyTime]:
    """What else takes the person's time during the sessions of a class."""
    sessions = list(Session.objects.filter(klass=klass).order_by("start_at"))
    if not sessions:
        return []
    busy = people.busy([person_id], sessions[0].start_at, sessions[-1].end_at)
    return [
        piece
        for piece in busy
        if piece.about != klass.ref
        and any(piece.start_at < s.end_at and piece.end_at > s.start_at for s in sessions)
    ]


def classes_i_run(actor: Actor) -> QuerySet[Class]:
    """Classes this actor organises or teaches, newest first."""
    mine = Q(organiser_id=actor.person_id) | Q(trainer_id=actor.person_id)
    return Class.objects.filter(mine).order_by("-start_on", "-id")
