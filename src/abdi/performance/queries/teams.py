"""A leader's team in one quarter: who stands where, and what the spread looks like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from abdi.people import queries as people
from abdi.performance import rules
from abdi.performance.choices import Rating
from abdi.performance.models import Evaluation, Period, Plan, Target
from abdi.performance.queries.figures import TargetFigure, figures_of, proposed_rating
from abdi.platform.access import Actor
from abdi.platform.norms import norms

if TYPE_CHECKING:
    from abdi.people.models import Assignment, Person


@dataclass(frozen=True)
class Member:
    """One person of a team with plan, figures and evaluation."""

    person: Person
    title: str
    unit_name: str
    plan: Plan | None
    figures: tuple[TargetFigure, ...]
    evaluation: Evaluation | None

    @property
    def proposed(self) -> str:
        """What the figures propose for the results."""
        return proposed_rating(self.figures)

    @property
    def predicate(self) -> str:
        """The predicate of the evaluation, if there is one."""
        return self.evaluation.predicate if self.evaluation else ""

    @property
    def is_rated(self) -> bool:
        """Whether somebody wrote an evaluation, final or not."""
        return self.evaluation is not None

    @property
    def behind(self) -> int:
        """How many targets are behind."""
        return sum(figure.is_behind for figure in self.figures)


@dataclass(frozen=True)
class Team:
    """A leader's team in one quarter."""

    period: Period | None
    members: tuple[Member, ...]
    by_person: dict[int, Member] = field(default_factory=dict)

    @property
    def drafts(self) -> list[Evaluation]:
        """Evaluations written and not yet final."""
        rows = [member.evaluation for member in self.members]
        return [row for row in rows if row is not None and not row.is_final]

    def after(self, person_id: int) -> Member | None:
        """The next one without a final evaluation, after a person and around again."""
        ids = [member.person.pk for member in self.members]
        start = ids.index(person_id) + 1 if person_id in ids else 0
        turned = [*self.members[start:], *self.members[: max(start - 1, 0)]]
        return next((m for m in turned if m.evaluation is None), None)


def appraised_by(actor: Actor) -> frozenset[int]:
    """Whom this actor rates today: by the organisation, exceptions and decided notices."""
    return actor.reach("performance.rating", "create").team_ids


def team_of(actor: Actor, year: int, period: Period | None, on: date) -> Team:
    """The team of this actor; the same few queries for any number of people."""
    seats = people.seating(appraised_by(actor), on)
    targets = list(
        Target.objects.filter(plan__person_id__in=seats, plan__year=year, is_dropped=False)
        .select_related("plan", "parent")
        .order_by("order", "id")
    )
    evaluations = {
        row.person_id: row
        for row in (Evaluation.objects.filter(period=period, person_id__in=seats) if period else ())
    }
    paths = {person_id: seat.position.unit.path for person_id, seat in seats.items()}
    figures = figures_of(targets, year, min(on, period.end_on) if period else on, paths)
    by_person: dict[int, list[TargetFigure]] = defaultdict(list)
    for figure in figures:
        by_person[figure.target.plan.person_id].append(figure)
    members = tuple(
        _member(seat, by_person[person_id], evaluations) for person_id, seat in seats.items()
    )
    return Team(period, members, {member.person.pk: member for member in members})


def _member(
    seat: Assignment, figures: Sequence[TargetFigure], evaluations: dict[int, Evaluation]
) -> Member:
    return Member(
        person=seat.person,
        title=seat.position.title,
        unit_name=seat.position.unit.name,
        plan=figures[0].target.plan if figures else None,
        figures=tuple(figures),
        evaluation=evaluations.get(seat.person_id),
    )


def spread(team: Team, organisation: str, on: date) -> rules.Distribution:
    """What speaks against the spread of predicates, by the unit's own achievement."""
    counts = Counter(member.predicate for member in team.members if member.predicate)
    return rules.distribution(organisation, counts, norms("performance", on=on))


def all_equal(team: Team, fewest: int) -> bool:
    """Whether everybody got the same predicate, in a team of at least `fewest` rated."""
    found = [member.predicate for member in team.members if member.predicate]
    return len(found) >= fewest and len(set(found)) == 1


def count_ratings(team: Team) -> dict[tuple[str, str], list[Member]]:
    """The members in each cell of results × behaviour, rated ones only."""
    cells: dict[tuple[str, str], list[Member]] = {
        (result, behaviour): [] for result in Rating.codes() for behaviour in Rating.codes()
    }
    for member in team.members:
        if member.evaluation is not None:
            key = member.evaluation.result_rating, member.evaluation.behaviour_rating
            cells[key].append(member)
    return cells
