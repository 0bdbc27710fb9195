"""What the clock does: remind, and say that a promise broke."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from abdi.people import queries as people
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import Conflict, action
from abdi.platform.journal import record
from abdi.platform.labels import label
from abdi.platform.notices.models import Notice
from abdi.platform.notices.telling import tell
from abdi.reports import events, queries, rules
from abdi.reports.actions.moves import mark
from abdi.reports.actions.timing import check_at, class_steps, promised_due, steps_now
from abdi.reports.choices import Cause, Jurisdiction, Step
from abdi.reports.models import BrokenStep, Report, StatusChange
from abdi.reports.permissions import only_by_itself

if TYPE_CHECKING:
    from abdi.people.models import Unit

LISTED: Final = 20
"""Lines of one notice; the rest is a number."""


@action(allowed=only_by_itself)
def break_promise(report: Report, *, by: Actor) -> Report:
    """Write down what broke by now, each step once in the life of a report; the head is told.

    Raises Conflict where all of it is written already, or the report is not late.
    """
    if not note_broken(report, by=by):
        raise Conflict(_("This report is not late, or it is known already."))
    return report


@action(allowed=only_by_itself)
def look_again(report: Report, *, by: Actor) -> Report:
    """Look at the steps before the last one and write down what broke; the head is told.

    Raises Conflict where nothing broke that is not on record.
    """
    if not note_broken(report, by=by):
        raise Conflict(_("No step of this report broke since the last look."))
    return report


def note_broken(report: Report, *, by: Actor) -> bool:
    """The same inside another action; returns whether anything was news."""
    at = clock.now()
    if report.jurisdiction != Jurisdiction.CITY:
        return False
    is_late = _promise_broke(report, by=by, at=at)
    if report.check_at is None or report.check_at >= at:
        return is_late
    known = set(BrokenStep.objects.filter(report=report).values_list("step", flat=True))
    steps = [*steps_now(report, known), *class_steps(report, known)]
    broken = [one for one in rules.news(steps, at) if not one.is_last]
    found = [_keep(report, one, by=by, at=at) for one in broken]
    if broken:
        mark(report, Q(), check_at=check_at(report, known | {one.step for one in broken}))
    return is_late or any(found)


def _promise_broke(report: Report, *, by: Actor, at: datetime) -> bool:
    """The promise itself: the last step."""
    last = next(one for one in steps_now(report) if one.is_last)
    if last.is_stopped:
        return False
    news = Q(broken_at__isnull=True, due_at__lt=at, jurisdiction=Jurisdiction.CITY)
    if not mark(report, news, broken_at=at):
        return False
    _keep(report, last, by=by, at=at)
    return True


def _keep(report: Report, step: rules.StepNow, *, by: Actor, at: datetime) -> bool:
    """One row for ever, one entry, one word to the head; False where it was there."""
    due = step.due or report.due_at
    told = _told(report, at)
    try:
        with transaction.atomic():
            row = BrokenStep.objects.create(
                report=report,
                step=step.step,
                due_at=due,
                minutes=rules.minutes_between(report.received_at, promised_due(report, step, due)),
                cause=_cause(report),
                noted_at=at,
                **told,
            )
    except IntegrityError:
        return False
    mark(report, Q(), broken_count=F("broken_count") + 1)
    record(_fact(report, step), by=by, about=report)
    if row.told_unit_id is not None and row.told_after is None:
        _tell_the_head(report, row, by=by)
    return True


def _told(report: Report, at: datetime) -> dict[str, object]:
    """When the head hears of it: the first urgent one of an hour at once, the others together."""
    if report.is_protected:
        return {}
    start, end = rules.hour_of(at)
    first = (
        rules.is_urgent(report.priority)
        and not BrokenStep.objects.filter(
            told_unit=report.unit_id, told_after__isnull=True, noted_at__gte=start, noted_at__lt=end
        ).exists()
    )
    return {"told_unit_id": report.unit_id, "told_after": None if first else end}


def _fact(report: Report, step: rules.StepNow) -> events.PromiseBroken | events.StepBroken:
    if step.is_last:
        return events.PromiseBroken(
            report_id=report.pk, unit_id=report.unit_id, person_id=report.person_id
        )
    return events.StepBroken(
        report_id=report.pk,
        unit_id=report.unit_id,
        person_id=report.person_id,
        step=step.step.value,
    )


def _cause(report: Report) -> Cause:
    newest = StatusChange.objects.filter(report=report).order_by("-id").first()
    return rules.cause_of(report.status, newest.obstacle if newest is not None else "")


def _tell_the_head(report: Report, row: BrokenStep, *, by: Actor) -> None:
    """The head of the unit, at once."""
    head = people.head_of(report.unit_id)
    if head is None:
        return
    data = {
        "number": report.number,
        "kind": report.category.name,
        "step": label(row.step, Step).lower(),
        "cause": label(row.cause, Cause),
        "path": f"/laporan/{report.number}",
    }
    tell(
        head[0],
        _("A promise to a citizen was broken"),
        "reports/mail/broken_promise.txt",
        data,
        about=report,
        by=by,
        key=f"broken-{report.institution_id}-{row.pk}",
    )


@action(allowed=only_by_itself)
def tell_what_broke(unit: Unit, *, by: Actor, until: datetime) -> Notice | None:
    """One notice to the head of a unit of all that broke in the hour that ended at `until`.

    The same hour twice is told once. None where nobody heads the unit, or nothing broke.
    """
    head = people.head_of(unit.pk)
    rows = BrokenStep.objects.filter(told_unit=unit, told_after=until)
    found = list(rows.select_related("report__category").order_by("due_at", "id"))
    if head is None or not found:
        return None
    lines = [
        {
            "number": row.report.number,
            "kind": row.report.category.name,
            "step": label(row.step, Step).lower(),
            "cause": label(row.cause, Cause),
        }
        for row in found[:LISTED]
    ]
    data = {
        "unit": unit.name,
        "lines": lines,
        "count": len(found),
        "rest": len(found) - len(lines),
        "path": "/laporan?lihat=terbuka",
    }
    record(events.BrokenTold(unit_id=unit.pk, count=len(found)), by=by, about=unit)
    return tell(
        head[0],
        _("Promises to citizens were broken"),
        "reports/mail/broken_promises.txt",
        data,
        about=unit,
        by=by,
        key=queries.digest_key(unit, until),
    )


@action(allowed=only_by_itself)
def remind(report: Report, *, by: Actor) -> Report:
    """Remind of a deadline that is near: once in the life of a report.

    Raises Conflict where it was done already, or it is too early.
    """
    at = clock.now()
    due = Q(reminded_at__isnull=True, remind_at__lte=at, paused_at__isnull=True)
    if not mark(report, due, reminded_at=at):
        raise Conflict(_("Nobody needs a reminder of this report."))
    fact = events.PromiseReminded(
        report_id=report.pk, unit_id=report.unit_id, person_id=report.person_id
    )
    record(fact, by=by, about=report)
    return report
