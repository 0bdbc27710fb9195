"""One assessment: own answers, the superior's answers, the talk about differences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from abdi.competence import events, queries, rules
from abdi.competence.choices import AssessmentState
from abdi.competence.models import (
    Assessment,
    AssessmentRound,
    Evidence,
    SelfAnswer,
    SuperiorAnswer,
    Talk,
)
from abdi.competence.permissions import (
    may_answer,
    may_answer_as_superior,
    may_open_round,
    may_start,
)
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, Invalid, action, lock
from abdi.platform.journal import record

if TYPE_CHECKING:
    from abdi.people.models import Person

EXAMPLE_LIMIT = 500


@action(allowed=may_open_round)
def open_round(*, by: Actor, name: str, start_on: date, end_on: date) -> AssessmentRound:
    """Set the dates of a round; raises Invalid where it would end before it begins."""
    if end_on < start_on:
        raise Invalid(_("The last day lies before the first."), field="end_on")
    if AssessmentRound.objects.filter(name=name).exists():
        raise Invalid(_("A round of this name exists."), field="name")
    row = AssessmentRound.objects.create(name=name, start_on=start_on, end_on=end_on)
    record(events.RoundOpened(round_id=row.pk), by=by, about=row)
    return row


@action(allowed=may_start)
def start_self_assessment(person: Person, *, by: Actor) -> Assessment:
    """Begin (or go on with) the assessment of the open round.

    Raises Conflict where no round is open, Invalid where the person holds no position.
    """
    round_ = queries.open_round()
    if round_ is None:
        raise Conflict(_("No round of assessment is open now."))
    seat = people.assignment_of(person.pk)
    if seat is None:
        raise Invalid(_("You hold no position yet, so there is nothing to compare with."))
    unit = seat.position.unit
    row, _made = Assessment.objects.get_or_create(
        round=round_,
        person=person,
        defaults={
            "position": seat.position,
            "unit": unit,
            "agency_id": unit.agency_id or unit.pk,
            "started_at": clock.now(),
        },
    )
    fact = events.AssessmentStarted(assessment_id=row.pk, person_id=person.pk)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_answer)
def answer(
    assessment: Assessment, *, by: Actor, competency: str, level: int, example: str = ""
) -> SelfAnswer:
    """Keep an own answer; may be changed until the assessment is sent.

    Raises Conflict after sending or after the round, Invalid for an unknown level.
    """
    row = _still_open(assessment, AssessmentState.PARTIAL)
    _check(competency, level)
    kept, _made = SelfAnswer.objects.update_or_create(
        assessment=row,
        competency=competency,
        defaults={"level": level, "example": example, "at": clock.now()},
    )
    Assessment.objects.filter(pk=row.pk).update(saved_at=kept.at)
    fact = events.SelfAnswered(assessment_id=row.pk, competency=competency)
    record(fact, by=by, about=row)
    return kept


@action(allowed=may_answer)
def attach_evidence(assessment: Assessment, *, by: Actor, competency: str) -> int:
    """Attach the evidence found for a competency, so that the superior sees it; the count."""
    row = _still_open(assessment, AssessmentState.PARTIAL)
    found = queries.evidence_for(row.person_id, competency, clock.today())
    ids = [piece.pk for piece in found]
    Evidence.objects.filter(id__in=ids).update(assessment=row)
    fact = events.EvidenceAttached(assessment_id=row.pk, competency=competency, count=len(ids))
    record(fact, by=by, about=row)
    return len(ids)


@action(allowed=may_answer)
def send(assessment: Assessment, *, by: Actor) -> Assessment:
    """Send the nine answers to the superior of today.

    Raises Invalid while answers are missing, Conflict where it was sent already.
    """
    row = _still_open(assessment, AssessmentState.PARTIAL)
    answered = set(SelfAnswer.objects.filter(assessment=row).values_list("competency", flat=True))
    open_ones = [code for code in queries.CODES if code not in answered]
    if open_ones:
        raise Invalid(_("Some questions have no answer yet."), field=open_ones[0])
    boss = people.superior(row.person_id)
    _move(row, AssessmentState.PARTIAL, AssessmentState.SENT, sent_at=clock.now(), superior=boss)
    fact = events.AssessmentSent(assessment_id=row.pk, person_id=row.person_id)
    record(fact, by=by, about=row)
    return row


@action(allowed=may_answer_as_superior)
def superior_answer(
    assessment: Assessment, *, by: Actor, competency: str, level: int, example: str = ""
) -> SuperiorAnswer:
    """Keep the superior's answer to one question; he does not see the person's own.

    Raises Conflict before the person has sent and after the superior has.
    """
    row = _in_state(assessment, AssessmentState.SENT)
    _check(competency, level)
    kept, _made = SuperiorAnswer.objects.update_or_create(
        assessment=row,
        competency=competency,
        defaults={
            "level": level,
            "example": example,
            "at": clock.now(),
            "by_person_id": by.person_id,
        },
    )
    fact = events.SuperiorAnswered(assessment_id=row.pk, competency=competency)
    record(fact, by=by, about=row)
    return kept


@action(allowed=may_answer_as_superior)
def superior_send(assessment: Assessment, *, by: Actor) -> Assessment:
    """End the superior's answers; differences of two levels or more are opened as talks.

    Raises Invalid while answers are missing, Conflict in any other state.
    """
    row = _in_state(assessment, AssessmentState.SENT)
    own = queries.answers_of(row)
    other = queries.superior_answers_of(row)
    open_ones = [code for code in queries.CODES if code not in other]
    if open_ones:
        raise Invalid(_("Some questions have no answer yet."), field=open_ones[0])
    apart = [code for code in queries.CODES if rules.needs_talk(own[code].level, other[code].level)]
    Talk.objects.bulk_create([Talk(assessment=row, competency=code) for code in apart])
    after = AssessmentState.IN_TALK if apart else AssessmentState.AGREED
    _move(row, AssessmentState.SENT, after, answered_at=clock.now())
    fact = events.SuperiorSent(assessment_id=row.pk, person_id=row.person_id, talks=len(apart))
    record(fact, by=by, about=row)
    return row


@action(allowed=may_answer_as_superior)
def discuss(
    assessment: Assessment, *, by: Actor, competency: str, level: int, note: str = ""
) -> Assessment:
    """Write down what a talk about a difference agreed on; the last one ends the talks.

    Raises Conflict where this difference is not open.
    """
    row = _in_state(assessment, AssessmentState.IN_TALK)
    _check(competency, level)
    changed = Talk.objects.filter(assessment=row, competency=competency, level__isnull=True).update(
        level=level, note=note, at=clock.now()
    )
    if not changed:
        raise Conflict(_("This difference is not open any more."))
    if not Talk.objects.filter(assessment=row, level__isnull=True).exists():
        _move(row, AssessmentState.IN_TALK, AssessmentState.AGREED)
    fact = events.DifferenceDiscussed(assessment_id=row.pk, competency=competency)
    record(fact, by=by, about=row)
    return row


def _check(competency: str, level: int) -> None:
    if competency not in queries.CODES or not 1 <= level <= 5:
        raise Invalid(_("Pick the closest one. You can change it later."), field="level")


def _in_state(assessment: Assessment, state: AssessmentState) -> Assessment:
    row = lock(assessment)
    if row.state != state:
        raise Conflict(_("This assessment has gone on meanwhile. Please reload the page."))
    return row


def _still_open(assessment: Assessment, state: AssessmentState) -> Assessment:
    row = _in_state(assessment, state)
    if not row.round.start_on <= clock.today() <= row.round.end_on:
        raise Conflict(_("This round of assessment is over."))
    return row


def _move(row: Assessment, before: str, after: str, **columns: object) -> None:
    changed = Assessment.objects.filter(pk=row.pk, state=before).update(
        state=after, version=F("version") + 1, **columns
    )
    if changed != 1:
        raise Conflict(_("This assessment has gone on meanwhile. Please reload the page."))
    row.refresh_from_db()
