"""Plans, the cascade above them, evidence and feedback."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from abdi.people import queries as people
from abdi.performance.choices import Measure
from abdi.performance.models import Feedback, Plan, Result, Target
from abdi.platform import clock
from abdi.platform.access import Actor, Reach
from abdi.reports import queries as reports

LEVELS_ABOVE = 5


def within_reach(reach: Reach, field: str = "person_id") -> Q | None:
    """The rows of persons inside a reach; None where all may be seen."""
    if reach.all:
        return None
    wanted = Q(pk__in=[])
    if reach.self_id is not None:
        wanted |= Q(**{field: reach.self_id})
    if reach.team_ids:
        wanted |= Q(**{f"{field}__in": reach.team_ids})
    for agency_id in reach.agency_ids:
        persons = people.people_of_unit(agency_id).values("id")
        wanted |= Q(**{f"{field}__in": persons})
    return wanted


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Plans this actor may read: his own, his team's, his agency's."""
    rows = Plan.objects.select_related("person", "agreed_by")
    wanted = within_reach(actor.reach("performance.plan", "view"))
    return rows if wanted is None else rows.filter(wanted)


def plan_of(person_id: int, year: int) -> Plan | None:
    """The plan of a person for a year."""
    return (
        Plan.objects.filter(person_id=person_id, year=year)
        .select_related("person", "agreed_by")
        .first()
    )


def plan_targets(plan: Plan) -> list[Target]:
    """The targets of a plan in their order, each with the one above it."""
    return list(
        Target.objects.filter(plan=plan, is_dropped=False)
        .select_related("plan", "parent__plan__person")
        .order_by("order", "id")
    )


def superiors_targets(person_id: int, year: int) -> list[Target]:
    """The targets of who appraises a person today, to hang one's own under.

    A daily stand-in has none to hang under: the one he stands in for stays above.
    """
    above = people.appraiser(person_id, clock.today())
    if above is None:
        return []
    return list(
        Target.objects.filter(plan__person=above, plan__year=year, is_dropped=False)
        .select_related("plan__person")
        .order_by("order", "id")
    )


def chain_of(targets: list[Target]) -> list[Target]:
    """From the top down to the target above these: the chain of the first that is linked.

    One query, up to five levels.
    """
    linked = [target for target in targets if target.parent_id is not None]
    if not linked:
        return []
    ways = ["__".join(["parent"] * level) for level in range(LEVELS_ABOVE)]
    wanted = [f"{way}__plan__person" if way else "plan__person" for way in ways]
    row = Target.objects.select_related(*wanted).filter(pk=linked[0].parent_id or 0).first()
    found: list[Target] = []
    while row is not None and len(found) < LEVELS_ABOVE:
        found.append(row)
        row = row.parent if len(found) < LEVELS_ABOVE else None
    return found[::-1]


def evidence(person_id: int, year: int) -> QuerySet[Result]:
    """What was credited to a person in a year, the newest first."""
    return (
        Result.objects.filter(person_id=person_id, on__year=year)
        .select_related("target")
        .order_by("-at", "-id")
    )


def feedback_to(person_id: int, year: int) -> list[Feedback]:
    """The newest feedback a person got in a year, at most 50."""
    return list(
        Feedback.objects.filter(person_id=person_id, at__year=year)
        .select_related("author", "target")
        .order_by("-at", "-id")[:50]
    )


def has_results_before(about: str, cause_id: int) -> bool:
    """Whether something was credited for this before an entry, ratings apart."""
    return (
        Result.objects.filter(about=about, is_taken_back=False, cause_id__lt=cause_id)
        .exclude(measure=Measure.REPORT_RATING)
        .exists()
    )


@dataclass(frozen=True)
class Branch:
    """A target and those under it."""

    target: Target
    below: tuple[Branch, ...]


@dataclass(frozen=True)
class Tree:
    """The cascade around one person; `loose` are targets that hang nowhere yet."""

    branches: tuple[Branch, ...]
    loose: tuple[Target, ...]

    @property
    def count(self) -> int:
        """How many targets it shows."""
        return sum(_size(branch) for branch in self.branches) + len(self.loose)


def _size(branch: Branch) -> int:
    return 1 + sum(_size(below) for below in branch.below)


def tree_of(person_id: int, team_ids: Iterable[int], year: int) -> Tree:
    """The superior's targets, one's own under them, the team's under one's own."""
    above = superiors_targets(person_id, year)
    rows = list(
        Target.objects.filter(
            plan__person_id__in={person_id, *team_ids}, plan__year=year, is_dropped=False
        )
        .select_related("plan__person")
        .order_by("plan__person__name", "order", "id")
    )
    under: dict[int | None, list[Target]] = defaultdict(list)
    known = {target.pk for target in [*above, *rows]}
    for target in rows:
        under[target.parent_id if target.parent_id in known else None].append(target)
    mine = [target for target in under[None] if target.plan.person_id == person_id]
    roots = [*above, *[target for target in mine if under[target.pk]]]
    loose = [target for target in under[None] if target not in roots]
    return Tree(tuple(_branch(target, under) for target in roots), tuple(loose))


def _branch(target: Target, under: Mapping[int | None, list[Target]]) -> Branch:
    return Branch(target, tuple(_branch(below, under) for below in under[target.pk]))


def report_numbers(abouts: Iterable[str], actor: Actor) -> dict[str, str]:
    """Reference → number, of the reports among these that this actor may see; one query."""
    ids = {
        int(about.rpartition(":")[2]): about
        for about in abouts
        if about.startswith("reports.report:") and about.rpartition(":")[2].isdigit()
    }
    if not ids:
        return {}
    rows = reports.visible_reports(actor).filter(id__in=ids).values_list("id", "number")
    return {ids[pk]: number for pk, number in rows}
