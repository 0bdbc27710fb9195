"""Which reports an actor sees, and the lists the desk and the clock work through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from abdi.duty import queries as duty
from abdi.platform.access import Actor, Reach
from abdi.reports.choices import Priority, Status, Step
from abdi.reports.models import BrokenStep, Report
from abdi.reports.models.reports import IS_OPEN

FEW = 200


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Reports whose public view this actor may see: no protected case, nothing hidden.

    Words and photos in it stay closed until `Report.is_text_public`.
    """
    rows: QuerySet[Report] = Report.objects.filter(is_protected=False)
    if not actor.reach("reports.report", "hide").all:
        rows = rows.filter(hidden_at__isnull=True)
    return _within(rows, actor, actor.reach("reports.report", "view"))


def visible_work(actor: Actor) -> QuerySet[Report]:
    """Reports whose work this actor may see (who has it, photos, messages): the staff's lists."""
    rows: QuerySet[Report] = Report.objects.filter(is_protected=False)
    return _within(rows, actor, actor.reach("reports.dispatch", "view"))


def visible_protected(actor: Actor) -> QuerySet[Report]:
    """Protected cases of this actor: only those given to him."""
    rows: QuerySet[Report] = Report.objects.filter(is_protected=True)
    return _within(rows, actor, actor.reach("reports.protected_case", "view"))


def queue(actor: Actor) -> QuerySet[Report]:
    """The open reports of the actor's reach, the least time left first.

    Served by the partial indexes on open rows. Read on by key: `(due_at, id)` after the last row.
    """
    return visible_work(actor).filter(IS_OPEN).with_names().order_by("due_at", "id")  # type: ignore[attr-defined, no-any-return]


def overdue(at: datetime) -> QuerySet[Report]:
    """Open reports of our own whose promise is over and not yet written down as broken."""
    rows: QuerySet[Report] = Report.objects.late(at).filter(broken_at__isnull=True)
    return rows.select_related("category").order_by("due_at", "id")


def to_look_at(at: datetime) -> QuerySet[Report]:
    """Open reports of our own of which a step before the last one broke and is not on record.

    Reports without `check_at` (history, and what came in before steps were watched) alarm nobody.
    """
    rows: QuerySet[Report] = Report.objects.open().ours().filter(check_at__lt=at)
    broke = (
        _broke(Step.ACK, "ack_due_at", "acknowledged_at", at)
        | _broke(Step.ARRIVE, "arrive_due_at", "arrived_at", at)
        | _broke(Step.MAKE_SAFE, "safe_due_at", "resolved_at", at)
        | _broke(Step.CHECK, "verify_due_at", "acknowledged_at", at)
        | _broke(Step.ANSWER, "answer_due_at", "resolved_at", at)
    )
    return rows.filter(broke).select_related("category").order_by("check_at", "id")


def _broke(step: Step, due: str, done: str, at: datetime) -> Q:
    """A step was not done by its moment, and that is not on record."""
    known = BrokenStep.objects.filter(report=OuterRef("pk"), step=step)
    undone = Q(**{f"{done}__isnull": True}) | Q(**{f"{done}__gt": F(due)})
    return Q(undone, ~Exists(known), **{f"{due}__lt": at})


def to_remind(at: datetime) -> QuerySet[Report]:
    """Open reports whose deadline is near and of which nobody was reminded."""
    rows: QuerySet[Report] = Report.objects.open().ours()
    due = rows.filter(remind_at__lte=at, due_at__gt=at, reminded_at__isnull=True)
    return due.filter(paused_at__isnull=True).order_by("due_at", "id")


def to_call(at: datetime) -> QuerySet[Report]:
    """Urgent reports nobody has accepted by the time of their first answer, for a day from then.

    Those a call is going on about are left out; protected cases are nobody's but their own.
    """
    rows: QuerySet[Report] = Report.objects.open().ours()
    waiting = rows.filter(
        priority__in=[Priority.P1, Priority.P2],
        accepted_at__isnull=True,
        status__in=[Status.RECEIVED, Status.VERIFIED, Status.FORWARDED],
        ack_due_at__lte=at,
        ack_due_at__gt=at - timedelta(days=1),
        is_protected=False,
    )
    refs = {report.ref: report.pk for report in waiting.only("id")[:FEW]}
    called = duty.alerts_about(refs)
    left = waiting.filter(pk__in=[pk for ref, pk in refs.items() if ref not in called])
    return left.select_related("category", "unit").order_by("ack_due_at", "id")


def to_close(at: datetime) -> QuerySet[Report]:
    """Done reports whose reporter did not object in time."""
    rows: QuerySet[Report] = Report.objects.leading()
    return rows.filter(status=Status.RESOLVED, reply_until__lte=at).order_by("reply_until", "id")


def _within(rows: QuerySet[Report], actor: Actor, reach: Reach) -> QuerySet[Report]:
    if reach.all:
        return rows
    mine = Q(pk__in=())
    if reach.agency_ids:
        mine |= Q(agency_id__in=reach.agency_ids)
    if reach.assigned:
        mine |= Q(person_id=actor.person_id)
    if reach.citizen_ref:
        mine |= Q(token_hash=reach.citizen_ref)
    return rows.filter(mine)
