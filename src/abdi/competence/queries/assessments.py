"""Assessments of a round: own answers, the superior's, talks, and who has to do what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abdi.competence.choices import AssessmentState
from abdi.competence.models import (
    Assessment,
    AssessmentRound,
    Evidence,
    SelfAnswer,
    SuperiorAnswer,
    Talk,
)
from abdi.competence.queries.dictionary import CODES
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.pages.todo import ToDo

EVIDENCE_COUNTS_FOR = timedelta(days=730)


@dataclass(frozen=True)
class AnswerLine:
    """One answer: the level chosen and the example written."""

    level: int
    example: str
    at: datetime


def open_round(on: date | None = None) -> AssessmentRound | None:
    """The round whose window a day lies in; the newest where several do."""
    day = on or clock.today()
    rows = AssessmentRound.objects.filter(start_on__lte=day, end_on__gte=day)
    return rows.order_by("-start_on", "-id").first()


def assessment_of(person_id: int, round_: AssessmentRound | None) -> Assessment | None:
    """A person's assessment in a round."""
    if round_ is None:
        return None
    rows = Assessment.objects.filter(person_id=person_id, round=round_)
    return rows.select_related("round", "position", "unit").first()


def answers_of(assessment: Assessment) -> dict[str, AnswerLine]:
    """A person's own answers by competency. Only for the person himself and for rules."""
    return _lines(SelfAnswer.objects.filter(assessment=assessment))


def superior_answers_of(assessment: Assessment) -> dict[str, AnswerLine]:
    """The superior's answers by competency. Only for that superior and for rules."""
    return _lines(SuperiorAnswer.objects.filter(assessment=assessment))


def _lines(rows: QuerySet[SelfAnswer] | QuerySet[SuperiorAnswer]) -> dict[str, AnswerLine]:
    return {
        code: AnswerLine(level, example, at)
        for code, level, example, at in rows.values_list("competency", "level", "example", "at")
    }


def open_talks(assessment: Assessment) -> list[Talk]:
    """Differences of two levels or more, open ones first."""
    return list(Talk.objects.filter(assessment=assessment).order_by("at", "id"))


def team_assessments(actor: Actor, round_: AssessmentRound | None) -> QuerySet[Assessment]:
    """Assessments of the people this actor leads, in one round."""
    rows = Assessment.objects.filter(round=round_, person_id__in=actor.team_ids)
    return (
        rows.select_related("person", "position")
        .annotate(
            superior_answered=Count("superior_answers", distinct=True),
            talks_open=Count("talks", filter=Q(talks__level__isnull=True), distinct=True),
        )
        .order_by("person__name")
    )


def assessments_to_settle(actor: Actor) -> QuerySet[Assessment]:
    """Assessments both sides are done with, where this actor may settle."""
    reach = actor.reach("competence.result", "finalise")
    rows = Assessment.objects.filter(state=AssessmentState.AGREED)
    if not reach.all:
        rows = rows.filter(agency_id__in=reach.agency_ids)
    return (
        rows.exclude(person_id=actor.person_id or 0)
        .select_related("person", "unit", "round")
        .order_by("agency_id", "person__name")
    )


def evidence_of(person_id: int) -> QuerySet[Evidence]:
    """What speaks for a person, newest first."""
    return Evidence.objects.filter(person_id=person_id).order_by("-on", "-id")


def evidence_for(person_id: int, competency: str, on: date) -> list[Evidence]:
    """Evidence of the last two years for one competency, newest first."""
    rows = evidence_of(person_id).filter(competency=competency, on__gte=on - EVIDENCE_COUNTS_FOR)
    return list(rows[:10])


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """What waits for this actor in competence."""
    if actor.person_id is None:
        return []
    round_ = open_round(clock.local(at).date())
    found = _own(actor.person_id, round_) if round_ else []
    if actor.team_ids:
        found += _of_team(actor)
    if actor.holds("competence.result", "finalise"):
        found += _to_settle(actor)
    return found


def _own(person_id: int, round_: AssessmentRound) -> list[ToDo]:
    row = (
        Assessment.objects.filter(person_id=person_id, round=round_)
        .annotate(done=Count("self_answers"))
        .values("state", "done")
        .first()
    )
    if row is not None and row["state"] != AssessmentState.PARTIAL:
        return []
    done = row["done"] if row else 0
    reason = _("%(done)s of %(all)s answered; it takes about 12 minutes.") % {
        "done": done,
        "all": len(CODES),
    }
    button = _("Go on") if done else _("Begin")
    return [
        ToDo(
            icon="star",
            title=_("Assess yourself: %(round)s") % {"round": round_.name},
            reason=reason,
            url=reverse("competence:assess"),
            button=button,
            due_at=_end_of(round_.end_on),
        )
    ]


def _of_team(actor: Actor) -> list[ToDo]:
    waiting = [AssessmentState.SENT, AssessmentState.IN_TALK]
    count = Assessment.objects.filter(person_id__in=actor.team_ids, state__in=waiting).count()
    if not count:
        return []
    title = ngettext(
        "%(count)s person of your team waits for your answers",
        "%(count)s people of your team wait for your answers",
        count,
    ) % {"count": count}
    return [
        ToDo(
            icon="users",
            title=title,
            reason=_("You answer the same list without seeing theirs."),
            url=reverse("competence:team"),
            button=_("Answer"),
        )
    ]


def _to_settle(actor: Actor) -> list[ToDo]:
    count = assessments_to_settle(actor).count()
    if not count:
        return []
    title = ngettext(
        "%(count)s result waits to be settled", "%(count)s results wait to be settled", count
    ) % {"count": count}
    return [
        ToDo(
            icon="check",
            title=title,
            reason=_("Both sides have answered; no difference is open."),
            url=reverse("competence:settle"),
            button=_("Look and settle"),
        )
    ]


def _end_of(day: date) -> datetime:
    midnight = datetime(day.year, day.month, day.day, 23, 59, tzinfo=clock.zone())
    return midnight
