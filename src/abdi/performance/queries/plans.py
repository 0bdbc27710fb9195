"""Plans, the cascade above them, evidence and feedback."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from abdi.people import queries as people
from abdi.performance.choices import Measure
from abdi.performance.models import Feedback, Plan, Result, Target
from abdi.platform import clock
from abdi.platform.access import Actor, Reach

LEVELS_ABOVE = 6


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
    """The targets of the direct superior in a year, to hang one's own under."""
    above = people.superior(person_id, clock.today())
    if above is None:
        return []
    return list(
        Target.objects.filter(plan__person=above, plan__year=year, is_dropped=False)
        .select_related("plan__person")
        .order_by("order", "id")
    )


def chain_of(targets: list[Target]) -> list[Target]:
    """From the top down to the target above these: the chain of the first that is linked."""
    linked = [target for target in targets if target.parent_id is not None]
    found: list[Target] = []
    next_id = linked[0].parent_id if linked else None
    while next_id is not None and len(found) < LEVELS_ABOVE:
        row = Target.objects.select_related("plan__person").filter(pk=next_id).first()
        if row is None or row in found:
            break
        found.append(row)
        next_id = row.parent_id
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
