"""Classes: what is open, what fits a person's gaps, what clashes with his time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from abdi.competence import queries as competence
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.training import rules
from abdi.training.choices import ClassState, SeatState
from abdi.training.models import Class, Enrolment, Session

MOST_CLASSES = 200

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


@dataclass(frozen=True)
class ClassLine:
    """A class of the catalogue as one reader sees it."""

    klass: Class
    gap: competence.Gap | None
    mine: SeatState | None

    @property
    def seats_left(self) -> int:
        """Seats nobody holds."""
        return rules.seats_left(self.klass.capacity, self.klass.taken)


def catalogue_lines(
    actor: Actor, *, competency: str = "", only_fitting: bool = False
) -> list[ClassLine]:
    """The catalogue, classes that fit the reader's gaps first."""
    gaps: dict[str, competence.Gap] = {}
    mine: dict[int, SeatState] = {}
    if actor.person_id is not None:
        gaps = {gap.competency: gap for gap in competence.gaps_of_person(actor.person_id)}
        seats = Enrolment.objects.filter(person_id=actor.person_id)
        mine = {pk: SeatState(state) for pk, state in seats.values_list("klass_id", "state")}
    lines = []
    for row in upcoming_classes(competency)[:MOST_CLASSES]:
        gap = gaps.get(row.competency)
        fits = gap is not None and row.level > gap.held
        lines.append(ClassLine(row, gap if fits else None, mine.get(row.pk)))
    if only_fitting:
        lines = [line for line in lines if line.gap]
    return sorted(lines, key=lambda line: -(line.gap.missing if line.gap else 0))


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


def sessions_of(klass: Class) -> list[Session]:
    """The meetings of a class in order."""
    return list(Session.objects.filter(klass=klass).order_by("start_at"))


def classes_i_run(actor: Actor) -> QuerySet[Class]:
    """Classes this actor organises or teaches, newest first."""
    mine = Q(organiser_id=actor.person_id) | Q(trainer_id=actor.person_id)
    return Class.objects.filter(mine).order_by("-start_on", "-id")


def class_i_run(actor: Actor, code: str) -> Class | None:
    """One of the classes this actor organises or teaches."""
    rows = classes_i_run(actor).select_related("organiser", "trainer")
    return rows.filter(code=code).first() if actor.person_id is not None else None
