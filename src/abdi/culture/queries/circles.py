"""Work-culture groups: who sees them, what stands on their pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from abdi.culture import rules
from abdi.culture.choices import CauseCheck, CircleStep
from abdi.culture.models import Cause, CauseVote, Circle, Meeting, StepRecord, Task
from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import SYSTEM, Actor, Reach
from abdi.platform.norms import norms
from abdi.reports import queries as reports

if TYPE_CHECKING:
    from abdi.people.models import Person, Unit
    from abdi.reports.models import Report

MART_COLUMNS = (
    "id",
    "agency_id",
    "unit_id",
    "category",
    "area",
    "step",
    "state",
    "report_count",
    "target_count",
    "started_at",
    "executed_at",
    "closed_at",
    "verdict",
)


def visible_circles(actor: Actor) -> QuerySet[Circle]:
    """Groups this actor may read, with unit and agency."""
    rows: QuerySet[Circle] = Circle.objects.select_related("unit", "agency")
    reach = actor.reach("culture.group", "view")
    if reach.all:
        return rows
    mine = Q(agency_id__in=reach.agency_ids)
    if reach.assigned:
        mine |= Q(members__person_id=actor.person_id)
    return rows.filter(mine).distinct()


def circle_list(actor: Actor) -> list[Circle]:
    """Groups of the actor's reach with `people` counted: running ones first, newest first."""
    rows = visible_circles(actor).annotate(people=Count("members", distinct=True))
    return sorted(rows.order_by("-started_at")[:200], key=lambda row: not row.is_running)


def mart_rows() -> QuerySet[Circle, tuple[Any, ...]]:
    """Rows for analysis, in the order of MART_COLUMNS. Coaching is never among them."""
    return Circle.objects.order_by("id").values_list(*MART_COLUMNS)


def waiting_clusters(actor: Actor, at: datetime) -> list[reports.Cluster]:
    """Clusters of the last days that no running group works on, largest first. Four queries."""
    reach = actor.reach("culture.group", "view")
    unit_ids = _unit_ids(reach)
    if unit_ids == []:
        return []
    rule = norms("culture", on=clock.local(at).date())["report_cluster"]
    found = reports.clusters(at - timedelta(days=rule["days"]), at, unit_ids)
    taken = set(Circle.objects.running().values_list("theme_key", flat=True))
    return [one for one in found if one.count >= rule["fewest"] and one.key not in taken]


def _unit_ids(reach: Reach) -> list[int] | None:
    if reach.all:
        return None
    return list(people.units().filter(agency_id__in=reach.agency_ids).values_list("pk", flat=True))


def cluster_of(actor: Actor, key: str, at: datetime) -> reports.Cluster | None:
    """The waiting cluster of a key, inside the actor's reach."""
    return next((one for one in waiting_clusters(actor, at) if one.key == key), None)


def unit_of_cluster(cluster: reports.Cluster, actor: Actor) -> Unit | None:
    """The unit most of the reports of a cluster belong to. Two queries."""
    rows = (
        reports.visible_reports(actor)
        .filter(pk__in=cluster.report_ids)
        .values_list("unit_id")
        .annotate(n=Count("id"))
        .order_by("-n", "unit_id")
    )
    first = rows.first()
    return people.units().filter(pk=first[0]).first() if first else None


def members_of(circle: Circle) -> list[Any]:
    """The members with their persons, in the order of their roles. One query."""
    order = {code: n for n, code in enumerate(rules_of_roles())}
    rows = list(circle.members.select_related("person"))
    return sorted(rows, key=lambda row: (order[row.role], row.person.name))


def rules_of_roles() -> Iterable[str]:
    """The roles in the order the norms name them."""
    return tuple(norms("culture", on=clock.today())["circle_roles"])


def records_of(circle: Circle) -> dict[str, StepRecord]:
    """The pages a group has written so far, by step. One query."""
    rows = StepRecord.objects.filter(circle=circle).select_related("sent_by", "approved_by")
    return {row.step: row for row in rows}


@dataclass(frozen=True)
class CauseLine:
    """A cause with its votes, and the reports that speak of it."""

    cause: Cause
    votes: int
    is_mine: bool
    reports: int | None
    """None where the group named no words to look for."""


