"""What superiors and the personnel office work through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, QuerySet, Subquery

from abdi.competence.choices import AssessmentState
from abdi.competence.models import AssessmentRound, Evidence, Result
from abdi.competence.queries.gaps import reached
from abdi.people import queries as people
from abdi.platform.access import Actor, Reach

if TYPE_CHECKING:
    from abdi.people.models import Person

ANSWERABLE = (AssessmentState.SENT, AssessmentState.IN_TALK)


@dataclass(frozen=True)
class TeamLine:
    """One person of a team: where his assessment stands, how many gaps he has."""

    person: Person
    state: AssessmentState
    answered: int
    talks_open: int
    gaps: int | None

    @property
    def waits_for_me(self) -> bool:
        """Whether the superior is the next to act."""
        return self.state in ANSWERABLE


def team_lines(actor: Actor, round_: AssessmentRound | None) -> list[TeamLine]:
    """Everybody this actor leads directly, who waits for him first."""
    from abdi.competence.queries.assessments import team_assessments

    rows = {}
    if round_ is not None:
        columns = ("person_id", "state", "superior_answered", "talks_open")
        rows = {row[0]: row[1:] for row in team_assessments(actor, round_).values_list(*columns)}
    gaps: dict[int, int] = defaultdict(int)
    seen: set[int] = set()
    current = Result.objects.filter(person_id__in=actor.team_ids, is_current=True)
    for person_id, missing in current.values_list("person_id", "missing"):
        seen.add(person_id)
        gaps[person_id] += int(missing > 0)
    lines = []
    for person in people.persons().filter(id__in=actor.team_ids).order_by("name"):
        row = rows.get(person.pk)
        lines.append(
            TeamLine(
                person,
                AssessmentState(row[0]) if row else AssessmentState.NOT_STARTED,
                row[1] if row else 0,
                row[2] if row else 0,
                gaps[person.pk] if person.pk in seen else None,
            )
        )
    return sorted(lines, key=lambda line: not line.waits_for_me)


def person_of_team(actor: Actor, code: str) -> Person | None:
    """A person this actor leads directly, by the code of his address."""
    return people.persons().filter(code=code, id__in=actor.team_ids).first()


@dataclass(frozen=True)
class NewProof:
    """A gap with evidence newer than the level."""

    result: Result
    evidence: Evidence


def levels_with_new_evidence(actor: Actor, limit: int = 50) -> list[NewProof]:
    """Gaps for which something happened since the level was set, newest evidence first."""
    reach = actor.reach("competence.result", "finalise")
    newest = (
        Evidence.objects.filter(person_id=OuterRef("person_id"), competency=OuterRef("competency"))
        .order_by("-added_at", "-id")
        .values("id")[:1]
    )
    rows = (
        Result.objects.filter(reached(reach), is_current=True, missing__gt=0)
        .exclude(person_id=actor.person_id or 0)
        .annotate(newest=Subquery(newest))
        .filter(newest__isnull=False)
        .select_related("person", "unit")
        .order_by("-newest")[: limit * 4]
    )
    found = list(rows)
    proofs = Evidence.objects.in_bulk([row.newest for row in found])
    pairs = [NewProof(row, proofs[row.newest]) for row in found]
    return [pair for pair in pairs if pair.evidence.added_at >= pair.result.set_at][:limit]


def people_below(
    actor: Actor, competency: str, *, unit_code: str = "", agency_code: str = "", title: str = ""
) -> QuerySet[Result]:
    """People below standard in one cell of the map, as far as this actor sees rows."""
    reach = actor.reach("competence.gap", "view")
    rows = Result.objects.filter(
        reached(Reach(reach.all, reach.agency_ids, reach.team_ids)),
        is_current=True,
        competency=competency,
        missing__gt=0,
    )
    if unit_code:
        rows = rows.filter(unit__code=unit_code)
    if agency_code:
        rows = rows.filter(agency__code=agency_code)
    if title:
        rows = rows.filter(position__title=title)
    return rows.select_related("person", "unit", "position").order_by(-F("missing"), "person__name")