def causes_of(circle: Circle, actor: Actor | None = None) -> list[CauseLine]:
    """The causes, most votes first, with the reports that hold their words. Three queries."""
    causes = list(Cause.objects.filter(circle=circle).order_by("id"))
    voters: dict[int, set[int]] = defaultdict(set)
    for cause_id, person_id in CauseVote.objects.filter(cause__circle=circle).values_list(
        "cause_id", "person_id"
    ):
        voters[cause_id].add(person_id)
    counts = _counted(circle, causes)
    me = actor.person_id if actor else None
    lines = [
        CauseLine(one, len(voters[one.pk]), me in voters[one.pk], counts.get(one.pk))
        for one in causes
    ]
    return sorted(lines, key=lambda line: (-line.votes, -(line.reports or 0), line.cause.pk))


def _counted(circle: Circle, causes: list[Cause]) -> dict[int, int]:
    wanted = {}
    for cause in causes:
        words = words_of_cause(cause)
        if words:
            found = Q(pk__in=())
            for word in words:
                found |= Q(text__icontains=word)
            wanted[cause.pk] = found
    if not wanted:
        return {}
    counted = _cluster_rows(circle).aggregate(
        **{f"c{pk}": Count("id", filter=found) for pk, found in wanted.items()}
    )
    return {pk: counted[f"c{pk}"] for pk in wanted}


def reports_of_dominant(circle: Circle, lines: list[CauseLine]) -> tuple[int, int]:
    """Reports of the cluster that speak of a cause that matters most, and all of them. One query.

    A report that speaks of two such causes counts once; nothing is counted without words.
    """
    found = Q(pk__in=())
    for line in lines:
        if line.cause.is_dominant:
            for word in words_of_cause(line.cause):
                found |= Q(text__icontains=word)
    counted = _cluster_rows(circle).aggregate(hit=Count("id", filter=found), all=Count("id"))
    return counted["hit"], counted["all"]


def words_of_cause(cause: Cause) -> list[str]:
    """The words citizens use where a cause is at work."""
    return [word.strip() for word in cause.words.split(",") if word.strip()]


def _cluster_rows(circle: Circle) -> QuerySet[Report]:
    return reports.visible_reports(SYSTEM).filter(pk__in=circle.report_ids, hidden_at__isnull=True)


def tasks_of(circle: Circle) -> list[Task]:
    """The tasks of the plan, by day. One query."""
    return list(
        Task.objects.filter(circle=circle)
        .select_related("person", "cause")
        .order_by("due_on", "id")
    )


def meetings_of(circle: Circle) -> list[Meeting]:
    """The meetings, newest first. One query."""
    return list(Meeting.objects.filter(circle=circle).order_by("-start_at"))


def people_to_choose(unit: Unit) -> list[Person]:
    """Who can join a group of a unit: everybody of its agency, the unit's own people first."""
    own = set(people.people_of_unit(unit.pk).values_list("pk", flat=True))
    rows = list(people.people_of_unit(unit.agency_id or unit.pk)[:400])
    return sorted(rows, key=lambda person: (person.pk not in own, person.name))


def facts_of(circle: Circle, days_after: int = 0) -> rules.StepFacts:
    """What stands on the pages of a group, counted for the rules. Five queries."""
    record = StepRecord.objects.filter(circle=circle, step=circle.step).first()
    texts = frozenset(key for key, text in (record.texts if record else {}).items() if text)
    causes = list(Cause.objects.filter(circle=circle).annotate(n=Count("votes")))
    dominant = [cause for cause in causes if cause.is_dominant]
    tasks = list(Task.objects.filter(circle=circle).values_list("done_at", flat=True))
    return rules.StepFacts(
        texts=texts,
        has_target=circle.target_count is not None and circle.target_on is not None,
        causes=len(causes),
        dominant=len(dominant),
        dominant_unchecked=sum(one.check_state == CauseCheck.UNTESTED for one in dominant),
        dominant_without_votes=sum(one.n == 0 for one in dominant),
        tasks=len(tasks),
        tasks_open=sum(done_at is None for done_at in tasks),
        days_after=days_after,
        has_audit_day=circle.audit_on is not None,
    )


def step_at(number: int) -> CircleStep | None:
    """The step of a number, 1 to 8."""
    steps = list(CircleStep)
    return steps[number - 1] if 1 <= number <= len(steps) else None
